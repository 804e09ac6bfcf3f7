"""The call windows of S17 as a truth table, quiet hours, and workdays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.holidays import is_workday, last_published, published
from values.windows import may_call, may_message, may_visit, next_message, next_opening, retry_at

MON, SAT = date(2026, 5, 11), date(2026, 5, 16)
moments = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31"))
kinds = st.sampled_from(["landline", "mobile"])


def at(day, clock):
    return datetime.fromisoformat(f"{day}T{clock}")


@pytest.mark.parametrize(
    ("day", "clock", "allowed"),
    [
        (MON, "09:29", False),
        (MON, "09:30", True),
        (MON, "11:59", True),
        (MON, "12:00", False),
        (MON, "14:59", False),
        (MON, "15:00", True),
        (MON, "20:59", True),
        (MON, "21:00", False),
        (SAT, "09:45", False),
        (SAT, "10:30", True),
        (MON, "07:59", False),
        (MON, "22:00", False),
    ],
)
@pytest.mark.parametrize("kind", ["landline", "mobile"])
def test_s17_the_standard_windows(day, clock, allowed, kind):
    assert (may_call(at(day, clock), kind=kind, workday=is_workday(day)) is None) == allowed


@pytest.mark.parametrize(
    ("kind", "day", "clock", "allowed"),
    [
        ("landline", MON, "09:59", False),
        ("landline", MON, "10:00", True),
        ("landline", MON, "11:30", False),
        ("landline", MON, "19:00", True),
        ("landline", MON, "21:00", False),
        ("mobile", MON, "09:00", True),
        ("mobile", SAT, "09:00", False),
        ("mobile", SAT, "10:30", True),
        ("mobile", MON, "13:59", True),
        ("mobile", MON, "14:00", False),
        ("mobile", MON, "18:59", False),
        ("mobile", MON, "19:00", True),
        ("mobile", MON, "07:59", False),
        ("mobile", MON, "22:00", False),
    ],
)
def test_s17_the_alternate_windows(kind, day, clock, allowed):
    assert (may_call(at(day, clock), kind=kind, alternate=True, workday=is_workday(day)) is None) == allowed


def test_the_law_is_named_before_the_companys_own_window():
    assert may_call(at(MON, "07:59"), kind="mobile", workday=True).code == "outside_legal_hours"
    assert may_call(at(MON, "21:30"), kind="mobile", workday=True).code == "outside_call_window"


def test_a_working_saturday_has_weekday_windows():
    working_saturday = date(2026, 5, 9)
    assert working_saturday.weekday() == 5
    assert (
        may_call(at(working_saturday, "09:30"), kind="mobile", workday=is_workday(working_saturday)) is None
    )


def test_s17_a_retry_waits_half_an_hour_inside_a_window_and_else_for_the_next_day():
    assert retry_at(at(MON, "19:10"), kind="mobile") == at(MON, "19:40")
    assert retry_at(at(MON, "20:45"), kind="mobile") == at(date(2026, 5, 12), "09:30")
    assert retry_at(at(date(2026, 5, 15), "20:45"), kind="mobile") == at(SAT, "10:30")
    assert retry_at(at(MON, "11:45"), kind="landline") == at(MON, "15:00")


@given(moments, kinds, st.booleans())
def test_the_next_opening_is_open_and_nothing_before_it_is(moment, kind, alternate):
    opens = next_opening(moment, kind=kind, alternate=alternate)
    assert opens >= moment
    assert may_call(opens, kind=kind, alternate=alternate, workday=is_workday(opens.date())) is None
    just_before = opens - timedelta(microseconds=1)
    if opens > moment:
        workday = is_workday(just_before.date())
        assert may_call(just_before, kind=kind, alternate=alternate, workday=workday) is not None


@given(moments)
def test_a_held_message_goes_out_when_quiet_hours_end(moment):
    assert may_message(next_message(moment)) is None
    assert (next_message(moment) == moment) == (may_message(moment) is None)


@pytest.mark.parametrize(
    ("clock", "message", "visit"),
    [
        ("07:59", False, False),
        ("08:00", True, False),
        ("09:00", True, True),
        ("20:00", True, False),
        ("21:00", False, False),
    ],
)
def test_messages_and_visits_have_their_own_hours(clock, message, visit):
    assert (may_message(at(MON, clock)) is None) == message
    assert (may_visit(at(MON, clock)) is None) == visit


def test_a_moment_with_a_zone_is_a_bug():
    with pytest.raises(ValueError, match="without a zone"):
        may_call(datetime(2026, 5, 11, 10, tzinfo=UTC), kind="mobile", workday=True)


def test_beyond_the_published_years_only_weekends_are_free():
    year = last_published() + 5
    assert published(last_published())
    assert not published(year)
    new_year = date(year, 1, 1)
    assert [is_workday(new_year + timedelta(days=n)) for n in range(14)] == [
        (new_year + timedelta(days=n)).weekday() < 5 for n in range(14)
    ]
