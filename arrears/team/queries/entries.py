"""What was entered at the doors of a round, for the record and the workbook."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from arrears.team.models import Entry
from tenancy.kernel import sql
from tenancy.people.models import StoredFile

PACKAGE: Final = "arrears.team"


class EntryRow(NamedTuple):
    """One entry with what it led to. `came_at`, `left_at` are the sender's clock, `received_at` ours."""

    entry_id: int
    stop_id: int
    kind: str
    came_at: datetime
    left_at: datetime | None
    received_at: datetime
    by: str
    second_person: str
    by_manager: bool
    result: str
    reason_code: str
    feedback: str
    promised_on: date | None
    skip_reason: str
    visit_id: int | None
    notice_id: int | None
    paper: str
    number: str
    method: str
    delivered: bool
    signer: str
    signer_name: str
    signer_relation: str
    signature_id: int | None
    photo_id: int | None
    latitude: Decimal | None
    longitude: Decimal | None


def entries_of_round(round_id: int) -> dict[int, list[EntryRow]]:
    """What was entered at each stop, in order, by stop."""
    found: dict[int, list[EntryRow]] = {}
    for row in sql.rows(PACKAGE, "round_entries", {"round_id": round_id}):
        entry = EntryRow._make(row)
        found.setdefault(entry.stop_id, []).append(entry)
    return found


def stop_of_visit(visit_id: int) -> int | None:
    """The stop that a visit was entered at; None for one that the desk recorded."""
    found = Entry.objects.filter(visit_id=visit_id).values_list("stop_id", flat=True).first()
    return None if found is None else int(found)


def pictures(file_ids: set[int]) -> dict[int, StoredFile]:
    """Stored pictures by id."""
    return {file.pk: file for file in StoredFile.objects.filter(pk__in=file_ids)}
