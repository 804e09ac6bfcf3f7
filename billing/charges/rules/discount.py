"""Parts of an amount that a rule forgives: vacancy per month, an offer on a total (K4)."""

from decimal import Decimal

from values.fen import Fen, split_evenly, to_fen


def share_of(amount_fen: int, ratio: Decimal) -> Fen:
    """round(amount x ratio): a vacant month at 70 %, an early-bird offer of 5 %.

    >>> share_of(21002, Decimal("0.70")), share_of(252024, Decimal("0.05"))
    (14701, 12601)
    """
    return to_fen(Decimal(amount_fen).scaleb(-2) * ratio)


def over_months(discount_fen: int, months: int) -> tuple[Fen, ...]:
    """An offer on a total spread over its months; the last takes the remainder.

    >>> over_months(12601, 12)[0], over_months(12601, 12)[-1]
    (1050, 1051)
    """
    return split_evenly(discount_fen, months)
