"""The facts behind the gates of one case, gathered in few reads, and the checklist that follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from arrears.cases.queries import CaseLine, case_line, current_ladders
from arrears.cases.queries.calling import active_holds
from arrears.cases.queries.evidence import Effort, efforts
from arrears.cases.queries.expiring import decided
from arrears.cases.queries.standing import CaseCore, RungEvent, case_core, rung_events
from arrears.cases.queries.subjects import Subject, bills_delivered, late_charges, subjects
from arrears.cases.rules.holds import SILENT
from arrears.cases.rules.limitation import Clock, Status
from arrears.legal.models import Filing, GateNote
from arrears.legal.queries.clocks import clocks_of
from arrears.legal.queries.drafts import list_ticks, written_edits
from arrears.legal.queries.firms import copies_of, may_be_given
from arrears.legal.rules import gates
from arrears.legal.rules.evidence import Held, lacking, there
from arrears.legal.rules.results import ENDS
from arrears.legal.rules.venue import basic_court
from billing.charges.queries import (
    ContractTerms,
    OpenCharge,
    contracts,
    court_safe_sum,
    court_terms,
)
from notices.queries import DocumentFact, documents_of
from owners.queries import joint_debtors
from tenancy.kernel import sql
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

PACKAGE: Final = "arrears.legal"
DEMANDS: Final = ("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER")
_UNBILLED: Final = frozenset({"OPENING", "COST"})
_AGAINST: Final = ("DISPUTE", "DATA_ERROR")
_GRANTED: Final = ("INSTALMENT", "DEFERRAL", "HARDSHIP")
_COMPLAINS: Final = ("SERVICE", "FACILITIES")
_TAKEN: Final = ("TAKEN", "APPROVED")
# Fields of the papers for a court in which the debtor's domicile stands.
_DOMICILE: Final = ("respondents.0.domicile", "defendants.0.domicile")
# Within so many days before it is barred, a charge that no delivered demand lists needs one (G12).
WATCH_DAYS: Final = 180


class _Around(NamedTuple):
    """What gate_facts.sql tells."""

    in_flight: str
    bank_used: bool
    bank_on: date | None
    unheld: list[int]
    no_late_fee: list[int]


@dataclass(frozen=True, slots=True)
class Checklist:
    """法定前提清单: the checks of a case by gate, and which acts are forbidden or not proven, and why."""

    case: CaseLine
    as_of: date
    findings: tuple[gates.Finding, ...]
    barred: Mapping[gates.Act, gates.Finding]
    to_confirm: Mapping[gates.Act, tuple[gates.Finding, ...]]
    known: gates.Known

    @property
    def by_gate(self) -> list[tuple[gates.Gate, list[gates.Finding]]]:
        """The checks, gate by gate."""
        return [(gate, list(rows)) for gate, rows in groupby(self.findings, key=lambda one: one.gate)]

    @property
    def open_acts(self) -> tuple[gates.Act, ...]:
        """What may be done now, with every check proven."""
        return tuple(act for act in gates.Act if act not in self.barred and act not in self.to_confirm)


def checklist(case_id: int, *, as_of: date, charge_ids: Collection[int] | None = None) -> Checklist:
    """The gates of a case on a day, for some charges or those it claims; NotFound without the case."""
    case = case_line(case_id, as_of=as_of)
    known = known_of(case_id, as_of=as_of, charge_ids=charge_ids)
    findings = gates.checklist(known)
    return Checklist(case, as_of, findings, gates.barred(findings), gates.to_confirm(findings), known)


def barred_acts(
    case_id: int, *, as_of: date, charge_ids: Collection[int] | None = None
) -> Mapping[gates.Act, gates.Finding]:
    """Which acts the gates of a case forbid on a day, and why; also in the middle of a walk."""
    return gates.barred(gates.checklist(known_of(case_id, as_of=as_of, charge_ids=charge_ids)))


def filing_shut(case_id: int, *, as_of: date) -> gates.Finding | None:
    """What forbids every way to a first claim at court; None while one is open."""
    barred = barred_acts(case_id, as_of=as_of)
    return barred.get(gates.Act.PAYMENT_ORDER) if gates.Act.COMPLAINT in barred else None


def gate_notes(case_id: int) -> dict[str, gates.Noted]:
    """What legal noted about the checks of a case, the newest of each."""
    rows = GateNote.objects.filter(case_id=case_id).select_related("by").order_by("pk")
    return {
        row.code: gates.Noted(
            row.holds,
            row.reason,
            row.by.name if row.by else "",
            row.on,
            row.file_id,
        )
        for row in rows
    }


def known_of(case_id: int, *, as_of: date, charge_ids: Collection[int] | None = None) -> gates.Known:
    """All that the gates look at; NotFound when the case is not there, or not the member's."""
    case = case_core(case_id)
    late = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    papers = [fact for fact in documents_of([case.account_id]) if fact.kind in DEMANDS]
    about = claimable(late, papers, charge_ids)
    subject = subjects([case.account_id])[case.account_id]
    clocks = clocks_of(late, as_of=as_of)
    tried = efforts([case_id])[case_id]
    around = _around(case.account_id, about)
    agreed = contracts(case.community_id)
    holds = {hold.kind for hold in active_holds(case.account_id, as_of=as_of)}
    steps = rung_events(case_id)
    domicile = _domicile(case_id, subject)
    served = _served(papers, about, steps, _periods(case, as_of))
    return gates.Known(
        as_of=as_of,
        area_cm2=subject.area_cm2,
        bank_used=around.bank_used,
        bank_on=around.bank_on,
        in_flight="PAYMENT_PENDING" if "PAYMENT_PENDING" in holds else around.in_flight,
        visits=tried.visits or (1 if _stands(steps, "VISIT") else 0),
        visited_on=tried.last_visit_on or _stands(steps, "VISIT"),
        demand=served["DEMAND"],
        second=served["SECOND_DEMAND"],
        letter=served["LAWYER_LETTER"],
        dispute=next((kind for kind in _AGAINST if kind in holds), ""),
        agreed=next((kind for kind in _GRANTED if kind in holds), ""),
        silent=subject.no_calls,
        stopped=next((kind.value for kind in SILENT if kind.value in holds), ""),
        complains=f"arrears.{case.reason_code}" if case.reason_code in _COMPLAINS else "",
        identified=bool(subject.id_number),
        address=domicile,
        court=basic_court(domicile),
        joint=_joint(subject, about),
        missing_evidence=_missing_evidence(case_id, subject, about, papers, tried),
        notes=gate_notes(case_id),
        **_filed(case_id, about),
        **_reviewed(steps),
        **_firms(case_id, as_of),
        **_of_charges(about, around, agreed, case, as_of),
        **_of_clocks(late, about, papers, clocks),
    )


