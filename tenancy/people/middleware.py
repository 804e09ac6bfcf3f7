"""Who is asking: the member behind the session, and the language of the person."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tenancy.people.queries.members import default_membership_id, staff_member

Next = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership_id"


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
    """request.staff: the member that the session works as; None for strangers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.staff = member = self._member(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if member is not None:  # a shared desk: after log-out the back button shows nobody's data
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _member(self, request: HttpRequest) -> object | None:
        if not request.user.is_authenticated or request.user.pk is None:
            return None
        user_id = request.user.pk
        member = staff_member(user_id=user_id, membership_id=request.session.get(MEMBERSHIP))
        if member is None:  # the first page after log-in, or he has left the company he worked as
            request.session[MEMBERSHIP] = chosen = default_membership_id(user_id=user_id)
            member = staff_member(user_id=user_id, membership_id=chosen)
        return member
