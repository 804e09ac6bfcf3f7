"""The one thing to do next with a case."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from arrears.cases import queries
from tenancy.kernel.permissions import Permission, StaffMember


class Action(NamedTuple):
    """The one thing to do next with a case."""

    text: str
    url: str


def next_action(case: queries.CaseLine, staff: StaffMember) -> Action | None:
    """What the newest event of the ladder waits for, if the member may do it; else a call.

    Nothing where nothing is owed any more: the night closes the case with all that it asked for.
    """
    if not case.is_open:
        return None
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
        (True, P.CALL_LOG, _("Call"), "cases:call", pk),
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
