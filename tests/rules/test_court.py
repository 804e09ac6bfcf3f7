"""Court fees of S13, doubled interest, thresholds and timers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.legal.rules.court import (
    SmallClaim,
    Timer,
    court_fees,
    doubled_interest,
    enforcement_last_day,
    small_claim,
    timer_ends_on,
)


@pytest.mark.parametrize(
    ("claim", "acceptance", "half", "payment_order"),
    [
        (1_865_040, 26_626, 13_313, 8_875),
        (820_000, 5_000, 2_500, 1_667),
        (12_600_000, 282_000, 141_000, 94_000),
        (1_000_000, 5_000, 2_500, 1_667),
        (10_000_000, 230_000, 115_000, 76_667),
        (100_000_000, 1_380_000, 690_000, 460_000),
        (200_000_000, 2_280_000, 1_140_000, 760_000),
    ],
)
def test_acceptance_summary_and_payment_order_fees(claim, acceptance, half, payment_order):
    fees = court_fees(claim)
    assert (fees.acceptance_fen, fees.summary_fen, fees.payment_order_fen) == (
        acceptance,
        half,
        payment_order,
    )


def test_enforcement_costs_fifty_up_to_ten_thousand_and_one_and_a_half_percent_beyond():
    assert court_fees(1_865_040).enforcement_fen == 17_976
    assert court_fees(820_000).enforcement_fen == 5_000


def test_a_claim_of_nothing_has_no_fee_but_an_error():
    with pytest.raises(ValueError, match="positive"):
        court_fees(0)


@given(st.integers(1, 10**10), st.integers(1, 10**9))
def test_a_higher_claim_never_costs_less(claim, more):
    assert court_fees(claim + more).acceptance_fen >= court_fees(claim).acceptance_fen


def test_doubled_interest_after_a_judgment():
    assert doubled_interest(1_865_040, days=90) == 29_374


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (50, SmallClaim.APPLIES),
        (51, SmallClaim.BY_AGREEMENT),
        (200, SmallClaim.BY_AGREEMENT),
        (201, SmallClaim.NO),
    ],
)
def test_small_claims_go_by_the_average_wage(claim, expected):
    assert small_claim(claim, average_wage_fen=100) is expected


def test_the_timers_of_a_payment_order_do_not_count_the_first_day():
    ends = {timer: timer_ends_on(timer, from_on=date(2026, 3, 1)).isoformat() for timer in Timer}
    assert ends == {
        Timer.ACCEPTANCE: "2026-03-06",
        Timer.ISSUE: "2026-03-16",
        Timer.OBJECTION: "2026-03-16",
        Timer.SERVICE: "2026-03-31",
        Timer.CONVERSION: "2026-03-08",
    }
    assert enforcement_last_day(date(2024, 2, 29)) == date(2026, 2, 28)
