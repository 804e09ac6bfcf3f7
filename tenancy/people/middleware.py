"""Who is asking: the member behind the session, and the language of the person."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

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
        with translation.override(wanted if wanted in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class StaffMiddleware:
    """request.staff: the member that the session works as; None for strangers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.staff = self._member(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _member(self, request: HttpRequest) -> object | None:
        if not request.user.is_authenticated or request.user.pk is None:
            return None
        chosen = request.session.get(MEMBERSHIP)
        if chosen is None:
            chosen = default_membership_id(user_id=request.user.pk)
            request.session[MEMBERSHIP] = chosen
        return staff_member(user_id=request.user.pk, membership_id=chosen)
