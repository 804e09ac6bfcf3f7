"""Filings with what the court made of them and the days that count now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.legal.models import Filing, Result
from arrears.legal.queries.court import FilingRow, filing_rows, filings
from arrears.legal.queries.dockets import DocketCard, docket_cards
from arrears.legal.queries.instruments import Instrument, instrument_of
from arrears.legal.rules.results import (
    INSTRUMENTS,
    Award,
    Deadline,
    ResultKind,
    kinds_after,
)
from tenancy.kernel.errors import NotFound


class ResultRow(NamedTuple):
    """A result as it was recorded."""

    result_id: int
    filing_id: int
    kind: str
    court: str
    case_number: str
    served_on: date
    effective_on: date | None
    perform_by: date | None
    award: Award
    note: str
    file_id: int | None
    by: str | None
    at: datetime

    @property
    def kind_word(self) -> str:
        """The key of the kind among the words."""
        return f"result.{self.kind}"

    @property
    def is_instrument(self) -> bool:
        """Whether it can be enforced."""
        return self.kind in INSTRUMENTS


@dataclass(frozen=True, slots=True)
class Course:
    """A filing, its results, the newest last, the days that count now, and which results may follow."""

    filing: FilingRow
    results: tuple[ResultRow, ...]
    deadlines: tuple[Deadline, ...]
    may_follow: tuple[ResultKind, ...]

    @property
    def newest(self) -> ResultRow | None:
        """What counts."""
        return self.results[-1] if self.results else None


@dataclass(frozen=True, slots=True)
class AtCourt:
    """All that a case has before the courts; `instrument`: what can be enforced, and what of it is unpaid."""

    courses: tuple[Course, ...]
    instrument: Instrument | None


def courses(page: Collection[Filing], *, as_of: date) -> list[Course]:
    """One page of filings with what came of them."""
    found: dict[int, list[ResultRow]] = {row.pk: [] for row in page}
    results = Result.objects.filter(filing_id__in=found).select_related("by").order_by("pk")
    for row in results:
        found[row.filing_id].append(_row(row))
    cards = docket_cards(list(page), as_of=as_of)
    return [
        _course(row, tuple(found[row.filing_id]), cards[row.filing_id]) for row in filing_rows(list(page))
    ]


def course(filing_id: int, *, as_of: date) -> Course:
    """One filing with what came of it; NotFound when it is not there, or not the member's."""
    found = filings().filter(pk=filing_id).first()
    if found is None:
        raise NotFound(_("There is no such filing."))
    return courses([found], as_of=as_of)[0]


def at_court(case_id: int, *, as_of: date) -> AtCourt:
    """What a case has before the courts, the newest filing first; NotFound without the case."""
    case_line(case_id, as_of=as_of)
    found = courses(list(filings().filter(case_id=case_id).order_by("-pk")), as_of=as_of)
    return AtCourt(tuple(found), instrument_of(case_id, as_of=as_of))


def _course(filing: FilingRow, results: tuple[ResultRow, ...], card: DocketCard) -> Course:
    kind = ResultKind(results[-1].kind) if results else None
    return Course(filing, results, card.deadlines, kinds_after(filing.kind, kind))


def _row(row: Result) -> ResultRow:
    return ResultRow(
        row.pk,
        row.filing_id,
        row.kind,
        row.court,
        row.case_number,
        row.served_on,
        row.effective_on,
        row.perform_by,
        Award(row.principal_fen, row.late_fee_fen, row.costs_fen),
        row.note,
        row.file_id,
        row.by.name if row.by else None,
        row.at,
    )
