"""A case at a glance with its history and holds, and the history of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from arrears.cases import queries
from arrears.cases.queries.unit_head import unit_head
from arrears.cases.rules.promises import PromiseState
from arrears.cases.services.holds import BY_HAND as HOLDS_BY_HAND
from arrears.cases.web import hold_forms as forms
from arrears.cases.web.actions import next_action
from arrears.cases.web.case_tabs import CaseTab, latest
from arrears.cases.web.timeline import events
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from values.because import Because, because


class Ending(NamedTuple):
    """A hold whose end was refused, with what was typed."""

    hold_id: int
    form: forms.EndHold


class CaseView(CaseTab):
    """What the doors of a case's first tab share: who, where, how much, since when, and what is next."""

    template = "cases/case_show.html"

    def show(self, case_id: int, ending: Ending | None = None, *, status: int = 200) -> HttpResponse:
        """The case as it stands."""
        today, staff = clock.today(), self.request.staff
        desk = queries.call_desk(case_id, as_of=today)
        holds = queries.holds_of(desk.case.account_id)
        return self.shown(
            desk.case,
            status=status,
            desk=desk,
            holds=holds,
            standing=[hold for hold in holds if hold.stands(today)],
            kinds=[kind for kind in HOLDS_BY_HAND if kind != "DISPUTE"],
            about=queries.standing_coverage(desk.case, as_of=today),
            may_hold=staff.can(Permission.HOLD_SET),
            may_finish=staff.can(Permission.CALL_LOG),
            ending=ending,
            promised=_running(desk.promises),
            **latest(events(queries.case_timeline(case_id)), whole="all" in self.request.GET),
        )


def _running(promises: Sequence[queries.PromiseRow]) -> Because | None:
    """A promise that holds the ladder without being a hold: one truth with the tab of the ladder."""
    days = [one.promised_on for one in promises if one.state is PromiseState.OPEN and one.why is None]
    return because("promised", until=max(days)) if days else None


class CasePage(CaseView):
    """One case: who, where, how much, since when, and everything that happened."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self.show(case_id)


class UnitTimeline(StaffView):
    """The history of a unit, for its page."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        today = clock.today()
        rows = queries.unit_timeline(unit_id, as_of=today)
        cases = queries.cases_of_unit(unit_id, as_of=today)
        return self.page("cases/_unit_timeline.html", events=events(rows), cases=cases)


class UnitHead(StaffView):
    """What a unit owes since when, for the top of its page; the next step for whoever takes no money."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        head, staff = unit_head(unit_id, as_of=clock.today()), self.request.staff
        acts = head.case is not None and not staff.can(Permission.PAYMENT_TAKE)
        action = next_action(head.case, staff) if head.case and acts else None
        return self.page("cases/_unit_head.html", head=head, action=action)
