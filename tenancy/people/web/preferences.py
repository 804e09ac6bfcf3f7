"""The switches of the top bar: language, colours, company, community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from tenancy.kernel.errors import NotFound, row_id
from tenancy.kernel.pages import PublicView, StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people import places
from tenancy.people.middleware import COMMUNITY, MEMBERSHIP
from tenancy.people.queries.members import companies_of, staff_member
from tenancy.people.services.members import set_language, set_theme

if TYPE_CHECKING:
    from tenancy.people.models import User

THEMES = ("system", "light", "dark")
CHOSEN_LANGUAGE = "language_chosen"
_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
_YEAR = 31_536_000


class Language(PublicView):
    def post(self, request: HttpRequest) -> HttpResponse:
        response = redirect(_safe_next(request))
        wanted = request.POST.get("language", "")
        if wanted in _LANGUAGES:
            _set_cookie(response, wanted)
            if request.user.is_authenticated and request.user.pk is not None:
                set_language(user_id=request.user.pk, language=wanted)
            else:
                request.session[CHOSEN_LANGUAGE] = wanted  # at the log-in: kept for whoever logs in now
        return response


class Theme(StaffView):
    permission = Permission.SIGNED_IN
    opens_company = False

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("theme", "")
        if wanted in THEMES:
            set_theme(user_id=self.request.staff.user_id, theme=wanted)
        return redirect(_safe_next(request))


class SwitchCompany(StaffView):
    permission = Permission.SIGNED_IN
    opens_company = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("people/companies.html", rows=companies_of(user_id=self.request.staff.user_id))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = row_id(request.POST.get("membership", ""))
        if staff_member(user_id=self.request.staff.user_id, membership_id=chosen) is None:
            raise NotFound()
        request.session[MEMBERSHIP] = chosen
        request.session.pop(COMMUNITY, None)
        return redirect("/")


class SwitchCommunity(StaffView):
    """Every page then shows this community only; nothing chosen: all that the member may see."""

    permission = Permission.SIGNED_IN
    follows_choice = False

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = request.POST.get("place", "")
        if not asked:
            request.session.pop(COMMUNITY, None)
            return redirect(_safe_next(request))
        chosen = row_id(asked)
        if chosen not in {pk for pk, _name in places.communities()}:
            raise NotFound()
        request.session[COMMUNITY] = chosen
        return redirect(_safe_next(request))


def carry_language(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """After the log-in: the language just chosen there becomes his, else his own is used."""
    chosen = request.session.pop(CHOSEN_LANGUAGE, None)
    if chosen in _LANGUAGES:
        set_language(user_id=user.pk, language=chosen)
    elif user.language in _LANGUAGES:
        _set_cookie(response, user.language)


def _set_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR, samesite="Lax", httponly=True)


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/"
