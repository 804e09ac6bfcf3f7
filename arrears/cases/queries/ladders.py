"""The ladders of a company: which version holds where and on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from arrears.cases.models import Case, Ladder, Rung
from arrears.cases.rules import ladder as rules
from arrears.cases.rules.ladder_compare import Difference, compare
from tenancy.kernel.errors import NotFound

_KNOWN: Final = {rung.code.value: rung for rung in rules.DEFAULT_LADDER}


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders in force on a day: a community's own, else the company's; and every version by its id.

    `current`: the id of the version in force by community, None for the company's.
    """

    company: tuple[rules.Rung, ...]
    own: Mapping[int, tuple[rules.Rung, ...]]
    versions: Mapping[int, tuple[rules.Rung, ...]] = field(default_factory=dict)
    current: Mapping[int | None, int] = field(default_factory=dict)

    def of(self, community_id: int) -> tuple[rules.Rung, ...]:
        """The ladder that new cases of a community are walked by."""
        return self.own.get(community_id, self.company)

    def id_of(self, community_id: int) -> int | None:
        """The id of that version; None while the company has none of its own."""
        return self.current.get(community_id, self.current.get(None))

    def of_case(self, ladder_id: int | None, community_id: int) -> tuple[rules.Rung, ...]:
        """The version a case is on, until a person re-bases it; a case without one walks by today's."""
        if ladder_id is None:
            return self.of(community_id)
        return self.versions[ladder_id]


class LadderRow(NamedTuple):
    """One version with its rungs; `community_name` is empty for the company's. `cases`: open ones on it."""

    ladder_id: int
    community_id: int | None
    community_name: str
    version: int
    name: str
    active_from: date
    is_current: bool
    rungs: tuple[rules.Rung, ...]
    cases: int = 0


class LadderComparison(NamedTuple):
    """Two versions and every rung of both; `before` is what `after` is compared with."""

    before: LadderRow
    after: LadderRow
    lines: tuple[Difference, ...]

    @property
    def changed(self) -> int:
        """How many rungs differ."""
        return sum(line.is_changed for line in self.lines)


def current_ladders(*, as_of: date) -> Ladders:
    """The newest versions that are active on the day."""
    rows = ladder_versions(as_of=as_of)
    found = {row.community_id: row.rungs for row in rows if row.is_current}
    company = found.pop(None, rules.DEFAULT_LADDER)
    return Ladders(
        company,
        {key: rungs for key, rungs in found.items() if key is not None},
        {row.ladder_id: row.rungs for row in rows},
        {row.community_id: row.ladder_id for row in rows if row.is_current},
    )


def ladder_versions(*, as_of: date) -> list[LadderRow]:
    """All versions, the company's first, the newest version first."""
    ladders = Ladder.objects.select_related("community").prefetch_related("rungs").order_by("-version", "-pk")
    walking = Case.objects.filter(closed_on=None).exclude(ladder=None).values_list("ladder_id")
    cases = dict(walking.annotate(n=Count("pk")))
    current: set[int | None] = set()
    rows: list[LadderRow] = []
    for ladder in ladders:
        is_current = ladder.active_from <= as_of and ladder.community_id not in current
        if is_current:
            current.add(ladder.community_id)
        rows.append(_row(ladder, is_current)._replace(cases=cases.get(ladder.pk, 0)))
    return sorted(rows, key=lambda row: (row.community_name, -row.version))


def ladder_version(ladder_id: int, *, as_of: date) -> LadderRow:
    """One version; NotFound when it is not there, or of a community that is not the member's."""
    found = next((row for row in ladder_versions(as_of=as_of) if row.ladder_id == ladder_id), None)
    if found is None:
        raise NotFound(_("There is no such ladder."))
    return found


def compare_ladders(before_id: int, after_id: int, *, as_of: date) -> LadderComparison:
    """Two versions side by side; NotFound when one is not there or not the member's."""
    found = {row.ladder_id: row for row in ladder_versions(as_of=as_of)}
    if not {before_id, after_id} <= found.keys():
        raise NotFound(_("There is no such ladder."))
    before, after = found[before_id], found[after_id]
    return LadderComparison(before, after, compare(before.rungs, after.rungs))


def version_before(after: LadderRow, versions: Sequence[LadderRow]) -> LadderRow | None:
    """What a version is read against: the one before it; for a community's first, the company's; or None."""
    own = [row for row in versions if row.community_id == after.community_id and row.version < after.version]
    if own:
        return max(own, key=lambda row: row.version)
    if after.community_id is None:
        return None
    return next((row for row in versions if row.community_id is None and row.is_current), None)


def _row(ladder: Ladder, is_current: bool) -> LadderRow:
    rungs = sorted(ladder.rungs.all(), key=lambda rung: rung.level)
    return LadderRow(
        ladder.pk,
        ladder.community_id,
        "" if ladder.community is None else ladder.community.name,
        ladder.version,
        ladder.name,
        ladder.active_from,
        is_current,
        tuple(_rung(rung) for rung in rungs),
    )


def _rung(rung: Rung) -> rules.Rung:
    # What a rung asks for and which document it makes follow from its code.
    known = _KNOWN[rung.code]
    return rules.Rung(
        level=rung.level,
        code=known.code,
        min_days=rung.min_days,
        action=known.action,
        period_days=rung.period_days,
        approver=rung.approver or None,
        document=known.document,
        params=rung.params,
    )
