"""The day's sheets: what waits for which signature, and the entries of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from arrears.team.models import SheetKind, SheetMark, Unsigned
from arrears.team.rules.sheets import (
    OPEN_STATES,
    Mark,
    SheetState,
    digest,
    may_sign,
    needed_role,
    sample,
    state_of,
)
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.queries.members import members, names_of
from values.known_days import is_known

PACKAGE: Final = "arrears.team"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
PAPERS: Final = ("SECOND_DEMAND", "LAWYER_LETTER", "PUBLIC_NOTICE")
MANAGERS: Final = ("project_manager", "branch_gm")
_KEY: Final = re.compile(
    r"(?P<kind>[A-Z_]{1,20})-(?P<community>\d{1,18})-(?P<subject>\d{1,18})-(?P<day>\d{4}-\d\d-\d\d)", re.ASCII
)
_TONES: Final = {"SIGNED": "good", "RETURNED": "warn", "CHANGED": "warn", "ANSWERED": "info"}


class SheetRow(NamedTuple):
    """A sheet to sign: a collector's day in a community, a visit, or a paper. `needs`: whose signature."""

    kind: str
    subject_id: int
    community_id: int
    community_name: str
    day: date
    person_id: int | None
    person_name: str
    calls: int
    visits: int
    promises: int
    broken: int
    corrections: int
    unit_code: str
    what: str
    said: str
    state: SheetState
    comment: str
    marked_by: str
    marked_at: datetime | None
    needs: str

    @property
    def key(self) -> str:
        """What an address calls it: RECORD-5-12-2026-11-20."""
        return f"{self.kind}-{self.community_id}-{self.subject_id}-{self.day.isoformat()}"

    @property
    def entries(self) -> int:
        """What is signed: whatever is added later makes it another number. A paper is one."""
        if self.kind in PAPERS:
            return 1
        return self.calls + self.visits + self.promises + self.corrections

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return _TONES.get(self.state, "quiet")

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"sheet.{self.state}"


class Key(NamedTuple):
    """Which sheet."""

    kind: str
    community_id: int
    subject_id: int
    day: date


def read_key(text: str) -> Key:
    """The sheet that an address names. NotFound for what is none."""
    found = _KEY.fullmatch(text)
    if found is None or found["kind"] not in SheetKind.values:
        raise NotFound(_("There is no such sheet."))
    try:
        day = date.fromisoformat(found["day"])
    except ValueError as error:
        raise NotFound(_("There is no such sheet.")) from error
    if not is_known(day):
        raise NotFound(_("There is no such sheet."))
    return Key(found["kind"], int(found["community"]), int(found["subject"]), day)


class Entry(NamedTuple):
    """One entry of a sheet. `key`: call:17; of a correction `what` names the entry it puts right."""

    kind: str
    pk: int
    case_id: int | None
    unit_code: str
    party_name: str
    at: datetime | None
    what: str
    said: str
    promised_on: date | None
    next_on: date | None
    overdue_fen: int | None
    number_kind: str
    second_person: str
    reason_code: str

    @property
    def key(self) -> str:
        """Unique within the sheet."""
        return f"{self.kind}:{self.pk}"

    @property
    def word(self) -> str:
        """The key of what happened among the words."""
        return f"outcome.{self.what}" if self.kind == "call" else self.what


@dataclass(frozen=True)
class Sheet:
    """One sheet with its entries, what is looked at, and its marks so far."""

    row: SheetRow
    entries: tuple[Entry, ...]
    marks: tuple[tuple[str, str, str, datetime], ...]
    signed_digest: str = ""

    @cached_property
    def sampled(self) -> frozenset[str]:
        """The keys of entries to look at: by chance, the same for whoever opens the sheet."""
        seed = f"{current_tenant_id()}|{self.row.key}"
        keys = [entry.key for entry in self.entries if entry.kind in ("call", "visit")]
        return frozenset(sample(keys, seed=seed))

    @property
    def facts(self) -> Mapping[str, Any]:
        """What a signature freezes."""
        row = self.row
        return {
            "kind": row.kind,
            "subject": row.subject_id,
            "community": row.community_id,
            "day": row.day.isoformat(),
            "person": row.person_id,
            "calls": row.calls,
            "visits": row.visits,
            "promises": row.promises,
            "broken": row.broken,
            "corrections": row.corrections,
            "what": row.what,
            "said": row.said,
            "entries": [[_plain(value) for value in entry] for entry in self.entries],
        }

    @property
    def digest(self) -> str:
        """The fingerprint of these facts."""
        return digest(self.facts)

    @property
    def holds(self) -> bool:
        """Whether what was signed is still what stands here."""
        return bool(self.signed_digest) and self.signed_digest == self.digest


class Unfinished(NamedTuple):
    """How many sheets of past days nobody signed, and the oldest of them."""

    total: int
    oldest_on: date | None


def record_sheets(
    *, from_on: date, to_on: date, community_id: int | None = None, person_id: int | None = None
) -> list[SheetRow]:
    """Collectors' sheets of some days, the newest first; two statements with the roles."""
    return _read("record_sheets", _asked(from_on, to_on, community_id, person_id))


