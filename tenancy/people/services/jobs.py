"""Long work with a live row, and nightly work that is done once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from tenancy.kernel import clock
from tenancy.kernel.errors import Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for, current_tenant_id, current_user_id
from tenancy.people.models import Job, JobRun

PROGRESS = "progress"


class Cancelled(Refused):
    code = "job.cancelled"
    status = 409


def create(*, kind: str, title: str, arguments: Mapping[str, Any], file_id: int | None = None) -> int:
    """A waiting job of the open company; the door starts its task after the commit."""
    job = Job.objects.create(
        kind=kind, title=title, arguments=dict(arguments), file_id=file_id, created_by_id=current_user_id()
    )
    return int(job.pk)


def arguments_of(job_id: int) -> Mapping[str, Any]:
    """What the work was asked with."""
    found: Mapping[str, Any] = Job.objects.values_list("arguments", flat=True).get(pk=job_id)
    return found


def ask_to_stop(*, job_id: int) -> bool:
    """Ask running work to stop at its next step; what has not begun is over at once. False: too late."""
    now = clock.now()
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    if waiting.update(state=Job.State.CANCELLED, cancel_requested=True, finished_at=now):
        return True
    return bool(Job.objects.filter(pk=job_id, finished_at=None).update(cancel_requested=True))


def give_up(*, job_id: int | None, tenant_id: int, refusal: Refused) -> None:
    """Work that nobody will do any more: its job has failed for this reason, unless it is over already."""
    with acting_for(tenant_id, using=PROGRESS):
        Job.objects.using(PROGRESS).filter(pk=job_id, finished_at=None).update(
            state=Job.State.FAILED, error_code=refusal.code, error_text=str(refusal), finished_at=clock.now()
        )


class Progress:
    """Writes a job's row on its own connection, so that watchers see it before the work commits."""

    def __init__(self, job_id: int | None, tenant_id: int) -> None:
        self.job_id = job_id
        self.tenant_id = tenant_id

    def start(self, total: int) -> None:
        """Begin; raises Cancelled when the job was stopped while it waited."""
        if self.job_id is not None and self._read("cancel_requested"):
            raise Cancelled()
        self._update(state=Job.State.RUNNING, total=total, done=0, failed=0)

    def step(self, done: int, *, failed: int = 0) -> None:
        """Report; raises Cancelled when a person asked to stop."""
        self._update(done=done, failed=failed)
        if self.job_id is not None and self._read("cancel_requested"):
            raise Cancelled()

    def finish(self, result: Mapping[str, Any]) -> None:
        self._update(state=Job.State.DONE, result=dict(result), finished_at=clock.now(), done=F("total"))

    def fail(self, refusal: Refused, *, result: Mapping[str, Any] | None = None) -> None:
        """Refused or stopped; `result`: what else is to be said of it."""
        state = Job.State.CANCELLED if isinstance(refusal, Cancelled) else Job.State.FAILED
        more = {"result": dict(result)} if result else {}
        self._update(
            state=state, error_code=refusal.code, error_text=str(refusal), finished_at=clock.now(), **more
        )

    def crash(self) -> None:
        self._update(state=Job.State.FAILED, error_code="crashed", finished_at=clock.now())

    def _update(self, **values: Any) -> None:
        if self.job_id is None:
            return
        with acting_for(self.tenant_id, using=PROGRESS):
            Job.objects.using(PROGRESS).filter(pk=self.job_id).update(**values)

    def _read(self, field: str) -> Any:
        with acting_for(self.tenant_id, using=PROGRESS):
            return Job.objects.using(PROGRESS).filter(pk=self.job_id).values_list(field, flat=True).first()


@contextmanager
def watched(progress: Progress) -> Iterator[tuple[Progress, dict[str, Any]]]:
    """The job's row says how it ended: with the result, with a refusal, or with a crash that goes on."""
    result: dict[str, Any] = {}
    ended = False
    try:
        yield progress, result
        progress.finish(result)
        ended = True
    except Refused as refusal:
        progress.fail(refusal)
        ended = True
    finally:
        if not ended:
            progress.crash()


def once_a_day(job: str, work: Callable[[], Mapping[str, Any]], *, as_of: date) -> Mapping[str, Any] | None:
    """Run nightly work of the open company once for a day; None when that day is done already.

    The mark and the work commit together; a second worker waits on the unique key and then finds it done.
    """
    tenant_id = current_tenant_id()
    with transaction.atomic():
        fresh = JobRun.objects.bulk_create(
            [JobRun(tenant_id=tenant_id, job=job, day=as_of, started_at=clock.now())], ignore_conflicts=True
        )
        run = JobRun.objects.select_for_update().get(tenant_id=tenant_id, job=job, day=as_of)
        if run.state == JobRun.State.DONE or not fresh:
            return None
        result = work()
        JobRun.objects.filter(pk=run.pk).update(
            state=JobRun.State.DONE, finished_at=clock.now(), result=dict(result)
        )
    return result


def night_failed(job: str, *, as_of: date, code: str) -> None:
    """Remember that a nightly job of the open company failed; the next try may still do the day."""
    run, made = JobRun.objects.get_or_create(
        tenant_id=current_tenant_id(),
        job=job,
        day=as_of,
        defaults={"state": JobRun.State.FAILED, "started_at": clock.now(), "result": {"error": code}},
    )
    if not made and run.state != JobRun.State.DONE:
        JobRun.objects.filter(pk=run.pk).update(
            state=JobRun.State.FAILED, finished_at=clock.now(), result={"error": code}
        )


def last_done(job: str) -> date | None:
    """The latest day a nightly job was done for the open company."""
    return (
        JobRun.objects.filter(tenant_id=current_tenant_id(), job=job, state=JobRun.State.DONE)
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )


def demo_tenant_ids() -> list[int]:
    """Companies that `make cycle` may walk."""
    return list(Tenant.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