def claimable(
    late: Sequence[OpenCharge], papers: Sequence[DocumentFact], charge_ids: Collection[int] | None = None
) -> list[OpenCharge]:
    """The charges asked for; else those that the harshest delivered paper lists; else all that is late."""
    if charge_ids is not None:
        wanted = set(charge_ids)
        return [charge for charge in late if charge.charge_id in wanted]
    for kind in reversed(DEMANDS):
        listed = {pk for fact in papers if fact.kind == kind and fact.gates_open_on for pk in fact.charge_ids}
        found = [charge for charge in late if charge.charge_id in listed]
        if found:
            return found
    return list(late)


def _around(account_id: int, about: Sequence[OpenCharge]) -> _Around:
    asked = {"account_id": account_id, "charge_ids": [charge.charge_id for charge in about]}
    return _Around._make(sql.rows(PACKAGE, "gate_facts", asked)[0])


def _stands(steps: Mapping[str, RungEvent], code: str) -> date | None:
    step = steps.get(code)
    return step.on if step is not None and step.event == "TAKEN" else None


def _periods(case: CaseCore, as_of: date) -> dict[str, int]:
    ladder = current_ladders(as_of=as_of).of(case.community_id)
    return {rung.code.value: rung.period_days for rung in ladder}


def _served(
    papers: Sequence[DocumentFact],
    about: Sequence[OpenCharge],
    steps: Mapping[str, RungEvent],
    periods: Mapping[str, int],
) -> dict[str, gates.Served | None]:
    """The newest delivered paper of each kind that lists all that is claimed; a plan stands for a demand."""
    wanted = {charge.charge_id for charge in about}
    found: dict[str, gates.Served | None] = {}
    for kind in DEMANDS:
        days = periods.get(kind, 0)
        taken_on = _stands(steps, kind)
        listed = [
            fact
            for fact in papers
            if fact.kind == kind and fact.gates_open_on and wanted <= {*fact.charge_ids}
        ]
        if listed:
            paper = listed[-1]
            on = paper.gates_open_on or paper.issued_on
            how = paper.method
            found[kind] = gates.Served(paper.notice_id, paper.number, on, how, days)
        else:
            found[kind] = (
                gates.Served(None, "", taken_on, "", days) if taken_on and not _paper(papers, kind) else None
            )
    return found


