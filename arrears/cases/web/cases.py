"""A case with its history, holds and promises, and the history of a unit."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from arrears.cases import queries
from arrears.cases.queries.unit_head import unit_head
from arrears.cases.services.holds import BY_HAND as HOLDS_BY_HAND
from arrears.cases.web import hold_forms as forms
from arrears.cases.web.timeline import events
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, StaffMember

LATEST: Final = 8  # events at first sight; a telephone shows no more


class Action(NamedTuple):
    """The one thing to do next with a case."""

    text: str
    url: str


class Ending(NamedTuple):
    """A hold whose end was refused, with what was typed."""

    hold_id: int
    form: forms.EndHold


class CaseView(StaffView):
    """What the doors of a case share: its page."""

    permission = Permission.CASE_SEE

    def show(self, case_id: int, ending: Ending | None = None, *, status: int = 200) -> HttpResponse:
        """The case as it stands."""
        today = clock.today()
        desk = queries.call_desk(case_id, as_of=today)
        staff = self.request.staff
        holds = queries.holds_of(desk.case.account_id)
        history, whole = events(queries.case_timeline(case_id)), "all" in self.request.GET
        return self.page(
            "cases/case_show.html",
            status=status,
            case=desk.case,
            desk=desk,
            events=history if whole else history[:LATEST],
            earlier=0 if whole else max(0, len(history) - LATEST),
            holds=holds,
            standing=[hold for hold in holds if hold.stands(today)],
            kinds=[kind for kind in HOLDS_BY_HAND if kind != "DISPUTE"],
            about=queries.standing_coverage(desk.case, as_of=today),
            action=_action(desk.case, staff),
            may_hold=staff.can(Permission.HOLD_SET),
            may_book=staff.can(Permission.COST_BOOK),
            may_finish=staff.can(Permission.CALL_LOG),
            may_see_notices=staff.can(Permission.NOTICE_SEE),
            may_see_court=staff.can(Permission.LEGAL_SEE),
            ending=ending,
            may_export=staff.can(Permission.BUNDLE_EXPORT),
        )


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
        action = _action(head.case, staff) if head.case and acts else None
        return self.page("cases/_unit_head.html", head=head, action=action)


def _action(case: queries.CaseLine, staff: StaffMember) -> Action | None:
    """What the newest event of the ladder waits for, if the member may do it; else a call."""
    waits = (case.rung, case.event)
    approval, notice = case.approval_id, case.notice_id
    pk, at_court = case.case_id, case.rung in _AT_COURT and case.event in _OPEN
    unwritten = waits in _TO_WRITE and notice is None
    carried = waits in _TO_DELIVER and not case.delivered_on
    offers = (
        (case.event == "PROPOSED", P.APPROVAL_SEE, _("Look at the request"), "cases:approval", approval),
        (carried, P.DELIVERY_RECORD, _("Record the delivery"), "notices:delivery", notice),
        (waits == ("VISIT", "DUE"), P.VISIT_LOG, _("Log a visit"), "cases:visit", pk),
        (unwritten, P.DRAFT_EDIT, _("Finish the paper"), "legal:open_draft", pk),
        (at_court, P.FILING_RECORD, _("Mark as filed"), "legal:file", pk),
        (case.is_open, P.CALL_LOG, _("Call"), "cases:call", pk),
    )  # fmt: skip
    for fits, permission, text, name, target in offers:
        if fits and target is not None and staff.can(permission):
            return _link(text, name, target)
    return None


P = Permission
_OPEN = ("DUE", "APPROVED", "SENT")
_AT_COURT = ("COURT", "ENFORCEMENT")
_TO_WRITE = {(rung, event) for rung in ("LAWYER_LETTER", "COURT") for event in _OPEN}
_TO_DELIVER = {(rung, event) for rung in ("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER") for event in _OPEN}


def _link(text: str, name: str, pk: int) -> Action | None:
    try:
        return Action(text, reverse(name, args=[pk]))
    except NoReverseMatch:
        return None
