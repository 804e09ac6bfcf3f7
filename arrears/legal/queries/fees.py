"""What a court would cost: estimates for a claim, with the small-claim threshold of the place and year."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from arrears.legal.rules.court import CourtFees, SmallClaim, court_fees, doubled_interest, small_claim
from billing.charges.queries.local_rules import local_value
from billing.charges.rules.local import LocalKind


class Estimate(NamedTuple):
    """Fees for a claim. `average_wage_fen` None: nobody noted the province's average wage of that year.

    `interest_fen`: the doubled interest for `days` of late performance of a judgment about the claim.
    """

    claim_fen: int
    fees: CourtFees
    days: int
    interest_fen: int
    average_wage_fen: int | None
    small_claim: SmallClaim | None

    @property
    def small_claim_most_fen(self) -> int | None:
        """Up to this sum one instance decides."""
        return None if self.average_wage_fen is None else self.average_wage_fen // 2

    @property
    def word(self) -> str:
        """The key of the procedure among the words."""
        return f"small_claim.{self.small_claim.value}" if self.small_claim else "small_claim.UNKNOWN"


def estimate(claim_fen: int, *, days: int, community_id: int | None, on: date) -> Estimate:
    """All sums of one claim on a day; courts may round. ValueError for a claim that is not positive."""
    # No community has the id 0: what was noted for all of the company answers.
    said = local_value(LocalKind.AVERAGE_WAGE, community_id=community_id or 0, on=on)
    wage_fen = int(said) * 100 if said else None
    return Estimate(
        claim_fen,
        court_fees(claim_fen),
        days,
        doubled_interest(claim_fen, days=days) if days else 0,
        wage_fen,
        small_claim(claim_fen, average_wage_fen=wage_fen) if wage_fen else None,
    )
