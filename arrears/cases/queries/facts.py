"""What the walk must know of every account on a day: one statement, read in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from arrears.cases.rules.day import Standing
from arrears.cases.rules.holds import Hold, HoldKind, strongest
from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL, Facts, OpenStep
from arrears.cases.rules.steps import OPEN_STATES, StepState
from arrears.cases.rules.world import Paper, PaperState
from tenancy.kernel import sql

PACKAGE: Final = "arrears.cases"
# A bill must lie ten days with its reader before its due day counts against him (G4).
BILL_LEAD_DAYS: Final = 10

_STATES: Final = {state.value: state for state in StepState}
_OPEN: Final = frozenset(state.value for state in OPEN_STATES)


class Row(NamedTuple):
    """A row of facts.sql. Level 0 and None: nothing taken. The step is the newest event of the case."""

    account_id: int
    case_id: int | None
    community_id: int
    collector_id: int | None
    overdue_fen: int
    oldest_due_on: date | None
    anchor_on: date | None
    months: int
    oldest_id: int | None
    formal_id: int | None
    level: int
    taken_on: date | None
    last_opened_on: date | None
    step_level: int | None
    step_event: str | None
    step_on: date | None
    notice_id: int | None
    open_charge_ids: list[int] | None
    paper_state: str | None
    paper_sent_on: date | None
    paper_gates_on: date | None
    paper_reason: str | None
    promised_on: date | None
    hold_kinds: list[str] | None
    hold_untils: list[date | None] | None
    tried_since: date | None
    disputed: bool = False
    ladder_id: int | None = None
    relaxed_levels: list[int] | None = None
    relaxed_days: list[date] | None = None


def stream_facts(*, as_of: date, account_ids: Sequence[int] | None = None) -> Iterator[list[Row]]:
    """Every account with principal past due or an open case, in blocks; memory stays flat."""
    sql.rows(PACKAGE, "read_it_all", {"all": account_ids is None, "as_of": as_of})
    params = {
        "as_of": as_of,
        "lead_days": BILL_LEAD_DAYS,
        "formal_from": FORMAL_FROM_LEVEL,
        "account_ids": None if account_ids is None else list(account_ids),
    }
    blocks = sql.stream(PACKAGE, "facts", params)
    first = next(blocks, [])
    sql.run(PACKAGE, "read_as_usual")
    for block in chain([first] if first else [], blocks):
        yield list(map(Row._make, block))


def standing_of(account_id: int, *, as_of: date) -> tuple[Row, Standing] | None:
    """One account as the walk would find it; None when it owes nothing past due and has no case."""
    for block in stream_facts(as_of=as_of, account_ids=[account_id]):
        for row in block:
            return row, as_standing(row, as_of=as_of)
    return None


def as_standing(row: Row, *, as_of: date, instrument_due_on: date | None = None) -> Standing:
    """A row in the words of the rules."""
    event = row.step_event
    open_step = paper = None
    rejected_on = row.step_on if event == StepState.REJECTED and row.step_level == row.level + 1 else None
    if event in _OPEN and row.step_level is not None and row.last_opened_on is not None:
        open_step = OpenStep(row.step_level, row.last_opened_on, _STATES[event])
        paper = _paper(row)
    facts = Facts(
        row.account_id,
        row.case_id,
        row.overdue_fen,
        row.oldest_due_on,
        row.anchor_on,
        row.months,
        row.level,
        row.taken_on,
        row.taken_on,
        open_step,
        row.promised_on,
        None if row.hold_kinds is None else _hold(row, as_of),
        False,
        rejected_on,
        row.tried_since,
        instrument_due_on,
        row.last_opened_on,
        row.disputed,
        ()
        if row.relaxed_levels is None
        else tuple(zip(row.relaxed_levels, row.relaxed_days or (), strict=True)),
    )
    return Standing(facts, row.oldest_id, row.formal_id, row.open_charge_ids or (), paper)


def _paper(row: Row) -> Paper | None:
    if row.paper_state is None:
        return None
    return Paper(PaperState(row.paper_state), row.paper_sent_on, row.paper_gates_on, row.paper_reason or "")


def _relaxed(row: Row) -> tuple[tuple[int, date], ...]:
    return tuple(zip(row.relaxed_levels or (), row.relaxed_days or (), strict=True))


def _hold(row: Row, as_of: date) -> Hold | None:
    pairs = zip(row.hold_kinds or (), row.hold_untils or (), strict=True)
    return strongest((Hold(HoldKind(kind), until) for kind, until in pairs), as_of=as_of)
