"""The days on which owners of a company or of one of its communities are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from arrears.cases.models import QuietDay
from arrears.cases.rules.quiet import Quiet, Span, quiet_with, usual

YEARS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class QuietCalendar:
    """The quiet days of every community: the usual ones, the company's and its own."""

    spans: Mapping[int | None, Sequence[Span]]

    def of(self, community_id: int) -> Quiet:
        """Why nobody is contacted in a community on a day."""
        return quiet_with((*self.spans.get(None, ()), *self.spans.get(community_id, ())))


class QuietRow(NamedTuple):
    """Quiet days as people see them. `quiet_id` None: the usual ones, which nobody takes away."""

    quiet_id: int | None
    community_id: int | None
    community_name: str
    first_on: date
    last_on: date
    name: str
    by: str


def quiet_calendar() -> QuietCalendar:
    """All quiet days that the company has entered."""
    spans: dict[int | None, list[Span]] = {}
    for community_id, *span in QuietDay.objects.values_list("community_id", "first_on", "last_on", "name"):
        spans.setdefault(community_id, []).append(Span(*span))
    return QuietCalendar(spans)


def quiet_of(community_id: int) -> Quiet:
    """The quiet days of one community."""
    return quiet_calendar().of(community_id)


def quiet_rows(*, as_of: date) -> list[QuietRow]:
    """What is ahead: the usual days of this year and the next, and what the company entered, by day."""
    own = QuietDay.objects.filter(last_on__gte=as_of)
    rows = [
        QuietRow(pk, community_id, place or "", first_on, last_on, name, by or "")
        for pk, community_id, place, first_on, last_on, name, by in own.values_list(
            "pk", "community_id", "community__name", "first_on", "last_on", "name", "by__name"
        )
    ]
    for year in range(as_of.year, as_of.year + YEARS_SHOWN):
        rows += [QuietRow(None, None, "", *span, "") for span in usual(year) if span.last_on >= as_of]
    return sorted(rows, key=lambda row: (row.first_on, row.last_on, row.name))
