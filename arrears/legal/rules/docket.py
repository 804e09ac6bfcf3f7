"""The docket of a filing: what may happen next before a court, on which days, and what it leads to.

The filing itself is the first entry. An instrument (an order or judgment in force, a mediation paper) and the
ends of a proceeding become results; all the rest is course.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.legal.rules.court import Timer, timer_ends_on
from arrears.legal.rules.results import ResultKind
from values.because import Because, because

PAYMENT_ORDER: Final = "PAYMENT_ORDER"
COMPLAINT: Final = "COMPLAINT"
ENFORCEMENT: Final = "ENFORCEMENT"
APPEAL_DAYS: Final = 15
# Where a judgment names no day: ten days after it came into force are usual.
PERFORM_DAYS: Final = 10


class EntryKind(StrEnum):
    """What a court or a party did."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    ISSUED = "ISSUED"
    SERVED = "SERVED"
    NOT_SERVED = "NOT_SERVED"
    OBJECTED = "OBJECTED"
    OBJECTION_REJECTED = "OBJECTION_REJECTED"
    VOID = "VOID"
    CONVERTED = "CONVERTED"
    CONVERSION_REFUSED = "CONVERSION_REFUSED"
    HEARING_SET = "HEARING_SET"
    HEARING_HELD = "HEARING_HELD"
    MEDIATION = "MEDIATION"
    JUDGMENT = "JUDGMENT"
    CLAIM_DISMISSED = "CLAIM_DISMISSED"
    APPEALED = "APPEALED"
    EFFECTIVE = "EFFECTIVE"
    SETTLEMENT = "SETTLEMENT"
    CORRECTED = "CORRECTED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


class Ground(StrEnum):
    """What an objection says (L-P5): only one about the debt itself is one."""

    SUBSTANCE = "SUBSTANCE"
    CANNOT_PAY = "CANNOT_PAY"
    MORE_TIME = "MORE_TIME"


class Verdict(StrEnum):
    """Whether an objection counts, and if not, why."""

    COUNTS = "COUNTS"
    ORAL = "ORAL"
    LATE = "LATE"
    NO_OBJECTION = "NO_OBJECTION"


