"""What a unit is charged: rounding modes, parts of months, tariff changes, due days."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.due import DueKind, DueRule, check_lead, check_round, check_rule, due_on, issue_on
from billing.charges.rules.metered import Tier, stepped_fen, usage
from billing.charges.rules.pricing import Basis, Priced, Rounding, TariffVersion, plan_for, price, to_micro
from values.fen import to_fen
from values.period import Period

RATE = TariffVersion(1, Basis.AREA, to_micro(Decimal("2.35")))
JAN = Period.month(2026, 1)
YEAR = Period.of_months(date(2026, 1, 1), 12)
AREA = 893700

areas = st.integers(1, 5_000_000)
rates = st.integers(1, 100_000_000)
roundings = st.sampled_from(Rounding)


def priced(*, tariffs=(RATE,), period=JAN, area_cm2=AREA, **rest):
    found = price(plan_for(tariffs=tariffs, period=period, **rest), area_cm2=area_cm2)
    assert isinstance(found, Priced), found
    return found


@given(areas, rates, st.integers(1, 12))
def test_integer_arithmetic_agrees_with_exact_decimals(area, rate, months):
    tariff, period = TariffVersion(1, Basis.AREA, rate), Period.of_months(date(2026, 1, 1), months)
    exact = Decimal(area) / 10_000 * Decimal(rate) / 1_000_000
    plans = {mode: plan_for(tariffs=[tariff], period=period, rounding=mode) for mode in Rounding}
    expected = {Rounding.PER_MONTH: to_fen(exact) * months, Rounding.PER_BILL: to_fen(exact * months)}
    for mode, plan in plans.items():
        found = price(plan, area_cm2=area)
        assert (found.total_fen if isinstance(found, Priced) else 0) == expected[mode]


@given(areas, rates, roundings, st.lists(st.integers(1, 364), max_size=4, unique=True))
def test_the_parts_of_any_number_of_owners_add_up_to_the_whole(area, rate, rounding, transfers):
    tariff = TariffVersion(1, Basis.AREA, rate)
    cuts = [YEAR.start, *sorted(YEAR.start + timedelta(days=n) for n in transfers), YEAR.end]
    total = 0
    for start, end in pairwise(cuts):
        plan = plan_for(tariffs=[tariff], period=YEAR, billed=Period(start, end), rounding=rounding)
        part = price(plan, area_cm2=area)
        total += part.total_fen if isinstance(part, Priced) else 0
    whole = price(plan_for(tariffs=[tariff], period=YEAR, rounding=rounding), area_cm2=area)
    assert total == (whole.total_fen if isinstance(whole, Priced) else 0)


@given(st.integers(100, 5_000_000), roundings, st.integers(1, 36))
def test_the_lines_add_up_to_the_total_in_both_modes(area, rounding, months):
    found = priced(period=Period.of_months(date(2025, 11, 1), months), area_cm2=area, rounding=rounding)
    assert sum(line.amount_fen for line in found.lines) == found.total_fen
    assert len(found.lines) == months


def test_a_surcharge_is_added_to_area_times_price():
    tariff = TariffVersion(
        1, Basis.AREA, to_micro(Decimal("2.35")), surcharge_micro=to_micro(Decimal("5.50"))
    )
    assert priced(tariffs=[tariff]).total_fen == 21552


def test_a_fixed_price_needs_no_area():
    bay = TariffVersion(9, Basis.FIXED, to_micro(Decimal(300)))
    assert (
        priced(tariffs=[bay], period=Period.of_months(date(2026, 1, 1), 3), area_cm2=None).total_fen == 90000
    )


@pytest.mark.parametrize("area", [None, 0, -5])
def test_a_unit_without_an_area_is_skipped_with_a_reason(area):
    assert price(plan_for(tariffs=[RATE], period=JAN), area_cm2=area).code == "no_area"


def test_an_amount_of_nothing_is_not_billed():
    free = TariffVersion(1, Basis.AREA, 0)
    assert price(plan_for(tariffs=[free], period=JAN), area_cm2=AREA).code == "nothing_to_bill"


def test_a_new_tariff_prices_its_own_months():
    old = TariffVersion(1, Basis.AREA, 2_000_000, end_on=date(2026, 3, 1))
    new = TariffVersion(2, Basis.AREA, 3_000_000, from_on=date(2026, 3, 1))
    found = priced(tariffs=[old, new], period=Period.of_months(date(2026, 1, 1), 4), area_cm2=1_000_000)
    assert [(line.tariff_version_id, line.amount_fen) for line in found.lines] == [
        (1, 20000),
        (1, 20000),
        (2, 30000),
        (2, 30000),
    ]


def test_a_tariff_that_changes_within_a_month_makes_two_lines_of_it():
    old = TariffVersion(1, Basis.AREA, 2_000_000, end_on=date(2026, 4, 16))
    new = TariffVersion(2, Basis.AREA, 3_000_000, from_on=date(2026, 4, 16))
    found = priced(tariffs=[old, new], period=Period.month(2026, 4), area_cm2=1_000_000)
    assert [(line.days, line.amount_fen) for line in found.lines] == [(15, 10000), (15, 15000)]


def test_days_no_tariff_covers_are_named():
    late = TariffVersion(1, Basis.AREA, 2_000_000, from_on=date(2026, 1, 11))
    reason = plan_for(tariffs=[late], period=JAN)
    assert (reason.code, reason.params) == ("no_tariff", {"from_on": "2026-01-01"})
    assert priced(tariffs=[late], billed=Period(date(2026, 1, 11), JAN.end), rounding=Rounding.PER_BILL)


def test_nobody_is_billed_outside_the_cycle():
    assert plan_for(tariffs=[RATE], period=JAN, billed=Period.month(2026, 2)).code == "billed_outside_period"


def test_the_snapshot_is_json_with_whole_fen_and_decimal_strings():
    found = priced(
        period=Period.of_months(date(2026, 1, 1), 3), billed=Period(date(2026, 1, 15), date(2026, 4, 1))
    )
    snapshot = json.loads(found.snapshot_json())
    assert snapshot == found.snapshot()
    assert snapshot["total_fen"] == found.total_fen == sum(line["amount_fen"] for line in snapshot["lines"])
    assert (snapshot["period"], snapshot["billed"]) == ("2026-01-01..2026-04-01", "2026-01-15..2026-04-01")
    assert snapshot["area_m2"] == "89.37"
    assert snapshot["lines"][0] == {
        "month": "2026-01",
        "period": "2026-01-15..2026-02-01",
        "days": 17,
        "days_in_month": 31,
        "tariff_version": 1,
        "basis": "AREA",
        "rate": "2.35",
        "surcharge": "0.00",
        "amount_fen": 11517,
    }


def test_a_rate_finer_than_a_millionth_is_refused():
    with pytest.raises(ValueError, match="six decimals"):
        to_micro(Decimal("2.3500001"))


@pytest.mark.parametrize(
    ("rule", "in_arrears", "expected"),
    [
        (DueRule(), False, date(2026, 1, 31)),
        (DueRule(), True, date(2026, 4, 30)),
        (DueRule(DueKind.DAY_OF_MONTH, 20), False, date(2026, 1, 20)),
        (DueRule(DueKind.DAY_OF_MONTH, 31), True, date(2026, 4, 30)),
        (DueRule(DueKind.DAYS_AFTER_START, 45), False, date(2026, 2, 15)),
        (DueRule(DueKind.DAYS_AFTER_START, 15), True, date(2026, 4, 16)),
    ],
)
def test_the_due_day_of_a_quarter_follows_the_communitys_rule(rule, in_arrears, expected):
    assert due_on(Period.of_months(date(2026, 1, 1), 3), in_arrears=in_arrears, rule=rule) == expected


def test_a_part_of_a_month_is_due_with_its_month():
    part = Period(date(2026, 4, 18), date(2026, 5, 1))
    assert (due_on(part), issue_on(part)) == (date(2026, 4, 30), date(2026, 4, 5))
    assert due_on(Period(date(2026, 4, 1), date(2026, 4, 18)), in_arrears=True) == date(2026, 5, 31)


def test_bills_are_issued_on_the_fifth():
    assert issue_on(YEAR) == date(2026, 1, 5)
    assert issue_on(Period.month(2026, 1), in_arrears=True) == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("rule", "terms", "code"),
    [
        (DueRule(), {}, None),
        (DueRule(DueKind.DAY_OF_MONTH, 15), {}, None),
        (DueRule(DueKind.DAY_OF_MONTH, 14), {}, "lead_too_short"),
        (DueRule(DueKind.DAY_OF_MONTH, 32), {}, "due_day_out_of_range"),
        (DueRule(DueKind.DAYS_AFTER_START, -1), {}, "due_day_out_of_range"),
        (DueRule(), {"issue_day": 0}, "issue_day_out_of_range"),
        (DueRule(), {"issue_day": 20}, "lead_too_short"),
        (DueRule(), {"lead_days": 9}, "lead_below_minimum"),
    ],
)
def test_a_rule_that_leaves_owners_less_than_ten_days_is_refused(rule, terms, code):
    reason = check_rule(rule, **terms)
    assert (reason and reason.code) == code


def test_ten_days_are_enough_and_nine_are_not():
    assert check_lead(issued_on=date(2026, 1, 21), due_on=date(2026, 1, 31)) is None
    assert check_lead(issued_on=date(2026, 1, 22), due_on=date(2026, 1, 31)).params == {
        "days": 9,
        "needed": 10,
    }


def test_a_delivery_round_ends_on_the_day_it_begins():
    assert check_round(first_on=JAN.start, last_on=JAN.start) is None
    assert check_round(first_on=JAN.start, last_on=date(2026, 1, 2)).code == "round_too_long"


@given(st.integers(0, 400), st.integers(0, 200), st.integers(0, 200))
def test_steps_cost_the_same_whether_read_once_or_twice(already, first, second):
    tiers = (Tier(Decimal(180), 3_200_000), Tier(Decimal(260), 4_500_000), Tier(None, 7_200_000))
    at_once = stepped_fen(tiers, already=Decimal(already), used=Decimal(first + second))
    in_two = stepped_fen(tiers, already=Decimal(already), used=Decimal(first))
    in_two += stepped_fen(tiers, already=Decimal(already + first), used=Decimal(second))
    assert at_once == in_two


def test_steps_that_end_and_readings_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="last tier"):
        stepped_fen([Tier(Decimal(5), 1)], already=Decimal(0), used=Decimal(6))
    with pytest.raises(ValueError, match="digits"):
        usage(previous=0, current=100000, digits=5)
