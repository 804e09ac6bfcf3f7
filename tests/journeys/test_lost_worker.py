"""A job that kills its worker is handed out again a few times, then it has failed and says why."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

from billing.charges.tasks import run_import
from config.tasks import company_day
from tenancy.kernel import clock
from tenancy.kernel.deliveries import MAX_DELIVERIES, WorkerLost, count_delivery
from tenancy.people.models import Job, JobRun
from tenancy.people.services import jobs
from tests.cast import Cast, Company
from tests.house.world import world
from tests.simulators.deadly import kill_the_worker
from tests.site import prefork_worker


def _job(company: Company) -> int:
    with company.open("company_admin"):
        return int(Job.objects.create(kind="deadly", title="致命").pk)


def _wait_until_over(company: Company, job_id: int) -> Job:
    for _turn in range(300):
        with company.open():
            job = Job.objects.get(pk=job_id)
        if job.finished_at is not None:
            return job
        time.sleep(0.2)
    raise AssertionError("the job is still running")


def test_a_job_that_kills_its_worker_fails_after_three_times_and_the_worker_goes_on(
    committed: Cast, tmp_path: Path
):
    prefix, tally = f"lost{os.getpid()}", tmp_path / "tally"
    job_id = _job(committed.jinxiu)
    with prefork_worker("tests.simulators.deadly", tmp_path, prefix) as send:
        send(kill_the_worker, tenant_id=committed.jinxiu.tenant.pk, job_id=job_id, tally=str(tally))
        job = _wait_until_over(committed.jinxiu, job_id)
    assert tally.read_text() == "x" * MAX_DELIVERIES
    assert (job.state, job.error_code) == ("FAILED", "job.worker_lost")
    assert str(MAX_DELIVERIES) in job.error_text


def test_hand_outs_are_counted_per_message(db):
    first, second = uuid.uuid4().hex, uuid.uuid4().hex
    assert [count_delivery(first) for _turn in range(3)] == [1, 2, 3]
    assert count_delivery(second) == 1


def test_an_import_that_is_given_up_leaves_its_newest_job_failed(committed: Cast):
    ids = world(committed.jinxiu)
    message = {"tenant_id": committed.jinxiu.tenant.pk, "batch_id": str(ids["batch_id"])}
    run_import.on_failure(WorkerLost("gone"), "id", (), message, None)
    with committed.jinxiu.open():
        job = Job.objects.get(kind="register")
    assert (job.state, job.error_code, job.error_text) == ("FAILED", "job.worker_lost", "gone")


def test_work_that_is_over_is_not_turned_into_a_failure(committed: Cast):
    job_id = _job(committed.jinxiu)
    with committed.jinxiu.open():
        Job.objects.filter(pk=job_id).update(state="DONE", finished_at=clock.now())
    jobs.give_up(job_id=job_id, tenant_id=committed.jinxiu.tenant.pk, refusal=WorkerLost("gone"))
    with committed.jinxiu.open():
        assert Job.objects.get(pk=job_id).state == "DONE"


def test_a_night_that_is_given_up_is_written_down(cast: Cast):
    company_day.on_failure(
        WorkerLost("gone"), "id", (),
        {"tenant_id": cast.jinxiu.tenant.pk, "job": "bills", "as_of": "2026-02-01"}, None,
    )  # fmt: skip
    run = JobRun.objects.get(tenant=cast.jinxiu.tenant, job="bills")
    assert (run.state, run.result) == ("FAILED", {"error": "WorkerLost"})
