"""What stops the ladder, which rungs, and what it means for late fee, calls and the clock (domain 6.1)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from values.because import Because, because


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


class ClockWhileHeld(StrEnum):
    """What limitation does meanwhile. MAY_STAND_STILL: article 194, noted by a person, never reckoned."""

    RUNS = "RUNS"
    INTERRUPTED = "INTERRUPTED"
    MAY_STAND_STILL = "MAY_STAND_STILL"


class HowItEnds(StrEnum):
    """What ends a hold before its last day."""

    BY_HAND = "BY_HAND"
    BY_ITSELF = "BY_ITSELF"
    ANSWERED = "ANSWERED"
    REPRESENTATIVE = "REPRESENTATIVE"
    CORRECTED = "CORRECTED"
    APPROVED = "APPROVED"


@dataclass(frozen=True, slots=True)
class HoldRule:
    """One row of 6.1. Rungs `first_level`..`last_level` stay shut; `spoken_only` spares the written ones.

    `proof`: nobody sets it without a paper.
    """

    late_fee: LateFeeWhileHeld
    calls: CallsWhileHeld
    interrupts: bool = False
    first_level: int = 1
    last_level: int = 9
    spoken_only: bool = False
    ends: HowItEnds = HowItEnds.BY_HAND
    proof: bool = False
    may_stand_still: bool = False

    @property
    def clock(self) -> ClockWhileHeld:
        """What limitation does meanwhile."""
        if self.interrupts:
            return ClockWhileHeld.INTERRUPTED
        return ClockWhileHeld.MAY_STAND_STILL if self.may_stand_still else ClockWhileHeld.RUNS

    @property
    def stops(self) -> str:
        """Which rungs stay shut: ALL, SPOKEN, HARSHER than the demand, or those BEFORE_COURT."""
        if self.spoken_only:
            return "SPOKEN"
        if self.first_level > 1:
            return "HARSHER"
        return "ALL" if self.last_level >= 9 else "BEFORE_COURT"


class Hold(NamedTuple):
    """A hold on an account; `until` is its last day, None while nobody has ended it."""

    kind: HoldKind
    until: date | None = None


_L, _C, _K, _E = LateFeeWhileHeld, CallsWhileHeld, HoldKind, HowItEnds

_REPRESENTED: Final = HoldRule(_L.RUNS, _C.NONE, ends=_E.REPRESENTATIVE, proof=True, may_stand_still=True)

HOLD_RULES: Final = MappingProxyType(
    {
        _K.DISPUTE: HoldRule(_L.DISPUTED_PART_FROZEN, _C.TO_RESOLVE, ends=_E.ANSWERED),
        _K.DEFERRAL: HoldRule(_L.SUSPENDED, _C.REMINDER_ONLY, interrupts=True, ends=_E.BY_ITSELF),
        _K.INSTALMENT: HoldRule(_L.SUSPENDED, _C.REMINDER_ONLY, interrupts=True, ends=_E.BY_ITSELF),
        _K.PROMISE: HoldRule(_L.RUNS, _C.REMINDER_ONLY, ends=_E.BY_ITSELF),
        # Stops at the demand: friendly contact and one formal demand stay possible, nothing harsher.
        _K.HARDSHIP: HoldRule(_L.AS_APPROVED, _C.FRIENDLY_ONLY, first_level=4),
        _K.PAYMENT_PENDING: HoldRule(_L.RUNS, _C.NONE, ends=_E.BY_ITSELF),
        _K.DATA_ERROR: HoldRule(_L.RECALCULATED, _C.NONE, ends=_E.CORRECTED),
        # The claim goes to who represents the debtor; the family is left alone.
        _K.ESTATE: _REPRESENTED,
        _K.INSOLVENCY: _REPRESENTED,
        _K.GUARDIAN: _REPRESENTED,
        # Only the court's own stage goes on: filing and, from the instrument, enforcement.
        _K.LEGAL_PROCEEDING: HoldRule(_L.RUNS, _C.NONE, interrupts=True, last_level=7, ends=_E.BY_ITSELF),
        _K.NO_CONTACT: HoldRule(_L.RUNS, _C.NONE, spoken_only=True, ends=_E.APPROVED),
        _K.HANDOVER: HoldRule(_L.SUSPENDED, _C.NONE),
    }
)

# While one of these stands nobody speaks to the owner: calls and visits that were asked for wait with it.
# What was agreed with him is among them: he is reminded of its days (`agreed_days`), by one call each.
SILENT: Final = tuple(kind for kind, rule in HOLD_RULES.items() if rule.calls in (_C.NONE, _C.REMINDER_ONLY))
# While one of these stands nobody is asked to pay by word of mouth: who disputes all of it is rung up about
# the dispute alone, and whoever answers it knows when.
_TO_RESOLVE: Final = tuple(kind for kind, rule in HOLD_RULES.items() if rule.calls is _C.TO_RESOLVE)
LEFT_ALONE: Final = (*SILENT, *_TO_RESOLVE)
SPOKEN_TASKS: Final = ("CALL", "VISIT", "PM_VISIT")
# What was agreed in writing: nothing is taken to court meanwhile either.
AGREED: Final = (_K.DEFERRAL, _K.INSTALMENT)
REMIND_DAYS: Final = 3


class Standing(NamedTuple):
    """A hold with what decides about calls under it: its days that were agreed, in order."""

    kind: HoldKind
    until: date | None
    agreed_days: tuple[date, ...] = ()


def refuse_spoken(hold: Standing, *, on: date, reminded: Collection[date] = ()) -> Because | None:
    """Why nobody rings on a day while a hold stands; None when it may be done.

    Of a day that was agreed the owner is reminded once, from three days before. `reminded`: the days on
    which somebody spoke to him on the phone.

    >>> deferral = Standing(HoldKind.DEFERRAL, date(2026, 5, 31), (date(2026, 5, 31),))
    >>> refuse_spoken(deferral, on=date(2026, 5, 27)).params["from_on"]
    '2026-05-28'
    >>> refuse_spoken(deferral, on=date(2026, 5, 28)) is None
    True
    >>> refuse_spoken(deferral, on=date(2026, 5, 29), reminded={date(2026, 5, 28)}).code
    'held_reminded'
    """
    if HOLD_RULES[hold.kind].calls not in (_C.NONE, _C.REMINDER_ONLY):
        return None
    ahead = next((day for day in hold.agreed_days if day >= on), None)
    if ahead is None:
        return because("held", kind=hold.kind.value, until=hold.until)
    from_on = ahead - timedelta(days=REMIND_DAYS)
    if on < from_on:
        last_on = max(hold.until or ahead, hold.agreed_days[-1])
        return because("held_agreed", kind=hold.kind.value, until=last_on, from_on=from_on)
    said_on = max((day for day in reminded if from_on <= day <= ahead), default=None)
    if said_on is None:
        return None
    return because("held_reminded", kind=hold.kind.value, until=ahead, on=said_on)


class Ending(NamedTuple):
    """What is said when a hold is ended."""

    reason: str = ""
    representative: str = ""
    corrected: bool = False
    nothing_wrong: bool = False
    approved: bool = False


def refuse_end(kind: HoldKind, said: Ending) -> Because | None:
    """Why a hold cannot be ended like this; None when it can. `corrected`: a bill was issued since.

    >>> refuse_end(HoldKind.ESTATE, Ending("继承人已知")).code
    'hold_needs_representative'
    >>> refuse_end(HoldKind.ESTATE, Ending("继承人已知", "李梅，女儿")) is None
    True
    >>> refuse_end(HoldKind.DATA_ERROR, Ending("面积已更正", corrected=True)) is None
    True
    """
    ends = HOLD_RULES[kind].ends
    if not said.reason.strip():
        return because("hold_end_needs_reason")
    if ends is _E.REPRESENTATIVE and not said.representative.strip():
        return because("hold_needs_representative")
    if ends is _E.CORRECTED and not (said.corrected or said.nothing_wrong):
        return because("hold_needs_corrected_bill")
    if ends is _E.APPROVED and not said.approved:
        return because("hold_end_needs_approval")
    return None


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
