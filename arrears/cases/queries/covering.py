"""On which rung an account stands now: the highest one whose document covers what remains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from arrears.cases.queries.facts import Row, stream_facts
from arrears.cases.rules.ladder import DEFAULT_LADDER, FORMAL_FROM_LEVEL
from arrears.cases.rules.steps import StepState

_CODES: Final = {rung.level: rung.code.value for rung in DEFAULT_LADDER}
# What was only proposed has no document yet, and no task.
_BEGUN: Final = frozenset({StepState.DUE.value, StepState.APPROVED.value, StepState.SENT.value})


def covering_rungs(account_ids: Sequence[int], *, as_of: date) -> dict[int, str]:
    """Code of the rung each account stands on; accounts that no rung covers are left out."""
    if not account_ids:
        return {}
    return {
        row.account_id: _CODES[level]
        for block in stream_facts(as_of=as_of, account_ids=account_ids)
        for row in block
        if (level := max(row.level, _begun(row)))
    }


def _begun(row: Row) -> int:
    """The level of the step under way, if it is about the first charge that is still owed; else 0."""
    if row.step_level is None or row.step_event not in _BEGUN:
        return 0
    first = row.oldest_id if row.step_level < FORMAL_FROM_LEVEL else row.formal_id
    return row.step_level if first in (row.open_charge_ids or ()) else 0