def _paper(papers: Sequence[DocumentFact], kind: str) -> bool:
    return any(fact.kind == kind for fact in papers)


def _joint(subject: Subject, about: Sequence[OpenCharge]) -> tuple[str, ...]:
    found = joint_debtors(unit_ids=[subject.unit_id]).get((subject.unit_id, subject.party_id), [])
    names = [
        one.name
        for one in found
        if any(c.kind == "OPENING" or one.shares(c.period.start, c.period.end) for c in about)
    ]
    return tuple(dict.fromkeys(names))


def domicile_of(case_id: int) -> str:
    """Where the debtor of a case is registered, as far as anybody has written it down."""
    account_id = case_core(case_id).account_id
    return _domicile(case_id, subjects([account_id])[account_id])


def _domicile(case_id: int, subject: Subject) -> str:
    """As legal wrote it into the newest paper for a court, else as registered."""
    for edits in written_edits(case_id):
        for key in _DOMICILE:
            if edits.get(key):
                return str(edits[key])
    return subject.domicile


def _filed(case_id: int, about: Sequence[OpenCharge]) -> dict[str, Any]:
    """The filing with which some of the claim lies at a court, until an answer ended it."""
    ended = [kind.value for kind in ENDS]
    claims = Filing.objects.filter(case_id=case_id).exclude(kind=Filing.Kind.ENFORCEMENT)
    wanted = {charge.charge_id for charge in about}
    for filing in claims.exclude(results__kind__in=ended).order_by("-pk"):
        if wanted & {*filing.charge_ids}:
            return {"filed_on": filing.filed_on, "filed_at": filing.court}
    return {}


def _doubled(about: Sequence[OpenCharge]) -> tuple[str, ...]:
    """Charges of one fee, unit and day beside another one; costs of one proof."""
    found = []
    for n, one in enumerate(about):
        if any(_same(one, other) for other in about[:n]):
            found.append(one)
    return _labels(found)


def _same(one: OpenCharge, other: OpenCharge) -> bool:
    if one.is_cost or other.is_cost:
        return one.is_cost and other.is_cost and one.snapshot == other.snapshot
    if (one.unit_id, one.fee_item) != (other.unit_id, other.fee_item):
        return False
    return one.period.start < other.period.end and other.period.start < one.period.end


def _decided(expired: Mapping[int, OpenCharge], clocks: Mapping[int, Clock]) -> dict[int, gates.Noted]:
    """Of the expired charges those that a lawyer's decision about this very expiry lets go on."""
    return {
        pk: gates.Noted(True, said.reason, said.by, said.on)
        for pk, said in decided(expired).items()
        if said.decision == "CLAIM" and said.expired_on == clocks[pk].last_on
    }


def _reviewed(steps: Mapping[str, RungEvent]) -> dict[str, Any]:
    review = steps.get("LEGAL_REVIEW")
    if review is None or review.event not in _TAKEN:
        return {}
    return {"reviewed_by": review.decided_by or "", "reviewed_on": review.decided_on or review.on}


