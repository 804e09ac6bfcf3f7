"""What other apps hand in: one thing to say to one party by one channel."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class Draft(NamedTuple):
    """A notice to queue. `unique_key` makes a second run harmless; `charge_ids` lets a payment withdraw it.

    `data` is a document's `as_json()`, or the JSON text of it (a run of 100,000 makes that faster itself);
    `body` (and `subject`) the finished text of a message.
    """

    community_id: int
    unit_id: int | None
    party_id: int
    account_id: int | None
    kind: str
    channel: str
    unique_key: str
    issued_on: date
    data: dict[str, Any] | str = "{}"
    charge_ids: tuple[int, ...] = ()
    contact_id: int | None = None
    number: str = ""
    subject: str = ""
    body: str = ""
    not_before: datetime | None = None
