"""Two workers, one rung; a payment, a call and a signature while the ladder is walked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from arrears.cases import services
from arrears.cases.models import Call, Case, Step, Task
from notices.models import Notice
from owners.models import NumberSeries
from tenancy.kernel.errors import Refused
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, steps, walk, walk_and_send
from tests.money import pay


@pytest.fixture
def company(committed):
    """D15: everybody was called; the demands open tomorrow."""
    jinxiu = committed.jinxiu
    with jinxiu.open():
        ladder.bill(jinxiu)
        walk_and_send(1)
        walk(2)
        call(jinxiu, at(on(2)))
    return jinxiu


def at_once(*acts):
    """Run the acts on a connection each, released together; answers or refusals in the order given."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def inside(company, act, role=None):
    def run():
        with company.open(role):
            return act()

    return run


def test_two_walkers_of_one_day_open_each_rung_once_and_leave_no_gap_in_the_numbers(company):
    first, second = at_once(*[inside(company, lambda: walk(16))] * 2)
    assert sorted([first.documents_queued, second.documents_queued]) == [0, 2], "and the developer's"
    with company.open():
        assert Step.objects.filter(code="DEMAND").count() == 2
        assert Notice.objects.filter(kind="DEMAND").count() == 2
        assert NumberSeries.objects.get(series="DEMAND").last == 2
        assert Task.objects.filter(kind="DELIVER").count() == 2


def test_two_first_walkers_open_each_case_and_reminder_once(committed):
    jinxiu = committed.jinxiu
    with jinxiu.open():
        ladder.bill(jinxiu)
    at_once(*[inside(jinxiu, lambda: walk(1))] * 3)
    with jinxiu.open():
        assert Case.objects.count() == 4
        assert Notice.objects.filter(kind="REMINDER").count() == 3
        assert Step.objects.filter(event="DUE").count() == 4


def test_a_payment_beside_the_walk_leaves_no_demand_standing(company):
    for _ in range(3):
        paying = inside(
            company, lambda: pay(company, None, paid_on=on(16), posted_on=on(16), at=at(on(16))), "cashier"
        )
        at_once(inside(company, lambda: walk(16)), paying)
        with company.open():
            his = company.accounts["3-1-1602"].pk
            assert not Notice.objects.filter(kind="DEMAND", state="QUEUED", account_id=his).exists()


def test_a_call_and_a_payment_at_the_same_moment_never_both_believe_the_debt(company):
    paying = inside(
        company, lambda: pay(company, None, paid_on=on(3), posted_on=on(3), at=at(on(3))), "cashier"
    )
    calling = inside(company, lambda: call(company, at(on(3))))
    _paid, called = at_once(paying, calling)
    with company.open():
        # Either the call was logged first, with the debt it found, or it was refused.
        made = Call.objects.filter(at=at(on(3)))
        assert made.exists() != isinstance(called, services.JustPaid)


def test_two_managers_sign_one_letter_once(company):
    with company.open():
        walk(16)
        hand_over(document(company, "DEMAND").pk, on(16))
        walk(32)
        ladder.visit(company, on(32))
        walk(61)
        approval_id = Approval.objects.get(kind="ladder.SECOND_DEMAND").pk

    def sign():
        by = company.staff("project_manager")
        return services.decide(approval_id=approval_id, by=by, approve=True, reason="属实", at=at(on(61)))

    at_once(*[inside(company, sign, "project_manager")] * 2)
    with company.open():
        assert Notice.objects.filter(kind="SECOND_DEMAND").count() == 1
        assert [event for rung, event, _day in steps(company) if rung == "SECOND_DEMAND"] == [
            "PROPOSED",
            "APPROVED",
        ]
