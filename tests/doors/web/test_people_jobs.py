"""Long work as people watch it: the live bar, the stop button, the result, and whose it is."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tenancy.kernel import clock
from tenancy.people.models import Job


@pytest.fixture
def job(cast) -> Job:
    with cast.jinxiu.open("cashier"):
        return Job.objects.create(
            kind="bills",
            title="一月出账",
            state="RUNNING",
            total=4,
            done=1,
            created_by=cast.jinxiu.people["cashier"],
        )


def _change(cast, job: Job, **values: object) -> None:
    with cast.jinxiu.open():
        Job.objects.filter(pk=job.pk).update(**values)


def test_the_bar_asks_for_itself_until_the_work_is_over(cast, log_in, job):
    client = log_in(cast.jinxiu, "cashier")
    running = client.get(f"/jobs/{job.pk}/bar/")
    assert running.status_code == HTTPStatus.OK
    assert 'hx-trigger="every 1s"' in running.content.decode()
    assert 'value="1"' in running.content.decode()
    _change(cast, job, state="DONE", done=4, finished_at=clock.now())
    over = client.get(f"/jobs/{job.pk}/bar/")
    assert over.status_code == 286
    assert "hx-get" not in over.content.decode()
    assert over.headers["HX-Trigger"] == "job-finished"


def test_the_result_is_on_the_page_in_figures_and_money(cast, log_in, job):
    result = {"bills_issued": 3, "amount_fen": 252024, "rows": [1, 2]}
    _change(cast, job, state="DONE", result=result, finished_at=clock.now())
    page = log_in(cast.jinxiu, "cashier").get(f"/jobs/{job.pk}/").content.decode()
    assert "¥2,520.24" in page
    assert "[1, 2]" not in page


def test_running_work_is_asked_to_stop_and_waiting_work_is_over_at_once(cast, log_in, job):
    client = log_in(cast.jinxiu, "cashier")
    client.post(f"/jobs/{job.pk}/cancel/")
    with cast.jinxiu.open():
        job.refresh_from_db()
        assert (job.state, job.cancel_requested) == ("RUNNING", True)
    _change(cast, job, state="WAITING", cancel_requested=False)
    client.post(f"/jobs/{job.pk}/cancel/")
    with cast.jinxiu.open():
        job.refresh_from_db()
        assert job.state == "CANCELLED"
        assert job.finished_at is not None


def test_finished_work_cannot_be_stopped(cast, log_in, job):
    _change(cast, job, state="DONE", finished_at=clock.now())
    log_in(cast.jinxiu, "cashier").post(f"/jobs/{job.pk}/cancel/")
    with cast.jinxiu.open():
        job.refresh_from_db()
        assert (job.state, job.cancel_requested) == ("DONE", False)


def test_a_colleagues_work_is_seen_only_by_those_who_may_see_the_audit_trail(cast, log_in, job):
    assert log_in(cast.jinxiu, "collector").get(f"/jobs/{job.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert log_in(cast.jinxiu, "collector").get("/jobs/").context["page"].paginator.count == 0
    assert log_in(cast.jinxiu, "finance").get(f"/jobs/{job.pk}/").status_code == HTTPStatus.OK


def test_a_colleagues_work_is_stopped_by_an_administrator_and_not_by_who_may_only_look(cast, log_in, job):
    auditor = log_in(cast.jinxiu, "auditor")
    assert f"/jobs/{job.pk}/cancel/" not in auditor.get(f"/jobs/{job.pk}/").content.decode()
    assert auditor.post(f"/jobs/{job.pk}/cancel/").status_code == HTTPStatus.FORBIDDEN
    assert auditor.post(f"/api/v1/jobs/{job.pk}/cancel/").status_code == HTTPStatus.FORBIDDEN
    with cast.jinxiu.open():
        job.refresh_from_db()
        assert not job.cancel_requested
    log_in(cast.jinxiu, "company_admin").post(f"/jobs/{job.pk}/cancel/")
    with cast.jinxiu.open():
        job.refresh_from_db()
        assert job.cancel_requested
