"""What is handed to a gateway, what comes back, and what an answer means for the notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from values import windows
from values.because import Because, because

MAX_ATTEMPTS: Final = 5
_FIRST_RETRY: Final = timedelta(minutes=5)


class Outcome(StrEnum):
    """SENT: a gateway took it. RETRY: surely not taken. UNKNOWN: taken or not, nobody knows."""

    SENT = "SENT"
    FAILED = "FAILED"
    RETRY = "RETRY"
    UNKNOWN = "UNKNOWN"


class Outgoing(NamedTuple):
    """One message for a gateway. `reference` is ours and stays the same on every try."""

    notice_id: int
    channel: str
    kind: str
    to: str
    subject: str
    body: str
    reference: str
    attempts: int = 1


class Answer(NamedTuple):
    """What a gateway said. `code` is stable: connection_refused, mailbox_refused, lease_expired ..."""

    notice_id: int
    outcome: Outcome
    provider_id: str = ""
    code: str = ""
    detail: str = ""


class Mark(NamedTuple):
    """What the answer makes of the notice: the new state, and when it may be tried again."""

    state: str
    not_before: datetime | None = None
    because: Because | None = None


def mark(answer: Answer, *, attempts: int, at: datetime) -> Mark:
    """A refusal is final; a fault of the line is retried with growing gaps, at most five times in all.

    What may have been sent is never sent again by itself.

    >>> nine = datetime(2026, 5, 8, 9)
    >>> mark(Answer(1, Outcome.RETRY, code="connection_refused"), attempts=2, at=nine).not_before
    datetime.datetime(2026, 5, 8, 9, 10)
    >>> mark(Answer(1, Outcome.UNKNOWN, code="no_answer"), attempts=1, at=nine).state
    'UNKNOWN'
    """
    if answer.outcome is Outcome.SENT:
        return Mark("SENT")
    reason = because(answer.code or "gateway_refused", detail=answer.detail[:200])
    if answer.outcome is Outcome.UNKNOWN:
        return Mark("UNKNOWN", because=reason)
    if answer.outcome is Outcome.RETRY and attempts < MAX_ATTEMPTS:
        return Mark("QUEUED", at + _FIRST_RETRY * 2 ** (attempts - 1), reason)
    return Mark("FAILED", because=reason)


def open_channels(local: datetime) -> tuple[str, ...]:
    """The channels that may leave now, Shanghai local time: what rings rests from 21:00 to 08:00 (L-S5).

    >>> open_channels(datetime(2026, 5, 8, 7, 59)), open_channels(datetime(2026, 5, 8, 8, 0))
    (('EMAIL',), ('SMS', 'EMAIL'))
    """
    return ("SMS", "EMAIL") if windows.may_message(local) is None else ("EMAIL",)


def expired(channel: str, *, attempts: int) -> Answer:
    """The answer that a dead worker owes us. An e-mail may go twice (same Message-ID); an SMS never blindly.

    >>> expired("SMS", attempts=1).outcome.value, expired("EMAIL", attempts=1).outcome.value
    ('UNKNOWN', 'RETRY')
    """
    outcome = Outcome.RETRY if channel == "EMAIL" else Outcome.UNKNOWN
    return Answer(0, outcome, code="lease_expired")
