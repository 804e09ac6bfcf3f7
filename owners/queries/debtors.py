"""Who is liable with a debtor: co-owners, and the owners where an occupant pays (L-D1, L-D4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from owners.models import Ownership
from tenancy.kernel import sql

Pair = tuple[int, int]


class Joint(NamedTuple):
    """A joint debtor: while both hold the unit, from a day up to but without another (None: open)."""

    party_id: int
    name: str
    from_on: date | None
    to_on: date | None

    def shares(self, start: date, end: date) -> bool:
        """Whether he is liable for a day of a period."""
        return (self.from_on is None or self.from_on < end) and (self.to_on is None or start < self.to_on)


def joint_debtors(
    *, unit_ids: Collection[int] | None = None, community_id: int | None = None
) -> dict[Pair, list[Joint]]:
    """(unit id, debtor's party id) -> who is liable with him; pairs without anybody are left out.

    Whoever bought from a debtor is not among them: he never held the unit with him.
    """
    asked = {"unit_ids": None if unit_ids is None else list(unit_ids), "community_id": community_id}
    found: dict[Pair, list[Joint]] = defaultdict(list)
    for unit_id, party_id, *joint in sql.rows("owners", "joint_debtors", asked):
        found[unit_id, party_id].append(Joint(*joint))
    return dict(found)


def joint_names(unit_id: int, party_id: int) -> tuple[str, ...]:
    """The names of who is liable with a debtor, each once."""
    found = joint_debtors(unit_ids=[unit_id]).get((unit_id, party_id), [])
    return tuple(dict.fromkeys(joint.name for joint in found))


def payers_of_unit(unit_id: int) -> list[tuple[int, int, date, date | None]]:
    """Occupants who pay by agreement: (agreement, party, from, up to but without), the newest first."""
    rows = Ownership.objects.filter(unit_id=unit_id, pays=True).order_by("-held")
    return [
        (pk, party, held.lower, held.upper) for pk, party, held in rows.values_list("pk", "party_id", "held")
    ]
