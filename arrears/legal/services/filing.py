"""Mark a court paper as filed: the rung is taken, and collectors leave the owner alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.cases.queries.subjects import late_charges
from arrears.cases.rules.ladder import RungCode
from arrears.cases.rules.steps import StepState
from arrears.cases.services.calls import JustPaid
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.holds import hold_for_court
from arrears.cases.services.recording import Ended, end_tasks
from arrears.cases.services.rungs import find_case, lock_account, open_step, take
from arrears.legal.models import Draft, Filing, GateNote
from arrears.legal.queries.court import GONE
from arrears.legal.queries.gates import domicile_of
from arrears.legal.queries.instruments import Instrument, instrument_of
from arrears.legal.rules.court import CourtFees, court_fees, enforcement_last_day
from arrears.legal.rules.gates import Act
from arrears.legal.rules.ready import COURT_CHECK
from arrears.legal.rules.results import Award, asked_for
from arrears.legal.rules.venue import basic_court
from arrears.legal.services.gates import require
from billing.charges.queries import OpenCharge
from notices import queries as notices
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from values.because import because

_K = Filing.Kind
KINDS_OF: Final = {
    RungCode.COURT.value: (_K.PAYMENT_ORDER, _K.COMPLAINT),
    RungCode.ENFORCEMENT.value: (_K.ENFORCEMENT,),
}
_OF_PAPER: Final = {"PAYMENT_ORDER_APPLICATION": _K.PAYMENT_ORDER, "COMPLAINT": _K.COMPLAINT}
_COST: Final = "COST"
_MAY_BE_FILED: Final = frozenset({StepState.APPROVED, StepState.DUE, StepState.SENT})


class NotToBeFiled(Conflict):
    """No paper of this case is approved and waiting, or it was filed already."""

    code = "legal.not_to_be_filed"


class PaperWithdrawn(Conflict):
    """A payment changed what is owed since the paper was drawn up; it must not be filed as it stands."""

    code = "legal.paper_withdrawn"


class EnforcementBarred(Conflict):
    """The two years of the instrument are over (L-T15)."""

    code = "legal.enforcement_barred"


class DraftUnfinished(Conflict):
    """The paper is still being written: what is filed is a finished one."""

    code = "legal.draft_unfinished"


class FilingRefused(Refused):
    """A day in the future or before the approval, no court, or a kind that this rung does not file."""

    code = "legal.filing_refused"


def mark_filed(
    *,
    case_id: int,
    court: str,
    filed_on: date,
    as_of: date,
    court_reference: str = "",
    kind: str = _K.PAYMENT_ORDER,
) -> int:
    """Record that the approved paper was handed to the court; returns the filing's id.

    The claim is what the paper asks for, to the fen; the fee follows from it. Only where no paper could be
    made it is what the charges owe, with the late fee, on that day, or what of the instrument is unpaid.
    `kind` counts only without a paper. Raises NotFound, NotToBeFiled, DraftUnfinished, FilingRefused,
    JustPaid, PaperWithdrawn, GateShut, EnforcementBarred.
    """
    case = find_case(case_id)
    lock_account(case.account_id)
    step = open_step(case_id)
    if step is None or step.code not in KINDS_OF or StepState(step.event) not in _MAY_BE_FILED:
        raise NotToBeFiled(_("No court paper of this case is approved and waiting to be filed."))
    _refuse_unfinished(case_id)
    paper = notices.get(step.notice_id) if step.notice_id else None
    kind = _kind(step.code, kind, paper.kind if paper else "")
    _check(step.code, kind, court, filed_on, as_of, step.on)
    if kind == _K.PAYMENT_ORDER:
        _refuse_court(case_id, court.strip(), paper.data if paper else {})
    charges = _claimed(case.account_id, set((paper or step).charge_ids), filed_on)
    enforced = instrument_of(case_id, as_of=filed_on) if step.code == RungCode.ENFORCEMENT else None
    claim = _claim(charges, enforced, step.notice_id)
    _refuse_shut(case_id, kind, charges, enforced, as_of)
    filing = Filing.objects.create(
        case=case,
        step=step,
        notice_id=step.notice_id,
        kind=kind,
        court=court.strip(),
        filed_on=filed_on,
        court_reference=court_reference.strip(),
        claim_fen=claim.total_fen,
        principal_fen=claim.principal_fen,
        late_fee_fen=claim.late_fee_fen,
        fee_fen=_fee(kind, court_fees(claim.total_fen)),
        charge_ids=[charge.charge_id for charge in charges],
        by_id=current_user_id(),
    )
    _follow(filing, RungCode(step.code), case.account_id)
    audit.record("filing.recorded", kind="filing", pk=filing.pk, case=case_id)
    return int(filing.pk)


def _follow(filing: Filing, rung: RungCode, account_id: int) -> None:
    """The rung is taken, the ladder waits for the court, and the clocks stand."""
    on = filing.filed_on
    take(filing.case_id, rung, on=on, why=because("filed", court=filing.court, on=on))
    end_tasks([Ended(filing.case_id, "FILE")])
    hold_for_court(account_id=account_id, on=on)
    _interrupt(filing, account_id)


def source_of(filing: Filing) -> str:
    """How the clock events of a filing name it."""
    return f"filing:{filing.pk}"


def _interrupt(filing: Filing, account_id: int) -> None:
    """The clock of what is claimed stands while the proceeding is pending (L-T11)."""
    if filing.kind == _K.ENFORCEMENT:
        return
    note_clock_event(
        account_id=account_id,
        charge_ids=filing.charge_ids,
        kind="PROCEEDING",
        on=filing.filed_on,
        source=source_of(filing),
        evidence=f"{filing.court} {filing.court_reference}".strip(),
    )


def _refuse_shut(
    case_id: int, kind: str, charges: Sequence[OpenCharge], enforced: Instrument | None, as_of: date
) -> None:
    """The gates are asked once more on the day of the filing: a dispute may have come since."""
    if kind != _K.ENFORCEMENT:
        require(Act(kind), case_id=case_id, charge_ids=[charge.charge_id for charge in charges], on=as_of)
    elif enforced is not None and as_of > enforcement_last_day(enforced.perform_by):
        raise EnforcementBarred(
            _("Enforcement could be asked for until %(day)s.")
            % {"day": enforcement_last_day(enforced.perform_by)}
        )


def _claimed(account_id: int, ids: Collection[int], on: date) -> list[OpenCharge]:
    """Charges of a paper that are still owed; what a lawyer gave up is not claimed, costs stand beside."""
    late = late_charges([account_id], as_of=on).get(account_id, [])
    return [charge for charge in late if charge.charge_id in ids and charge.kind != _COST]


def _refuse_unfinished(case_id: int) -> None:
    kinds = (Draft.Kind.PAYMENT_ORDER_APPLICATION, Draft.Kind.COMPLAINT)
    if Draft.objects.filter(case_id=case_id, state=Draft.State.OPEN, kind__in=kinds).exists():
        raise DraftUnfinished(_("The paper is still being written. Finish it first."))


def _kind(code: str, kind: str, paper_kind: str) -> str:
    """What is filed is what the paper is."""
    if code == RungCode.ENFORCEMENT:
        return _K.ENFORCEMENT
    return _OF_PAPER.get(paper_kind, kind)


def _check(code: str, kind: str, court: str, filed_on: date, as_of: date, approved_on: date) -> None:
    if kind not in KINDS_OF[code]:
        raise FilingRefused(_("This kind of paper is not filed on this rung."), field="kind")
    if not court.strip():
        raise FilingRefused(_("Write the name of the court."), field="court")
    if filed_on > as_of:
        raise FilingRefused(_("A filing cannot lie in the future."), field="filed_on")
    if filed_on < approved_on:
        raise FilingRefused(_("A paper cannot be filed before it was approved."), field="filed_on")


def _refuse_court(case_id: int, court: str, said: Mapping[str, Any]) -> None:
    """An order is filed where its paper says, which was written for the court of the domicile (L-P3)."""
    named = str(said.get("court") or "") or basic_court(domicile_of(case_id))
    if court == named or (not said.get("court") and GateNote.says(case_id, COURT_CHECK)):
        return
    raise FilingRefused(
        _("The order is filed at the court that its paper names: %(court)s.") % {"court": named or "—"},
        field="court",
    )


def _claim(charges: Sequence[OpenCharge], enforced: Instrument | None, notice_id: int | None) -> Award:
    """What is claimed: what the paper says, if it still stands; without a paper what is owed."""
    owed = Award(sum(one.unpaid_fen for one in charges), sum(one.late_fee_fen for one in charges))
    if owed.total_fen > 0 and enforced is not None:
        owed = enforced.unpaid
    if owed.total_fen <= 0:
        raise JustPaid(_("What this is about has been paid in the meantime."))
    if notice_id is None:
        return owed
    paper = notices.get(notice_id)
    if paper.state in GONE:
        raise PaperWithdrawn(
            _("A payment withdrew this paper: its amount is untrue now. Tonight's run draws up the next.")
        )
    said = {part: paper.data.get(part, 0) for part in ("principal_fen", "late_fee_fen", "costs_fen")}
    return asked_for(paper.data.get("unpaid_fen") or paper.data["total_fen"], **said)


def _fee(kind: str, fees: CourtFees) -> int:
    if kind == _K.PAYMENT_ORDER:
        return fees.payment_order_fen
    return fees.acceptance_fen if kind == _K.COMPLAINT else fees.enforcement_fen
