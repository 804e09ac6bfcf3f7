"""What stops the ladder, which rungs, and what it means for late fee, calls and the clock (domain 6.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class HoldKind(StrEnum):
    """The suspensions. A promise is not stored as one: its day speaks for itself (promises.py)."""

    DISPUTE = "DISPUTE"
    DEFERRAL = "DEFERRAL"
    INSTALMENT = "INSTALMENT"
    PROMISE = "PROMISE"
    HARDSHIP = "HARDSHIP"
    PAYMENT_PENDING = "PAYMENT_PENDING"
    DATA_ERROR = "DATA_ERROR"
    ESTATE = "ESTATE"
    INSOLVENCY = "INSOLVENCY"
    GUARDIAN = "GUARDIAN"
    LEGAL_PROCEEDING = "LEGAL_PROCEEDING"
    NO_CONTACT = "NO_CONTACT"
    HANDOVER = "HANDOVER"


class LateFeeWhileHeld(StrEnum):
    """What the late fee does meanwhile."""

    RUNS = "RUNS"
    SUSPENDED = "SUSPENDED"
    DISPUTED_PART_FROZEN = "DISPUTED_PART_FROZEN"
    RECALCULATED = "RECALCULATED"
    AS_APPROVED = "AS_APPROVED"


class CallsWhileHeld(StrEnum):
    """What a collector may still say."""

    NONE = "NONE"
    TO_RESOLVE = "TO_RESOLVE"
    REMINDER_ONLY = "REMINDER_ONLY"
    FRIENDLY_ONLY = "FRIENDLY_ONLY"


@dataclass(frozen=True, slots=True)
class HoldRule:
    """One row of 6.1. Rungs `first_level`..`last_level` stay shut; `spoken_only` spares the written ones."""

    late_fee: LateFeeWhileHeld
    calls: CallsWhileHeld
    interrupts: bool = False
    first_level: int = 1
    last_level: int = 9
    spoken_only: bool = False


class Hold(NamedTuple):
    """A hold on an account; `until` is its last day, None while nobody has ended it."""

    kind: HoldKind
    until: date | None = None


_L, _C, _K = LateFeeWhileHeld, CallsWhileHeld, HoldKind

HOLD_RULES: Final = MappingProxyType(
    {
        _K.DISPUTE: HoldRule(_L.DISPUTED_PART_FROZEN, _C.TO_RESOLVE),
        _K.DEFERRAL: HoldRule(_L.SUSPENDED, _C.REMINDER_ONLY, interrupts=True),
        _K.INSTALMENT: HoldRule(_L.SUSPENDED, _C.REMINDER_ONLY, interrupts=True),
        _K.PROMISE: HoldRule(_L.RUNS, _C.REMINDER_ONLY),
        # Stops at the demand: friendly contact and one formal demand stay possible, nothing harsher.
        _K.HARDSHIP: HoldRule(_L.AS_APPROVED, _C.FRIENDLY_ONLY, first_level=4),
        _K.PAYMENT_PENDING: HoldRule(_L.RUNS, _C.NONE),
        _K.DATA_ERROR: HoldRule(_L.RECALCULATED, _C.NONE),
        # The claim goes to who represents the debtor; the family is left alone.
        _K.ESTATE: HoldRule(_L.RUNS, _C.NONE),
        _K.INSOLVENCY: HoldRule(_L.RUNS, _C.NONE),
        _K.GUARDIAN: HoldRule(_L.RUNS, _C.NONE),
        # Only the court's own stage goes on: filing and, from the instrument, enforcement.
        _K.LEGAL_PROCEEDING: HoldRule(_L.RUNS, _C.NONE, interrupts=True, last_level=7),
        _K.NO_CONTACT: HoldRule(_L.RUNS, _C.NONE, spoken_only=True),
        _K.HANDOVER: HoldRule(_L.SUSPENDED, _C.NONE),
    }
)

# While one of these stands nobody speaks to the owner: calls and visits that were asked for wait with it.
SILENT: Final = tuple(kind for kind, rule in HOLD_RULES.items() if rule.calls is _C.NONE)
SPOKEN_TASKS: Final = ("CALL", "VISIT", "PM_VISIT")


def is_active(hold: Hold, *, as_of: date) -> bool:
    """Whether the hold stands on the day; its last day included."""
    return hold.until is None or as_of <= hold.until


def freezes(hold: Hold, *, level: int, spoken: bool, as_of: date) -> bool:
    """Whether the hold keeps the rung `level` from opening on the day; `spoken` means a call or a visit.

    >>> freezes(Hold(HoldKind.NO_CONTACT), level=3, spoken=False, as_of=date(2026, 5, 1))
    False
    >>> freezes(Hold(HoldKind.DEFERRAL, date(2026, 5, 31)), level=3, spoken=False, as_of=date(2026, 5, 31))
    True
    """
    if not is_active(hold, as_of=as_of):
        return False
    rule = HOLD_RULES[hold.kind]
    return rule.first_level <= level <= rule.last_level and (spoken or not rule.spoken_only)


def strongest(holds: Iterable[Hold], *, as_of: date) -> Hold | None:
    """The one hold of several that stands for the account: it stops most rungs, then lasts longest.

    >>> both = [Hold(HoldKind.NO_CONTACT), Hold(HoldKind.DISPUTE, date(2026, 6, 1))]
    >>> strongest(both, as_of=date(2026, 5, 1)).kind
    <HoldKind.DISPUTE: 'DISPUTE'>
    """
    return max((hold for hold in holds if is_active(hold, as_of=as_of)), key=_strength, default=None)


def _strength(hold: Hold) -> tuple[bool, int, date]:
    rule = HOLD_RULES[hold.kind]
    return not rule.spoken_only, rule.last_level - rule.first_level, hold.until or date.max
