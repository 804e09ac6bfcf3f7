"""Which night comes next: what is foreseen is always of a night that has not run yet."""

from __future__ import annotations

from datetime import date
from typing import Final

from tenancy.people.queries.jobs import next_night

WALK: Final = "ladder"  # the timetable's name of the walk


def next_walk(*, today: date) -> date:
    """The day of the next walk: today's, or tomorrow's when today's is done."""
    return next_night(WALK, today=today)
