"""One line of a history, whatever it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from values.because import Because


class TimelineRow(NamedTuple):
    """One thing that happened. `kind`: STEP, CALL, VISIT, PROMISE, GIVEN, HOLD, RELEASE, PAYMENT or DELIVERY;
    of a unit also NOTICE, OWNER, ISSUE or SETTLED.

    `code` and `event` say what: rung and event, the outcome of a call or visit, the kind of a hold, the
    method of a payment, kind and state of a notice, kind and result of a delivery (its method is the
    `reason_code`), the part of a holder. `because` is a step's or a notice's reason, or says that a delivery
    does not count; `said` what somebody wrote, a notice's number, who received, holds or got the case; `day`
    the promised or last day; `number` the one that was rung, masked, of `contact_id`.
    """

    kind: str
    on: date
    at: datetime | None
    order: int
    code: str
    event: str = ""
    because: Because | None = None
    who: str = ""
    said: str = ""
    reason_code: str = ""
    day: date | None = None
    amount_fen: int | None = None
    notice_id: int | None = None
    approval_id: int | None = None
    file_id: int | None = None
    payment_id: int | None = None
    unit_code: str = ""
    number: str = ""
    contact_id: int | None = None
