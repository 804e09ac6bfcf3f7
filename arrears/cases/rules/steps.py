"""The events of a ladder step and which may follow which; a step is never edited, only followed."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from values.because import Because, because


class StepState(StrEnum):
    """What one event says of a step; the newest event is the step's state."""

    DUE = "DUE"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    SENT = "SENT"
    TAKEN = "TAKEN"
    VOID = "VOID"


_S = StepState

# SENT may follow SENT: a returned letter is sent again. VOID may follow TAKEN: a delivery recorded by mistake
# must not open a legal gate, and the row itself cannot be edited.
FOLLOWS: Final = MappingProxyType(
    {
        None: frozenset({_S.DUE, _S.PROPOSED}),
        _S.DUE: frozenset({_S.SENT, _S.TAKEN, _S.VOID}),
        _S.PROPOSED: frozenset({_S.APPROVED, _S.REJECTED, _S.VOID}),
        _S.APPROVED: frozenset({_S.SENT, _S.TAKEN, _S.VOID}),
        _S.SENT: frozenset({_S.SENT, _S.TAKEN, _S.VOID}),
        _S.TAKEN: frozenset({_S.VOID}),
        _S.REJECTED: frozenset[StepState](),
        _S.VOID: frozenset[StepState](),
    }
)

OPEN_STATES: Final = frozenset({_S.DUE, _S.PROPOSED, _S.APPROVED, _S.SENT})


def refuse_event(state: StepState | None, event: StepState) -> Because | None:
    """None when `event` may follow `state` (None: no event yet), else `step_event_out_of_order`.

    >>> refuse_event(StepState.DUE, StepState.TAKEN) is None
    True
    >>> refuse_event(StepState.PROPOSED, StepState.TAKEN).code
    'step_event_out_of_order'
    """
    if event in FOLLOWS[state]:
        return None
    return because("step_event_out_of_order", state=state.value if state else None, event=event.value)
