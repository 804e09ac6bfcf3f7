"""Where the money is stuck: age of what is past due across, rung of the ladder down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports.rules.ageing import UPPER_DAYS, Bucket

LATE: Final[tuple[Bucket, ...]] = tuple(Bucket)[1:]
TINTS: Final = 4


class Spot(NamedTuple):
    """Accounts of one age on one rung; `undelivered` of them wait for a bill that never arrived."""

    bucket: str
    level: int
    accounts: int
    fen: int
    undelivered: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table; `tint` 0 (nothing) to 4 (a quarter of the largest or more each)."""

    bucket: str
    accounts: int = 0
    fen: int = 0
    tint: int = 0


class Row(NamedTuple):
    """One rung with a cell for every age; the total has an empty bucket."""

    level: int
    cells: tuple[Cell, ...]
    total: Cell


def days_of(bucket: Bucket) -> tuple[int, int | None]:
    """The first and last day of lateness that a column holds.

    >>> days_of(Bucket.DAYS_16_30), days_of(Bucket.YEARS_3_UP)
    ((16, 30), (1096, None))
    """
    uppers = {name: upper for upper, name in UPPER_DAYS}
    at = list(Bucket).index(bucket)
    return uppers[list(Bucket)[at - 1]] + 1, uppers.get(bucket)


def table(spots: Sequence[Spot]) -> list[Row]:
    """The rungs on which something stands, in order, each with all ages."""
    largest = max((_cell(spots, bucket, level).fen for bucket in LATE for level in _levels(spots)), default=0)
    return [
        Row(
            level,
            tuple(_tinted(_cell(spots, bucket, level), largest) for bucket in LATE),
            _sum("", (spot for spot in spots if spot.level == level)),
        )
        for level in _levels(spots)
    ]


def totals(spots: Sequence[Spot]) -> Row:
    """The last line: all rungs together."""
    cells = (_sum(bucket, (spot for spot in spots if spot.bucket == bucket)) for bucket in LATE)
    return Row(0, tuple(cells), _sum("", spots))


def tint(fen: int, largest: int) -> int:
    """Nothing is white; the rest in quarters of the largest.

    >>> [tint(fen, 400) for fen in (0, 1, 100, 101, 400)]
    [0, 1, 1, 2, 4]
    """
    return 0 if fen <= 0 else -(-fen * TINTS // largest)


def _levels(spots: Iterable[Spot]) -> list[int]:
    return sorted({spot.level for spot in spots})


def _cell(spots: Iterable[Spot], bucket: Bucket, level: int) -> Cell:
    return _sum(bucket, (spot for spot in spots if (spot.bucket, spot.level) == (bucket, level)))


def _sum(bucket: str, spots: Iterable[Spot]) -> Cell:
    found = list(spots)
    return Cell(bucket, sum(spot.accounts for spot in found), sum(spot.fen for spot in found))


def _tinted(cell: Cell, largest: int) -> Cell:
    return Cell(cell.bucket, cell.accounts, cell.fen, tint(cell.fen, largest))
