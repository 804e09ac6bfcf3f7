"""Issue the bills of a community for a period. A second run finds nothing left to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Bill, Run
from billing.charges.queries.billable import priced_items
from billing.charges.queries.contracts import contracts
from billing.charges.queries.month_run import release_of
from billing.charges.queries.runs import count_units
from billing.charges.services.accounts import PACKAGE
from billing.charges.services.round import Round, Skips
from billing.charges.services.writing import BillWriter
from tenancy.kernel import sql
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.services.jobs import Progress
from values.period import Period, month_start


class Issued(NamedTuple):
    """What a run made. `run_id` None: nothing was new. `skipped`: reason code -> how many."""

    run_id: int | None
    bills: int
    charges: int
    amount_fen: int
    skipped: Mapping[str, int]


class DueIssued(NamedTuple):
    """What the timetable issued on a day."""

    communities: int
    bills_issued: int
    amount_fen: int

    def as_json(self) -> dict[str, int]:
        """For the job's row."""
        return self._asdict()


def issue_bills(
    *,
    community_id: int,
    period: Period,
    issued_on: date,
    progress: Progress | None = None,
    started_by_id: int | None = None,
) -> Issued:
    """Bill every unit of a community for whole months: one read, decided in Python, written in blocks.

    What is billed already stays as it is, so a second run issues 0; numbers are gapless. Raises
    PeriodNotWholeMonths, NoContract, NothingToBill.
    """
    lock_issue(community_id)
    round_ = Round(community_id=community_id, period=period)
    skips, done, writer = Skips(), 0, None
    run_id = None
    if progress:
        progress.start(count_units(community_id))
    for seen, bills in round_.units(skips):
        if bills and writer is None:
            run_id = _open_run(community_id, period, issued_on, started_by_id)
            writer = BillWriter(round_.contract, run_id=run_id, kind=Bill.Kind.PERIODIC, issued_on=issued_on)
        if writer is not None:
            writer.write(bills)
        done += seen
        if progress:
            progress.step(done)
    if writer is None or run_id is None:
        return Issued(None, 0, 0, 0, dict(skips.counts))
    issued = Issued(run_id, writer.bills, writer.charges, writer.amount_fen, dict(skips.counts))
    Run.objects.filter(pk=run_id).update(
        bills=issued.bills, amount_fen=issued.amount_fen, skipped=issued.skipped
    )
    audit.record("bills.issued", kind="run", pk=run_id, bills=issued.bills, amount_fen=issued.amount_fen)
    return issued


def issue_due_bills(*, as_of: date) -> DueIssued:
    """Issue this month's bills of every community whose contract names the day as its issue day.

    A community without tariffs is passed over: nothing of it can be billed yet. So is a month that somebody
    was asked to look at first and has not agreed to.
    """
    month = Period.of_months(month_start(as_of), 1)
    made = [
        issue_bills(community_id=terms.community_id, period=month, issued_on=as_of)
        for terms in contracts()
        if terms.issue_day == as_of.day
        and terms.holds_on(month.start)
        and priced_items(terms.community_id)
        and not _is_stopped(terms.community_id, month)
    ]
    return DueIssued(
        communities=len(made),
        bills_issued=sum(issued.bills for issued in made),
        amount_fen=sum(issued.amount_fen for issued in made),
    )


def _is_stopped(community_id: int, month: Period) -> bool:
    asked = release_of(community_id, month)
    return asked is not None and asked.state.stops


def lock_issue(community_id: int) -> None:
    """One at a time: numbers are taken after it is known what is new, so nobody may write in between."""
    sql.rows(PACKAGE, "lock_issue", {"community_id": community_id})


def _open_run(community_id: int, period: Period, issued_on: date, started_by_id: int | None) -> int:
    run = Run.objects.create(
        community_id=community_id,
        period=DateRange(period.start, period.end),
        issued_on=issued_on,
        started_by_id=started_by_id or current_user_id(),
    )
    return int(run.pk)
