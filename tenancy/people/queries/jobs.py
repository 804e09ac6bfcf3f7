"""Long work that people watch, and what the nights did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.models import Job, JobRun


class ResultLine(NamedTuple):
    """One figure of a job's result."""

    name: str
    value: Any
    is_money: bool


class NightRun(NamedTuple):
    """The latest run of one nightly job of the open company."""

    job: str
    day: date
    state: str
    started_at: datetime
    finished_at: datetime | None
    lines: list[ResultLine]
    is_late: bool

    @property
    def word(self) -> str:
        """The key of the job among the words."""
        return f"night.{self.job}"


def jobs(*, seen_by: StaffMember) -> QuerySet[Job]:
    """The open company's jobs. Another person's are shown only to those who may see the audit trail."""
    found = Job.objects.select_related("created_by").order_by("-created_at", "-pk")
    return found if seen_by.can(Permission.AUDIT_SEE) else found.filter(created_by_id=seen_by.user_id)


def may_stop(job: Job, staff: StaffMember) -> bool:
    """Whoever began the work, and the administrators. Who may only look stops nothing."""
    return job.created_by_id == staff.user_id or staff.can(Permission.STAFF_EDIT)


def result_lines(result: Mapping[str, Any]) -> list[ResultLine]:
    """The plain figures of a result; lists and nested parts have pages of their own."""
    return [
        ResultLine(name, value, name.endswith("_fen"))
        for name, value in result.items()
        if isinstance(value, str | int | float) and not name.endswith("_id") and name != "url"
    ]


def last_nights(*, as_of: date) -> list[NightRun]:
    """The latest run of every nightly job; late when it is not of yesterday or today."""
    found = (
        JobRun.objects.filter(tenant_id=current_tenant_id()).order_by("job", "-day", "-pk").distinct("job")
    )
    return [
        NightRun(
            job=run.job,
            day=run.day,
            state=run.state,
            started_at=run.started_at,
            finished_at=run.finished_at,
            lines=result_lines(run.result),
            is_late=(as_of - run.day).days > 1,
        )
        for run in found
    ]


def last_run(job: str, *, until: date) -> datetime | None:
    """When the newest finished run of a nightly job of the open company began, for a day up to `until`."""
    runs = JobRun.objects.filter(tenant_id=current_tenant_id(), job=job, state="DONE", day__lte=until)
    return runs.order_by("-day", "-pk").values_list("started_at", flat=True).first()


def next_night(job: str, *, today: date) -> date:
    """The day that a nightly job of the open company does next: tomorrow once today's is done."""
    done = JobRun.objects.filter(tenant_id=current_tenant_id(), job=job, state="DONE", day__gte=today)
    last = done.order_by("-day").values_list("day", flat=True).first()
    return today if last is None else last + timedelta(days=1)