def _firms(case_id: int, as_of: date) -> dict[str, Any]:
    firm, until = may_be_given(as_of=as_of)
    held = copies_of(case_id, as_of=as_of)
    return {
        "firm": firm,
        "firm_until": until,
        "handed_to": held.newest_firm,
        "handed_on": held.newest_on,
        "uncovered": held.uncovered,
        "uncovered_on": held.over_on,
    }


def _of_charges(
    about: Sequence[OpenCharge],
    around: _Around,
    agreed: Sequence[ContractTerms],
    case: CaseCore,
    as_of: date,
) -> dict[str, Any]:
    contract = next((one for one in agreed if one.holds_on(as_of)), None)
    named = "" if contract is None else " ".join(filter(None, (contract.name, contract.number)))
    clause = contract.late_fee_clause if contract is not None and contract.late_fee_rate is not None else ""
    fee_fen = sum(charge.late_fee_fen for charge in about)
    safe_fen = court_safe_sum(about, court_terms(case.community_id, on=as_of)) if fee_fen else 0
    billed = [charge for charge in about if charge.kind not in _UNBILLED]
    delivered = bills_delivered([case.account_id])
    return {
        "contract": named,
        "outside": _labels(c for c in billed if not any(one.holds_on(c.period.start) for one in agreed)),
        "doubled": _doubled(about),
        "untariffed": _labels(charge for charge in about if charge.kind == "OPENING"),
        "unheld": _labels(charge for charge in about if charge.charge_id in set(around.unheld)),
        "clause": clause,
        "late_fee_fen": fee_fen if contract is None or contract.late_fee_clause else 0,
        "above_safe_fen": max(0, fee_fen - safe_fen),
        "wrong_fee": _labels(
            c for c in about if c.rate_e8 and not c.is_cost and c.fee_item_id in set(around.no_late_fee)
        ),
        "bare": _labels(charge for charge in billed if charge.charge_id not in delivered),
        "claim_fen": sum(charge.unpaid_fen for charge in about),
    }


def _of_clocks(
    late: Sequence[OpenCharge],
    about: Sequence[OpenCharge],
    papers: Sequence[DocumentFact],
    clocks: Mapping[int, Clock],
) -> dict[str, Any]:
    demanded = {pk for fact in papers if fact.interrupted_on is not None for pk in fact.charge_ids}
    lasts = [last for charge in about if (last := clocks[charge.charge_id].last_on) is not None]
    soon = [
        charge for charge in late if charge.charge_id not in demanded and _is_soon(clocks[charge.charge_id])
    ]
    expired = {
        charge.charge_id: charge for charge in about if clocks[charge.charge_id].status is Status.EXPIRED
    }
    return {
        "expired": {pk: _label(charge) for pk, charge in expired.items()},
        "decided": _decided(expired, clocks),
        "last_on": min(lasts) if lasts else None,
        "unwatched": _labels(soon),
    }


def _is_soon(found: Clock) -> bool:
    return found.days_left is not None and 0 <= found.days_left <= WATCH_DAYS


def _missing_evidence(
    case_id: int,
    subject: Subject,
    about: Sequence[OpenCharge],
    papers: Sequence[DocumentFact],
    tried: Effort,
) -> tuple[str, ...]:
    """What a complaint needs and its list of evidence does not name (4.14): gate and list say the same."""
    arrived = {fact.kind for fact in papers if fact.gates_open_on}
    held = Held(
        credit_code=bool(Tenant.objects.get(pk=current_tenant_id()).credit_code),
        handover=subject.handover_on is not None,
        bills=any(charge.bill_number for charge in about),
        charges=bool(about),
        demands=not arrived.isdisjoint(("DEMAND", "SECOND_DEMAND")),
        talks=tried.calls + tried.visits > 0,
        letter="LAWYER_LETTER" in arrived,
    )
    return tuple(code.value for code in lacking(there(held, list_ticks(case_id)), claims_costs=False))


def _labels(charges: Iterable[OpenCharge]) -> tuple[str, ...]:
    return tuple(_label(charge) for charge in charges)


def _label(charge: OpenCharge) -> str:
    return f"{charge.fee_item} {charge.period.label}"
