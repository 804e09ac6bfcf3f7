"""The weekly review: its day, the days it looks at, and what it calls a violation (R000-I14, I6, I16)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

MEETING_WEEKDAY: Final = 4  # Friday; at 15:00 by the timetable
CONTACTS_A_WEEK: Final = 2
FIRST_CALL_DAYS: Final = 3
STUCK_DAYS: Final = 30
_WEEK: Final = timedelta(days=7)
_LEAST_PROMISES: Final = 3


class Days(NamedTuple):
    """Days from one to another, both inclusive."""

    from_on: date
    to_on: date


def days_of(meeting_on: date) -> Days:
    """The seven days before the meeting's: all of them are over, and none is told twice.

    >>> days_of(date(2026, 11, 20))
    Days(from_on=datetime.date(2026, 11, 13), to_on=datetime.date(2026, 11, 19))
    """
    return Days(meeting_on - _WEEK, meeting_on - timedelta(days=1))


def last_meeting(on: date) -> date:
    """The newest meeting day up to a day.

    >>> last_meeting(date(2026, 11, 22))
    datetime.date(2026, 11, 20)
    """
    return on - timedelta(days=(on.weekday() - MEETING_WEEKDAY) % 7)


def below_floor(*, opened_on: date, contacts: int, days: Days) -> bool:
    """Whether a case that was open all week was spoken to or visited less often than twice.

    >>> below_floor(opened_on=date(2026, 11, 1), contacts=1, days=days_of(date(2026, 11, 20)))
    True
    """
    return opened_on <= days.from_on and contacts < CONTACTS_A_WEEK


class Kept(NamedTuple):
    """Promises of one person whose day came: how many, and how many were kept."""

    name: str
    due: int
    kept: int

    @property
    def rate(self) -> Decimal | None:
        """In percent; None where no promise fell due."""
        if not self.due:
            return None
        return (Decimal(self.kept * 100) / self.due).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def best_keepers(rows: Sequence[Kept], *, most: int = 3) -> list[Kept]:
    """Whose promises were kept best; one or two promises prove nothing.

    >>> [row.name for row in best_keepers([Kept("A", 4, 3), Kept("B", 1, 1), Kept("C", 5, 5)])]
    ['C', 'A']
    """
    proven = [row for row in rows if row.due >= _LEAST_PROMISES and row.kept]
    return sorted(proven, key=lambda row: (-row.kept * 10_000 // row.due, -row.due, row.name))[:most]
