"""What re-basing cases to the version in force would change, case by case and in sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.models import Case
from arrears.cases.queries.facts import Row, as_standing, stream_facts
from arrears.cases.queries.ladders import LadderRow, Ladders, current_ladders, ladder_versions
from arrears.cases.queries.night import next_walk
from arrears.cases.rules.day import walk_one
from arrears.cases.rules.ladder import Decision, Move
from values.because import Because

SHOWN: Final = 50


class Changed(NamedTuple):
    """One case under both versions: what the next night would say of it."""

    case_id: int
    unit_code: str
    party_name: str
    before: Because
    after: Because


class Pair(NamedTuple):
    """Cases that go from one version to another."""

    before: LadderRow | None
    after: LadderRow
    cases: int


@dataclass(frozen=True, slots=True)
class RebasePreview:
    """Cases that would move; `left_out` are closed, or on the version in force already.

    `opens_before`, `opens_after`: how many of them open a rung in the next `night`, now and then. `lines`:
    those of whom it says something else, the first fifty of `differ`.
    """

    case_ids: tuple[int, ...]
    left_out: int
    pairs: tuple[Pair, ...]
    opens_before: int
    opens_after: int
    differ: int
    lines: tuple[Changed, ...]
    night: date


def rebase_preview(case_ids: Collection[int], *, as_of: date) -> RebasePreview:
    """What the version in force would mean for these cases."""
    ladders = current_ladders(as_of=as_of)
    moving = movable(case_ids, ladders)
    night = next_walk(today=as_of)
    opens, said = _decided(moving, ladders, night)
    changed = [case_id for case_id, (before, after) in said.items() if before != after]
    return RebasePreview(
        case_ids=tuple(moving),
        left_out=len(set(case_ids)) - len(moving),
        pairs=_pairs(moving, as_of),
        opens_before=opens["before"],
        opens_after=opens["after"],
        differ=len(changed),
        lines=_lines(changed[:SHOWN], said),
        night=night,
    )


class Moving(NamedTuple):
    """A case and the versions it leaves and comes to."""

    account_id: int
    community_id: int
    before: int | None
    after: int


def movable(case_ids: Collection[int], ladders: Ladders) -> dict[int, Moving]:
    """The open cases among some that are on another version than the one in force."""
    rows = Case.objects.filter(pk__in=set(case_ids), closed_on=None).order_by("pk")
    found: dict[int, Moving] = {}
    for pk, account_id, community_id, before in rows.values_list(
        "pk", "account_id", "community_id", "ladder_id"
    ):
        after = ladders.id_of(community_id)
        if after is not None and after != before:
            found[pk] = Moving(account_id, community_id, before, after)
    return found


def _decided(
    moving: dict[int, Moving], ladders: Ladders, as_of: date
) -> tuple[Counter[str], dict[int, tuple[Because, Because]]]:
    opens: Counter[str] = Counter()
    said: dict[int, tuple[Because, Because]] = {}
    accounts = [one.account_id for one in moving.values()]
    for block in stream_facts(as_of=as_of, account_ids=accounts) if accounts else ():
        for row in block:
            if row.case_id in moving:
                before, after = _both(row, moving[row.case_id], ladders, as_of)
                opens["before"] += before.move is Move.OPEN
                opens["after"] += after.move is Move.OPEN
                said[row.case_id] = before.because, after.because
    return opens, said


def _both(row: Row, one: Moving, ladders: Ladders, as_of: date) -> tuple[Decision, Decision]:
    standing = as_standing(row, as_of=as_of)
    now, then = ladders.of_case(one.before, one.community_id), ladders.of_case(one.after, one.community_id)
    return (
        walk_one(standing, now, as_of=as_of).decision,
        walk_one(standing, then, as_of=as_of).decision,
    )


def _pairs(moving: dict[int, Moving], as_of: date) -> tuple[Pair, ...]:
    rows = {row.ladder_id: row for row in ladder_versions(as_of=as_of)}
    counted = Counter((one.before, one.after) for one in moving.values())
    return tuple(
        Pair(rows.get(before) if before else None, rows[after], cases)
        for (before, after), cases in counted.most_common()
    )


def _lines(case_ids: Sequence[int], said: dict[int, tuple[Because, Because]]) -> tuple[Changed, ...]:
    rows = Case.objects.filter(pk__in=case_ids).order_by("unit__sort_key", "pk")
    return tuple(
        Changed(pk, unit, party, *said[pk])
        for pk, unit, party in rows.values_list("pk", "unit__code", "account__party__name")
    )
