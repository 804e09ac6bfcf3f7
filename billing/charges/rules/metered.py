"""Metered items: usage from two readings, and stepped prices."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from values.fen import Fen


class Tier(NamedTuple):
    """A step: units up to and with `up_to` (None: no end) cost `rate_micro` millionths of a yuan each."""

    up_to: Decimal | None
    rate_micro: int


def usage(*, previous: int, current: int, digits: int) -> int:
    """Consumption between two readings of a meter that rolls over after its last digit (S14).

    ValueError when a reading does not fit the meter.

    >>> usage(previous=99985, current=10, digits=5)
    25
    """
    if not (0 <= previous < 10**digits and 0 <= current < 10**digits):
        raise ValueError("the reading has more digits than the meter")
    size: int = 10**digits
    return (current - previous) % size


def stepped_fen(tiers: Sequence[Tier], *, already: Decimal, used: Decimal) -> Fen:
    """The price of `used` units after `already` units in the same year, rounded once (S14).

    >>> water = (Tier(Decimal(180), 3200000), Tier(Decimal(260), 4500000), Tier(None, 7200000))
    >>> stepped_fen(water, already=Decimal(170), used=Decimal(25))
    9950
    """
    micro, position, end = Decimal(0), already, already + used
    for tier in tiers:
        top = end if tier.up_to is None else min(end, tier.up_to)
        if top > position:
            micro += (top - position) * tier.rate_micro
            position = top
    if position < end:
        raise ValueError("the last tier must have no end")
    return Fen(int((micro / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP)))
