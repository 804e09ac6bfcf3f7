"""What has become of an open step's notice since the last walk: taken, sent, void, or nothing yet."""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from arrears.cases.rules.ladder import Action
from arrears.cases.rules.steps import StepState
from values.because import Because, because

# Thousands of messages of one morning share their reason: it is made once.
_why = lru_cache(maxsize=1024)(because)


class PaperState(StrEnum):
    """Where a notice stands in the outbox."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
    SKIPPED = "SKIPPED"
    WITHDRAWN = "WITHDRAWN"


class Paper(NamedTuple):
    """The notice of an open step. `gates_open_on`: the day of a delivery that counts for the next rung."""

    state: PaperState
    sent_on: date | None = None
    gates_open_on: date | None = None
    reason: str = ""


class Happened(NamedTuple):
    """The event to record, the day it happened, and why."""

    event: StepState
    on: date
    because: Because


_S = PaperState
# UNKNOWN: the gateway did not answer in time. The message may have arrived, so it is not sent again.
_HANDED_OVER: Final = frozenset({_S.SENT, _S.DELIVERED, _S.UNKNOWN})
_GONE: Final = frozenset({_S.WITHDRAWN, _S.SKIPPED})


def happened(action: Action, paper: Paper, *, rung: str, as_of: date) -> Happened | None:
    """What the walk records of an open step with a notice; None while it still waits.

    A message is taken when it was handed to a gateway, or refused by it: nobody waits for a dead number. A
    document is taken on the day of a delivery that opens gates, which may lie before the day of the walk.

    >>> letter = Paper(PaperState.DELIVERED, gates_open_on=date(2026, 2, 20))
    >>> happened(Action.DOCUMENT, letter, rung="DEMAND", as_of=date(2026, 2, 22)).on
    datetime.date(2026, 2, 20)
    >>> sms = Paper(PaperState.DELIVERED)
    >>> happened(Action.DOCUMENT, sms, rung="DEMAND", as_of=date(2026, 2, 22)) is None
    True
    """
    if paper.state in _GONE:
        return Happened(StepState.VOID, as_of, _why("withdrawn", rung=rung, reason=paper.reason))
    if action is Action.MESSAGE:
        return _message(paper, rung, as_of)
    if action is Action.DOCUMENT and paper.gates_open_on is not None and paper.gates_open_on <= as_of:
        reason = _why("delivered", rung=rung, delivered_on=paper.gates_open_on)
        return Happened(StepState.TAKEN, paper.gates_open_on, reason)
    return None


def _message(paper: Paper, rung: str, as_of: date) -> Happened | None:
    if paper.state is PaperState.FAILED:
        return Happened(StepState.TAKEN, as_of, _why("no_channel", rung=rung, reason=paper.reason))
    if paper.state not in _HANDED_OVER:
        return None
    sent_on = paper.sent_on or as_of
    return Happened(StepState.TAKEN, sent_on, _why("handed_over", rung=rung, sent_on=sent_on))
