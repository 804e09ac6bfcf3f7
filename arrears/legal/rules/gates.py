"""The legal gates G1-G12 as one checklist: what is proven, by what, and what is missing (domain 6.2).

Every check is a pure function of what is known of a case on a day. A check that data cannot answer is UNKNOWN
until legal has noted an answer. Only what FAILED shuts a gate; what is UNKNOWN is to be confirmed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from arrears.legal.rules.gate_acts import CONFIRMED, REQUIRED, barred, shut, to_confirm, unmet
from arrears.legal.rules.gate_facts import Act, Evidence, Finding, Gate, Known, Noted, Served, State
from values.because import Scalar, because

__all__ = [
    "BY_HAND",
    "CHECKS",
    "CONFIRMED",
    "REQUIRED",
    "Act",
    "Evidence",
    "Finding",
    "Gate",
    "Known",
    "Noted",
    "Served",
    "State",
    "barred",
    "checklist",
    "shut",
    "to_confirm",
    "unmet",
]

_Said = Mapping[str, Scalar | date]


class Answer(NamedTuple):
    """What a check says of what is known."""

    state: State
    params: _Said
    evidence: Evidence | None = None
    variant: str = ""


def _ok(evidence: Evidence | None = None, /, **params: Scalar | date) -> Answer:
    return Answer(State.PASSED, params, evidence)


def _no(evidence: Evidence | None = None, /, **params: Scalar | date) -> Answer:
    return Answer(State.FAILED, params, evidence)


def _unknown(**params: Scalar | date) -> Answer:
    return Answer(State.UNKNOWN, params)


def _listed(found: Sequence[str]) -> str:
    more = f" +{len(found) - 3}" if len(found) > 3 else ""
    return "、".join(found[:3]) + more


def _contract(known: Known) -> Answer:
    if not known.contract:
        return _no(on=known.as_of)
    if known.outside:
        return Answer(State.FAILED, {"periods": _listed(known.outside)}, None, "outside")
    return _ok(contract=known.contract)


def _tariff(known: Known) -> Answer:
    return _unknown(periods=_listed(known.untariffed)) if known.untariffed else _ok()


def _by_hand(code: str) -> Callable[[Known], Answer]:
    """A check that only a person can answer."""

    def judge(known: Known) -> Answer:
        note = known.notes.get(code)
        if note is None:
            return _unknown()
        return _noted(note)

    return judge


def _noted(note: Noted, variant: str = "") -> Answer:
    proof = Evidence("file", note.file_id) if note.file_id else None
    said: _Said = {"by": note.by, "on": note.on, "reason": note.reason}
    return Answer(State.PASSED if note.holds else State.FAILED, said, proof, variant)


def _area(known: Known) -> Answer:
    return _ok(area=f"{known.area_cm2 / 10_000:.2f}") if known.area_cm2 > 0 else _unknown()


def _debtor(known: Known) -> Answer:
    return _unknown(periods=_listed(known.unheld)) if known.unheld else _ok()


def _in_flight(known: Known) -> Answer:
    return _no(what=f"in_flight.{known.in_flight}") if known.in_flight else _ok(on=known.as_of)


def _bank(known: Known) -> Answer:
    if not known.bank_used:
        return Answer(State.PASSED, {}, None, "unused")
    if known.bank_on is None or known.bank_on < known.as_of - timedelta(days=1):
        return _no(on=known.bank_on or "")
    return _ok(on=known.bank_on)


def _clause(known: Known) -> Answer:
    if known.clause:
        return _ok(clause=known.clause)
    return _no() if known.late_fee_fen > 0 else Answer(State.PASSED, {}, None, "unclaimed")


def _safe(known: Known) -> Answer:
    return _unknown(above_fen=known.above_safe_fen) if known.above_safe_fen > 0 else _ok()


def _shown(known: Known) -> Answer:
    """A clause matters where a late fee is asked for."""
    if known.late_fee_fen <= 0 and "clause_shown" not in known.notes:
        return Answer(State.PASSED, {}, None, "unclaimed")
    return _by_hand("clause_shown")(known)


def _pass_through(known: Known) -> Answer:
    return _no(charges=_listed(known.wrong_fee)) if known.wrong_fee else _ok()


def _due(known: Known) -> Answer:
    return _no(charges=_listed(known.not_due)) if known.not_due else _ok()


def _bills(known: Known) -> Answer:
    return _no(charges=_listed(known.bare)) if known.bare else _ok()


def _delivered(name: str) -> Callable[[Known], Answer]:
    def judge(known: Known) -> Answer:
        paper: Served | None = getattr(known, name)
        if paper is None:
            return _no()
        if paper.notice_id is None:
            return Answer(State.PASSED, {"on": paper.delivered_on}, None, "plan")
        said: _Said = {"number": paper.number, "on": paper.delivered_on, "method": paper.method}
        return Answer(State.PASSED, said, Evidence("notice", paper.notice_id))

    return judge


def _over(name: str) -> Callable[[Known], Answer]:
    def judge(known: Known) -> Answer:
        paper: Served | None = getattr(known, name)
        if paper is None:
            return Answer(State.FAILED, {}, None, "undelivered")
        over_on = paper.over_on()
        return _ok(over_on=over_on) if known.as_of >= over_on else _no(over_on=over_on)

    return judge


def _visited(known: Known) -> Answer:
    if known.visits < 1:
        return _no()
    return _ok(visits=known.visits, on=known.visited_on or "")


def _dispute(known: Known) -> Answer:
    return _no(hold=known.dispute) if known.dispute else _ok()


def _agreement(known: Known) -> Answer:
    """What was deferred or is paid by a plan is not due; in hardship nothing harsher follows (6.1)."""
    return _no(hold=known.agreed) if known.agreed else _ok()


def _limitation(known: Known) -> Answer:
    if not known.expired:
        return _ok(last_on=known.last_on) if known.last_on else Answer(State.PASSED, {}, None, "pending")
    if known.expired.keys() <= known.decided.keys():
        newest = max((known.decided[pk] for pk in known.expired), key=lambda said: said.on)
        return _noted(newest, "decided")
    return _no(charges=_listed([label for pk, label in known.expired.items() if pk not in known.decided]))


def _reviewed(known: Known) -> Answer:
    return _ok(by=known.reviewed_by, on=known.reviewed_on) if known.reviewed_on else _no()


def _amount(known: Known) -> Answer:
    return _ok(claim_fen=known.claim_fen) if known.claim_fen > 0 else _no()


def _not_filed(known: Known) -> Answer:
    return _no(court=known.filed_at, on=known.filed_on) if known.filed_on else _ok()


def _serviceable(known: Known) -> Answer:
    if known.court:
        return _ok(address=known.address)
    paper = known.letter or known.second
    if paper is not None and paper.notice_id is not None:
        said: _Said = {"number": paper.number, "on": paper.delivered_on}
        return Answer(State.PASSED, said, Evidence("notice", paper.notice_id), "reached")
    return _no()


def _court(known: Known) -> Answer:
    return _ok(court=known.court) if known.court else _unknown()


def _not_missing(known: Known) -> Answer:
    note = known.notes.get("debtor_not_missing")
    if note is not None:
        return _noted(note)
    if known.letter is not None and known.letter.notice_id is not None:
        said: _Said = {"number": known.letter.number, "on": known.letter.delivered_on}
        return Answer(State.PASSED, said, Evidence("notice", known.letter.notice_id), "reached")
    return _unknown()


def _complaint(known: Known) -> Answer:
    return _unknown(reason=known.complains) if known.complains else _ok()


def _identity(known: Known) -> Answer:
    return _ok() if known.identified else _no()


def _joint(known: Known) -> Answer:
    return _ok(names=_listed(known.joint)) if known.joint else Answer(State.PASSED, {}, None, "alone")


def _evidence(known: Known) -> Answer:
    if known.missing_evidence and known.notes.get("evidence_complete") is None:
        return _unknown(missing=_listed(known.missing_evidence))
    return _by_hand("evidence_complete")(known) if known.missing_evidence else Answer(
        State.PASSED, {}, None, "found"
    )  # fmt: skip


def _small(known: Known) -> Answer:
    return _ok(small=known.small) if known.wage_known else _unknown()


def _reachable(known: Known) -> Answer:
    if known.stopped:
        return _no(hold=known.stopped)
    return Answer(State.PASSED, {}, None, "written") if known.silent else _ok()


def _firm(known: Known) -> Answer:
    if not known.firm:
        return _no()
    return _ok(firm=known.firm, until=known.firm_until or "—")


def _copies(known: Known) -> Answer:
    """Where an agreement is over, what a firm holds comes back or is deleted; legal notes that it was."""
    if known.uncovered:
        note = known.notes.get("copies_covered")
        if note is not None and note.holds and note.on >= (known.uncovered_on or note.on):
            return _noted(note, "decided")
        return _no(firms=_listed(known.uncovered))
    if not known.handed_to:
        return Answer(State.PASSED, {}, None, "none")
    return _ok(firm=known.handed_to, on=known.handed_on or known.as_of)


def _watched(known: Known) -> Answer:
    return _no(charges=_listed(known.unwatched)) if known.unwatched else _ok(last_on=known.last_on or "—")


def _billed_once(known: Known) -> Answer:
    return _no(charges=_listed(known.doubled)) if known.doubled else _ok()


_NOTED: Final = "by_note"


class _Check(NamedTuple):
    gate: Gate
    code: str
    judge: Callable[[Known], Answer]
    supplier: str


_G: Final = Gate
# In the order of the gates; the supplier is whom to ask when it is missing.
CHECKS: Final[tuple[_Check, ...]] = (
    _Check(_G.G1, "contract_in_force", _contract, "project_manager"),
    _Check(_G.G1, "tariff_known", _tariff, "finance"),
    _Check(_G.G1, "tariff_displayed", _by_hand("tariff_displayed"), "project_manager"),
    _Check(_G.G1, "area_known", _area, "project_manager"),
    _Check(_G.G1, "billed_once", _billed_once, "finance"),
    _Check(_G.G2, "debtor_of_period", _debtor, "project_manager"),
    _Check(_G.G2, "nothing_in_flight", _in_flight, "finance"),
    _Check(_G.G2, "bank_fresh", _bank, "finance"),
    _Check(_G.G3, "late_fee_clause", _clause, "project_manager"),
    _Check(_G.G3, "late_fee_safe", _safe, "legal"),
    _Check(_G.G3, "clause_shown", _shown, "project_manager"),
    _Check(_G.G3, "no_fee_on_pass_through", _pass_through, "finance"),
    _Check(_G.G4, "due_passed", _due, "collector"),
    _Check(_G.G4, "bill_in_time", _bills, "collector"),
    _Check(_G.G5, "demand_delivered", _delivered("demand"), "collector"),
    _Check(_G.G5, "demand_over", _over("demand"), "collector"),
    _Check(_G.G5, "visited", _visited, "project_manager"),
    _Check(_G.G6, "second_delivered", _delivered("second"), "project_manager"),
    _Check(_G.G6, "second_over", _over("second"), "project_manager"),
    _Check(_G.G6, "no_dispute", _dispute, "project_manager"),
    _Check(_G.G6, "nothing_agreed", _agreement, "project_manager"),
    _Check(_G.G6, "within_limitation", _limitation, "legal"),
    _Check(_G.G6, "review_decided", _reviewed, "branch_gm"),
    _Check(_G.G7, "letter_delivered", _delivered("letter"), "legal"),
    _Check(_G.G7, "letter_over", _over("letter"), "legal"),
    _Check(_G.G7, "amount_fixed", _amount, "finance"),
    _Check(_G.G7, "not_filed", _not_filed, "legal"),
    _Check(_G.G7, "serviceable", _serviceable, "collector"),
    _Check(_G.G7, "court_of_domicile", _court, "collector"),
    _Check(_G.G7, "debtor_not_missing", _not_missing, "legal"),
    _Check(_G.G7, "no_service_complaint", _complaint, "project_manager"),
    _Check(_G.G7, "no_preservation", _by_hand("no_preservation"), "legal"),
    _Check(_G.G8, "identity_known", _identity, "collector"),
    _Check(_G.G8, "joint_debtors", _joint, "collector"),
    _Check(_G.G8, "evidence_complete", _evidence, "legal"),
    _Check(_G.G8, "no_arbitration", _by_hand("no_arbitration"), "legal"),
    _Check(_G.G8, "small_claim", _small, "legal"),
    _Check(_G.G9, "notice_after_letter", _over("letter"), "legal"),
    _Check(_G.G10, "may_be_contacted", _reachable, "collector"),
    _Check(_G.G11, "processing_agreement", _firm, "legal"),
    _Check(_G.G11, "copies_covered", _copies, "legal"),
    _Check(_G.G12, "limitation_watched", _watched, "collector"),
)
# What legal may note by hand: where data answer, their answer counts. Claims that are barred by time are
# decided on one by one, at the clocks.
BY_HAND: Final = (
    "tariff_known", "tariff_displayed", "area_known", "debtor_of_period", "late_fee_safe", "clause_shown",
    "court_of_domicile", "debtor_not_missing", "no_service_complaint", "no_preservation",
    "evidence_complete", "no_arbitration", "small_claim", "copies_covered",
)  # fmt: skip


def checklist(known: Known) -> tuple[Finding, ...]:
    """Every check of every gate, in their order.

    >>> [f.code for f in checklist(Known(date(2026, 1, 1))) if f.gate is Gate.G5]
    ['demand_delivered', 'demand_over', 'visited']
    """
    return tuple(_find(check, known) for check in CHECKS)


def _find(check: _Check, known: Known) -> Finding:
    answer, note = check.judge(known), known.notes.get(check.code)
    if answer.state is State.UNKNOWN and note is not None:
        answer = _noted(note, _NOTED)
    state, params, evidence, variant = answer
    key = _NOTED if variant == _NOTED else f"{check.code}.{variant or state.value.lower()}"
    said = because(f"gate.{key}", **params)
    supplier = "" if state is State.PASSED else check.supplier
    return Finding(check.gate, check.code, state, said, supplier, evidence)
