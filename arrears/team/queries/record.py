"""《物业费催缴记录表》: who owes, what was done about it, what came of it, who checked it (domain 4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple, overload

from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.cases.rules.workload import score
from arrears.team.queries.sheets import PACKAGE, day_bounds
from tenancy.kernel import sql

_NOT_LISTED: Final = ("BILL_NOTICE", "PRE_DUE", "REMINDER")
_SPOKE: Final = ("CONNECTED_", "MET_")
_OTHERS: Final = frozenset({"CONNECTED_THIRD_PARTY", "MET_OTHER"})


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which cases, and the days whose calls and visits are listed. `acted`: only lines with one."""

    from_on: date
    to_on: date
    community_id: int | None = None
    building_id: int | None = None
    cluster: str = ""
    collector_id: int | None = None
    klass: str = ""
    acted: bool = False


class LineKey(NamedTuple):
    """A case, and the call or visit that the line tells of; kind "" for a case without any."""

    case_id: int
    kind: str
    pk: int


class Paper(NamedTuple):
    """A document that was sent."""

    kind: str
    issued_on: date
    delivered_on: date | None


class RecordLine(NamedTuple):
    """A line of the sheet. `lead_*`: the team lead's check of the act's day, `boss_*`: the manager's."""

    case_id: int
    kind: str
    pk: int
    community_id: int
    community_name: str
    unit_code: str
    building: str | None
    cluster: str
    party_name: str
    collector_name: str
    klass: str
    overdue_fen: int
    oldest_due_on: date | None
    newest_on: date | None
    phone: str
    legacy: str
    papers: tuple[Paper, ...]
    paid_fen: int
    paid_on: date | None
    next_kind: str
    next_on: date | None
    at: datetime | None
    number_kind: str
    caller: str
    outcome: str
    reason_code: str
    feedback: str
    promised_on: date | None
    correction: str
    second_person: str
    lead_event: str
    lead_name: str
    lead_at: datetime | None
    lead_comment: str
    boss_event: str
    boss_name: str
    boss_at: datetime | None
    days_late: int
    points: int

    @property
    def is_paid(self) -> bool:
        """Nothing to collect is left: nobody calls any more (R000-I4)."""
        return self.overdue_fen <= TOLERANCE_FEN

    @property
    def word(self) -> str:
        """The key of the result among the words."""
        return f"outcome.{self.outcome}" if self.kind == "call" else self.outcome

    @property
    def answered_by(self) -> str:
        """The key of who answered among the words."""
        if not self.outcome.startswith(_SPOKE):
            return "answered.NOBODY" if self.outcome else ""
        return "answered.OTHER" if self.outcome in _OTHERS else "answered.OWNER"


@dataclass(frozen=True, slots=True)
class FoundLines(Sequence[LineKey]):
    """Any number of lines: three columns of one length, and how many cases they tell of."""

    case_ids: Sequence[int]
    kinds: Sequence[str]
    pks: Sequence[int]
    cases: int

    def __len__(self) -> int:
        return len(self.case_ids)

    @overload
    def __getitem__(self, at: int) -> LineKey: ...
    @overload
    def __getitem__(self, at: slice) -> list[LineKey]: ...
    def __getitem__(self, at: int | slice) -> LineKey | list[LineKey]:
        if isinstance(at, int):
            return LineKey(self.case_ids[at], self.kinds[at], self.pks[at])
        return [LineKey(*line) for line in zip(self.case_ids[at], self.kinds[at], self.pks[at], strict=True)]


def find_lines(wanted: RecordFilter) -> FoundLines:
    """The lines of the sheet in the order of the rooms; one statement."""
    from_at, until_at = day_bounds(wanted.from_on, wanted.to_on)
    asked = {
        "from_on": wanted.from_on,
        "to_on": wanted.to_on,
        "from_at": from_at,
        "until_at": until_at,
        "community_id": wanted.community_id,
        "building_id": wanted.building_id,
        "cluster": wanted.cluster,
        "collector_id": wanted.collector_id,
        "klass": wanted.klass,
        "acted": wanted.acted,
    }
    return FoundLines(*sql.rows(PACKAGE, "record_found", asked)[0])


def record_lines(keys: Sequence[LineKey], *, to_on: date, as_of: date) -> list[RecordLine]:
    """A part of the lines in full, as they stand now; one statement."""
    if not keys:
        return []
    asked = {
        "case_ids": [key.case_id for key in keys],
        "kinds": [key.kind for key in keys],
        "ids": [key.pk for key in keys],
        "to_on": to_on,
        "as_of": as_of,
        "bills": list(_NOT_LISTED),
    }
    return [_line(found, as_of) for found in sql.rows(PACKAGE, "record_lines", asked)]


def _line(found: tuple[object, ...], as_of: date) -> RecordLine:
    values = dict(zip(RecordLine._fields, (*found, 0, 0), strict=True))
    line = RecordLine(**values)  # type: ignore[arg-type]
    days = (as_of - line.oldest_due_on).days if line.oldest_due_on else 0
    points = score(
        days_late=days,
        case_class=CaseClass(line.klass) if line.klass else None,
        amount_fen=line.overdue_fen,
        legacy_issue=bool(line.legacy),
    )
    papers = tuple(_paper(part) for part in str(line.papers).split(",") if part)
    line = line._replace(days_late=days, points=0 if line.is_paid else points, papers=papers)
    # What the debt asked for ends with it; the night closes the case.
    return line._replace(next_kind="", next_on=None) if line.is_paid else line


def _paper(text: str) -> Paper:
    kind, issued, delivered = text.split("|")
    return Paper(kind, date.fromisoformat(issued), date.fromisoformat(delivered) if delivered else None)
