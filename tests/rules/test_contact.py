"""How often and on which number an owner is called."""

from datetime import date, datetime

import pytest

from arrears.cases.rules.classes import CallOutcome
from arrears.cases.rules.contact import Attempt, ContactLimits, contacts_short, next_call, refuse_call


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    return datetime.fromisoformat(f"2026-05-{day:02d}T{hour:02d}:{minute:02d}")


def tried(moment: datetime, kind="mobile", outcome=CallOutcome.NO_ANSWER) -> Attempt:
    return Attempt(moment, kind, outcome)


def code(moment: datetime, attempts=(), **more):
    refused = refuse_call(moment, number_kind="mobile", attempts=attempts, workday=True, **more)
    return refused and refused.code


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_a_first_call_inside_the_window_is_allowed():
    assert code(at(9, 30)) is None
    assert code(at(9, 29)) == "outside_call_window"
    assert code(at(7, 59)) == "outside_legal_hours"


def test_after_a_complaint_only_writing_is_left():
    assert code(at(10), written_only=True) == "written_only"


def test_an_unanswered_call_is_repeated_after_thirty_minutes_at_the_earliest():
    assert code(at(10, 29), [tried(at(10))]) == "retry_gap"
    assert code(at(10, 30), [tried(at(10))]) is None


def test_three_tries_are_enough_for_a_day():
    three = [tried(at(9, 30)), tried(at(10)), tried(at(10, 30))]
    assert code(at(15), three) == "too_many_attempts"
    assert code(at(15, day=12), three) is None


def test_one_conversation_a_day_is_the_ceiling_but_a_third_party_was_none():
    assert code(at(15), [tried(at(10), outcome=CallOutcome.CONNECTED_UNDECIDED)]) == "spoken_today"
    assert code(at(15), [tried(at(10), outcome=CallOutcome.CONNECTED_THIRD_PARTY)]) is None


def ring(now: datetime, attempts=(), landline=True, mobile=True, **more):
    call = next_call(
        now, attempts=attempts, has_landline=landline, has_mobile=mobile, workday=weekdays, **more
    )
    return call and tuple(call)


def test_the_landline_rings_first_and_the_mobile_after_it():
    assert ring(at(9)) == ("landline", at(9, 30))
    assert ring(at(10), [tried(at(9, 45), "landline")]) == ("mobile", at(10, 15))
    assert ring(at(10), landline=False) == ("mobile", at(10))
    assert ring(at(10), landline=False, mobile=False) is None


def test_where_the_landlines_window_is_closed_and_the_mobiles_open_the_mobile_rings_now():
    assert ring(at(11, 52), alternate=True) == ("mobile", at(11, 52))
    assert ring(at(10, 30), alternate=True) == ("landline", at(10, 30))
    assert ring(at(14), alternate=True) == ("landline", at(19))
    assert ring(at(11, 52), alternate=True, mobile=False) == ("landline", at(19))
    assert ring(at(12), [tried(at(11, 52))], alternate=True) == ("mobile", at(12, 22))


def test_a_closed_window_is_named_with_its_number():
    refused = refuse_call(at(11, 52), number_kind="landline", attempts=(), workday=True, alternate=True)
    assert refused.params == {"number": "landline", "windows": "10:00-11:30 / 19:00-21:00"}


@pytest.mark.parametrize(("failed", "expected"), [(at(19, 10), at(19, 40)), (at(20, 45), at(9, 30, day=12))])
def test_a_retry_falls_into_the_window_or_on_the_next_day(failed, expected):
    assert ring(failed, [tried(failed)], landline=False) == ("mobile", expected)


def test_a_new_day_begins_again_with_the_landline():
    assert ring(at(20, 50), [tried(at(20, 45), "landline")]) == ("landline", at(9, 30, day=12))


def test_after_a_conversation_the_next_call_is_tomorrow_and_on_a_weekend_later_in_the_morning():
    spoke = [tried(at(10, day=15), outcome=CallOutcome.CONNECTED_UNDECIDED)]
    assert ring(at(11, day=15), spoke) == ("landline", at(10, 30, day=16))


def test_a_company_may_be_gentler():
    once = ContactLimits(attempts_per_day=1)
    assert code(at(15), [tried(at(10))], limits=once) == "too_many_attempts"


def test_two_contacts_a_week_are_the_floor():
    assert [contacts_short(made) for made in (0, 1, 2, 5)] == [2, 1, 0, 0]
