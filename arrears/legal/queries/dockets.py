"""The dockets of filings: entries with who and what, the stage, what may follow, the days that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.legal.models import DocketEntry, Filing, Result
from arrears.legal.rules.court import court_fees
from arrears.legal.rules.docket import ASIDE, Docket, Entry, EntryKind, Verdict, may_follow, next_days
from arrears.legal.rules.results import (
    CONTESTABLE,
    Award,
    Days,
    Deadline,
    Proceeding,
    ResultKind,
    deadlines,
)
from tenancy.kernel.errors import NotFound

_K = EntryKind
# A result that was entered without a docket stands in it as what it means; in force it is from its day on.
_MEANS: Final[Mapping[str, EntryKind]] = {
    "PAYMENT_ORDER": _K.SERVED,
    "JUDGMENT": _K.JUDGMENT,
    "MEDIATION": _K.MEDIATION,
    "CONVERTED": _K.CONVERTED,
    "REJECTED": _K.REFUSED,
    "WITHDRAWN": _K.WITHDRAWN,
}
# Stages whose days follow from the result that was recorded.
_BY_RESULT: Final = frozenset({_K.EFFECTIVE, _K.MEDIATION, _K.CONVERTED})


class EntryRow(NamedTuple):
    """A line of a docket as people read it."""

    entry_id: int | None
    kind: EntryKind
    on: date
    next_on: date | None
    place: str
    ground: str
    verdict: str
    final: bool
    case_number: str
    award: Award
    note: str
    file_id: int | None
    by: str | None
    at: datetime

    @property
    def word(self) -> str:
        """The key of the kind among the words."""
        return f"entry.{self.kind}"

    @property
    def ground_word(self) -> str:
        """The key of what an objection says."""
        return f"ground.{self.ground}"

    @property
    def verdict_word(self) -> str:
        """The key of whether an objection counts."""
        return f"verdict.{self.verdict}"

    @property
    def next_word(self) -> str:
        """The key of what its next day is."""
        return "next.hearing" if self.kind is _K.HEARING_SET else "next.pay"


@dataclass(frozen=True, slots=True)
class DocketCard:
    """A filing's docket. `may_follow`: what may be entered next; `deadlines`: the days that count now.

    `fee_difference_fen`: what a suit costs beyond the fee of the order that became one (L-P6).
    """

    filing_id: int
    docket: Docket
    rows: tuple[EntryRow, ...]
    may_follow: tuple[EntryKind, ...]
    deadlines: tuple[Deadline, ...]
    fee_difference_fen: int = 0

    @property
    def stage_word(self) -> str:
        """The key of where it stands; filed and nothing heard has a word of its own."""
        return f"entry.{self.docket.stage or 'FILED'}"


def docket_cards(page: Collection[Filing], *, as_of: date) -> dict[int, DocketCard]:
    """Filing id -> its docket; two reads, however many filings."""
    ids = [filing.pk for filing in page]
    entries = DocketEntry.objects.filter(filing_id__in=ids).select_related("by").order_by("pk")
    results = Result.objects.filter(filing_id__in=ids).select_related("by").order_by("pk")
    rows: dict[int, list[EntryRow]] = defaultdict(list)
    told = set()
    for entry in entries:
        rows[entry.filing_id].append(_row(entry))
        told.add(entry.result_id)
    newest: dict[int, Result] = {}
    for result in results:
        newest[result.filing_id] = result
        if result.pk not in told:
            rows[result.filing_id].append(_of_result(result))
    found = {}
    for filing in page:
        last, told_rows = newest.get(filing.pk), sorted(rows[filing.pk], key=attrgetter("at"))
        told_rows += _in_force(last, told_rows, as_of)
        found[filing.pk] = _card(filing, told_rows, last, as_of)
    return found


def _in_force(newest: Result | None, rows: Sequence[EntryRow], as_of: date) -> list[EntryRow]:
    """An order or judgment that nobody contested comes into force on its day, entered or not."""
    if newest is None or newest.kind not in CONTESTABLE or newest.effective_on is None:
        return []
    course = [row.kind for row in rows if row.kind not in ASIDE]
    if newest.effective_on > as_of or (course and course[-1] is _K.EFFECTIVE):
        return []
    row = _of_result(newest)
    return [row._replace(kind=_K.EFFECTIVE, on=newest.effective_on, next_on=newest.perform_by, note="")]


def docket_card(filing: Filing, *, as_of: date) -> DocketCard:
    """One filing's docket."""
    return docket_cards([filing], as_of=as_of)[filing.pk]


def docket_of(filing_id: int, *, as_of: date) -> DocketCard:
    """The same by its id; NotFound when it is not there, or not the member's."""
    # Joined to the case, so that a member of other communities finds nothing.
    filing = Filing.objects.select_related("case").filter(pk=filing_id).first()
    if filing is None:
        raise NotFound(_("There is no such filing."))
    return docket_card(filing, as_of=as_of)


def _card(filing: Filing, rows: list[EntryRow], newest: Result | None, as_of: date) -> DocketCard:
    docket = Docket(filing.kind, filing.filed_on, tuple(_entry(row) for row in rows))
    days = _days(docket, filing, newest, as_of)
    more_fen = 0
    if docket.last(_K.CONVERTED) is not None:
        more_fen = court_fees(filing.claim_fen).acceptance_fen - filing.fee_fen
    return DocketCard(filing.pk, docket, tuple(rows), may_follow(docket), days, more_fen)


def _days(docket: Docket, filing: Filing, newest: Result | None, as_of: date) -> tuple[Deadline, ...]:
    """What the docket waits for, beside it what follows from a result, each code once, the next first."""
    found = {code: Deadline(code, day, (day - as_of).days) for code, day in next_days(docket)}
    # Whether a suit is still declined is a question only where nobody has entered that the order was void.
    answered = docket.stage is _K.CONVERTED and docket.last(_K.VOID) is not None
    if not answered and (not docket.course or docket.stage in _BY_RESULT):
        for one in deadlines(_proceeding(filing, newest), as_of=as_of):
            found.setdefault(one.code, one)
    return tuple(sorted(found.values(), key=attrgetter("last_on")))


def _proceeding(filing: Filing, newest: Result | None) -> Proceeding:
    if newest is None:
        return Proceeding(filing.kind, filing.filed_on)
    days = Days(newest.served_on, newest.effective_on, newest.perform_by)
    return Proceeding(filing.kind, filing.filed_on, ResultKind(newest.kind), days)


def _entry(row: EntryRow) -> Entry:
    verdict = Verdict(row.verdict) if row.verdict else None
    return Entry(row.kind, row.on, row.next_on, row.final, verdict)


def _row(entry: DocketEntry) -> EntryRow:
    return EntryRow(
        entry.pk,
        EntryKind(entry.kind),
        entry.on,
        entry.next_on,
        entry.place,
        entry.ground,
        entry.verdict,
        entry.final,
        entry.case_number,
        Award(entry.principal_fen, entry.late_fee_fen, entry.costs_fen),
        entry.note,
        entry.file_id,
        entry.by.name if entry.by else None,
        entry.at,
    )


def _of_result(result: Result) -> EntryRow:
    return EntryRow(
        None,
        _MEANS[result.kind],
        result.served_on,
        None if result.kind in CONTESTABLE else result.perform_by,
        "",
        "",
        "",
        result.effective_on == result.served_on,
        result.case_number,
        Award(result.principal_fen, result.late_fee_fen, result.costs_fen),
        result.note,
        result.file_id,
        result.by.name if result.by else None,
        result.at,
    )
