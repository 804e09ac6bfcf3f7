"""A day's sheet: where it stands, whose signature it needs, which entries are looked at (R000-F12, I13)."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

SAMPLE_SIZE: Final = 3
# Who stands higher may sign for who is missing; nobody signs his own.
_RANK: Final = MappingProxyType({"team_lead": 1, "project_manager": 2, "branch_gm": 3})
_RECORD: Final = "RECORD"


class SheetState(StrEnum):
    """Where a sheet stands."""

    WAITING = "WAITING"
    SIGNED = "SIGNED"
    CHANGED = "CHANGED"
    RETURNED = "RETURNED"
    ANSWERED = "ANSWERED"


OPEN_STATES: Final = frozenset({SheetState.WAITING, SheetState.CHANGED, SheetState.ANSWERED})
UNSIGNED_STATES: Final = OPEN_STATES | {SheetState.RETURNED}


class Mark(NamedTuple):
    """The newest mark of a sheet, and how many entries it had then."""

    event: str
    entries: int


def state_of(mark: Mark | None, *, entries: int, answered: bool = False) -> SheetState:
    """Where a sheet with so many entries stands; what came after a signature must be signed again.

    `answered`: a correction was added since the sheet was returned.

    >>> state_of(Mark("SIGNED", 4), entries=5)
    <SheetState.CHANGED: 'CHANGED'>
    """
    if mark is None:
        return SheetState.WAITING
    if mark.event == "SIGNED":
        return SheetState.SIGNED if entries == mark.entries else SheetState.CHANGED
    return SheetState.ANSWERED if answered or entries != mark.entries else SheetState.RETURNED


def needed_role(kind: str, person_roles: Collection[str]) -> str:
    """Whose signature it needs: a record the team lead's, a visit or paper the project manager's; whoever
    plays that part himself is signed for by the one above (domain 3.3).

    >>> needed_role("RECORD", ["collector"]), needed_role("RECORD", ["team_lead"])
    ('team_lead', 'project_manager')
    >>> needed_role("VISIT", ["project_manager"])
    'branch_gm'
    """
    least = 1 if kind == _RECORD else 2
    own = max((_RANK.get(role, 0) for role in person_roles), default=0)
    wanted = min(max(least, own + 1), max(_RANK.values()))
    return next(role for role, rank in _RANK.items() if rank == wanted)


def may_sign(*, needed: str, roles: Collection[str], is_own: bool) -> bool:
    """Whether somebody with these parts may sign or return it.

    >>> may_sign(needed="team_lead", roles=["project_manager"], is_own=False)
    True
    """
    return not is_own and any(_RANK.get(role, 0) >= _RANK[needed] for role in roles)


def sample(keys: Sequence[str], *, seed: str, size: int = SAMPLE_SIZE) -> tuple[str, ...]:
    """Some entries to look at, by chance but always the same ones for the same seed.

    >>> sample(["call:1", "call:2"], seed="7") == sample(["call:2", "call:1"], seed="7")
    True
    """
    by_chance = sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}|{key}".encode()).digest(), key))
    return tuple(sorted(by_chance[:size]))


def digest(facts: Mapping[str, Any]) -> str:
    """The fingerprint of what was signed: the same facts give the same one, in whatever order they stand."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
