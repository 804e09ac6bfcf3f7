"""Who owns a unit, and so who owes for it, on a given day."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from values.period import Period, add_months, month_start


class HandoverRule(StrEnum):
    """When the developer's duty ends (L-D3): on the day of handover, or with its month."""

    BY_DAY = "BY_DAY"
    NEXT_MONTH = "NEXT_MONTH"


class Ownership(NamedTuple):
    """A party owns a unit from `start_on` up to but without `end_on` (None: still).

    The day of a transfer belongs to the new party (K3). Co-owners stand under their first-named party.
    """

    party: int
    start_on: date
    end_on: date | None
    developer: bool = False


class Liable(NamedTuple):
    """Who owes for which days of a period; party None where nobody is known to."""

    party: int | None
    period: Period


class Overlap(ValueError):
    """Two parties own the same unit on the same day: the register contradicts itself."""


def owing(ownerships: Sequence[Ownership], *, rule: HandoverRule) -> tuple[Ownership, ...]:
    """The intervals of owing, in order: those of owning, but for a handover by the developer.

    With NEXT_MONTH the developer pays through the month of handover and the owner from the next (L-D3);
    a sale between owners is always split by day (L-D6). Raises Overlap when two own at once.

    >>> dev = Ownership(1, date(2020, 1, 1), date(2026, 4, 18), developer=True)
    >>> buyer = Ownership(2, date(2026, 4, 18), None)
    >>> [(o.party, str(o.start_on)) for o in owing([dev, buyer], rule=HandoverRule.NEXT_MONTH)]
    [(1, '2020-01-01'), (2, '2026-05-01')]
    """
    ordered = sorted(ownerships, key=lambda ownership: ownership.start_on)
    for before, after in pairwise(ordered):
        if before.end_on is None or before.end_on > after.start_on:
            raise Overlap(f"parties {before.party} and {after.party} both own on {after.start_on}")
    if rule is HandoverRule.BY_DAY:
        return tuple(ordered)
    shifted: list[Ownership] = []
    free_on = date.min
    for ownership in ordered:
        end_on = ownership.end_on
        if ownership.developer and end_on is not None:
            end_on = add_months(month_start(end_on), 1)
        start_on = max(ownership.start_on, free_on)
        if end_on is None or start_on < end_on:
            shifted.append(ownership._replace(start_on=start_on, end_on=end_on))
        if ownership.developer and end_on is not None:
            free_on = end_on
    return tuple(shifted)


def with_payers(ownerships: Sequence[Ownership], payers: Sequence[Ownership]) -> tuple[Ownership, ...]:
    """The same days, but an occupant owes for those on which he pays by agreement (L-D1).

    >>> let = with_payers([Ownership(1, date(2020, 1, 1), None)],
    ...                   [Ownership(9, date(2026, 4, 18), date(2026, 10, 1))])
    >>> [(o.party, str(o.start_on), str(o.end_on)) for o in let]
    [(1, '2020-01-01', '2026-04-18'), (9, '2026-04-18', '2026-10-01'), (1, '2026-10-01', 'None')]
    """
    if not payers:
        return tuple(ownerships)
    in_order = sorted(payers, key=lambda payer: payer.start_on)
    return tuple(piece for owned in ownerships for piece in _let(owned, in_order))


def _let(owned: Ownership, payers: Sequence[Ownership]) -> Iterator[Ownership]:
    """One owner's days, cut by those on which somebody else pays."""
    start, end = owned.start_on, owned.end_on or date.max
    for payer in payers:
        first, last = max(payer.start_on, start), min(payer.end_on or date.max, end)
        if first >= last:
            continue
        if start < first:
            # Only the piece that ends with the hand-over is the developer's last month.
            yield owned._replace(start_on=start, end_on=first, developer=False)
        yield Ownership(payer.party, first, None if last == date.max else last)
        start = last
    if start < end:
        yield owned._replace(start_on=start)


def owner_on(ownerships: Sequence[Ownership], day: date) -> int | None:
    """Who owns on the day: the party that a notice of that day names; None when nobody is known.

    >>> owner_on([Ownership(1, date(2020, 1, 1), date(2026, 4, 18)), Ownership(2, date(2026, 4, 18), None)],
    ...          date(2026, 4, 18))
    2
    """
    for ownership in ownerships:
        if ownership.start_on <= day and (ownership.end_on is None or day < ownership.end_on):
            return ownership.party
    return None


def liable(ownerships: Sequence[Ownership], period: Period, *, rule: HandoverRule) -> tuple[Liable, ...]:
    """Cut a period by who owes for it (L-D5, S3): the pieces are in order, touch, and cover all of it.

    >>> owned = [Ownership(7, date(2019, 1, 1), date(2026, 4, 18)), Ownership(8, date(2026, 4, 18), None)]
    >>> pieces = liable(owned, Period.month(2026, 4), rule=HandoverRule.BY_DAY)
    >>> [(piece.party, piece.period.days) for piece in pieces]
    [(7, 17), (8, 13)]
    """
    pieces: list[Liable] = []
    at = period.start
    for ownership in owing(ownerships, rule=rule):
        start = max(ownership.start_on, at)
        end = min(ownership.end_on or period.end, period.end)
        if start >= end:
            continue
        if at < start:
            pieces.append(Liable(None, Period(at, start)))
        if pieces and pieces[-1].party == ownership.party:
            start = pieces.pop().period.start
        pieces.append(Liable(ownership.party, Period(start, end)))
        at = end
    if at < period.end:
        pieces.append(Liable(None, Period(at, period.end)))
    return tuple(pieces)