_K = EntryKind
# Beside the course: a settlement ends nothing until the claim is withdrawn or paid, a correction mends the
# sums of the judgment or mediation paper before it.
ASIDE: Final = frozenset({_K.SETTLEMENT, _K.CORRECTED})
# What may still become known of an order that the law has put in force.
_LEARNED_LATE: Final = frozenset({_K.OBJECTED, _K.VOID})
_OUT: Final = (_K.MEDIATION, _K.JUDGMENT, _K.CLAIM_DISMISSED, _K.SETTLEMENT, _K.WITHDRAWN, _K.REFUSED)
_SUIT: Final[Mapping[EntryKind | None, Collection[EntryKind]]] = {
    _K.HEARING_SET: {_K.HEARING_HELD, _K.HEARING_SET, *_OUT},
    _K.HEARING_HELD: {_K.HEARING_SET, *_OUT},
    _K.JUDGMENT: {_K.APPEALED, _K.EFFECTIVE, _K.SETTLEMENT, _K.CORRECTED},
    _K.MEDIATION: {_K.CORRECTED},
    _K.EFFECTIVE: {_K.CORRECTED, *_LEARNED_LATE},
    _K.APPEALED: {_K.HEARING_SET, _K.HEARING_HELD, _K.EFFECTIVE, *_OUT} - {_K.WITHDRAWN, _K.REFUSED},
}
FOLLOWS: Final[Mapping[str, Mapping[EntryKind | None, Collection[EntryKind]]]] = MappingProxyType(
    {
        PAYMENT_ORDER: {
            None: {_K.ACCEPTED, _K.REFUSED, _K.WITHDRAWN},
            _K.ACCEPTED: {_K.ISSUED, _K.REFUSED, _K.SETTLEMENT, _K.WITHDRAWN},
            _K.ISSUED: {_K.SERVED, _K.NOT_SERVED, _K.WITHDRAWN},
            _K.SERVED: {_K.OBJECTED, _K.EFFECTIVE, _K.SETTLEMENT},
            _K.OBJECTED: {_K.OBJECTED, _K.OBJECTION_REJECTED, _K.VOID, _K.EFFECTIVE, _K.SETTLEMENT},
            _K.OBJECTION_REJECTED: {_K.EFFECTIVE, _K.SETTLEMENT},
            _K.VOID: {_K.CONVERTED, _K.CONVERSION_REFUSED},
            _K.CONVERTED: {_K.HEARING_SET, *_OUT},
            **_SUIT,
        },
        COMPLAINT: {
            None: {_K.ACCEPTED, _K.REFUSED, _K.MEDIATION, _K.SETTLEMENT, _K.WITHDRAWN},
            _K.ACCEPTED: {_K.HEARING_SET, *_OUT},
            **_SUIT,
        },
        ENFORCEMENT: {
            None: {_K.ACCEPTED, _K.REFUSED, _K.WITHDRAWN},
            _K.ACCEPTED: {_K.ENDED, _K.SETTLEMENT, _K.WITHDRAWN},
        },
    }
)
# What an entry means among the results; EFFECTIVE is an order or a judgment, by the course.
RESULT_OF: Final[Mapping[EntryKind, ResultKind]] = MappingProxyType(
    {
        _K.CONVERTED: ResultKind.CONVERTED,
        _K.MEDIATION: ResultKind.MEDIATION,
        _K.REFUSED: ResultKind.REJECTED,
        _K.NOT_SERVED: ResultKind.REJECTED,
        _K.CONVERSION_REFUSED: ResultKind.REJECTED,
        _K.CLAIM_DISMISSED: ResultKind.REJECTED,
        _K.WITHDRAWN: ResultKind.WITHDRAWN,
    }
)
NEEDS_NEXT_DAY: Final = frozenset({_K.HEARING_SET, _K.MEDIATION, _K.SETTLEMENT})
AWARDS: Final = frozenset({_K.JUDGMENT, _K.MEDIATION, _K.SETTLEMENT, _K.CORRECTED})


