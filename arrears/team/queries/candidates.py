"""What a round can be made of: visits that are due and papers that wait, with their doors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.rules.holds import LEFT_ALONE
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.team.rules.walking import Door, walking_order
from notices.queries import FOR_OWNERS
from owners.queries.units import buildings
from tenancy.kernel import sql

PACKAGE: Final = "arrears.team"


class Candidate(NamedTuple):
    """A visit that is due, still owed, and not held. `planned`: somebody goes there on the day already.

    `workplace_id`: an approved visit at work that nobody made yet, with its address.
    """

    task_id: int
    kind: str
    due_on: date
    case_id: int
    account_id: int
    unit_id: int
    community_id: int
    unit_code: str
    building: str
    entrance: str
    floor: int | None
    room: str
    party_name: str
    klass: str
    overdue_fen: int
    planned: bool
    workplace_id: int | None
    workplace: str

    @property
    def door(self) -> Door:
        """Where it is, for the order of walking."""
        return Door(self.account_id, self.building, self.entrance, self.floor, self.room, self.unit_code)


class Paper(NamedTuple):
    """A paper that waits to be handed over. No name, no amount."""

    notice_id: int
    kind: str
    number: str
    account_id: int
    unit_id: int
    community_id: int
    unit_code: str
    building: str
    entrance: str
    floor: int | None
    room: str

    @property
    def door(self) -> Door:
        """Where it is, for the order of walking."""
        return Door(self.account_id, self.building, self.entrance, self.floor, self.room, self.unit_code)


def candidates(task_ids: Collection[int], *, on: date, as_of: date) -> list[Candidate]:
    """Of these tasks the visits that can be planned for the day, in walking order, one for each account."""
    params = {"ids": list(task_ids), "on": on, "as_of": as_of, "left_alone": list(LEFT_ALONE)}
    rows = [Candidate._make(row) for row in sql.rows(PACKAGE, "visit_candidates", params)]
    found: dict[int, Candidate] = {}
    for row in rows:
        if row.kind not in ("VISIT", "PM_VISIT") or row.overdue_fen <= TOLERANCE_FEN:
            continue
        # The manager's own visit stands for both.
        if row.account_id not in found or row.kind == "PM_VISIT":
            found[row.account_id] = row
    return [found[door.key] for door in in_order([row.door for row in found.values()], rows)]


def papers_to_carry(
    notice_ids: Collection[int], *, on: date, account_ids: Collection[int] = ()
) -> list[Paper]:
    """The chosen papers, and those of some accounts, that still wait and that nobody carries on the day."""
    params = {
        "ids": list(notice_ids),
        "account_ids": list(account_ids),
        "on": on,
        "kinds": [kind.value for kind in FOR_OWNERS],
    }
    return [Paper._make(row) for row in sql.rows(PACKAGE, "papers_to_carry", params)]


def in_order(doors: Sequence[Door], rows: Sequence[Candidate | Paper]) -> list[Door]:
    """Doors as one walks, by the building order of the rows' communities."""
    names: list[str] = []
    for community_id in dict.fromkeys(row.community_id for row in rows):
        names += [building.name for building in buildings(community_id)]
    return walking_order(doors, buildings=names)
