"""Sharing a common cost among units: by area, by household, by the coefficient of the floor (K8)."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from values.because import Because, because
from values.fen import round_half_up, split_by_weight

_MICRO_PER_FEN = 10_000
_MILLI = 1000


class Method(StrEnum):
    """What a unit's share is measured by; the law's is the area (民法典 283)."""

    AREA = "AREA"
    HOUSEHOLD = "HOUSEHOLD"
    COEFFICIENT = "COEFFICIENT"


class Band(NamedTuple):
    """The coefficient of floors, in thousandths; `to_floor` None: and all above."""

    from_floor: int
    to_floor: int | None
    milli: int


class Sharer(NamedTuple):
    """A unit that may share."""

    unit_id: int
    code: str
    area_cm2: int
    floor: int | None


class Share(NamedTuple):
    """A unit's weight and its part of the cost."""

    sharer: Sharer
    weight: int
    amount_fen: int


def shares(
    amount_fen: int,
    sharers: Sequence[Sharer],
    *,
    method: Method,
    excluded: Collection[str] = (),
    floors: Sequence[Band] = (),
) -> tuple[Share, ...] | Because:
    """Every unit's share; they add up to the cost to the fen. Left-over fen go to the largest fractions, of
    equal ones to the unit that comes first (K8). Units of weight 0 do not share.

    Codes: `nobody_shares`, `floor_unknown` (unit).

    >>> three = [Sharer(n, f"1-{n}", area, 1) for n, area in enumerate((893700, 1205000, 1432800))]
    >>> [share.amount_fen for share in shares(123456, three, method=Method.AREA)]
    [31242, 42125, 50089]
    """
    out = frozenset(excluded)
    weighed: list[tuple[Sharer, int]] = []
    for sharer in sharers:
        if sharer.code in out:
            continue
        weight = _weight(sharer, method, floors)
        if weight is None:
            return because("floor_unknown", unit=sharer.code)
        if weight > 0:
            weighed.append((sharer, weight))
    if not weighed:
        return because("nobody_shares")
    parts = split_by_weight(amount_fen, [weight for _sharer, weight in weighed])
    return tuple(Share(sharer, weight, fen) for (sharer, weight), fen in zip(weighed, parts, strict=True))


def total_fen(*, usage_milli: int, price_micro: int) -> int:
    """What a usage costs, rounded once.

    >>> total_fen(usage_milli=1_582_769, price_micro=780_000)
    123456
    """
    return round_half_up(usage_milli * price_micro, _MILLI * _MICRO_PER_FEN)


def check_floors(floors: Sequence[Band]) -> Because | None:
    """What is wrong with a table of coefficients. Codes: `floors_missing`, `floors_overlap`."""
    if not floors:
        return because("floors_missing")
    ordered = sorted(floors, key=lambda band: band.from_floor)
    for low, high in pairwise(ordered):
        if low.to_floor is None or low.to_floor >= high.from_floor:
            return because("floors_overlap")
    return None


def _weight(sharer: Sharer, method: Method, floors: Sequence[Band]) -> int | None:
    if method is Method.AREA:
        return sharer.area_cm2
    if method is Method.HOUSEHOLD:
        return 1
    if sharer.floor is None:
        return None
    for band in floors:
        if band.from_floor <= sharer.floor and (band.to_floor is None or sharer.floor <= band.to_floor):
            return band.milli
    return 0
