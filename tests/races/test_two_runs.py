"""Two people press "issue" at the same moment, on two connections: every account is billed once, no number lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from billing.charges.models import Bill, Charge, Run
from billing.charges.services import issue_bills, run_issue
from owners.models import NumberSeries
from owners.services import take_numbers
from tenancy.people.models import Job
from tenancy.people.services import jobs
from values.period import Period

JANUARY = Period.month(2026, 1)
ISSUED = date(2026, 1, 5)


def at_once(*works):
    """Run each piece of work on a thread and a connection of its own, started together."""
    start = threading.Barrier(len(works))

    def one(work):
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_the_second_run_waits_and_finds_nothing_left(committed):
    company = committed.jinxiu

    def issue():
        with company.open():
            return issue_bills(community_id=company.community.pk, period=JANUARY, issued_on=ISSUED).bills

    assert sorted(at_once(issue, issue)) == [0, 4]
    with company.open():
        assert (Bill.objects.count(), Charge.objects.count(), Run.objects.count()) == (4, 4, 1)
        assert NumberSeries.objects.get(series="BILL").last == 4


def test_takers_of_numbers_get_blocks_that_never_overlap(committed):
    company = committed.jinxiu

    def take():
        with company.open():
            return take_numbers(community_id=company.community.pk, series="DEMAND", year=2026, count=5)

    assert sorted(at_once(*[take] * 4)) == [1, 6, 11, 16]


def test_a_run_that_is_rolled_back_gives_its_numbers_back(committed):
    company = committed.jinxiu
    with pytest.raises(RuntimeError), company.open():
        issue_bills(community_id=company.community.pk, period=JANUARY, issued_on=ISSUED)
        raise RuntimeError
    with company.open():
        assert Bill.objects.count() == 0
        issue_bills(community_id=company.community.pk, period=JANUARY, issued_on=ISSUED)
        assert Bill.objects.order_by("number").first().number == "BILL-JX-2026-000001"


def test_the_workers_part_leaves_a_finished_job_with_its_figures(committed):
    company = committed.jinxiu
    with company.open("finance"):
        job_id = jobs.create(kind="bill_run", title="账单", arguments={})
    with company.open("finance"):
        run_issue(job_id=job_id, community_id=company.community.pk, period=JANUARY, issued_on=ISSUED)
    with company.open():
        job = Job.objects.get(pk=job_id)
        assert (job.state, job.done, job.total) == ("DONE", 4, 4)
        assert (job.result["bills"], job.result["amount_fen"]) == (4, 101998)
        run = Run.objects.get(pk=job.result["run_id"])
        assert run.started_by_id == company.people["finance"].pk


def test_a_run_that_is_stopped_or_refused_leaves_nothing_but_its_reason(committed):
    company = committed.jinxiu
    with company.open("finance"):
        stopped = jobs.create(kind="bill_run", title="账单", arguments={})
        refused = jobs.create(kind="bill_run", title="账单", arguments={})
        Job.objects.filter(pk=stopped).update(cancel_requested=True)
    for job_id, period in ((stopped, JANUARY), (refused, Period.month(2019, 1))):
        with company.open("finance"):
            run_issue(job_id=job_id, community_id=company.community.pk, period=period, issued_on=ISSUED)
    with company.open():
        assert Bill.objects.count() == 0
        assert NumberSeries.objects.count() == 0
        assert Job.objects.get(pk=stopped).state == "CANCELLED"
        assert Job.objects.get(pk=refused).error_code == "charges.no_contract"
