"""The ladder, whole, on one screen: its nine rungs as data and `decide`, which walks one account one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.rules import promises
from arrears.cases.rules.holds import Hold, freezes
from arrears.cases.rules.steps import StepState
from values.because import Because, because

# A remainder up to one yuan is not worth a letter; it stays on the statement.
TOLERANCE_FEN: Final = 100
# From the demand on, days count from the anchor: nobody is late on a bill that came too late (G4).
FORMAL_FROM_LEVEL: Final = 3


# Thousands of accounts share a reason on one day: it is made once.
_why = lru_cache(maxsize=8192)(because)


class RungCode(StrEnum):
    """What each rung is called everywhere."""

    REMINDER = "REMINDER"
    CALL = "CALL"
    DEMAND = "DEMAND"
    VISIT = "VISIT"
    SECOND_DEMAND = "SECOND_DEMAND"
    LEGAL_REVIEW = "LEGAL_REVIEW"
    LAWYER_LETTER = "LAWYER_LETTER"
    COURT = "COURT"
    ENFORCEMENT = "ENFORCEMENT"


class Action(StrEnum):
    """What a rung asks for: it is taken when that was handed over, answered, delivered, decided or filed."""

    MESSAGE = "MESSAGE"
    CALL = "CALL"
    DOCUMENT = "DOCUMENT"
    VISIT = "VISIT"
    REVIEW = "REVIEW"
    FILING = "FILING"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: opens from D >= `min_days`; the next waits `period_days` from this one's delivery.

    `params`: `by_day` (the task's last D), `unreachable_days`, `unpaid_months`, `after_broken_promise`,
    `propose_again_days` (after a rejection), `needs_instrument`.
    """

    level: int
    code: RungCode
    min_days: int
    action: Action
    period_days: int = 0
    approver: str | None = None
    document: str | None = None
    params: Mapping[str, int] = field(default_factory=dict)

    def opens_as(self, *, approved: bool = False) -> StepState:
        """The first event of a step on this rung."""
        return StepState.DUE if approved or self.approver is None else StepState.PROPOSED


_R, _A = RungCode, Action
_DEMAND: Final = MappingProxyType({"unpaid_months": 3, "after_broken_promise": 1})
_AGAIN: Final = MappingProxyType({"propose_again_days": 30})

DEFAULT_LADDER: Final[tuple[Rung, ...]] = (
    Rung(1, _R.REMINDER, 1, _A.MESSAGE),
    Rung(2, _R.CALL, 2, _A.CALL, params=MappingProxyType({"by_day": 3, "unreachable_days": 7})),
    Rung(3, _R.DEMAND, 16, _A.DOCUMENT, period_days=15, document="DEMAND", params=_DEMAND),
    Rung(4, _R.VISIT, 31, _A.VISIT, params=MappingProxyType({"by_day": 60})),
    Rung(5, _R.SECOND_DEMAND, 61, _A.DOCUMENT, 15, "project_manager", "SECOND_DEMAND", _AGAIN),
    Rung(6, _R.LEGAL_REVIEW, 91, _A.REVIEW, approver="branch_gm", document="REVIEW_SHEET", params=_AGAIN),
    Rung(7, _R.LAWYER_LETTER, 91, _A.DOCUMENT, 15, "branch_gm", "LAWYER_LETTER", _AGAIN),
    Rung(8, _R.COURT, 91, _A.FILING, 0, "branch_gm", "PAYMENT_ORDER_APPLICATION", _AGAIN),
    Rung(
        9, _R.ENFORCEMENT, 91, _A.FILING, document="ENFORCEMENT_APPLICATION", params={"needs_instrument": 1}
    ),
)


class OpenStep(NamedTuple):
    """A step that was opened and is not yet taken, rejected or void."""

    level: int
    opened_on: date
    state: StepState = StepState.DUE
    sent_on: date | None = None


class Facts(NamedTuple):
    """One account on one day, as one query gathers it. Money is principal that is past due and undisputed.

    `anchor_on`: day 0 of D from the demand on: max(due_on, bill delivered_on + 10), for opening charges
    due_on, None while the bill is undelivered. `level`: highest rung taken whose document covers what
    remains; `taken_on`, `delivered_on` are its own. `approved`, `rejected_on`: of the next rung.
    `promised_on`: newest promise of the case. `call_tried_since`: first failed try of the open call.
    `instrument_due_on`: last day to pay under an effective judgment or order. `disputed`: a dispute of
    single charges stands; they are in none of the figures here. `relaxed`: (level, first day) of the rungs
    that a person lets this case climb later than its policy says.
    """

    account_id: int
    case_id: int | None
    overdue_fen: int
    oldest_due_on: date | None
    anchor_on: date | None = None
    past_due_months: int = 0
    level: int = 0
    taken_on: date | None = None
    delivered_on: date | None = None
    open_step: OpenStep | None = None
    promised_on: date | None = None
    hold: Hold | None = None
    approved: bool = False
    rejected_on: date | None = None
    call_tried_since: date | None = None
    instrument_due_on: date | None = None
    last_opened_on: date | None = None
    disputed: bool = False
    relaxed: tuple[tuple[int, date], ...] = ()


