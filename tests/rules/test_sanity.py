"""Days that nobody can mean: the last good one stands, the next is refused beside its field."""

from __future__ import annotations

from datetime import date, timedelta

from arrears.cases.rules import sanity

DAY = date(2026, 5, 11)


def told(found):
    return found and (found.field, found.because.code)


def test_a_visit_lies_between_the_opening_of_its_case_and_today():
    def visit(on):
        return told(sanity.refuse_visit_day(on, opened_on=DAY, as_of=DAY + timedelta(9)))

    assert visit(DAY) is None
    assert visit(DAY + timedelta(9)) is None
    assert visit(DAY - timedelta(1)) == ("on", "visit_before_case")
    assert visit(DAY + timedelta(10)) == ("on", "visit_in_future")


def test_the_next_call_is_within_a_month():
    def again(days):
        return told(sanity.refuse_call_again(DAY + timedelta(days), called_on=DAY))

    assert [again(0), again(31)] == [None, None]
    assert again(32) == ("next_on", "call_again_too_far")
    assert again(-1) == ("next_on", "call_again_in_past")
    assert sanity.refuse_call_again(None, called_on=DAY) is None


def test_a_word_reaches_three_months():
    assert sanity.refuse_word(DAY + timedelta(90), made_on=DAY) is None
    assert told(sanity.refuse_word(DAY + timedelta(91), made_on=DAY)) == (
        "promised_on",
        "promise_is_deferral",
    )


def test_a_hold_begins_about_now_and_ends_within_a_year():
    def hold(begins, ends=None):
        to_on = None if ends is None else DAY + timedelta(begins + ends)
        return told(sanity.refuse_hold_days(DAY + timedelta(begins), to_on, as_of=DAY))

    assert [hold(-31), hold(92), hold(0, 0), hold(0, 365)] == [None] * 4
    assert hold(-32) == ("from_on", "hold_too_early")
    assert hold(93) == ("from_on", "hold_begins_too_late")
    assert hold(0, -1) == ("to_on", "hold_ends_first")
    assert hold(0, 366) == ("to_on", "hold_too_long")
