"""法院期限: every day that counts before a court, over all cases, the next first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from arrears.legal.models import DeadlineAlert, Filing
from arrears.legal.queries.dockets import docket_cards
from arrears.legal.queries.public import PostedRow, posted
from arrears.legal.queries.reviews import open_reviews
from arrears.legal.rules.results import ENDS, Deadline

# Once enforcement is asked for, the days of the instrument are kept.
_OF_INSTRUMENT: Final = frozenset({"PERFORM", "ENFORCEMENT"})
REVIEW: Final = "REVIEW"
TAKE_DOWN: Final = "TAKE_DOWN"
HEARING: Final = "HEARING"


class CourtDay(NamedTuple):
    """A day that counts for a case, or for a posted notice (`case_id` None).

    `days_left` is negative once it has passed. `place`: of a hearing or of the notice; `told_on`: when the
    night told of it last.
    """

    case_id: int | None
    notice_id: int | None
    community_name: str
    unit_code: str
    party_name: str
    filing_id: int | None
    filing_kind: str
    court: str
    code: str
    last_on: date
    days_left: int
    place: str = ""
    told_on: date | None = None

    @property
    def word(self) -> str:
        """The key of the day among the words."""
        return f"timer.{self.code}"

    @property
    def kind_word(self) -> str:
        """The key of what it is about."""
        return f"filing.{self.filing_kind}" if self.filing_kind else ""

    @property
    def days_over(self) -> int:
        """How many days ago it passed; 0 while it has not."""
        return max(0, -self.days_left)


def court_days(*, as_of: date, code: str = "") -> list[CourtDay]:
    """Every day that counts now, the next first; only of one code, if given. A fixed number of reads."""
    rows = [*_of_filings(as_of), *_of_reviews(as_of), *_of_notices(as_of)]
    chosen = [row for row in rows if code in ("", row.code)]
    return _told(sorted(chosen, key=lambda row: (row.last_on, row.unit_code, row.code)))


def _of_filings(as_of: date) -> Iterable[CourtDay]:
    found = _live()
    enforced = {filing.case_id for filing in found if filing.kind == Filing.Kind.ENFORCEMENT}
    cards = docket_cards(found, as_of=as_of)
    for filing in found:
        card = cards[filing.pk]
        place = next((row.place for row in reversed(card.rows) if row.place), "")
        for one in card.deadlines:
            if one.code in _OF_INSTRUMENT and filing.case_id in enforced:
                continue
            yield _day(filing, one, place if one.code == HEARING else "")


def _day(filing: Filing, one: Deadline, place: str) -> CourtDay:
    case = filing.case
    return CourtDay(
        filing.case_id,
        None,
        case.community.name,
        case.unit.code,
        case.account.party.name,
        filing.pk,
        filing.kind,
        filing.court,
        one.code,
        one.last_on,
        one.days_left,
        place,
    )


def _live() -> Sequence[Filing]:
    """Filings of open cases that no answer ended; of each case the newest claim and every enforcement."""
    ended = [kind.value for kind in ENDS]
    related = ("case__unit", "case__account__party", "case__community")
    rows = (
        Filing.objects.filter(case__closed_on=None)
        .exclude(results__kind__in=ended)
        .select_related(*related)
        .order_by("pk")
    )
    return list({(row.case_id, row.kind == Filing.Kind.ENFORCEMENT): row for row in rows}.values())


def _of_reviews(as_of: date) -> Iterable[CourtDay]:
    for waits in open_reviews():
        case, last_on = waits.of, waits.decide_by
        who = (case.community_name, case.unit_code, case.party_name)
        yield CourtDay(case.case_id, None, *who, None, "", "", REVIEW, last_on, (last_on - as_of).days)


def _of_notices(as_of: date) -> Iterable[CourtDay]:
    for row in posted(as_of=as_of):
        yield _down(row, as_of)


def _down(row: PostedRow, as_of: date) -> CourtDay:
    due_on = as_of if row.paid else row.to_on
    left, about = (due_on - as_of).days, (row.community_name, "", "")
    return CourtDay(None, row.public_id, *about, None, "", "", TAKE_DOWN, due_on, left, row.place)


def _told(rows: Sequence[CourtDay]) -> list[CourtDay]:
    ids = {row.filing_id for row in rows if row.filing_id is not None}
    alerts = DeadlineAlert.objects.filter(filing_id__in=ids).order_by("raised_on", "pk")
    told = {
        (pk, code, last_on): raised_on
        for pk, code, last_on, raised_on in alerts.values_list("filing_id", "code", "last_on", "raised_on")
    }
    return [row._replace(told_on=told.get((row.filing_id or 0, row.code, row.last_on))) for row in rows]
