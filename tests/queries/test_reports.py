"""The figures of the reports against sums made by hand in Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.cases.models import Case, Hold, Promise, Task
from billing.charges.models import Charge
from billing.payments.models import Allocation, Payment
from notices.models import Attempt, Notice
from owners.models import Community
from reports.queries import Figure, ageing_report, today
from reports.rules.ageing import Bucket, bucket
from tenancy.kernel.scope import acting_for
from tenancy.people.models import JobRun
from tests.house.world import world
from tests.money import paid_but
from values.because import because

DAY = date(2026, 2, 20)


def _charge(
    company, code: str, due_on: date, *, amount_fen: int = 10_000, settled_fen: int = 0, **values
) -> Charge:
    unit, account = company.units[code], company.accounts[code]
    start = due_on.replace(day=1)
    return Charge.objects.create(
        community=company.community, account=account, unit=unit, fee_item=company.items["property"],
        period=DateRange(start, start + timedelta(days=1)), issued_on=start, due_on=due_on, amount_fen=amount_fen,
        settled_fen=settled_fen, late_fee_from=due_on, late_fee_cap_fen=amount_fen, **values,
    )  # fmt: skip


def _seen(company, role: str = "project_manager", *, as_of: date = DAY):
    return today(company.staff(role), as_of=as_of)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    debts=st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 50_000), st.integers(0, 100), st.booleans()),
        max_size=6,
        unique_by=lambda debt: debt[0],
    )
)
def test_the_ageing_is_the_sum_of_what_is_unpaid_by_bucket(jinxiu, debts):
    expected = dict.fromkeys(Bucket, 0)
    with transaction.atomic():
        for months, amount_fen, percent, reversed_ in debts:
            due_on = date(2026 - (months // 12), 12 - months % 12, 28)
            settled_fen = 0 if reversed_ else amount_fen * percent // 100
            gone = {"reversed_on": DAY} if reversed_ else {}
            _charge(jinxiu, "3-1-1602", due_on, amount_fen=amount_fen, settled_fen=settled_fen, **gone)
            if not reversed_ and due_on.replace(day=1) <= DAY:
                expected[bucket(due_on, as_of=DAY)] += amount_fen - settled_fen
        report = ageing_report(as_of=DAY)
        transaction.set_rollback(True)
    assert report.total.buckets == expected
    assert report.total.total_fen == sum(expected.values())
    assert report.total.overdue_fen == sum(expected.values()) - expected[Bucket.NOT_DUE]


def test_a_charge_is_not_late_on_its_due_day(jinxiu):
    _charge(jinxiu, "3-1-1602", DAY)
    assert ageing_report(as_of=DAY).total.overdue_fen == 0
    assert ageing_report(as_of=DAY + timedelta(1)).total.overdue_fen == 10_000


def test_an_account_with_three_late_charges_counts_once(jinxiu):
    for month in (10, 11, 12):
        _charge(jinxiu, "3-1-1602", date(2025, month, 28))
    _charge(jinxiu, "3-1-1702", date(2025, 12, 28), amount_fen=5, settled_fen=5)
    assert ageing_report(as_of=DAY).total.accounts_overdue == 1


def test_the_report_is_by_community_and_stops_at_the_readers_communities(cast):
    with cast.jinxiu.open():
        _charge(cast.jinxiu, "3-1-1602", date(2025, 12, 28))
        other = Community.objects.create(code="J2", name="锦绣二期")
        report = ageing_report(as_of=DAY)
        assert [(row.name, row.total_fen) for row in report.rows] == [("锦绣二期", 0), ("锦绣花园", 10_000)]
        assert ageing_report(as_of=DAY, community_ids=[other.pk]).total.total_fen == 0
    with acting_for(cast.jinxiu.tenant.pk, communities=[other.pk]):
        assert ageing_report(as_of=DAY).total.total_fen == 0
    with cast.yunding.open():
        assert ageing_report(as_of=DAY).total.total_fen == 0


def test_a_quiet_day_is_all_zero(jinxiu):
    day = _seen(jinxiu)
    assert (day.calls, day.promises, day.deliveries, day.taken) == (Figure(),) * 4
    assert day.next_calls == []


@pytest.fixture
def busy(cast):
    """锦绣花园 with one thing of each kind."""
    return cast.jinxiu, world(cast.jinxiu)


def test_the_day_counts_calls_promises_and_papers(busy):
    company, _things = busy
    with company.open():
        day = _seen(company)
    assert (day.calls, day.calls_late) == (Figure(1), Figure(1))
    assert day.promises == Figure(1, 20_002)
    assert day.deliveries == Figure(1)
    assert day.approvals == 1


def test_a_call_says_what_is_owed_how_late_it_is_and_why(busy):
    company, things = busy
    with company.open():
        (call,) = _seen(company).next_calls
    assert (call.unit_code, call.party_name, call.case_id) == ("3-1-1602", "张三", things["case_id"])
    assert (call.overdue_fen, call.days_late) == (20_002, 20)
    assert call.because == because("due")


def test_a_task_that_is_done_or_cancelled_or_not_yet_due_is_no_call(busy):
    company, _things = busy
    with company.open():
        Task.objects.update(due_on=DAY + timedelta(1))
        assert _seen(company).calls == Figure()
        Task.objects.update(due_on=DAY, cancelled_at=datetime(2026, 2, 19, tzinfo=UTC))
        assert _seen(company).calls == Figure()
        Task.objects.update(cancelled_at=None, done_at=datetime(2026, 2, 19, tzinfo=UTC))
        assert _seen(company).calls == Figure()


def test_only_the_last_promise_of_an_open_case_counts(busy):
    company, things = busy
    with company.open():
        case = Case.objects.get(pk=things["case_id"])
        Promise.objects.create(
            case=case, account_id=case.account_id, made_on=DAY, promised_on=DAY + timedelta(3), amount_fen=1
        )
        assert _seen(company).promises == Figure()
        assert _seen(company, as_of=DAY + timedelta(3)).promises == Figure(1, 1)
        Case.objects.update(closed_on=DAY, close_reason="CLEAR")
        assert _seen(company, as_of=DAY + timedelta(3)).promises == Figure()


def _pay(company, things, *, method: str, amount_fen: int, at: datetime) -> None:
    with transaction.atomic():
        payment = Payment.objects.create(
            community=company.community, unit=company.units["3-1-1602"], account=company.accounts["3-1-1602"],
            method=method, amount_fen=amount_fen, paid_on=DAY, posted_on=DAY, created_at=at,
            idempotency_key=f"{method}-{at}", asked={},
        )  # fmt: skip
        Allocation.objects.create(
            payment=payment, charge_id=things["charge_id"], part="PRINCIPAL", amount_fen=amount_fen
        )


def test_the_money_of_the_day_is_counted_by_method_and_used_credit_is_no_money(busy):
    company, things = busy
    noon = datetime(2026, 2, 20, 4, tzinfo=UTC)
    with company.open():
        for method, amount_fen in (("CASH", 100), ("CASH", 200), ("TRANSFER", 50), ("CREDIT", 7)):
            _pay(
                company, things, method=method, amount_fen=amount_fen, at=noon + timedelta(minutes=amount_fen)
            )
        day = _seen(company)
        transaction.set_rollback(True)
    assert day.taken == Figure(3, 350)
    assert day.taken_by == {"cash": Figure(2, 300), "transfer": Figure(1, 50)}


@pytest.mark.parametrize(("at", "counted"), [("17:59", 0), ("18:00", 1), ("23:30", 1)])
def test_where_no_night_was_run_yet_the_evening_before_stands_in_for_it(busy, at, counted):
    company, things = busy
    moment = datetime.fromisoformat(f"2026-02-19T{at}:00+08:00")
    with company.open():
        Hold.objects.filter(pk=things["hold_id"]).update(created_at=moment)
        assert _seen(company).overnight_objected == Figure(counted)


def test_what_came_in_counts_from_the_last_run_of_the_ladder_up_to_now(busy):
    company, things = busy
    run_at = datetime.fromisoformat("2026-02-20T02:00:00+08:00")
    for job, day, state, at in (
        ("ladder", DAY - timedelta(1), "DONE", run_at - timedelta(1)),
        ("ladder", DAY, "DONE", run_at),
        ("predue", DAY, "DONE", run_at + timedelta(hours=6)),
        ("ladder", DAY + timedelta(1), "DONE", run_at + timedelta(1)),
    ):
        JobRun.objects.create(tenant=company.tenant, job=job, day=day, state=state, started_at=at)
    with company.open():
        for minutes, method in ((-1, "CASH"), (0, "CASH"), (900, "TRANSFER"), (901, "CREDIT")):
            _pay(company, things, method=method, amount_fen=100, at=run_at + timedelta(minutes=minutes))
        day = _seen(company)
        transaction.set_rollback(True)
    assert (day.since, day.after_run) == (run_at, True)
    assert day.overnight_paid == Figure(3, 1200), "with the thousand of the world"


def test_a_run_that_failed_made_no_lists(busy):
    company, _things = busy
    started = datetime.fromisoformat("2026-02-20T02:00:00+08:00")
    JobRun.objects.create(tenant=company.tenant, job="ladder", day=DAY, state="FAILED", started_at=started)
    with company.open():
        assert _seen(company).since == datetime.fromisoformat("2026-02-19T18:00:00+08:00")


def test_whoever_paid_is_off_the_lists_of_the_day_at_once(busy):
    company, things = busy
    with company.open():
        paid_but(Charge.objects.get(pk=things["charge_id"]), 100)
        day = _seen(company)
    assert (day.calls, day.calls_late, day.next_calls, day.promises) == (Figure(), Figure(), [], Figure())


@pytest.mark.parametrize(("kind", "released_on", "calls"), [
    ("LEGAL_PROCEEDING", None, 0), ("LEGAL_PROCEEDING", DAY, 1), ("HARDSHIP", None, 1),
])  # fmt: skip
def test_who_must_be_left_alone_is_not_among_the_calls(busy, kind, released_on, calls):
    company, things = busy
    with company.open():
        account_id = Charge.objects.get(pk=things["charge_id"]).account_id
        Hold.objects.create(
            account_id=account_id,
            kind=kind,
            from_on=DAY - timedelta(1),
            released_on=released_on,
            reason="测试",
        )
        day = _seen(company)
    assert (day.calls.count, len(day.next_calls)) == (calls, calls)


def test_a_case_that_was_closed_asks_for_nothing(busy):
    company, _things = busy
    with company.open():
        Case.objects.update(closed_on=DAY, close_reason="CLEAR")
        day = _seen(company)
    assert (day.calls, day.next_calls) == (Figure(), [])


def test_a_message_that_failed_in_the_night_is_shown(busy):
    company, things = busy
    with company.open():
        Notice.objects.filter(pk=things["notice_id"]).update(channel="SMS", state="FAILED")
        Attempt.objects.create(
            notice_id=things["notice_id"],
            outcome="FAILED",
            at=datetime.fromisoformat("2026-02-20T02:00:00+08:00"),
        )
        assert _seen(company).overnight_unsent == Figure(1)
        assert _seen(company, as_of=DAY + timedelta(2)).overnight_unsent == Figure()


def test_a_member_of_other_communities_sees_nothing_of_this_one(busy):
    company, _things = busy
    with acting_for(company.tenant.pk, communities=[0]):
        day = _seen(company)
    assert (day.calls, day.promises, day.deliveries, day.taken) == (Figure(),) * 4
    assert day.next_calls == []
