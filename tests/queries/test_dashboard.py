"""The figures of the dashboard: the worked example of 3.4, the statements against the rules, kept against fresh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.cases.models import Call as CallRow
from arrears.cases.models import Case, Promise, Visit
from arrears.cases.queries import NO_CASE, stuck
from arrears.cases.queries.covering import covering_rungs
from billing.charges.models import Charge, FeeItem
from billing.payments.services import take_payment
from owners.models import Community
from reports.models import Tally, Target
from reports.queries import dashboard, figures, targets
from reports.rules.filling import part_of
from reports.services import BadTarget, keep_figures, set_target
from tenancy.kernel.scope import acting_for
from tests import ladder
from tests.dashboard import charge, house, pay, worked_example
from values.period import add_months

T = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 4, tzinfo=UTC)


def seen(company, *, as_of: date = T, at: datetime = NOON, **asked):
    return dashboard(company.staff("project_manager"), as_of=as_of, at=at, **asked)


def rate(board, code: str):
    return next(one for one in board.rates if one.code == code)


def sums(company, as_of: date = T) -> figures.Sums:
    return figures.reckon_sums(as_of, community_ids=[company.community.pk])[company.community.pk]


# -- The rates ------------------------------------------------------------------------------------
def test_the_worked_example_gives_its_sums_and_rates(jinxiu):
    worked_example(jinxiu)
    assert sums(jinxiu) == figures.Sums(652_518, 469_368, 532_200, 150_200, 565_150, 5, 3, 3)
    shown = {one.code: one.value for one in seen(jinxiu).rates}
    assert shown == {
        "current_rate": Decimal("71.93"),
        "arrears_recovery_rate": Decimal("28.22"),
        "overall_rate": Decimal("52.30"),
        "overdue_rate": Decimal("47.70"),
        "household_rate": Decimal("60.00"),
        "household_clear_rate": Decimal("60.00"),
    }


def test_a_rate_of_an_earlier_day_is_what_it_was_on_that_day(jinxiu):
    worked_example(jinxiu)
    # In May the sums of June's second half were not there: U3 and U5 had paid nothing of the year, nor U4.
    assert sums(jinxiu, date(2026, 5, 31)) == figures.Sums(
        543_765, 255_010, 532_200, 100_200, 720_755, 5, 2, 2
    )
    change = rate(seen(jinxiu), "current_rate")
    assert (change.last_month, change.mom_pp) == (Decimal("46.90"), Decimal("25.03"))
    assert (change.last_year, change.yoy_pp) == (Decimal("0.00"), Decimal("71.93"))


def test_without_a_charge_there_is_no_rate(jinxiu):
    assert {(one.value, one.mom_pp, one.yoy_pp) for one in seen(jinxiu).rates} == {(None, None, None)}


def test_what_is_reversed_not_yet_issued_or_a_deposit_is_not_receivable(jinxiu):
    account = house(jinxiu, "U1")
    jinxiu.items["deposit"] = FeeItem.objects.create(
        code="d", name="装修押金", revenue="deposit", bears_late_fee=False
    )
    charge(jinxiu, account, date(2026, 1, 1), [100])
    charge(jinxiu, account, date(2026, 2, 1), [100], reversed_on=date(2026, 3, 1))
    charge(jinxiu, account, date(2026, 3, 1), [100], issued_on=date(2026, 7, 1))
    charge(jinxiu, account, date(2026, 4, 1), [100], item="deposit")
    assert sums(jinxiu).receivable_fen == 100
    assert sums(jinxiu, date(2026, 2, 28)).receivable_fen == 200, "it was reversed only in March"


def test_arrears_brought_in_from_the_old_books_during_the_year_are_opening_arrears(jinxiu):
    charge(jinxiu, house(jinxiu, "U1"), date(2024, 5, 1), [700], issued_on=date(2026, 3, 1), kind="OPENING")
    assert sums(jinxiu).opening_fen == 700


_CHARGES = st.lists(
    st.tuples(
        st.integers(-30, 8),  # months from January 2026
        st.lists(st.integers(1, 900), min_size=1, max_size=14),
        st.lists(st.tuples(st.integers(-400, 250), st.integers(1, 100)), max_size=3),  # day, percent
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=_CHARGES, day=st.integers(0, 230))
def test_the_statement_fills_months_as_the_rule_does(jinxiu, made, day):
    as_of = date(2026, 1, 1) + timedelta(day)
    parts = []
    with transaction.atomic():
        for n, (offset, months, payments, in_arrears) in enumerate(made):
            start = add_months(date(2026, 1, 1), offset)
            due = charge(
                jinxiu, house(jinxiu, f"H{n}"), start, months, issued_on=date(2023, 1, 1),
                due_on=as_of if in_arrears else date(2023, 1, 2),
            )  # fmt: skip
            paid: list[tuple[date, int]] = []
            for days, percent in sorted(payments):
                fen = (due.amount_fen - sum(x for _on, x in paid)) * percent // 100
                on = date(2026, 1, 1) + timedelta(days)
                if fen:
                    pay(due, fen, on)
                    paid.append((on, fen))
            lines = [(add_months(start, n), fen) for n, fen in enumerate(months)]
            part = part_of(
                lines, settled_fen=sum(x for on, x in paid if on <= as_of),
                settled_before_fen=sum(x for on, x in paid if on < date(2026, 1, 1)), as_of=as_of,
            )  # fmt: skip
            unpaid = part.receivable_fen - part.collected_fen + part.opened_fen - part.recovered_fen
            parts.append((part, unpaid, in_arrears))
        found = sums(jinxiu, as_of)
        transaction.set_rollback(True)
    assert found == figures.Sums(
        sum(part.receivable_fen for part, *_ in parts),
        sum(part.collected_fen for part, *_ in parts),
        sum(part.opened_fen for part, *_ in parts),
        sum(part.recovered_fen for part, *_ in parts),
        sum(unpaid for _part, unpaid, not_due in parts if not not_due),
        sum(part.receivable_fen > 0 for part, *_ in parts),
        sum(part.receivable_fen == part.collected_fen > 0 for part, *_ in parts),
        sum(part.receivable_fen > 0 == unpaid for part, unpaid, _ in parts),
    )


# -- Money ----------------------------------------------------------------------------------------
def _take(company, fen: int, on: date, key: str) -> None:
    take_payment(
        account_id=company.accounts["3-1-1602"].pk, amount_fen=fen, method="TRANSFER", paid_on=on, posted_on=on,
        at=NOON, cash_point_id=company.cash_point.pk, idempotency_key=key, reference=key,
    )  # fmt: skip


def test_money_is_compared_with_as_many_days_of_the_month_and_year_before(jinxiu):
    for n, (day, fen) in enumerate(
        [(T, 1_000), (date(2026, 6, 2), 500), (date(2026, 5, 31), 800), (date(2026, 1, 9), 100),
         (date(2025, 6, 30), 400), (date(2025, 7, 1), 7)]
    ):  # fmt: skip
        _take(jinxiu, fen, day, f"k{n}")
    set_target(community_id=jinxiu.community.pk, year=2026, amount_fen=12_000, from_on=date(2026, 1, 1))
    board = seen(jinxiu)
    assert (board.day.fen, board.day.last_month_fen, board.day.last_year_fen) == (1_000, 800, 400)
    assert (board.month.fen, board.month.last_month_fen, board.month.last_year_fen) == (1_500, 800, 400)
    assert (board.year.fen, board.year.last_month_fen, board.year.last_year_fen) == (2_400, None, 400)
    assert (board.month.mom, board.day.yoy, board.year.yoy, board.year.mom) == (875, 1500, 5000, None)
    assert (board.month.target_fen, board.month.reached) == (1_000, Decimal("150.00"))
    assert (board.year.target_fen, board.year.reached) == (12_000, Decimal("20.00"))
    assert board.needed_a_day_fen == 52, "9,600 in 185 days, rounded up"
    assert [month.fen for month in board.months][:7] == [100, 0, 0, 0, 800, 1_500, None]
    assert [month.last_year_fen for month in board.months][5:7] == [400, 7]


def test_credit_that_is_used_is_no_new_money(jinxiu):
    _take(jinxiu, 1_000, T, "k")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_payment (tenant_id, community_id, unit_id, account_id, cash_point_id, kind, method, amount_fen,"
            " paid_on, posted_on, reference, payer_name, note, idempotency_key, asked, created_at)"
            " SELECT tenant_id, community_id, unit_id, account_id, cash_point_id, kind, 'CREDIT', 5, paid_on, posted_on, '', '',"
            " '', 'credit', '{}', created_at FROM payments_payment"
        )
    assert seen(jinxiu).day.fen == 1_000
    transaction.set_rollback(True)


# -- Targets --------------------------------------------------------------------------------------
def test_a_target_holds_from_its_day_on_and_the_old_one_stays(jinxiu):
    at = jinxiu.community.pk
    set_target(community_id=at, year=2026, amount_fen=100, from_on=date(2026, 1, 1))
    set_target(community_id=at, year=2026, amount_fen=200, from_on=date(2026, 7, 1))
    assert [(row.amount_fen, row.holds) for row in targets(as_of=T)] == [(200, False), (100, True)]
    assert seen(jinxiu).year.target_fen == 100
    assert [(row.amount_fen, row.holds) for row in targets(as_of=date(2026, 7, 1))] == [
        (200, True),
        (100, False),
    ]


def test_a_target_set_twice_on_a_day_is_written_over(jinxiu):
    for amount in (100, 300):
        set_target(community_id=jinxiu.community.pk, year=2026, amount_fen=amount, from_on=T)
    assert list(Target.objects.values_list("amount_fen", flat=True)) == [300]


@pytest.mark.parametrize(("year", "amount"), [(2026, 0), (2026, -1), (2030, 5), (2026, 10**14)])
def test_a_target_that_cannot_be_is_refused(jinxiu, year, amount):
    with pytest.raises(BadTarget):
        set_target(community_id=jinxiu.community.pk, year=year, amount_fen=amount, from_on=T)


def test_no_sum_is_held_against_a_target_that_only_some_communities_have(jinxiu):
    other = Community.objects.create(code="J2", name="锦绣二期")
    set_target(community_id=jinxiu.community.pk, year=2026, amount_fen=100, from_on=T)
    assert (seen(jinxiu).year.target_fen, seen(jinxiu).without_target) == (None, 1)
    assert seen(jinxiu, community_id=jinxiu.community.pk).year.target_fen == 100
    assert seen(jinxiu, community_id=other.pk).without_target == 1


# -- Where the money is stuck ---------------------------------------------------------------------
@pytest.mark.parametrize("days", [0, 1, 2, 10, 17, 20])
def test_an_account_stands_on_the_rung_that_the_list_of_cases_shows(jinxiu, days):
    ladder.bill(jinxiu)
    for n in range(1, days + 1):
        ladder.walk_and_send(n)
        if n == 4:
            ladder.call(jinxiu, ladder.at(ladder.on(n)))
    as_of = ladder.on(days)
    late = Charge.objects.filter(due_on__lt=as_of).values_list("account_id", flat=True)
    stands = covering_rungs(list(late), as_of=as_of)
    cases = set(Case.objects.filter(closed_on=None).values_list("account_id", flat=True))
    codes = {code: level for level, code in figures_codes().items()}
    expected = sorted(
        codes[stands[pk]] if pk in stands else (0 if pk in cases else NO_CASE) for pk in set(late)
    )
    found = stuck(as_of=as_of)
    assert sorted(row.level for row in found for _ in range(row.accounts)) == expected
    assert sum(row.overdue_fen for row in found) == sum(
        c.amount_fen - c.settled_fen for c in Charge.objects.filter(due_on__lt=as_of)
    )


def figures_codes() -> dict[int, str]:
    from reports.queries.dashboard import SPOKEN_LEVEL

    return SPOKEN_LEVEL


def test_a_bill_that_never_arrived_is_counted_as_a_gate_that_is_shut(jinxiu):
    ladder.bill(jinxiu, delivered_on=date.max)
    as_of = ladder.on(5)
    board = seen(jinxiu, as_of=as_of, at=ladder.at(as_of))
    assert board.needs.undelivered == 4
    assert [row.code for row in board.heat] == ["NO_CASE"]
    assert board.heat_total.total.accounts == 4


def test_a_remainder_within_the_tolerance_is_stuck_nowhere(jinxiu):
    charge(jinxiu, jinxiu.accounts["3-1-1602"], date(2026, 1, 1), [100])
    assert stuck(as_of=T) == []


# -- What people did ------------------------------------------------------------------------------
def _promise(case: Case, made_on: date, promised_on: date, by) -> None:
    Promise.objects.create(
        case=case, account_id=case.account_id, made_on=made_on, promised_on=promised_on, amount_fen=1, by=by
    )


def test_contacts_and_kept_promises_are_counted_by_person_and_month(jinxiu):
    account, who = jinxiu.accounts["3-1-1602"], jinxiu.people["collector"]
    due = charge(jinxiu, account, date(2026, 4, 1), [1_000])
    case = Case.objects.create(
        community=jinxiu.community, account=account, unit=account.unit, opened_on=date(2026, 4, 2)
    )
    for day, outcome in ((1, "NO_ANSWER"), (2, "CONNECTED_REFUSED"), (3, "CONNECTED_THIRD_PARTY")):
        CallRow.objects.create(
            case=case,
            account=account,
            at=ladder.at(date(2026, 6, day)),
            outcome=outcome,
            overdue_fen=1,
            by=who,
        )
    CallRow.objects.create(
        case=case, account=account, at=ladder.at(date(2026, 5, 31)), outcome="BUSY", overdue_fen=1, by=who
    )
    Visit.objects.create(case=case, account=account, on=date(2026, 6, 4), result="NOBODY_HOME", by=who)
    _promise(case, date(2026, 6, 1), date(2026, 6, 5), who)  # broken: half is paid a day late
    _promise(case, date(2026, 6, 6), date(2026, 6, 10), who)  # kept
    _promise(case, date(2026, 6, 20), T, who)  # its day is not over
    pay(due, 500, date(2026, 6, 5))
    pay(due, 500, date(2026, 6, 6))
    (row,) = seen(jinxiu).efforts
    assert (row.name, row.calls, row.reached, row.visits) == (who.name, 3, 1, 1)
    assert (row.promises_due, row.promises_kept, row.kept_rate) == (2, 1, Decimal("50.00"))
    later = seen(jinxiu, at=NOON + timedelta(days=1)).effort_total
    assert (later.promises_due, later.promises_kept) == (3, 2)
    elsewhere = Community.objects.create(code="J2", name="锦绣二期")
    assert seen(jinxiu, community_id=elsewhere.pk).efforts == ()


# -- Kept by the night ----------------------------------------------------------------------------
def test_what_the_night_keeps_is_what_would_be_reckoned(jinxiu):
    worked_example(jinxiu)
    _take(jinxiu, 900, date(2026, 6, 3), "k")
    fresh = seen(jinxiu)
    assert keep_figures(as_of=T, at=NOON - timedelta(hours=9)) == 3
    board = seen(jinxiu)
    assert (board.is_kept, board.computed_at) == (True, NOON - timedelta(hours=9))
    assert (fresh.is_kept, fresh.computed_at) == (False, NOON)
    for part in ("day", "month", "year", "rates", "heat", "heat_total", "months", "needs"):
        assert getattr(board, part) == getattr(fresh, part), part


def test_money_is_of_this_moment_though_the_rates_are_of_the_night(jinxiu):
    worked_example(jinxiu)
    keep_figures(as_of=T, at=NOON)
    _take(jinxiu, 900, T, "k")
    board = seen(jinxiu)
    assert (board.day.fen, board.month.fen, board.year.fen, board.months[5].fen) == (900, 900, 900, 900)
    assert board.rates == seen(jinxiu, fresh=True).rates, "the money was for another unit's credit"


def test_who_asks_anew_sees_what_was_paid_since_the_night(jinxiu):
    worked_example(jinxiu)
    keep_figures(as_of=T, at=NOON)
    pay(Charge.objects.filter(settled_fen=0, period__startswith=date(2026, 4, 1)).first(), 25_050, T)
    assert rate(seen(jinxiu), "current_rate").value == Decimal("71.93")
    assert rate(seen(jinxiu, fresh=True), "current_rate").value == Decimal("75.77")


def test_a_past_day_is_reckoned_to_its_end_and_has_no_table_where_no_night_kept_one(jinxiu):
    worked_example(jinxiu)
    later = NOON + timedelta(days=20)
    board = seen(jinxiu, at=later)
    assert (board.heat, board.needs.undelivered, board.is_today) == (None, None, False)
    assert rate(board, "current_rate").value == Decimal("71.93")
    keep_figures(as_of=T, at=datetime(2026, 6, 29, 20, tzinfo=UTC))
    pay(Charge.objects.filter(settled_fen=0, period__startswith=date(2026, 4, 1)).first(), 25_050, T)
    board = seen(jinxiu, at=later)
    assert board.heat is not None
    assert rate(board, "current_rate").value == Decimal("75.77"), "paid in the course of that day"


def test_a_night_that_is_run_twice_keeps_one_line_a_day(jinxiu):
    for _ in range(2):
        keep_figures(as_of=T, at=NOON)
    assert Tally.objects.count() == 3


def test_a_member_sees_the_sums_of_his_communities_only(cast):
    with cast.jinxiu.open():
        worked_example(cast.jinxiu)
        other = Community.objects.create(code="J2", name="锦绣二期").pk
        keep_figures(as_of=T, at=NOON)
    for fresh in (False, True):
        with acting_for(cast.jinxiu.tenant.pk, communities=[other]):
            board = seen(cast.jinxiu, fresh=fresh)
            assert [row.name for row in board.communities] == ["锦绣二期"]
            assert {one.whole for one in board.rates} == {0}
        with cast.yunding.open():
            assert {one.whole for one in seen(cast.yunding, fresh=fresh).rates} == {0}


def test_the_number_of_queries_does_not_grow(jinxiu):
    def asked(**how) -> int:
        with CaptureQueriesContext(connection) as queries:
            seen(jinxiu, **how)
        return len(queries)

    before = asked()
    worked_example(jinxiu)
    for n in range(3):
        Community.objects.create(code=f"J{n}", name=f"锦绣{n}期")
    assert asked() == before
    keep_figures(as_of=T, at=NOON)
    assert asked() < before
