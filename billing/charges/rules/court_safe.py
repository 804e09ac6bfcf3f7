"""What of a late fee a court will likely grant, beside what the contract says (L-L2, L-L3, L-L10, S6)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from billing.charges.rules.late_fee import Explained
from values.fen import Fen, to_fen

COURT_SAFE_K: Final = Decimal("1.3")
_OUTER_LPR_TIMES: Final = 4
_OUTER_ANNUAL: Final = Decimal("0.24")
_DAYS_A_YEAR: Final = 365

# The one-year loan prime rate as the National Interbank Funding Center published it, from that day on. A
# newer one is noted as a local rule; this table needs a look with every release.
_PUBLISHED: Final[Sequence[tuple[date, str]]] = (
    (date(2019, 8, 20), "0.0425"),
    (date(2019, 9, 20), "0.042"),
    (date(2019, 11, 20), "0.0415"),
    (date(2020, 2, 20), "0.0405"),
    (date(2020, 4, 20), "0.0385"),
    (date(2021, 12, 20), "0.038"),
    (date(2022, 1, 20), "0.037"),
    (date(2022, 8, 22), "0.0365"),
    (date(2023, 6, 20), "0.0355"),
    (date(2023, 8, 21), "0.0345"),
    (date(2024, 7, 22), "0.0335"),
    (date(2024, 10, 21), "0.031"),
    (date(2025, 5, 20), "0.03"),
)


class CourtTerms(NamedTuple):
    """What courts measure a late fee by: the one-year LPR of the day and how many times of it they grant."""

    lpr: Decimal
    k: Decimal = COURT_SAFE_K


class LateFeeComparison(NamedTuple):
    """The contract's late fee beside what courts grant; `flagged` when it exceeds an outer comparison."""

    contract_fen: Fen
    court_safe_fen: Fen
    four_lpr_fen: Fen
    quarter_fen: Fen
    flagged: bool


def published_lpr(on: date) -> Decimal:
    """The one-year LPR in force on a day; before the first one, the first.

    >>> published_lpr(date(2026, 8, 19)), published_lpr(date(2025, 5, 19))
    (Decimal('0.03'), Decimal('0.031'))
    """
    at = bisect_right(_PUBLISHED, on, key=lambda row: row[0])
    return Decimal(_PUBLISHED[max(at - 1, 0)][1])


def fen_days_of(explained: Explained) -> int:
    """Unpaid principal times the days it was charged for, over all segments."""
    return sum(segment.unpaid_fen * segment.days for segment in explained.segments)


def court_safe_owed(owed_fen: int, *, fen_days: int, paid_fen: int, terms: CourtTerms) -> Fen:
    """What of an outstanding late fee is safe: unpaid x LPR x k x days/365 less what was paid, rounded once.

    `fen_days`: unpaid principal x days. Never more than is owed.

    >>> court_safe_owed(15_121, fen_days=252_024 * 200, paid_fen=0, terms=CourtTerms(Decimal("0.03")))
    5386
    """
    if owed_fen <= 0:
        return Fen(0)
    return Fen(min(owed_fen, max(_annual(fen_days, terms.lpr * terms.k) - paid_fen, 0)))


def compare_late_fee(contract_fen: int, *, fen_days: int, terms: CourtTerms) -> LateFeeComparison:
    """The three figures of S6 beside the contract's; flagged above four times LPR or 24 % a year."""
    four_lpr_fen = _annual(fen_days, terms.lpr * _OUTER_LPR_TIMES)
    quarter_fen = _annual(fen_days, _OUTER_ANNUAL)
    safe_fen = court_safe_owed(contract_fen, fen_days=fen_days, paid_fen=0, terms=terms)
    flagged = contract_fen > min(four_lpr_fen, quarter_fen)
    return LateFeeComparison(Fen(contract_fen), safe_fen, four_lpr_fen, quarter_fen, flagged)


def _annual(fen_days: int, rate: Decimal) -> Fen:
    return to_fen(Decimal(fen_days) / 100 * rate / _DAYS_A_YEAR)
