"""The limitation countdown: table S12 line by line."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.limitation import Interruption, LimitationEvent, Status, alerts, clock, last_day

DUE = date(2023, 3, 31)
DEMAND = LimitationEvent(Interruption.DEMAND, date(2024, 2, 29))
PART = LimitationEvent(Interruption.PART_PAYMENT, date(2026, 12, 20))
LATER = date(2026, 12, 31)


def test_step_1_a_charge_nobody_touched_expires_three_years_after_its_due_date():
    assert clock(DUE, [], as_of=DUE).last_on == date(2026, 3, 31)
    assert alerts(date(2026, 3, 31)) == (date(2025, 10, 2), date(2025, 12, 31), date(2026, 3, 1))
    assert clock(DUE, [], as_of=date(2025, 12, 31)).days_left == 90


def test_step_2_a_demand_signed_on_a_leap_day_ends_on_the_last_of_february_without_shift():
    assert clock(DUE, [DEMAND], as_of=date(2026, 1, 1)).last_on == date(2027, 2, 28)


def test_step_4_a_part_payment_starts_the_clock_anew():
    assert clock(DUE, [PART, DEMAND], as_of=LATER).last_on == date(2029, 12, 20)


def test_step_5_a_demand_after_expiry_revives_nothing():
    late = LimitationEvent(Interruption.DEMAND, date(2026, 4, 1))
    expired = clock(DUE, [late], as_of=date(2026, 4, 2))
    assert (expired.status, expired.last_on) == (Status.EXPIRED, date(2026, 3, 31))
    assert clock(DUE, [], as_of=date(2026, 3, 31)).status is Status.RUNNING
    assert clock(DUE, [], as_of=date(2026, 4, 1)).status is Status.EXPIRED


def test_step_6_an_agreement_after_expiry_revives_and_runs_from_its_last_instalment():
    late = LimitationEvent(Interruption.DEMAND, date(2026, 4, 1))
    signed = LimitationEvent(Interruption.ACKNOWLEDGEMENT, date(2026, 5, 10), date(2026, 8, 31))
    revived = clock(DUE, [late, signed], as_of=date(2026, 6, 1))
    assert (revived.status, revived.last_on) == (Status.RUNNING, date(2029, 8, 31))


def test_step_7_a_proceeding_stops_the_clock_until_it_ends():
    applied = LimitationEvent(Interruption.PROCEEDING, date(2026, 2, 10), date(2026, 4, 20))
    assert clock(DUE, [applied], as_of=date(2026, 4, 19)).status is Status.IN_PROCEEDING
    assert clock(DUE, [applied], as_of=date(2026, 4, 20)).last_on == date(2029, 4, 20)
    pending = applied._replace(until=None)
    assert clock(DUE, [pending], as_of=date(2040, 1, 1)).status is Status.IN_PROCEEDING


def test_a_deferral_request_runs_three_years_from_its_day():
    asked = LimitationEvent(Interruption.ACKNOWLEDGEMENT, date(2026, 2, 20))
    assert clock(date(2026, 1, 31), [asked], as_of=LATER).last_on == date(2029, 2, 20)


def test_an_event_of_tomorrow_is_not_known_today():
    assert clock(DUE, [DEMAND], as_of=date(2024, 2, 28)).last_on == date(2026, 3, 31)


def test_no_interruption_carries_a_claim_beyond_twenty_years():
    every_year = [LimitationEvent(Interruption.DEMAND, date(year, 1, 1)) for year in range(2024, 2044)]
    assert clock(DUE, every_year, as_of=date(2043, 2, 1)).last_on == date(2043, 3, 31)


@given(st.lists(st.integers(0, 3000).map(lambda n: LimitationEvent(Interruption.DEMAND, DUE + timedelta(n)))))
def test_a_demand_never_shortens_the_clock_and_its_order_of_entry_does_not_matter(events):
    as_of = DUE + timedelta(3000)
    told = clock(DUE, events, as_of=as_of)
    assert told == clock(DUE, list(reversed(events)), as_of=as_of)
    assert told.last_on >= last_day(DUE)
