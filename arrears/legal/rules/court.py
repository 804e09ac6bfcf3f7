"""Court fees, thresholds, timers and doubled interest (L-P, L-L9, S13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from values.fen import Fen, to_fen
from values.period import add_months

# Each step: up to this many yuan (None: beyond), percent of the part inside it. The first is a flat 50.
_FLAT_YUAN: Final = 50
_FLAT_UP_TO_YUAN: Final = 10_000
_Steps = Sequence[tuple[int | None, str]]
# 诉讼费用交纳办法 art. 13(1), property cases.
_ACCEPTANCE: Final[_Steps] = (
    (100_000, "2.5"),
    (200_000, "2"),
    (500_000, "1.5"),
    (1_000_000, "1"),
    (2_000_000, "0.9"),
    (5_000_000, "0.8"),
    (10_000_000, "0.7"),
    (20_000_000, "0.6"),
    (None, "0.5"),
)
# art. 14(1), enforcement.
_ENFORCEMENT: Final[_Steps] = ((500_000, "1.5"), (5_000_000, "1"), (10_000_000, "0.5"), (None, "0.1"))

DOUBLED_INTEREST_DAILY: Final = Decimal("0.000175")


class Timer(StrEnum):
    """The clocks of a payment order (L-P1, L-P4, L-P6)."""

    ACCEPTANCE = "ACCEPTANCE"
    ISSUE = "ISSUE"
    OBJECTION = "OBJECTION"
    SERVICE = "SERVICE"
    CONVERSION = "CONVERSION"


_TIMER_DAYS: Final = {
    Timer.ACCEPTANCE: 5,
    Timer.ISSUE: 15,
    Timer.OBJECTION: 15,
    Timer.SERVICE: 30,
    Timer.CONVERSION: 7,
}


class SmallClaim(StrEnum):
    """Whether the one-instance procedure applies (L-P10)."""

    APPLIES = "APPLIES"
    BY_AGREEMENT = "BY_AGREEMENT"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class CourtFees:
    """Estimates in fen; courts may round."""

    acceptance_fen: Fen
    summary_fen: Fen
    payment_order_fen: Fen
    enforcement_fen: Fen


def court_fees(claim_fen: int) -> CourtFees:
    """All fees for a claim; each rounded once. ValueError for a claim that is not positive.

    >>> fees = court_fees(1_865_040)
    >>> fees.acceptance_fen, fees.summary_fen, fees.payment_order_fen, fees.enforcement_fen
    (26626, 13313, 8875, 17976)
    """
    acceptance = _stepped(claim_fen, _ACCEPTANCE)
    return CourtFees(
        acceptance_fen=to_fen(acceptance),
        summary_fen=to_fen(acceptance / 2),
        payment_order_fen=to_fen(acceptance / 3),
        enforcement_fen=to_fen(_stepped(claim_fen, _ENFORCEMENT)),
    )


def doubled_interest(unpaid_fen: int, *, days: int) -> Fen:
    """Interest for late performance of a judgment: 0.0175 % a day on the unpaid judgment money (L-L9).

    >>> doubled_interest(1_865_040, days=90)
    29374
    """
    return to_fen(_yuan(unpaid_fen) * DOUBLED_INTEREST_DAILY * days)


def timer_ends_on(timer: Timer, *, from_on: date) -> date:
    """The last day of a payment-order timer; the first day is not counted.

    >>> timer_ends_on(Timer.OBJECTION, from_on=date(2026, 3, 1))
    datetime.date(2026, 3, 16)
    """
    return from_on + timedelta(days=_TIMER_DAYS[timer])


def enforcement_last_day(perform_by: date) -> date:
    """Two years from the performance deadline in the instrument (L-T15)."""
    return add_months(perform_by, 24)


def small_claim(claim_fen: int, *, average_wage_fen: int) -> SmallClaim:
    """By the province's average yearly wage of the year before: up to half of it, up to twice by agreement.

    >>> small_claim(6_000_000, average_wage_fen=12_000_000)
    <SmallClaim.APPLIES: 'APPLIES'>
    """
    if 2 * claim_fen <= average_wage_fen:
        return SmallClaim.APPLIES
    return SmallClaim.BY_AGREEMENT if claim_fen <= 2 * average_wage_fen else SmallClaim.NO


def _stepped(claim_fen: int, steps: _Steps) -> Decimal:
    if claim_fen <= 0:
        raise ValueError("a claim is positive")
    claim, below, fee = _yuan(claim_fen), Decimal(_FLAT_UP_TO_YUAN), Decimal(_FLAT_YUAN)
    for up_to, percent in steps:
        if claim <= below:
            break
        upper = claim if up_to is None else min(claim, Decimal(up_to))
        fee += (upper - below) * Decimal(percent) / 100
        below = upper
    return fee


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100
