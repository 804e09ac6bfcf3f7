"""The review sheet of a case: what is owed and proven, how long the clock runs, what a court costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from arrears.cases.queries.cases import CaseLine, case_line
from arrears.cases.queries.evidence import Effort, efforts
from arrears.cases.queries.subjects import Subject, late_charges, subjects
from arrears.cases.rules.limitation import Clock
from arrears.legal.queries.clocks import clocks_of
from arrears.legal.rules.court import CourtFees, court_fees
from billing.charges.queries import OpenCharge
from notices.queries import DocumentFact, documents_of

_DEMANDS = ("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER")


class Claim(NamedTuple):
    """A past-due charge with its limitation clock and whether a delivered document lists it."""

    charge: OpenCharge
    clock: Clock
    demanded: bool


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """All that the branch's general manager looks at. `fees` None while nothing is covered by a document."""

    case: CaseLine
    subject: Subject
    claims: tuple[Claim, ...]
    documents: tuple[DocumentFact, ...]
    effort: Effort
    principal_fen: int
    late_fee_fen: int
    fees: CourtFees | None


def review_sheet(case_id: int, *, as_of: date) -> ReviewSheet:
    """The sheet of one case as of a day; NotFound when it is not there, or not the member's."""
    case = case_line(case_id, as_of=as_of)
    subject = subjects([case.account_id])[case.account_id]
    charges = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    documents = tuple(fact for fact in documents_of([case.account_id]) if fact.kind in _DEMANDS)
    claims = tuple(_claims(charges, documents, as_of))
    covered = [claim.charge for claim in claims if claim.demanded]
    claim_fen = sum(charge.owed_fen for charge in covered)
    tried = efforts([case_id])[case_id]
    return ReviewSheet(
        case=case,
        subject=subject,
        claims=claims,
        documents=documents,
        effort=tried,
        principal_fen=sum(charge.unpaid_fen for charge in covered),
        late_fee_fen=sum(charge.late_fee_fen for charge in covered),
        fees=court_fees(claim_fen) if claim_fen > 0 else None,
    )


def _claims(charges: Sequence[OpenCharge], documents: Sequence[DocumentFact], as_of: date) -> Iterable[Claim]:
    clocks = clocks_of(charges, as_of=as_of)
    for charge in charges:
        about = [fact for fact in documents if charge.charge_id in fact.charge_ids]
        demanded = any(fact.gates_open_on is not None for fact in about)
        yield Claim(charge, clocks[charge.charge_id], demanded)