def signed_acts(
    *, from_on: date, to_on: date, community_id: int | None = None, person_id: int | None = None
) -> list[SheetRow]:
    """Visits, and papers that need the project manager's signature, of some days."""
    asked = _asked(from_on, to_on, community_id, person_id)
    return _read("signed_acts", {**asked, "papers": list(PAPERS), "managers": list(MANAGERS)})


def sheets(
    *, from_on: date, to_on: date, community_id: int | None = None, person_id: int | None = None
) -> list[SheetRow]:
    """All that is signed the same day."""
    where = {"community_id": community_id, "person_id": person_id}
    return record_sheets(from_on=from_on, to_on=to_on, **where) + signed_acts(
        from_on=from_on, to_on=to_on, **where
    )


def queue(
    staff: StaffMember, *, from_on: date, to_on: date, community_id: int | None = None
) -> list[SheetRow]:
    """What this member can sign now, the oldest day first."""
    found = sheets(from_on=from_on, to_on=to_on, community_id=community_id)
    waiting = [row for row in found if row.state in OPEN_STATES and signs(staff, row)]
    return sorted(
        waiting, key=lambda row: (row.day, row.kind != SheetKind.RECORD, row.community_name, row.unit_code)
    )


def signs(staff: StaffMember, row: SheetRow) -> bool:
    """Whether the member's part is to sign this sheet."""
    is_own = row.person_id == staff.user_id
    return staff.can(Permission.SHEET_SIGN) and may_sign(needed=row.needs, roles=staff.roles, is_own=is_own)


def find_sheet(key: Key) -> Sheet | None:
    """One sheet with its entries; None when there is no such sheet in sight."""
    day, place = key.day, key.community_id
    if key.kind == SheetKind.RECORD:
        found = record_sheets(from_on=day, to_on=day, community_id=place, person_id=key.subject_id)
    else:
        found = signed_acts(from_on=day, to_on=day, community_id=place)
    row = next((row for row in found if (row.kind, row.subject_id) == (key.kind, key.subject_id)), None)
    if row is None:
        return None
    entries = _entries(row) if row.kind == SheetKind.RECORD else ()
    marks = list(_marks_of(key))
    signed = next((mark.digest for mark in marks if mark.event == SheetMark.Event.SIGNED), "")
    names = names_of({mark.by_id for mark in marks})
    told = tuple((f"sheet.{mark.event}", names.get(mark.by_id, ""), mark.comment, mark.at) for mark in marks)
    return Sheet(row, entries, told, signed)


def unfinished(*, as_of: date) -> Unfinished:
    """Alerts of past midnights that no signature settled yet."""
    found = sql.rows(PACKAGE, "unfinished", {"as_of": as_of, "role": None})
    return Unfinished(len(found), min((row[3] for row in found), default=None))


def alerts_of(day: date) -> int:
    """How many alerts a midnight told."""
    return Unsigned.objects.filter(day=day).count()


def day_bounds(from_on: date, to_on: date) -> tuple[datetime, datetime]:
    """The moments between which the days lie, the second exclusive."""
    start = datetime.combine(from_on, time(), tzinfo=SHANGHAI)
    return start, datetime.combine(to_on + timedelta(days=1), time(), tzinfo=SHANGHAI)


def _asked(from_on: date, to_on: date, community_id: int | None, person_id: int | None) -> dict[str, Any]:
    from_at, until_at = day_bounds(from_on, to_on)
    return {
        "from_on": from_on,
        "to_on": to_on,
        "from_at": from_at,
        "until_at": until_at,
        "community_id": community_id,
        "person_id": person_id,
    }


def _read(name: str, asked: Mapping[str, Any]) -> list[SheetRow]:
    roles = {member.user_id: member.roles for member in members()}
    return [_row(found, roles) for found in sql.rows(PACKAGE, name, asked)]


def _row(found: tuple[Any, ...], roles: Mapping[int, Collection[str]]) -> SheetRow:
    *said, event, entries_then, comment, marked_by, marked_at, answered = found
    kind, person_id = said[0], said[5]
    needs = needed_role(kind, roles.get(person_id, ()) if person_id else ())
    row = SheetRow._make((*said, SheetState.WAITING, comment, marked_by, marked_at, needs))
    mark = None if event is None else Mark(event, entries_then)
    return row._replace(state=state_of(mark, entries=row.entries, answered=answered))


def _entries(row: SheetRow) -> tuple[Entry, ...]:
    from_at, until_at = day_bounds(row.day, row.day)
    asked = {
        "community_id": row.community_id,
        "person_id": row.person_id,
        "day": row.day,
        "from_at": from_at,
        "until_at": until_at,
    }
    return tuple(Entry(*found) for found in sql.rows(PACKAGE, "sheet_entries", asked))


def _marks_of(key: Key) -> Any:
    return SheetMark.objects.filter(
        kind=key.kind, community_id=key.community_id, subject_id=key.subject_id, day=key.day
    ).order_by("-pk")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