class Entry(NamedTuple):
    """A line of the docket. `next_on`: the hearing, or the last day to pay; `final`: no appeal is open.

    `verdict`: of an objection.
    """

    kind: EntryKind
    on: date
    next_on: date | None = None
    final: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Docket:
    """A filing with what happened since, the oldest first."""

    filing_kind: str
    filed_on: date
    entries: tuple[Entry, ...] = ()

    @property
    def course(self) -> tuple[Entry, ...]:
        """The entries that move it: all but settlements."""
        return tuple(entry for entry in self.entries if entry.kind not in ASIDE)

    @property
    def stage(self) -> EntryKind | None:
        """Where it stands; None: filed, nothing heard."""
        return self.course[-1].kind if self.course else None

    @property
    def is_suit(self) -> bool:
        """Whether it is, or has become, a lawsuit."""
        return self.filing_kind == COMPLAINT or self.last(_K.CONVERTED) is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more; an award may still be corrected, an objection turn up."""
        return self.stage is _K.EFFECTIVE or not set(may_follow(self)) - ASIDE

    def last(self, kind: EntryKind) -> Entry | None:
        """The newest entry of a kind."""
        return next((entry for entry in reversed(self.entries) if entry.kind is kind), None)


def may_follow(docket: Docket) -> tuple[EntryKind, ...]:
    """What may be entered next, in the order of the enumeration.

    >>> [kind.value for kind in may_follow(Docket("PAYMENT_ORDER", date(2026, 3, 1)))]
    ['ACCEPTED', 'REFUSED', 'WITHDRAWN']
    """
    allowed = {*FOLLOWS.get(docket.filing_kind, {}).get(docket.stage, ())}
    if docket.stage is _K.EFFECTIVE:
        allowed -= _LEARNED_LATE if docket.is_suit else {_K.CORRECTED}
    return tuple(kind for kind in EntryKind if kind in allowed)


def judge_objection(*, written: bool, ground: Ground, on: date, served_on: date) -> Verdict:
    """Whether an objection counts: in writing, within fifteen days of service, about the debt (L-P5).

    >>> day = date(2026, 3, 1)
    >>> judge_objection(written=True, ground=Ground.CANNOT_PAY, on=day, served_on=day).value
    'NO_OBJECTION'
    """
    if not written:
        return Verdict.ORAL
    if on > timer_ends_on(Timer.OBJECTION, from_on=served_on):
        return Verdict.LATE
    return Verdict.COUNTS if ground is Ground.SUBSTANCE else Verdict.NO_OBJECTION


def refuse_entry(docket: Docket, entry: Entry, *, as_of: date) -> tuple[str, Because] | None:
    """(field, why) when the entry cannot be made; None when it can.

    >>> filed = Docket("COMPLAINT", date(2026, 3, 1))
    >>> refuse_entry(filed, Entry(EntryKind.JUDGMENT, date(2026, 3, 2)), as_of=date(2026, 3, 3))[1].code
    'entry_cannot_follow'
    """
    if entry.kind not in may_follow(docket):
        return "kind", because("entry_cannot_follow", kind=f"entry.{entry.kind}")
    before = _newest_act(docket, entry)
    if entry.on > as_of:
        return "on", because("docket_in_future")
    if entry.on < before:
        return "on", because("entry_before_the_last", before=before)
    if entry.kind in NEEDS_NEXT_DAY and entry.next_on is None:
        return "next_on", because("entry_needs_next_day")
    if entry.next_on is not None and entry.next_on < entry.on:
        return "next_on", because("next_day_before_entry", on=entry.on)
    why = _too_early_or_late(docket, entry)
    return None if why is None else ("on", why)


def _newest_act(docket: Docket, entry: Entry) -> date:
    """The day of what came before; an order comes into force by itself, while an objection is on its way."""
    days = [
        one.on for one in docket.entries if not (one.kind is _K.EFFECTIVE and entry.kind in _LEARNED_LATE)
    ]
    return days[-1] if days else docket.filed_on


def _too_early_or_late(docket: Docket, entry: Entry) -> Because | None:
    """The days that the law gives each party, and the day of a hearing."""
    if entry.kind is _K.HEARING_HELD:
        hearing = docket.last(_K.HEARING_SET)
        heard_on = (hearing.next_on if hearing else None) or entry.on
        return because("hearing_to_come", on=heard_on) if entry.on < heard_on else None
    if entry.kind is _K.OBJECTED and docket.stage is _K.EFFECTIVE:
        return _in_force_by_now(docket, entry)
    if entry.kind is _K.NOT_SERVED:
        issued = docket.last(_K.ISSUED)
        last_on = timer_ends_on(Timer.SERVICE, from_on=issued.on) if issued else entry.on
        return because("service_runs", last_on=last_on) if entry.on <= last_on else None
    if entry.kind is _K.CONVERSION_REFUSED:
        void = docket.last(_K.VOID)
        last_on = timer_ends_on(Timer.CONVERSION, from_on=void.on) if void else entry.on
        return because("conversion_too_late", last_on=last_on) if entry.on > last_on else None
    if entry.kind is _K.EFFECTIVE:
        return _not_yet_effective(docket, entry)
    if entry.kind is _K.APPEALED:
        judged = docket.last(_K.JUDGMENT)
        if judged is not None and judged.final:
            return because("judgment_is_final")
        last_on = judged.on + timedelta(days=APPEAL_DAYS) if judged else entry.on
        return because("appeal_too_late", last_on=last_on) if entry.on > last_on else None
    return None


def _not_yet_effective(docket: Docket, entry: Entry) -> Because | None:
    if docket.is_suit:
        judged = docket.last(_K.JUDGMENT)
        if judged is None or judged.final or docket.stage is _K.APPEALED:
            return None
        last_on = judged.on + timedelta(days=APPEAL_DAYS)
        return because("appeal_runs", last_on=last_on) if entry.on <= last_on else None
    newest = docket.last(_K.OBJECTED)
    if docket.stage is _K.OBJECTED and newest is not None and newest.verdict is Verdict.COUNTS:
        return because("objection_stands", on=newest.on)
    served = docket.last(_K.SERVED)
    last_on = timer_ends_on(Timer.OBJECTION, from_on=served.on) if served else entry.on
    return because("objection_runs", last_on=last_on) if entry.on <= last_on else None


def _in_force_by_now(docket: Docket, entry: Entry) -> Because | None:
    """A late objection is none; in force, there is nothing left that it could be entered about."""
    served = docket.last(_K.SERVED)
    last_on = timer_ends_on(Timer.OBJECTION, from_on=served.on) if served else entry.on
    return because("objection_too_late", last_on=last_on) if entry.on > last_on else None


def contests(entry: Entry) -> bool:
    """Whether an entry keeps out of force what was recorded before its time was up."""
    counts = entry.kind is _K.OBJECTED and entry.verdict is Verdict.COUNTS
    return counts or entry.kind in (_K.VOID, _K.APPEALED)


def is_final(docket: Docket, *, small_claim: bool) -> bool:
    """Whether a judgment can be appealed no more: a small claim's, or one after an appeal (L-P10)."""
    return small_claim or docket.last(_K.APPEALED) is not None