class Move(StrEnum):
    """What the day brings: leave, stand frozen, wait, open the next rung, or count the open one taken."""

    CLEAR = "CLEAR"
    HOLD = "HOLD"
    STAY = "STAY"
    OPEN = "OPEN"
    TAKE = "TAKE"


class Decision(NamedTuple):
    """The move, the rung it is about (0 for CLEAR, the standing level for HOLD and STAY) and why."""

    move: Move
    level: int
    because: Because


def decide(facts: Facts, ladder: Sequence[Rung], *, as_of: date) -> Decision:
    """Where an account stands on the ladder today: one rung a day at most, so no letter is ever skipped.

    `ladder` holds levels 1..n in order. A STAY names what is missing and, where known, the first day on
    which that can change (`next_on`). An open step of another level than the next is void.

    >>> late = Facts(7, 1, 252024, date(2026, 1, 31), anchor_on=date(2026, 1, 31))
    >>> decide(late, DEFAULT_LADDER, as_of=date(2026, 2, 1)).because
    Because(code='days_overdue', params={'rung': 'REMINDER', 'days': 1})
    >>> called = late._replace(level=2, taken_on=date(2026, 2, 3), last_opened_on=date(2026, 2, 2))
    >>> decide(called, DEFAULT_LADDER, as_of=date(2026, 2, 10)).because
    Because(code='too_early', params={'rung': 'DEMAND', 'next_on': '2026-02-16'})
    >>> decide(called._replace(promised_on=date(2026, 2, 8)), DEFAULT_LADDER, as_of=date(2026, 2, 10)).because
    Because(code='promise_broken', params={'rung': 'DEMAND', 'promised_on': '2026-02-08'})
    """
    cleared = _cleared(facts, as_of)
    if cleared is not None:
        return _left(facts, cleared)
    rung = ladder[facts.level] if facts.level < len(ladder) else None
    held = _held(facts, rung, as_of)
    if held is not None:
        return Decision(Move.HOLD, facts.level, held)
    if rung is None:
        return Decision(Move.STAY, facts.level, _why("top_of_ladder"))
    if facts.open_step is not None and facts.open_step.level == rung.level:
        return _pending(facts, facts.open_step, rung, as_of)
    missing = _missing(facts, ladder, rung, as_of)
    if missing is not None:
        return Decision(Move.STAY, facts.level, missing)
    return _aged(facts, rung, as_of)


def task_due_on(facts: Facts, rung: Rung, *, opened_on: date) -> date:
    """The last day for a rung's task: D = `by_day` (call by D3, visit by D60), never before it was opened."""
    start = _start(facts, rung)
    by_day = rung.params.get("by_day")
    return opened_on if start is None or by_day is None else max(opened_on, start + timedelta(days=by_day))


def _cleared(facts: Facts, as_of: date) -> Because | None:
    if facts.overdue_fen <= 0 or facts.oldest_due_on is None or facts.oldest_due_on >= as_of:
        return _why("nothing_overdue")
    if facts.overdue_fen <= TOLERANCE_FEN:
        return _why("within_tolerance", overdue_fen=facts.overdue_fen)
    return None


def _left(facts: Facts, cleared: Because) -> Decision:
    """Nothing undisputed is past due: the case is closed, unless what is disputed may come back."""
    if not facts.disputed:
        return Decision(Move.CLEAR, 0, cleared)
    return Decision(Move.HOLD, facts.level, _why("all_disputed"))


def _held(facts: Facts, rung: Rung | None, as_of: date) -> Because | None:
    hold = facts.hold
    if hold is not None:
        level = rung.level if rung else facts.level
        spoken = rung is not None and rung.action in (Action.CALL, Action.VISIT)
        if freezes(hold, level=level, spoken=spoken, as_of=as_of):
            return _why("held", kind=hold.kind.value, until=hold.until)
    if promises.is_running(facts.promised_on, as_of=as_of):
        return _why("promised", until=facts.promised_on)
    return None


_WAITS_FOR: Final[Mapping[Action, str]] = {
    Action.MESSAGE: "waiting_for_sending",
    Action.CALL: "waiting_for_call",
    Action.DOCUMENT: "waiting_for_delivery",
    Action.VISIT: "waiting_for_visit",
    Action.REVIEW: "waiting_for_decision",
    Action.FILING: "waiting_for_filing",
}


