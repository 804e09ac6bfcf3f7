"""The tabs of a case's page: each has its address, reads what it shows, and loads what other apps serve."""

from __future__ import annotations

from typing import Any, ClassVar, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arrears.cases import queries
from arrears.cases.queries.cases import CaseLine
from arrears.cases.queries.promised import promises_of
from arrears.cases.queries.subjects import all_late
from arrears.cases.web.actions import next_action
from arrears.cases.web.timeline import Event, events
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, StaffMember

LATEST: Final = 8  # events at first sight; a telephone shows no more
_SPOKEN: Final = ("CALL", "VISIT", "PROMISE")
P = Permission


class Part(NamedTuple):
    """Something that is loaded into a tab. `key`: the field of the case its address takes."""

    name: str
    permission: Permission
    key: str = "case_id"


class Tab(NamedTuple):
    """A tab: its door, its title, and its parts; hidden where a member may see none of them."""

    name: str
    title: Any
    parts: tuple[Part, ...] = ()
    has_own: bool = False  # shows something besides its parts


MONEY = Tab(
    "cases:case_money",
    _("Money and relief"),
    (
        Part("relief:of_account", P.CASE_SEE, "account_id"),
        Part("cases:case_clocks", P.CASE_SEE),
        Part("relief:case_tickets", P.TICKET_SEE),
    ),
    has_own=True,
)
LADDER = Tab("cases:case_ladder", _("Ladder"), (Part("cases:case_facts", P.CASE_SEE),))
CONTACTS = Tab(
    "cases:case_contacts",
    _("Contacts and visits"),
    (Part("notices:unit_notices", P.NOTICE_SEE, "unit_id"),),
    has_own=True,
)
LEGAL = Tab(
    "cases:case_legal",
    _("Court and proof"),
    (
        Part("legal:case_court", P.LEGAL_SEE),
        Part("legal:case_gates", P.LEGAL_SEE),
        Part("legal:case_drafts", P.LEGAL_SEE),
        Part("legal:case_bundles", P.BUNDLE_EXPORT),
    ),
)
OVERVIEW = Tab("cases:case", _("Overview"), has_own=True)
TABS: Final = (OVERVIEW, MONEY, CONTACTS, LADDER, LEGAL)


def tabs_for(staff: StaffMember) -> list[Tab]:
    """The tabs in which a member finds something."""
    return [tab for tab in TABS if tab.has_own or any(staff.can(part.permission) for part in tab.parts)]


def latest(rows: list[Event], *, whole: bool) -> dict[str, Any]:
    """What the timeline shows, and how many earlier events it leaves out."""
    shown = rows if whole else rows[:LATEST]
    return {"events": shown, "earlier": len(rows) - len(shown)}


class CaseTab(StaffView):
    """What the doors of one tab share: the page of a case that is open on it."""

    permission = Permission.CASE_SEE
    tab: ClassVar[Tab] = OVERVIEW
    template: ClassVar[str] = "cases/case_page.html"

    def shown(self, case: CaseLine, *, status: int = 200, **own: Any) -> HttpResponse:
        """The page of a case on this tab."""
        staff = self.request.staff
        parts = [
            {"url": reverse(part.name, args=[getattr(case, part.key)])}
            for part in self.tab.parts
            if staff.can(part.permission)
        ]
        return self.page(
            self.template,
            status=status,
            case=case,
            tabs=tabs_for(staff),
            here=self.tab.name,
            parts=parts,
            action=next_action(case, staff),
            **own,
        )


class OneTab(CaseTab):
    """A tab that is only looked at."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = queries.case_line(case_id, as_of=clock.today())
        return self.shown(case, **self.own(case))

    def own(self, _case: CaseLine) -> dict[str, Any]:
        """What the tab shows besides its parts."""
        return {}


class CaseMoney(OneTab):
    """Applications, the clock of each charge, disputes."""

    tab = MONEY
    template = "cases/case_money.html"

    def own(self, _case: CaseLine) -> dict[str, Any]:
        return {"may_book": self.request.staff.can(Permission.COST_BOOK)}


class CaseLadder(OneTab):
    """What the ladder knows, relaxed stages, the version."""

    tab = LADDER


class CaseContacts(OneTab):
    """Promises, papers, calls and visits."""

    tab = CONTACTS
    template = "cases/case_contacts.html"

    def own(self, case: CaseLine) -> dict[str, Any]:
        today = clock.today()
        late = all_late([case.account_id], as_of=today)[case.account_id]
        rows = [row for row in queries.case_timeline(case.case_id) if row.kind in _SPOKEN]
        return {
            "promises": promises_of(case.case_id, late=late, as_of=today),
            **latest(events(rows), whole="all" in self.request.GET),
        }


class CaseLegal(OneTab):
    """Proceedings, gates, documents and bundles."""

    tab = LEGAL
