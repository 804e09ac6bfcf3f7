"""From dials to units: rollover, estimates, which two readings make a cycle. Laws are searched."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.measuring import Share
from billing.charges.rules.metered import Span, Steps, Tier, check_steps, step_lines, steps_json, steps_of
from billing.charges.rules.readings import (
    Meter,
    Part,
    Place,
    Reading,
    ReadingKind,
    Use,
    fault_of,
    moved,
    part_of,
    used_until,
    usual_usage,
    year_to_date,
)
from billing.charges.rules.typed import SheetFault, SheetLine, find_heads, read_floors, read_line, read_steps
from values.because import Because
from values.period import Period

JAN, FEB, MAR = Period.month(2026, 1), Period.month(2026, 2), Period.month(2026, 3)
DAY = date(2026, 1, 1)
dials = st.integers(0, 10**8 - 1)


def reading(number, on, milli, kind=ReadingKind.READ, *, stale=False):
    return Reading(number, on, milli, kind, stale)


def meter(*readings, uses=(), **more):
    return Meter(1, "W", 5, 1, DAY - timedelta(31), readings=tuple(readings), uses=tuple(uses), **more)


@given(dials, dials)
def test_a_read_dial_never_runs_backwards(before, now):
    used = moved(reading(1, DAY, before), reading(2, DAY, now), digits=5)
    assert 0 <= used < 10**8
    assert (before + used) % 10**8 == now


@given(dials, dials)
def test_after_an_estimate_the_shorter_way_round_the_dial_is_taken_when_it_is_less(before, now):
    used = moved(reading(1, DAY, before, ReadingKind.ESTIMATED), reading(2, DAY, now), digits=5)
    assert (before + used) % 10**8 == now
    if used < 0:
        assert now < before
        assert -used < 10**8 // 2


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_month_after_month_nothing_is_lost_or_billed_twice(steps):
    """Whatever was estimated, what is billed in the end is what the dial moved."""
    shown, uses, readings = 0, [], [reading(0, JAN.start, 0, ReadingKind.START)]
    billed = 0
    month = JAN
    for number, step in enumerate(steps, start=1):
        shown += step
        kind = ReadingKind.ESTIMATED if number % 3 == 1 else ReadingKind.READ
        guess = shown + (step // 2 if kind is ReadingKind.ESTIMATED else 0)
        readings.append(reading(number, month.end, guess, kind))
        part = part_of(meter(*readings, uses=uses), month)
        assert isinstance(part, Part)
        if part.usage_milli > 0:
            uses.append(Use(part.before.on, part.now, part.usage_milli, month))
            billed += part.usage_milli
        month = Period(month.end, month.end + timedelta(30))
    last = uses[-1].to.milli if uses else 0
    assert billed == last


def test_a_reading_of_the_day_a_cycle_ends_closes_it():
    found = part_of(meter(reading(1, JAN.start, 0), reading(2, JAN.end, 9_000)), JAN)
    assert isinstance(found, Part)
    assert found.usage_milli == 9_000
    assert part_of(meter(reading(1, JAN.start, 0), reading(2, JAN.end, 9_000)), FEB) == Because(
        "no_reading", {}
    )


def test_what_a_later_charge_billed_already_is_not_billed_again():
    jan, feb = reading(2, JAN.end, 9_000), reading(3, FEB.end, 12_000)
    use = Use(JAN.start, feb, 12_000, FEB)
    assert part_of(meter(reading(1, JAN.start, 0), jan, feb, uses=[use]), JAN) == Because(
        "already_billed", {}
    )


def test_a_meter_that_comes_later_or_was_billed_to_its_end_has_no_part():
    late = Meter(1, "W", 5, 1, FEB.start)
    assert part_of(late, JAN) is None
    end = reading(2, date(2026, 1, 16), 9_000, ReadingKind.END)
    use = Use(JAN.start, end, 9_000, JAN)
    gone = meter(reading(1, JAN.start, 0), end, uses=[use], removed_on=date(2026, 1, 16))
    assert part_of(gone, FEB) is None


def test_only_a_first_reading_makes_no_usage():
    assert part_of(meter(reading(1, date(2026, 1, 9), 0)), JAN) == Because("no_reading", {})
    start = reading(1, date(2026, 1, 9), 0, ReadingKind.START)
    assert part_of(meter(start), JAN) == Because("no_reading", {})


def test_the_year_to_date_counts_other_charges_of_the_calendar_year():
    old = Use(DAY, reading(1, DAY, 0), 5_000, Period.month(2025, 12))
    jan = Use(DAY, reading(2, JAN.end, 0), 7_000, JAN)
    assert year_to_date([meter(uses=[old, jan])], FEB) == 7_000
    assert year_to_date([meter(uses=[old, jan])], JAN) == 0


def test_an_interim_reading_says_how_far_it_had_run():
    before, half, now = (
        reading(1, JAN.start, 0),
        reading(2, date(2026, 1, 11), 4_000),
        reading(3, JAN.end, 9_000),
    )
    part = Part(meter(before, half, now), before, now, 9_000)
    assert used_until(part, date(2026, 1, 11)) == 4_000
    assert used_until(part, date(2026, 1, 12)) is None
    assert used_until(part, JAN.end) is None


@given(st.integers(0, 10**6), st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_shares_that_follow_each_other_add_up(total, lengths):
    whole, at, parts = sum(lengths), 0, []
    for length in lengths:
        parts.append(Share(at, at + length, whole).of(total))
        at += length
    assert sum(parts) == total


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_lines_of_steps_add_up_to_the_price_rounded_once(already, used):
    tiers = (Tier(Decimal(180), 3_215_555), Tier(Decimal(260), 4_500_000), Tier(None, 7_200_001))
    lines = step_lines(tiers, already=Decimal(already), used=Decimal(used))
    assert sum(line.quantity for line in lines) == used
    exact = sum(line.quantity * line.rate_micro for line in lines) / 10_000
    assert abs(sum(line.amount_fen for line in lines) - exact) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (Steps((Tier(Decimal(5), 1),)), "last_step_has_an_end"),
        (Steps(()), "last_step_has_an_end"),
        (Steps((Tier(None, 1), Tier(None, 2))), "steps_not_rising"),
        (Steps((Tier(Decimal(5), 1), Tier(Decimal(5), 2), Tier(None, 3))), "steps_not_rising"),
        (Steps((Tier(None, 1),), people=-1), "household_not_valid"),
        (Steps((Tier(None, 1),) * 7), "too_many_steps"),
    ],
)
def test_steps_that_cannot_be_are_named(steps, code):
    found = check_steps(steps)
    assert found is not None
    assert found.code == code


def test_steps_are_kept_as_they_were():
    steps = Steps((Tier(Decimal("180.5"), 3_200_000), Tier(None, 4_500_000)), Span.MONTH, 4, Decimal(30))
    assert check_steps(steps) is None
    assert steps_of(steps_json(steps)) == steps
    assert steps_of({}) is None


def place(**more):
    known = {"usage_milli": 10_000, "usual_milli": 10_000, "has_own": False, "billed_to": None}
    return Place(**({"digits": 5, "installed_on": DAY, "removed_on": None} | known | more))


@pytest.mark.parametrize(
    ("more", "code", "insist"),
    [
        ({}, None, False),
        ({"usage_milli": 30_001}, "usage_implausible", True),
        ({"usage_milli": 30_000}, None, False),
        ({"usage_milli": -1}, "usage_negative", True),
        ({"usage_milli": None}, None, False),
        ({"usual_milli": None, "usage_milli": 10**6}, None, False),
        ({"has_own": True}, "read_already", False),
        ({"billed_to": date(2026, 2, 1)}, "billed_already", False),
        ({"removed_on": date(2026, 2, 1)}, "meter_gone", False),
        ({"installed_on": date(2026, 3, 1)}, "meter_not_there", False),
    ],
)
def test_a_reading_is_doubted_for_a_reason(more, code, insist):
    found = fault_of(place(**more), milli=1_000, on=date(2026, 2, 1), today=date(2026, 2, 1))
    assert (found.why.code if found else None, bool(found and found.may_insist)) == (code, insist)


def test_too_few_readings_tell_no_usual_usage():
    assert usual_usage([reading(1, DAY, 0)], until=FEB.end, digits=5) is None


HEADS = {"unit": 0, "serial": 1, "value": 2, "read_on": 3, "kind": 4}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["3-1-101", "W1", "12.5", "2026/1/31", "是"], SheetLine(7, "W1", "3-1-101", 12_500, date(2026, 1, 31), True)),
        (["", "W1", 12.0, "", ""], SheetLine(7, "W1", "", 12_000, DAY, False)),
        (["3-1-101", "", "1,200", date(2026, 1, 5), ""], SheetLine(7, "", "3-1-101", 1_200_000, date(2026, 1, 5), False)),
        (["3-1-101"], None),
        (["3-1-101", "", "zw"], "value_unreadable"),
        (["3-1-101", "", "-3"], "value_unreadable"),
        (["3-1-101", "", "1.2345"], "value_unreadable"),
        (["3-1-101", "", "12", "gestern"], "day_unreadable"),
        (["", "", "12"], "meter_not_named"),
    ],
)  # fmt: skip
def test_a_line_of_a_sheet_is_read_or_its_fault_named(cells, found):
    line = read_line(7, cells, HEADS, on=DAY)
    assert (line.why.code if isinstance(line, SheetFault) else line) == found


def test_a_heading_needs_a_reading_and_whose():
    assert find_heads(["房号", "备注"]) is None
    assert find_heads(["本期读数"]) is None
    assert find_heads([" 表 号 ", "读数"]) == {"serial": 0, "value": 1}


@pytest.mark.parametrize("text", ["180 3.20 1", "a b", "180 3.1234567"])
def test_steps_that_nobody_understands_name_their_line(text):
    with pytest.raises(ValueError, match=text[:3]):
        read_steps(text)


def test_floors_are_read_as_people_write_them():
    assert [tuple(band) for band in read_floors("1层 0\n 2至6 0.8\n7以上 1.25")] == [
        (1, 1, 0), (2, 6, 800), (7, None, 1_250),
    ]  # fmt: skip
    assert read_steps("") == ()
    with pytest.raises(ValueError, match="oben"):
        read_floors("oben 1")