def _pending(facts: Facts, step: OpenStep, rung: Rung, as_of: date) -> Decision:
    """The next rung is open already: either the world has taken it since, or it waits for someone."""
    code, since = rung.code.value, step.sent_on or step.opened_on
    tried, days = facts.call_tried_since, rung.params.get("unreachable_days")
    gives_up_on = None if tried is None or days is None else tried + timedelta(days=days)
    if rung.action is Action.MESSAGE and step.state is StepState.SENT:
        return Decision(Move.TAKE, rung.level, _why("handed_over", rung=code, sent_on=since))
    if rung.action is Action.REVIEW and step.state is StepState.APPROVED:
        return Decision(Move.TAKE, rung.level, _why("decided_to_proceed", rung=code))
    if gives_up_on is not None and as_of >= gives_up_on:
        return Decision(Move.TAKE, rung.level, _why("unreachable", rung=code, tried_since=tried))
    if step.state is StepState.PROPOSED:
        reason = _why("waiting_for_approval", rung=code, role=rung.approver, since=since)
    elif gives_up_on is not None:
        reason = _why(_WAITS_FOR[rung.action], rung=code, since=since, next_on=gives_up_on)
    else:
        reason = _why(_WAITS_FOR[rung.action], rung=code, since=since)
    return Decision(Move.STAY, facts.level, reason)


def _missing(facts: Facts, ladder: Sequence[Rung], rung: Rung, as_of: date) -> Because | None:
    """The first gate that keeps the next rung shut, apart from its age; None when all are open."""
    opened = facts.last_opened_on
    if opened is not None and opened >= as_of:
        return _why("one_rung_a_day", rung=rung.code.value, next_on=opened + timedelta(days=1))
    later_on = dict(facts.relaxed).get(rung.level, as_of)
    if as_of < later_on:
        return _why("relaxed", rung=rung.code.value, next_on=later_on)
    if facts.level > 0:
        runs = _period_of_the_rung_before(facts, ladder[facts.level - 1], rung, as_of)
        if runs is not None:
            return runs
    if facts.rejected_on is not None and not facts.approved:
        next_on = facts.rejected_on + timedelta(days=rung.params.get("propose_again_days", 1))
        if as_of < next_on:
            return _why("rejected", rung=rung.code.value, next_on=next_on)
    return _instrument(facts, rung, as_of) if rung.params.get("needs_instrument") else None


def _period_of_the_rung_before(facts: Facts, before: Rung, rung: Rung, as_of: date) -> Because | None:
    if before.period_days == 0:
        return None
    # A signed plan stands for a demand: it is taken, and no paper of ours was delivered.
    from_on = facts.delivered_on or facts.taken_on
    if from_on is None:
        return _why("waiting_for_delivery", rung=before.code.value)
    next_on = from_on + timedelta(days=before.period_days + 1)
    if as_of >= next_on:
        return None
    start = _start(facts, rung)
    if start is not None:
        next_on = max(next_on, start + timedelta(days=rung.min_days))
    return _why("period_runs", rung=before.code.value, delivered_on=from_on, next_on=next_on)


def _instrument(facts: Facts, rung: Rung, as_of: date) -> Because | None:
    if facts.instrument_due_on is None:
        return _why("waiting_for_instrument", rung=rung.code.value)
    if as_of > facts.instrument_due_on:
        return None
    return _why("period_runs", rung=rung.code.value, next_on=facts.instrument_due_on + timedelta(days=1))


def _aged(facts: Facts, rung: Rung, as_of: date) -> Decision:
    """The last gate: old enough, or one of the two short cuts of the demand (R000-I7, R000-H6)."""
    start, code, promised_on = _start(facts, rung), rung.code.value, facts.promised_on
    if start is None:
        return Decision(Move.STAY, facts.level, _why("bill_not_delivered", rung=code))
    days, next_on = (as_of - start).days, start + timedelta(days=rung.min_days)
    if days >= rung.min_days:
        return Decision(Move.OPEN, rung.level, _old_enough(facts, rung, start, as_of))
    tomorrow, months = start + timedelta(days=1), facts.past_due_months
    if promised_on is not None and rung.params.get("after_broken_promise"):
        next_on = min(next_on, max(promises.demand_opens_on(promised_on), tomorrow))
        if as_of >= next_on:
            return Decision(Move.OPEN, rung.level, _why("promise_broken", rung=code, promised_on=promised_on))
    if months >= rung.params.get("unpaid_months", months + 1):
        next_on = min(next_on, tomorrow)
        if as_of >= next_on:
            return Decision(Move.OPEN, rung.level, _why("months_overdue", rung=code, months=months))
    return Decision(Move.STAY, facts.level, _why("too_early", rung=code, next_on=next_on))


def _old_enough(facts: Facts, rung: Rung, start: date, as_of: date) -> Because:
    """Days late are those since the oldest fell due; where fewer count, as a bill came late, it is said."""
    days = (as_of - (facts.oldest_due_on or start)).days
    if facts.oldest_due_on in (None, start):
        return _why("days_overdue", rung=rung.code.value, days=days)
    counted = (as_of - start).days
    return _why("days_counted", rung=rung.code.value, days=days, counted=counted, from_on=start)


def _start(facts: Facts, rung: Rung) -> date | None:
    return facts.anchor_on if rung.level >= FORMAL_FROM_LEVEL else facts.oldest_due_on