def next_days(docket: Docket) -> tuple[tuple[str, date], ...]:
    """(code, last day) of what the docket waits for now, the next first; instruments have their own days.

    >>> filed = Docket("PAYMENT_ORDER", date(2026, 3, 1), (Entry(EntryKind.ACCEPTED, date(2026, 3, 4)),))
    >>> next_days(filed)
    (('ISSUE', datetime.date(2026, 3, 19)),)
    """
    found = [*_settled_until(docket), *_stage_days(docket)]
    return tuple(sorted(found, key=lambda one: one[1]))


_TIMED: Final[Mapping[EntryKind | None, Timer]] = {
    None: Timer.ACCEPTANCE,
    _K.ACCEPTED: Timer.ISSUE,
    _K.ISSUED: Timer.SERVICE,
    _K.SERVED: Timer.OBJECTION,
    _K.VOID: Timer.CONVERSION,
}


def _stage_days(docket: Docket) -> Sequence[tuple[str, date]]:
    stage = docket.stage
    newest = docket.course[-1] if docket.course else None
    if docket.filing_kind == PAYMENT_ORDER and not docket.is_suit and stage in _TIMED:
        timer = _TIMED[stage]
        return [(timer.value, timer_ends_on(timer, from_on=newest.on if newest else docket.filed_on))]
    if newest is None:
        return []
    if stage is _K.HEARING_SET and newest.next_on is not None:
        return [("HEARING", newest.next_on)]
    if stage is _K.JUDGMENT and not newest.final:
        return [("APPEAL", newest.on + timedelta(days=APPEAL_DAYS))]
    return []


def _settled_until(docket: Docket) -> Sequence[tuple[str, date]]:
    told = [entry for entry in docket.entries if entry.kind is not _K.CORRECTED]
    newest = told[-1] if told else None
    if newest is None or newest.kind is not _K.SETTLEMENT or newest.next_on is None:
        return []
    return [("SETTLEMENT", newest.next_on)]


def alert_stage(code: str, days_left: int) -> int | None:
    """How many days ahead the newest alert of a deadline was due; None: none yet, -1: it has passed.

    The two years of enforcement are told 60, 30 and 7 days ahead, all other days three days ahead and on
    the day.

    >>> alert_stage("ENFORCEMENT", 45), alert_stage("ISSUE", 5), alert_stage("ISSUE", 0), alert_stage("X", -2)
    (60, None, 0, -1)
    """
    if days_left < 0:
        return -1
    stages = (60, 30, 7, 0) if code == ENFORCEMENT else (3, 0)
    passed = [stage for stage in stages if days_left <= stage]
    return min(passed) if passed else None
