"""What of a late fee a court will likely grant: shown to staff beside what the contract says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billing.charges.models import LocalRule
from billing.charges.queries.open import OpenCharge
from billing.charges.rules import local
from billing.charges.rules.court_safe import (
    COURT_SAFE_K,
    CourtTerms,
    compare_late_fee,
    court_safe_owed,
    fen_days_of,
    published_lpr,
)
from billing.charges.rules.late_fee import Explained
from billing.charges.rules.local import LocalKind


class Compared(NamedTuple):
    """A charge's late fee before a court. `safe_fen`: of what is still owed; `whole_fen`: of all that ran.

    `four_lpr_fen`, `quarter_fen`: four times LPR and 24 % a year, outer comparisons only; `flagged`: the
    contract's fee exceeds one of them.
    """

    safe_fen: int
    whole_fen: int
    four_lpr_fen: int
    quarter_fen: int
    flagged: bool
    fen_days: int
    lpr: Decimal
    k: Decimal


def court_terms(community_id: int, *, on: date) -> CourtTerms:
    """LPR and multiple of a community on a day: what was noted for it, else what was published."""
    kinds = (LocalKind.LPR, LocalKind.COURT_SAFE_K)
    found = LocalRule.objects.filter(kind__in=[kind.value for kind in kinds], from_on__lte=on)
    rules = [
        local.LocalRule(LocalKind(kind), community, from_on, value)
        for kind, community, from_on, value in found.values_list("kind", "community_id", "from_on", "value")
    ]
    lpr, k = (local.rule_on(rules, kind=kind, community_id=community_id, on=on) for kind in kinds)
    return CourtTerms(Decimal(lpr) if lpr else published_lpr(on), Decimal(k) if k else COURT_SAFE_K)


def court_safe(charge: OpenCharge, terms: CourtTerms) -> int:
    """What of an open charge's late fee is safe."""
    return court_safe_owed(
        charge.late_fee_fen, fen_days=charge.fen_days, paid_fen=charge.late_fee_paid_fen, terms=terms
    )


def court_safe_sum(charges: Iterable[OpenCharge], terms: CourtTerms) -> int:
    """The same over many."""
    return sum(court_safe(charge, terms) for charge in charges)


def compared(explained: Explained, *, owed_fen: int, paid_fen: int, terms: CourtTerms) -> Compared | None:
    """A late fee beside the figures of courts; None while none has run."""
    fen_days = fen_days_of(explained)
    if not explained.fee_fen:
        return None
    found = compare_late_fee(explained.fee_fen, fen_days=fen_days, terms=terms)
    return Compared(
        safe_fen=court_safe_owed(owed_fen, fen_days=fen_days, paid_fen=paid_fen, terms=terms),
        whole_fen=found.court_safe_fen,
        four_lpr_fen=found.four_lpr_fen,
        quarter_fen=found.quarter_fen,
        flagged=found.flagged,
        fen_days=fen_days,
        lpr=terms.lpr,
        k=terms.k,
    )
