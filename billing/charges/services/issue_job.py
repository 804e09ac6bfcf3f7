"""A run that a person watches: asked for on the screen, done by the worker."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.services.issue import Issued, issue_bills
from billing.charges.services.release import check_release
from billing.charges.services.round import Round
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import jobs
from values.period import Period, add_months, month_start

JOB_KIND: Final = "bill_run"


class TooEarly(Refused):
    """Bills of a day that has not come, or of a month that is far away."""

    code = "bills.too_early"


def request_issue(*, community_id: int, period: Period, issued_on: date, today: date) -> int:
    """A waiting job for a run; refused for what issue_bills would refuse. The door starts its task.

    NotReleased while somebody who was asked to look at it first has not agreed. TooEarly for bills of a day
    that has not come, or of a month after the next one.
    """
    _check_days(period, issued_on, today)
    round_ = Round(community_id=community_id, period=period)
    check_release(community_id, period)
    return jobs.create(
        kind=JOB_KIND,
        title=_("Bills of %(community)s, %(period)s")
        % {"community": round_.contract.community_name, "period": period.label},
        arguments={"community_id": community_id, "period": str(period), "issued_on": issued_on.isoformat()},
    )


def _check_days(period: Period, issued_on: date, today: date) -> None:
    if issued_on > today:
        raise TooEarly(
            _("A bill carries the day on which it is issued: it cannot lie ahead."), field="issued_on"
        )
    if period.start > add_months(month_start(today), 1):
        raise TooEarly(_("Bills are issued for the next month at the latest."), field="month")


def run_issue(*, job_id: int, community_id: int, period: Period, issued_on: date) -> None:
    """The worker's part. A refusal (or a stop) undoes everything and stands in the job."""
    progress = jobs.Progress(job_id, current_tenant_id())
    over = False
    try:
        with transaction.atomic():
            issued = issue_bills(
                community_id=community_id, period=period, issued_on=issued_on, progress=progress
            )
        over = True
        transaction.on_commit(partial(progress.finish, _result(issued)))
    except Refused as refusal:
        over = True
        progress.fail(refusal)
    finally:
        if not over:
            progress.crash()


def _result(issued: Issued) -> dict[str, object]:
    return {
        "run_id": issued.run_id,
        "bills": issued.bills,
        "charges": issued.charges,
        "amount_fen": issued.amount_fen,
        "skipped": dict(issued.skipped),
    }
