"""Every rate of the worked example of 3.4, in fen."""

from decimal import Decimal
from inspect import getmembers, isfunction, signature
from typing import NamedTuple

import pytest

from reports.rules import rates


class Unit(NamedTuple):
    """Current receivable and collected, opening arrears and recovered, whole year receivable and collected."""

    receivable: int
    collected: int
    opening: int
    recovered: int
    year: int
    year_collected: int


UNITS = (
    Unit(126_012, 126_012, 0, 0, 252_024, 252_024),
    Unit(180_000, 180_000, 0, 0, 360_000, 180_000),
    Unit(150_300, 75_150, 100_200, 100_200, 300_600, 75_150),
    Unit(108_000, 0, 432_000, 50_000, 216_000, 0),
    Unit(88_206, 88_206, 0, 0, 176_412, 88_206),
)
SUM = Unit(*(sum(column) for column in zip(*UNITS, strict=True)))


def test_the_sums_are_those_of_the_table():
    assert SUM[:4] == (652_518, 469_368, 532_200, 150_200)


def test_the_worked_example_gives_its_rates():
    unpaid = SUM.receivable - SUM.collected + SUM.opening - SUM.recovered
    clear = sum(unit.receivable == unit.collected for unit in UNITS)
    assert rates.current_rate(collected_fen=SUM.collected, receivable_fen=SUM.receivable) == Decimal("71.93")
    assert rates.arrears_recovery_rate(
        collected_fen=SUM.recovered, opening_arrears_fen=SUM.opening
    ) == Decimal("28.22")
    assert rates.overall_rate(
        current_collected_fen=SUM.collected,
        arrears_collected_fen=SUM.recovered,
        current_receivable_fen=SUM.receivable,
        opening_arrears_fen=SUM.opening,
    ) == Decimal("52.30")
    assert rates.overdue_rate(
        overdue_unpaid_fen=unpaid, current_receivable_fen=SUM.receivable, opening_arrears_fen=SUM.opening
    ) == Decimal("47.70")
    assert rates.household_rate(units_clear_in_period=clear, units_billed=5) == Decimal("60.00")
    assert rates.annual_rate(collected_fen=SUM.year_collected, full_year_receivable_fen=SUM.year) == Decimal(
        "45.62"
    )


def test_the_dunning_success_of_the_example_takes_its_own_input():
    assert rates.dunning_success_amount(paid_within_30_days_fen=150_200, dunned_fen=700_000) == Decimal(
        "21.46"
    )
    assert rates.dunning_success_units(cleared_within_30_days=0, dunned_units=2) == Decimal("0.00")


RATES = [
    rate
    for name, rate in getmembers(rates, isfunction)
    if name.endswith(("_rate", "_coverage", "_amount", "_units"))
]


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: rate.__name__)
def test_without_a_denominator_there_is_no_rate_rather_than_nought_or_a_hundred(rate):
    assert rate(**dict.fromkeys(signature(rate).parameters, 0)) is None


def test_all_the_rates_of_the_table_are_here():
    assert len(RATES) == 15


def test_a_change_is_in_percentage_points_and_needs_both_rates():
    assert rates.change_pp(Decimal("52.30"), Decimal("60.00")) == Decimal("-7.70")
    assert rates.change_pp(Decimal("52.30"), None) is None


def test_a_half_is_rounded_up():
    assert rates.percentage(1, 16) == Decimal("6.25")
    assert rates.percentage(12345, 1_000_000) == Decimal("1.23")
    assert rates.percentage(12350, 1_000_000) == Decimal("1.24")
