"""Metered items: stepped prices by year or month, and what a household of many persons changes."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from values.because import Because, because
from values.fen import Fen, round_half_up

_MILLI: Final = 1000
MOST_STEPS: Final = 6


class Tier(NamedTuple):
    """A step: units up to and with `up_to` (None: no end) cost `rate_micro` millionths of a yuan each."""

    up_to: Decimal | None
    rate_micro: int


class StepLine(NamedTuple):
    """The units that fell into a step, and what they cost; lines add up to the sum, rounded once."""

    quantity: Decimal
    rate_micro: int
    amount_fen: int


class Span(StrEnum):
    """When the steps begin anew."""

    YEAR = "YEAR"
    MONTH = "MONTH"


class Steps(NamedTuple):
    """The steps of a tariff version; the limits grow by `extra` for every person beyond `people`.

    `people` 0: the size of the household does not count.
    """

    tiers: tuple[Tier, ...]
    span: Span = Span.YEAR
    people: int = 0
    extra: Decimal = Decimal(0)

    def limits(self, *, household: int, months: int) -> tuple[Tier, ...]:
        """The steps for a household and a cycle; those by month hold for each of its months.

        >>> water = Steps((Tier(Decimal(180), 3200000), Tier(None, 7200000)), people=4, extra=Decimal(30))
        >>> water.limits(household=6, months=1)[0].up_to
        Decimal('240')
        """
        more = max(household - self.people, 0) * self.extra if self.people else Decimal(0)
        times = months if self.span is Span.MONTH else 1
        return tuple(
            tier if tier.up_to is None else Tier((tier.up_to + more) * times, tier.rate_micro)
            for tier in self.tiers
        )


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


def step_lines(tiers: Sequence[Tier], *, already: Decimal, used: Decimal) -> tuple[StepLine, ...]:
    """The steps that `used` units after `already` units fall into; the sum is rounded once, half up (S14).

    >>> water = (Tier(Decimal(180), 3200000), Tier(Decimal(260), 4500000), Tier(None, 7200000))
    >>> [line.amount_fen for line in step_lines(water, already=Decimal(170), used=Decimal(25))]
    [3200, 6750]
    """
    lines, position, end, micro, so_far = [], already, already + used, Decimal(0), 0
    for tier in tiers:
        top = end if tier.up_to is None else min(end, tier.up_to)
        if top > position:
            micro += (top - position) * tier.rate_micro
            fen = int((micro / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))
            lines.append(StepLine(top - position, tier.rate_micro, fen - so_far))
            position, so_far = top, fen
    if position < end:
        raise ValueError("the last tier must have no end")
    return tuple(lines)


def stepped_fen(tiers: Sequence[Tier], *, already: Decimal, used: Decimal) -> Fen:
    """The price of `used` units after `already` units in the same year, rounded once (S14).

    >>> water = (Tier(Decimal(180), 3200000), Tier(Decimal(260), 4500000), Tier(None, 7200000))
    >>> stepped_fen(water, already=Decimal(170), used=Decimal(25))
    9950
    """
    return Fen(sum(line.amount_fen for line in step_lines(tiers, already=already, used=used)))


def check_steps(steps: Steps) -> Because | None:
    """What is wrong with steps as somebody typed them; None when nothing is.

    Codes: `too_many_steps` (most), `steps_not_rising`, `last_step_has_an_end`, `household_not_valid`.
    """
    tiers = steps.tiers
    if len(tiers) > MOST_STEPS:
        return because("too_many_steps", most=MOST_STEPS)
    if not tiers or tiers[-1].up_to is not None:
        return because("last_step_has_an_end")
    tops = [tier.up_to for tier in tiers[:-1]]
    bounds = [Decimal(0), *(top for top in tops if top is not None)]
    if None in tops or any(low >= high for low, high in pairwise(bounds)):
        return because("steps_not_rising")
    if steps.people < 0 or steps.extra < 0 or any(tier.rate_micro < 0 for tier in tiers):
        return because("household_not_valid")
    return None


def steps_json(steps: Steps | None) -> dict[str, Any]:
    """Steps as a tariff version keeps them; {} for a flat price."""
    if steps is None:
        return {}
    return {
        "span": steps.span.value,
        "people": steps.people,
        "extra": str(steps.extra),
        "tiers": [[None if top is None else str(top), rate] for top, rate in steps.tiers],
    }


def steps_of(kept: Mapping[str, Any]) -> Steps | None:
    """What `steps_json` wrote.

    >>> steps_of(steps_json(Steps((Tier(None, 3200000),)))) == Steps((Tier(None, 3200000),))
    True
    """
    if not kept:
        return None
    tiers = tuple(Tier(None if top is None else Decimal(top), rate) for top, rate in kept["tiers"])
    return Steps(tiers, Span(kept["span"]), kept["people"], Decimal(kept["extra"]))


def units_text(milli: int) -> str:
    """Thousandths of a unit as a meter shows them.

    >>> units_text(1195000), units_text(12345), units_text(-500)
    ('1195', '12.345', '-0.5')
    """
    whole, rest = divmod(abs(milli), _MILLI)
    text = f"{'-' if milli < 0 else ''}{whole}"
    return f"{text}.{rest:03d}".rstrip("0") if rest else text


def to_milli(units: Decimal) -> int:
    """Units to thousandths; ValueError when finer.

    >>> to_milli(Decimal("12.345"))
    12345
    """
    milli = units * _MILLI
    if milli != milli.to_integral_value():
        raise ValueError(f"finer than a thousandth: {units}")
    return int(milli)


def share_fen(total_fen: int, part: int, whole: int) -> int:
    """The rounded part of a sum up to a point; what lies between two points is the difference (K3)."""
    return round_half_up(total_fen * part, whole)
