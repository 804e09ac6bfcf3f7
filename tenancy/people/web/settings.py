"""One page of all settings: every area that the member may enter, and what is decided there."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, StaffMember

P = Permission


class Area(NamedTuple):
    """A part of the settings: what it is called, what is decided there, who enters, who may change it."""

    label: Any
    about: Any
    url_name: str
    icon: str
    sees: P
    changes: P


class Entrance(NamedTuple):
    """An area as one member finds it."""

    label: Any
    about: Any
    url: str
    icon: str
    may_change: bool


AREAS: tuple[tuple[Any, tuple[Area, ...]], ...] = (
    (
        _("The company"),
        (
            Area(_("Company"), _("Name, SMS signature, credit code, who represents it"),
                 "people:company_data", "building", P.COMPANY_SEE, P.COMPANY_EDIT),
            Area(_("Communities"), _("Address, service centre, telephone, opening hours"),
                 "owners:communities", "home", P.UNIT_SEE, P.UNIT_EDIT),
            Area(_("People"), _("Who works here, with which parts, in which communities"),
                 "people:members", "users", P.STAFF_SEE, P.STAFF_EDIT),
        ),
    ),
    (
        _("Fees and money"),
        (
            Area(_("Service contracts"), _("Terms, late fee, the account that owners pay to"),
                 "charges:contracts", "file", P.TARIFF_SEE, P.TARIFF_EDIT),
            Area(_("Fee items"), _("What is charged, and whether it bears a late fee"),
                 "charges:fee_items", "list", P.TARIFF_SEE, P.TARIFF_EDIT),
            Area(_("Tariffs"), _("Prices with the day they hold from"),
                 "charges:tariffs", "tags", P.TARIFF_SEE, P.TARIFF_EDIT),
            Area(_("Local rules"), _("What a city has ruled: vacant homes, paying ahead, hand-over"),
                 "charges:local_rules", "file", P.TARIFF_SEE, P.TARIFF_EDIT),
            Area(_("Cash points"), _("Where money is taken and receipts are numbered"),
                 "payments:cash_points", "cash", P.TARIFF_EDIT, P.TARIFF_EDIT),
            Area(_("Collection targets"), _("What a year is to bring, by community"),
                 "reports:targets", "flag", P.DASHBOARD_SEE, P.TARGET_EDIT),
        ),
    ),
    (
        _("Collection and notices"),
        (
            Area(_("Ladder"), _("After how many days which step follows, and who decides it"),
                 "cases:ladder", "ladder", P.LADDER_SEE, P.LADDER_EDIT),
            Area(_("Quiet days"), _("When nobody is called, visited or reminded"),
                 "cases:quiet_days", "calendar", P.LADDER_SEE, P.QUIET_EDIT),
            Area(_("Templates"), _("What messages and papers say"),
                 "notices:templates", "template", P.NOTICE_SEE, P.TEMPLATE_EDIT),
            Area(_("Visit rounds"), _("Whether visitors may add where they stood"),
                 "team:rules", "walk", P.COMPANY_EDIT, P.COMPANY_EDIT),
        ),
    ),
    (
        _("Access and traces"),
        (
            Area(_("API keys"), _("Which programs may enter, as whom"),
                 "people:tokens", "key", P.TOKEN_EDIT, P.TOKEN_EDIT),
            Area(_("Audit trail"), _("Who did what, when"),
                 "people:audit", "history", P.AUDIT_SEE, P.AUDIT_SEE),
            Area(_("Jobs"), _("Long work: imports, bill runs, prints"),
                 "people:jobs", "clock", P.JOB_SEE, P.JOB_SEE),
        ),
    ),
)  # fmt: skip
# What nobody changes there is not called "look only".
_ONLY_READ = frozenset({"people:audit", "people:jobs"})


class Settings(StaffView):
    """The areas, in groups; a group of which nothing is the member's is left out."""

    permission = P.COMPANY_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        staff = self.request.staff
        groups = [(label, entrances) for label, areas in AREAS if (entrances := _entrances(areas, staff))]
        return self.page("people/settings.html", groups=groups, scans_uploads=bool(settings.CLAMD))


def _entrances(areas: tuple[Area, ...], staff: StaffMember) -> list[Entrance]:
    return [
        Entrance(
            area.label, area.about, url, area.icon, staff.can(area.changes) or area.url_name in _ONLY_READ
        )
        for area in areas
        if staff.can(area.sees) and (url := _url(area.url_name))
    ]


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
