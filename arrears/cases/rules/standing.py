"""An owner's standing (缴费口碑): points by rules that stand on the screen, each with its sentence.

It opens voluntary offers that ask for a good one, and nothing else follows from it: no fee, no right, no
rung of the ladder, no place in the queue of calls (their own facts order them; 24 months of bills would be
read for each of 200,000). Whoever doubts a line may have it looked at by a person (PIPL art. 24).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from values.because import Because, because
from values.period import add_months

START: Final = 60
HIGHEST: Final = 100
LOOK_BACK_MONTHS: Final = 24
# At least this many bills fell due in the look-back, or nothing is said of paying on time.
ENOUGH_BILLS: Final = 3
ON_TIME_POINTS: Final = 40
KEPT_POINTS: Final = 5
BROKEN_POINTS: Final = -10
MOST_PROMISES: Final = 2
# Days since the oldest of what is past due fell due -> points taken while it is unpaid.
_AGE_STEPS: Final = ((30, -5), (90, -15), (365, -30))
_OLDER_POINTS: Final = -40


class Grade(StrEnum):
    """The four words for a standing; the numbers behind them are shown beside them."""

    VERY_GOOD = "VERY_GOOD"
    GOOD = "GOOD"
    FAIR = "FAIR"
    TALK = "TALK"


_GRADES: Final = ((85, Grade.VERY_GOOD), (65, Grade.GOOD), (40, Grade.FAIR))


class Record(NamedTuple):
    """What is counted of 24 months: bills that fell due, those paid by their day, promises judged.

    `written_off_on`: the newest day on which a debt was given up unpaid.
    """

    bills: int
    on_time: int
    kept: int
    broken: int
    oldest_due_on: date | None
    written_off_on: date | None = None


class Line(NamedTuple):
    """One rule as it came out: the points and the sentence."""

    points: int
    because: Because


@dataclass(frozen=True, slots=True)
class Standing:
    """The sum of its lines, between 0 and 100."""

    points: int
    grade: Grade
    lines: tuple[Line, ...]

    @property
    def word(self) -> str:
        """The key of the grade among the words."""
        return f"standing.{self.grade}"

    @property
    def may_have_offers(self) -> bool:
        """Whether voluntary discounts may be offered that ask for a good standing."""
        return self.grade in (Grade.VERY_GOOD, Grade.GOOD)


def since(as_of: date) -> date:
    """The first day that is looked at."""
    return add_months(as_of, -LOOK_BACK_MONTHS)


def standing(record: Record, *, as_of: date) -> Standing:
    """The points of an owner on a day.

    >>> punctual = standing(Record(24, 24, 0, 0, None), as_of=date(2026, 5, 1))
    >>> punctual.points, punctual.grade.value
    (100, 'VERY_GOOD')
    >>> late = standing(Record(24, 6, 1, 2, date(2026, 1, 31)), as_of=date(2026, 5, 1))
    >>> late.points, [line.points for line in late.lines], late.lines[-1].because.code
    (40, [60, 10, 5, -20, -15], 'standing_open')
    """
    lines = (
        Line(START, because("standing_start")),
        _on_time(record),
        *_promises(record),
        *_open(record, as_of),
    )
    points = max(0, min(HIGHEST, sum(line.points for line in lines)))
    grade = next((grade for least, grade in _GRADES if points >= least), Grade.TALK)
    return Standing(points, grade, lines)


def _on_time(record: Record) -> Line:
    if record.bills < ENOUGH_BILLS:
        return Line(0, because("standing_too_few", bills=record.bills))
    points = ON_TIME_POINTS * record.on_time // record.bills
    return Line(points, because("standing_on_time", on_time=record.on_time, bills=record.bills))


def _promises(record: Record) -> list[Line]:
    lines = []
    if record.kept:
        points = KEPT_POINTS * min(MOST_PROMISES, record.kept)
        lines.append(Line(points, because("standing_kept", count=record.kept)))
    if record.broken:
        points = BROKEN_POINTS * min(MOST_PROMISES, record.broken)
        lines.append(Line(points, because("standing_broken", count=record.broken)))
    return lines


def _open(record: Record, as_of: date) -> list[Line]:
    if record.written_off_on is not None:
        # Nobody stands better because the company gave up; what is open besides counts no second time.
        return [Line(_OLDER_POINTS, because("standing_written_off", on=record.written_off_on))]
    if record.oldest_due_on is None or record.oldest_due_on >= as_of:
        return []
    days = (as_of - record.oldest_due_on).days
    points = next((points for limit, points in _AGE_STEPS if days <= limit), _OLDER_POINTS)
    return [Line(points, because("standing_open", days=days))]
