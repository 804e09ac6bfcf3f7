"""Sheets that wait for one person: what he can sign, and what came back to him to be corrected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from arrears.team.models import SheetMark
from arrears.team.queries.sheets import PACKAGE, SheetRow, queue, sheets, signs
from arrears.team.rules.sheets import Mark, SheetState, state_of
from tenancy.kernel import sql
from tenancy.kernel.permissions import Permission, StaffMember

# Of these days every sheet is read as it stands; what is older waits as the midnight of its day told it.
FRESH: Final = timedelta(days=14)
_NO_ENTRIES: Final = (0, 0, 0, 0, 0)


class Waits(NamedTuple):
    """How many sheets wait for a person's signature, how many came back to him, and the oldest of either."""

    to_sign: int = 0
    returned: int = 0
    sign_from: date | None = None
    returned_from: date | None = None


def waits_for(staff: StaffMember, *, as_of: date) -> Waits:
    """As the queue and his list show them."""
    mine, back = to_sign(staff, as_of=as_of), returned_to(staff.user_id, as_of=as_of)
    days = [min((row.day for row in rows), default=None) for rows in (mine, back)]
    return Waits(len(mine), len(back), *days)


def to_sign(staff: StaffMember, *, as_of: date) -> list[SheetRow]:
    """What this member can sign now, the oldest day first, however old."""
    if not staff.can(Permission.SHEET_SIGN):
        return []
    since = as_of - FRESH
    older = [row for row in _left_behind(since) if row.state is not SheetState.RETURNED and signs(staff, row)]
    return older + queue(staff, from_on=since, to_on=as_of)


def returned_to(user_id: int, *, as_of: date) -> list[SheetRow]:
    """What came back to its person and is not corrected yet, the oldest day first."""
    marks = SheetMark.objects.filter(person_id=user_id, event=SheetMark.Event.RETURNED, day__lte=as_of)
    days = set(marks.values_list("day", flat=True))
    if not days:
        return []
    found = sheets(from_on=min(days), to_on=max(days), person_id=user_id)
    return sorted(
        (row for row in found if row.state is SheetState.RETURNED), key=lambda row: (row.day, row.kind)
    )


def _left_behind(until: date) -> list[SheetRow]:
    """What past midnights told before a day and no signature settled."""
    return [_row(found) for found in sql.rows(PACKAGE, "left_behind", {"until": until})]


def _row(found: tuple[Any, ...]) -> SheetRow:
    *said, role, entries, event, comment, marked_by, marked_at, answered = found
    mark = None if event is None else Mark(event, entries)
    state = state_of(mark, entries=entries or 0, answered=answered)
    *head, unit_code, what = said
    return SheetRow._make(
        (*head, *_NO_ENTRIES, unit_code, what, "", state, comment, marked_by, marked_at, role)
    )
