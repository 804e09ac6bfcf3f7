"""All that a legal document is written from, read once: parties, claims, contract, costs, proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.cases.queries.calling import active_holds
from arrears.cases.queries.evidence import Effort, efforts
from arrears.cases.rules.holds import Hold, HoldKind, freezes
from arrears.cases.services.papers import Order, Sheet, sheets
from arrears.legal.documents.parties import applicant, respondents_of
from arrears.legal.models import Filing, LawFirm, ProcessingAgreement
from billing.charges.queries import ContractTerms, find_contract
from billing.charges.queries.costs import CostRow, costs_of
from billing.charges.queries.court_safe import court_terms
from billing.charges.rules.court_safe import CourtTerms
from notices.documents.court import Applicant, Respondent
from notices.documents.payment_order import PaymentOrderData

COURT_LEVEL: Final = 8
# An objection is told apart, and what lies with a court is no reason against its papers.
_ASIDE: Final = frozenset({HoldKind.DISPUTE, HoldKind.LEGAL_PROCEEDING})
APPLICATION: Final = "PAYMENT_ORDER_APPLICATION"


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of a case on a day.

    `disputed`: an objection is open; `held`: something else forbids harsher steps (a plan, a deferral);
    `filing`: what is withdrawn, or what a suit goes on from. `agreed`: names of the firms that may be given
    data on the day.
    """

    sheet: Sheet
    applicant: Applicant
    respondents: tuple[Respondent, ...]
    contract: ContractTerms | None
    terms: CourtTerms
    costs: tuple[CostRow, ...]
    firms: tuple[LawFirm, ...]
    agreed: frozenset[str]
    effort: Effort
    disputed: bool
    held: bool
    filing: Filing | None = None

    @property
    def as_of(self) -> date:
        """The day on which the sums are reckoned."""
        return self.sheet.issued_on

    @property
    def has_clause(self) -> bool:
        """Whether a late fee was agreed: without a clause none is claimed, whatever a charge may carry."""
        return bool(self.sheet.issuer.late_fee_clause)


def gather(order: Order, *, as_of: date, filing: Filing | None = None) -> Material | None:
    """The material of one case; None where no contract is in force (G1)."""
    told = sheets([order], as_of=as_of)
    return material_of(told[0], filing=filing) if told else None


def material_of(sheet: Sheet, *, filing: Filing | None = None) -> Material:
    """The same for a sheet that is read already."""
    order, as_of = sheet.order, sheet.issued_on
    holds = [Hold(HoldKind(row.kind), row.to_on) for row in active_holds(order.account_id, as_of=as_of)]
    costs = [row for row in costs_of(order.account_id) if row.reversed_on is None and row.unpaid_fen > 0]
    return Material(
        sheet=sheet,
        applicant=applicant(),
        respondents=_named_before(filing) or respondents_of(sheet),
        contract=find_contract(order.community_id, as_of),
        terms=court_terms(order.community_id, on=as_of),
        costs=tuple(reversed(costs)),
        firms=tuple(LawFirm.objects.filter(is_active=True).order_by("name", "lawyer")),
        agreed=frozenset(ProcessingAgreement.standing(as_of)),
        effort=efforts([order.case_id])[order.case_id],
        disputed=any(hold.kind is HoldKind.DISPUTE for hold in holds),
        held=any(
            hold.kind not in _ASIDE and freezes(hold, level=COURT_LEVEL, spoken=False, as_of=as_of)
            for hold in holds
        ),
        filing=filing,
    )


def _named_before(filing: Filing | None) -> tuple[Respondent, ...]:
    """Whom the filed application names; its withdrawal names nobody else."""
    paper = filing.notice if filing else None
    if paper is None or paper.kind != APPLICATION:
        return ()
    return PaymentOrderData.from_json(paper.data).respondents
