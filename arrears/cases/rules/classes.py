"""Classes A to E from what was said on the phone, and what each asks for (domain 3.2, R000-F5 to F11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.rules import promises

OFF_TRIES: Final = 5
OFF_DAYS: Final = 7
CLAIM_HOLD_DAYS: Final = 1


class CaseClass(StrEnum):
    """Where a case stands, in the words of the five classes."""

    A = "A_PROMISED"
    B = "B_UNDECIDED"
    C = "C_UNREACHABLE"
    D = "D_REMOTE"
    E = "E_REFUSED"


class CallOutcome(StrEnum):
    """How a call ended."""

    CONNECTED_PROMISED = "CONNECTED_PROMISED"
    CONNECTED_UNDECIDED = "CONNECTED_UNDECIDED"
    CONNECTED_REFUSED = "CONNECTED_REFUSED"
    CONNECTED_REMOTE = "CONNECTED_REMOTE"
    CONNECTED_CLAIMS_PAID = "CONNECTED_CLAIMS_PAID"
    CONNECTED_THIRD_PARTY = "CONNECTED_THIRD_PARTY"
    NO_ANSWER = "NO_ANSWER"
    BUSY = "BUSY"
    POWERED_OFF = "POWERED_OFF"
    NO_SIGNAL = "NO_SIGNAL"
    SUSPENDED = "SUSPENDED"
    VOID = "VOID"
    WRONG_NUMBER = "WRONG_NUMBER"


class ArrearsReason(StrEnum):
    """Why an owner has not paid; the reason code a demand needs."""

    FORGOT = "FORGOT"
    HARDSHIP = "HARDSHIP"
    SERVICE = "SERVICE"
    FACILITIES = "FACILITIES"
    FEE_MISUNDERSTANDING = "FEE_MISUNDERSTANDING"
    PRICE_CHANGE_NOT_NOTIFIED = "PRICE_CHANGE_NOT_NOTIFIED"
    BUSY = "BUSY"
    MOVED_AWAY = "MOVED_AWAY"
    NOT_TAKEN_OVER = "NOT_TAKEN_OVER"
    VACANT = "VACANT"
    DEVELOPER_LEGACY = "DEVELOPER_LEGACY"
    EMERGENCY = "EMERGENCY"
    LEGAL_AWARENESS = "LEGAL_AWARENESS"
    PROCEDURE_UNKNOWN = "PROCEDURE_UNKNOWN"
    COLLECTIVE = "COLLECTIVE"
    OTHER = "OTHER"


class NextStep(StrEnum):
    """What the desk does next."""

    CALL_BEFORE_PROMISE = "CALL_BEFORE_PROMISE"
    CALL_DAILY = "CALL_DAILY"
    CALL_GUIDE_REMOTE_PAYMENT = "CALL_GUIDE_REMOTE_PAYMENT"
    TRACE_NUMBER_AND_VISIT = "TRACE_NUMBER_AND_VISIT"
    REPORT_TO_TEAM_LEAD = "REPORT_TO_TEAM_LEAD"
    CHECK_PAYMENT = "CHECK_PAYMENT"
    PREPARE_DEMAND = "PREPARE_DEMAND"


class Try(NamedTuple):
    """One earlier call of the case."""

    on: date
    outcome: CallOutcome


@dataclass(frozen=True, slots=True)
class Classified:
    """A proposal: `case_class` None leaves the class as it is; `hold_until` is the last day nobody calls."""

    case_class: CaseClass | None
    next_step: NextStep
    next_on: date
    promise_broken: bool = False
    hold_until: date | None = None


_O = CallOutcome

EFFECTIVE: Final = frozenset(
    {
        _O.CONNECTED_PROMISED,
        _O.CONNECTED_UNDECIDED,
        _O.CONNECTED_REFUSED,
        _O.CONNECTED_REMOTE,
        _O.CONNECTED_CLAIMS_PAID,
    }
)
_UNANSWERED: Final = frozenset({_O.NO_ANSWER, _O.BUSY, _O.POWERED_OFF, _O.NO_SIGNAL})
_DEAD_NUMBER: Final = frozenset({_O.SUSPENDED, _O.VOID, _O.WRONG_NUMBER})
_OFF: Final = frozenset({_O.POWERED_OFF})

_CLASS_OF: Final = MappingProxyType(
    {
        _O.CONNECTED_PROMISED: CaseClass.A,
        _O.CONNECTED_UNDECIDED: CaseClass.B,
        _O.CONNECTED_REFUSED: CaseClass.E,
        _O.CONNECTED_REMOTE: CaseClass.D,
        _O.CONNECTED_CLAIMS_PAID: None,
        _O.CONNECTED_THIRD_PARTY: None,
        _O.NO_ANSWER: CaseClass.B,
        _O.BUSY: CaseClass.B,
        _O.POWERED_OFF: CaseClass.B,
        _O.NO_SIGNAL: CaseClass.B,
        _O.SUSPENDED: CaseClass.C,
        _O.VOID: CaseClass.C,
        _O.WRONG_NUMBER: CaseClass.C,
    }
)
_NEXT_STEP: Final = MappingProxyType(
    {
        CaseClass.B: NextStep.CALL_DAILY,
        CaseClass.C: NextStep.TRACE_NUMBER_AND_VISIT,
        CaseClass.D: NextStep.CALL_GUIDE_REMOTE_PAYMENT,
        CaseClass.E: NextStep.REPORT_TO_TEAM_LEAD,
    }
)
# Classes that a later unanswered call leaves as they are, and what follows it.
_KEPT_UNANSWERED: Final = MappingProxyType(
    {
        CaseClass.C: NextStep.CALL_DAILY,
        CaseClass.D: NextStep.CALL_GUIDE_REMOTE_PAYMENT,
        CaseClass.E: NextStep.CALL_DAILY,
    }
)


def is_effective(outcome: CallOutcome) -> bool:
    """Whether the debtor himself was spoken to. A third party is no effective contact."""
    return outcome in EFFECTIVE


def is_unanswered(outcome: CallOutcome) -> bool:
    """Whether nobody took the call: it is tried again the same day while tries are left (R000-I17)."""
    return outcome in _UNANSWERED


def takes_the_call(outcome: CallOutcome) -> bool:
    """Whether the outcome takes the CALL rung at once; the others are failed tries: seven days of them do.

    >>> takes_the_call(CallOutcome.VOID), takes_the_call(CallOutcome.BUSY)
    (True, False)
    """
    return outcome in EFFECTIVE or outcome in _DEAD_NUMBER


def classify(
    outcome: CallOutcome,
    *,
    called_on: date,
    promised_on: date | None = None,
    earlier: Sequence[Try] = (),
    klass: str = "",
    promise_stands: bool = False,
    not_taken_over: bool = False,
) -> Classified:
    """The proposed class after a call and what follows. ValueError for a promise without a day.

    `earlier` are the case's calls before this one, in order; `not_taken_over` puts the unit in E (R000-F5).
    `klass`: the class before the call. A call that nobody took tells nothing new: who refuses, lives
    elsewhere or cannot be reached stays what he is, and so does who promised a day that is still to come
    (`promise_stands`): only the morning after it says whether he kept his word.

    >>> promised = CallOutcome.CONNECTED_PROMISED
    >>> classify(promised, called_on=date(2026, 3, 5), promised_on=date(2026, 3, 20)).next_on
    datetime.date(2026, 3, 19)
    >>> classify(CallOutcome.BUSY, called_on=date(2026, 3, 5)).case_class
    <CaseClass.B: 'B_UNDECIDED'>
    >>> kept = classify(CallOutcome.BUSY, called_on=date(2026, 3, 5), klass="E_REFUSED")
    >>> kept.case_class is None, kept.next_step.value
    (True, 'CALL_DAILY')
    """
    tomorrow = called_on + timedelta(days=1)
    if outcome is _O.CONNECTED_CLAIMS_PAID:
        hold_until = called_on + timedelta(days=CLAIM_HOLD_DAYS)
        return Classified(None, NextStep.CHECK_PAYMENT, called_on, hold_until=hold_until)
    if outcome is _O.CONNECTED_PROMISED:
        if promised_on is None:
            raise ValueError("class A needs the promised day")
        next_on = promises.reminder_on(promised_on, made_on=called_on)
        return Classified(CaseClass.A, NextStep.CALL_BEFORE_PROMISE, next_on)
    if outcome is _O.CONNECTED_THIRD_PARTY:
        return Classified(None, NextStep.CALL_DAILY, tomorrow)
    if not takes_the_call(outcome):
        again = NextStep.CALL_BEFORE_PROMISE if promise_stands else _kept(klass, not_taken_over)
        if again is not None:
            return Classified(None, again, tomorrow)
    case_class = CaseClass.E if not_taken_over else _heard(outcome, [*earlier, Try(called_on, outcome)])
    at_once = case_class in (CaseClass.C, CaseClass.E)
    return Classified(case_class, _NEXT_STEP[case_class], called_on if at_once else tomorrow)


def _heard(outcome: CallOutcome, tries: Sequence[Try]) -> CaseClass:
    """The class of an outcome by itself; who is switched off for long enough cannot be reached."""
    case_class = _CLASS_OF[outcome]
    if case_class is None:
        raise ValueError(f"{outcome} proposes no class")
    return CaseClass.C if case_class is CaseClass.B and _permanently_off(tries) else case_class


def _kept(klass: str, not_taken_over: bool) -> NextStep | None:
    """What follows a call that nobody took where the class stays; None where it says something."""
    if not klass or (not_taken_over and klass != CaseClass.E):
        return None
    return _KEPT_UNANSWERED.get(CaseClass(klass))


def after_doubted_promise(called_on: date) -> Classified:
    """A day that does not hold the ladder is noted, and the owner is called as if he had named none."""
    return Classified(None, NextStep.CALL_DAILY, called_on + timedelta(days=1))


def after_broken_promise(promised_on: date) -> Classified:
    """A whose day passed unpaid: back to B, second call the day after, and a demand to prepare (R000-I7)."""
    next_on = promised_on + timedelta(days=1)
    return Classified(CaseClass.B, NextStep.PREPARE_DEMAND, next_on, promise_broken=True)


def _permanently_off(tries: Sequence[Try]) -> bool:
    """Switched off on the last five tries or more, and these span at least seven days."""
    off: list[date] = []
    for one in reversed(tries):
        if one.outcome not in _OFF:
            break
        off.append(one.on)
    return len(off) >= OFF_TRIES and (off[0] - off[-1]).days >= OFF_DAYS
