"""Write a review sheet: need, cost, chance and advice, frozen with the facts of its day (R000, S6)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from arrears.cases.rules.ladder import RungCode
from arrears.cases.services.rungs import find_case, lock_account, open_step
from arrears.legal.models import Review
from arrears.legal.queries.gates import Checklist, checklist
from arrears.legal.queries.review import ReviewSheet, review_sheet
from arrears.legal.rules.gates import State
from arrears.legal.rules.review import cost_at_worst, decide_by
from tenancy.kernel.errors import Conflict, Forbidden, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.services import audit

_WRITERS: Final = (Role.PROJECT_MANAGER, Role.LEGAL)


class NoReviewOpen(Conflict):
    """The ladder does not ask for a review of this case now."""

    code = "legal.no_review_open"


class ReviewRefused(Refused):
    """A sheet without need, chance or reason."""

    code = "legal.review_refused"


class NotAReviewer(Forbidden):
    """The project manager or legal writes it; the branch's general manager decides."""

    code = "legal.not_a_reviewer"


def write_review(
    *,
    case_id: int,
    need: str,
    chance: str,
    chance_reason: str,
    advice: str,
    by: StaffMember,
    on: date,
) -> int:
    """The next version of a case's review sheet; returns its id. It belongs to the request that waits.

    Raises NotFound, NotAReviewer, NoReviewOpen, ReviewRefused.
    """
    case = find_case(case_id)
    if not any(by.plays(role) for role in _WRITERS):
        raise NotAReviewer(_("The project manager or legal writes the review sheet."))
    lock_account(case.account_id)
    step = open_step(case_id)
    if step is None or step.code != RungCode.LEGAL_REVIEW or step.approval_id is None:
        raise NoReviewOpen(_("No review of this case waits for a decision."))
    _check(need, chance, chance_reason, advice)
    sheet, gates = review_sheet(case_id, as_of=on), checklist(case_id, as_of=on)
    newest = Review.objects.filter(case_id=case_id).aggregate(newest=Max("version"))["newest"]
    review = Review.objects.create(
        case_id=case_id,
        approval_id=step.approval_id,
        version=(newest or 0) + 1,
        need=need.strip()[:500],
        chance=chance,
        chance_reason=chance_reason.strip()[:500],
        advice=advice,
        cost_fen=cost_at_worst(sheet.fees),
        facts=_facts(sheet, gates),
        on=on,
        decide_by=decide_by(step.on),
        by_id=by.user_id,
    )
    audit.record("review.written", kind="case", pk=case_id, version=review.version, advice=f"advice.{advice}")
    return int(review.pk)


def _check(need: str, chance: str, chance_reason: str, advice: str) -> None:
    if not need.strip():
        raise ReviewRefused(_("Write why a court is needed."), field="need")
    if chance not in Review.Chance.values:
        raise ReviewRefused(_("Say how good the chance is."), field="chance")
    if not chance_reason.strip():
        raise ReviewRefused(_("Say why the chance is so."), field="chance_reason")
    if advice not in Review.Advice.values:
        raise ReviewRefused(_("Say what you advise."), field="advice")


def _facts(sheet: ReviewSheet, gates: Checklist) -> dict[str, Any]:
    """What the sheet was written on, so that it can be read later as it was."""
    fees = sheet.fees
    return {
        "principal_fen": sheet.principal_fen,
        "late_fee_fen": sheet.late_fee_fen,
        "payment_order_fen": fees.payment_order_fen if fees else 0,
        "summary_fen": fees.summary_fen if fees else 0,
        "acceptance_fen": fees.acceptance_fen if fees else 0,
        "claims": [
            {
                "fee_item": claim.charge.fee_item,
                "period": claim.charge.period.label,
                "unpaid_fen": claim.charge.unpaid_fen,
                "clock": claim.clock.status.value,
                "last_on": claim.clock.last_on.isoformat() if claim.clock.last_on else None,
            }
            for claim in sheet.claims
        ],
        "documents": [paper.number for paper in sheet.documents if paper.gates_open_on],
        "gates": [
            {
                "gate": one.gate.value,
                "code": one.code,
                "state": one.state.value,
                "because": one.because.as_json(),
            }
            for one in gates.findings
            if one.state is not State.PASSED
        ],
        "held": sheet.case.held,
    }
