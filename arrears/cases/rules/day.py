"""One account on one day of the walk: what the world did since, and what the ladder does now."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL, Decision, Facts, Move, OpenStep, Rung, decide
from arrears.cases.rules.steps import StepState
from arrears.cases.rules.world import Paper, happened
from values.because import Because, because


class Standing(NamedTuple):
    """An account as the walk finds it. `oldest_id`: its oldest past-due charge; `formal_id`: the first that
    may be demanded in writing. `open_charge_ids` are those the open step is about, `paper` its notice.
    """

    facts: Facts
    oldest_id: int | None = None
    formal_id: int | None = None
    open_charge_ids: Sequence[int] = ()
    paper: Paper | None = None


class Event(NamedTuple):
    """An event of the open step to record."""

    level: int
    code: str
    event: StepState
    on: date
    because: Because


class Opening(NamedTuple):
    """The rung that opens today."""

    rung: Rung
    because: Because


class Outcome(NamedTuple):
    """What the walk records for one account. `clear`: why the case is closed, None while it stays open."""

    events: tuple[Event, ...]
    opening: Opening | None
    clear: Because | None
    facts: Facts
    decision: Decision


def walk_one(standing: Standing, ladder: Sequence[Rung], *, as_of: date) -> Outcome:
    """Count what the world has taken, drop what has become pointless, then decide once.

    >>> from arrears.cases.rules.ladder import DEFAULT_LADDER
    >>> late = Facts(7, 1, 252024, date(2026, 1, 31), anchor_on=date(2026, 1, 31))
    >>> walk_one(Standing(late, 11, 11), DEFAULT_LADDER, as_of=date(2026, 2, 1)).opening.rung.code.value
    'REMINDER'
    """
    events: tuple[Event, ...] = ()
    if standing.facts.open_step is not None:
        standing, events = _catch_up(standing, standing.facts.open_step, ladder, as_of)
    decision = decide(standing.facts, ladder, as_of=as_of)
    if decision.move is Move.TAKE:
        standing, taken = _take(standing, ladder, decision.because, as_of)
        events += taken
        decision = decide(standing.facts, ladder, as_of=as_of)
    opening = clear = None
    if decision.move is Move.OPEN:
        opening = Opening(ladder[decision.level - 1], decision.because)
    elif decision.move is Move.CLEAR:
        clear, (standing, events) = decision.because, _drop(standing, events, ladder, decision.because, as_of)
    return Outcome(events, opening, clear, standing.facts, decision)


def _catch_up(
    standing: Standing, step: OpenStep, ladder: Sequence[Rung], as_of: date
) -> tuple[Standing, tuple[Event, ...]]:
    rung, paper = ladder[step.level - 1], standing.paper
    code = rung.code.value
    found = None if paper is None else happened(rung.action, paper, rung=code, as_of=as_of)
    if found is not None:
        event = Event(step.level, code, found.event, found.on, found.because)
        return _closed(standing, event), (event,)
    nothing_left = standing.facts.disputed and standing.facts.overdue_fen <= 0
    if nothing_left or (standing.facts.overdue_fen > 0 and not _stands(standing, step)):
        reason = because("all_disputed_drops" if nothing_left else "no_longer_covers", rung=code)
        event = Event(step.level, code, StepState.VOID, as_of, reason)
        return _closed(standing, event), (event,)
    return standing, ()


def _take(
    standing: Standing, ladder: Sequence[Rung], why: Because, as_of: date
) -> tuple[Standing, tuple[Event, ...]]:
    level = standing.facts.level + 1
    event = Event(level, ladder[level - 1].code.value, StepState.TAKEN, as_of, why)
    return _closed(standing, event), (event,)


def _drop(
    standing: Standing, events: tuple[Event, ...], ladder: Sequence[Rung], why: Because, as_of: date
) -> tuple[Standing, tuple[Event, ...]]:
    step = standing.facts.open_step
    if step is None:
        return standing, events
    event = Event(step.level, ladder[step.level - 1].code.value, StepState.VOID, as_of, why)
    return _closed(standing, event), (*events, event)


def _closed(standing: Standing, event: Event) -> Standing:
    """The account after its open step ended: a level higher if it was taken for what is still owed."""
    facts = standing.facts._replace(open_step=None, call_tried_since=None)
    if event.event is StepState.TAKEN and _covers(standing, event.level):
        facts = facts._replace(level=event.level, taken_on=event.on, delivered_on=event.on)
    return standing._replace(facts=facts, open_charge_ids=(), paper=None)


def _stands(standing: Standing, step: OpenStep) -> bool:
    """Whether the open step is the next one and still about what is owed."""
    return step.level == standing.facts.level + 1 and _covers(standing, step.level)


def _covers(standing: Standing, level: int) -> bool:
    wanted = standing.oldest_id if level < FORMAL_FROM_LEVEL else standing.formal_id
    return wanted in standing.open_charge_ids
