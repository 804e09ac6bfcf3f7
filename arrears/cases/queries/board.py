"""The building board: the parts of a community with totals, and one part with what every square says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.rules.board import Elevation, Late, Spot, State, elevation, state_of
from arrears.cases.rules.ladder import TOLERANCE_FEN
from owners.queries import CommunityCard, community_card
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.mask import mask_name

PACKAGE: Final = "arrears.cases"
BAYS: Final = "bays"
OUTSIDE: Final = "outside"  # what stands in no building and is no bay
# Nobody reads more squares at once; the list of units pages through the rest.
SHOWN: Final = 2000


class Part(NamedTuple):
    """A building, the bays (`key` BAYS), or what stands in no building (OUTSIDE), with its totals."""

    key: str
    name: str
    units: int
    owing: int
    overdue_fen: int


class Square(NamedTuple):
    """A unit on the board. `people`: who owes what is past due, else who owns it.

    `since`: the oldest day on which something unpaid fell due.
    """

    unit_id: int
    code: str
    entrance: str
    floor: int | None
    room: str
    state: State
    people: tuple[str, ...]
    overdue_fen: int
    since: date | None
    holds: tuple[str, ...]
    handover: str


@dataclass(frozen=True, slots=True)
class Board:
    """One part of a community on a day. `front`: None for bays, which have no floors."""

    as_of: date
    community: CommunityCard
    parts: tuple[Part, ...]
    part: Part | None
    squares: tuple[Square, ...]
    front: Elevation | None
    counts: Mapping[State, int]

    @property
    def unseen(self) -> int:
        """How many units of the part are not shown."""
        return (self.part.units if self.part else 0) - len(self.squares)

    @property
    def total(self) -> Part:
        """The whole community."""
        rows = self.parts
        return Part(
            "",
            "",
            sum(row.units for row in rows),
            sum(row.owing for row in rows),
            sum(row.overdue_fen for row in rows),
        )


def board(community_id: int, part: str = "", *, whole_names: bool, as_of: date) -> Board:
    """A part of a community's board, the first one unless told: two reads, whatever its size.

    Names are masked unless `whole_names`. NotFound for a community or a part that is not there.
    """
    community = community_card(community_id)
    asked = {"community_id": community_id, "as_of": as_of, "tolerance_fen": TOLERANCE_FEN}
    parts = tuple(_part(*row) for row in sql.rows(PACKAGE, "board_parts", asked))
    shown = next((row for row in parts if part in ("", row.key)), None)
    if shown is None and part:
        raise NotFound(_("There is no such building."))
    squares = _squares(community_id, shown, whole_names, as_of) if shown else ()
    counts = Counter(square.state for square in squares)
    return Board(
        as_of=as_of,
        community=community,
        parts=parts,
        part=shown,
        squares=squares,
        front=elevation([_spot(square) for square in squares]) if shown and shown.key != BAYS else None,
        counts={state: counts[state] for state in State},
    )


def _part(is_bay: bool, building_id: int | None, name: str, units: int, owing: int, fen: int) -> Part:
    key = BAYS if is_bay else OUTSIDE if building_id is None else str(building_id)
    return Part(key, name, units, owing, int(fen))


def _squares(community_id: int, part: Part, whole_names: bool, as_of: date) -> tuple[Square, ...]:
    asked = {
        "community_id": community_id,
        "building_id": int(part.key) if part.key.isdigit() else None,
        "bays": part.key == BAYS,
        "as_of": as_of,
        "limit": SHOWN,
    }
    found = sql.rows(PACKAGE, "board_units", asked)
    grouped = (list(rows) for _unit_id, rows in groupby(found, key=itemgetter(0)))
    return tuple(_square(rows, whole_names, as_of) for rows in grouped)


def _square(rows: Sequence[tuple[Any, ...]], whole_names: bool, as_of: date) -> Square:
    unit_id, code, entrance, floor, room, empty, handover, owner = rows[0][:8]
    debts = [
        (Late(int(fen), oldest, tuple(kinds or ())), name) for *_, fen, oldest, name, kinds in rows if oldest
    ]
    counted = [(late, name) for late, name in debts if late.counts]
    people = dict.fromkeys(name for _late, name in counted) or ([owner] if owner else [])
    return Square(
        unit_id=unit_id,
        code=code,
        entrance=entrance,
        floor=floor,
        room=room,
        state=state_of([late for late, _name in debts], empty=empty, as_of=as_of),
        people=tuple(name if whole_names else mask_name(name) for name in people),
        overdue_fen=sum(late.overdue_fen for late, _name in counted),
        since=min((late.oldest_due_on for late, _name in counted), default=None),
        holds=tuple(dict.fromkeys(kind for late, _name in counted for kind in late.holds)),
        handover=handover,
    )


def _spot(square: Square) -> Spot:
    return Spot(square.entrance, square.floor, square.room)
