"""Who is asking: the member behind the session, the language of the person, and what a viewer may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tenancy.kernel.pages import AnyRequest
from tenancy.kernel.permissions import StaffMember
from tenancy.people.queries.members import default_membership_id, staff_member

Next = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership_id"
COMMUNITY = "community_id"  # the one that the top bar is set to


class LanguageMiddleware:
    """The language of the cookie that the switch sets; Simplified Chinese otherwise."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        known = {code for code, _ in settings.LANGUAGES}
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class StaffMiddleware:
    """request.staff: the member that the session works as, in the chosen community; None for strangers.

    request.whole_staff: the same member with all his communities; request.community_id: the chosen one.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = self._member(request)
        told = cast(AnyRequest, request)
        told.whole_staff, told.community_id = member, None
        told.staff = member if member is None else self._in_community(told, member)
        response = self.get_response(request)
        if member is not None:  # a shared desk: after log-out the back button shows nobody's data
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _in_community(self, request: AnyRequest, member: StaffMember) -> StaffMember:
        chosen = request.session.get(COMMUNITY)
        if chosen is None or (member.communities is not None and chosen not in member.communities):
            return member
        request.community_id = chosen
        return replace(member, communities=frozenset({chosen}))

    def _member(self, request: HttpRequest) -> StaffMember | None:
        if not request.user.is_authenticated or request.user.pk is None:
            return None
        user_id = request.user.pk
        member = staff_member(user_id=user_id, membership_id=request.session.get(MEMBERSHIP))
        if member is None:  # the first page after log-in, or he has left the company he worked as
            request.session[MEMBERSHIP] = chosen = default_membership_id(user_id=user_id)
            member = staff_member(user_id=user_id, membership_id=chosen)
        return member


class ViewerPolicyMiddleware:
    """A picture or a PDF shown by the browser itself: its viewer styles its own page inline.

    Nothing else may happen there: such a page has no script, no form and no frame of ours.
    """

    SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})
    POLICY: Mapping[str, list[str]] = {
        "default-src": [NONE],
        "script-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "object-src": [SELF],  # older viewers are plug-ins
        "connect-src": [NONE],
        "font-src": [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
    }

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").partition(";")[0] in self.SHOWN:
            response._csp_replace = dict(self.POLICY)  # type: ignore[attr-defined]
        return response
