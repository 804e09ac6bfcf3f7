"""The demo's owners: the same for the same seed, and some of each kind."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from config.demo.characters import SHARES, Habit, amount_of, habit_of, leaks, pays_on, says

DUE = date(2026, 1, 31)


def test_shares_are_of_a_thousand_and_name_every_habit_but_the_developers():
    assert sum(share for _habit, share in SHARES) == 1000
    assert {habit for habit, _share in SHARES} == set(Habit) - {Habit.DEVELOPER}


def test_a_large_community_has_some_of_each_and_the_same_ones_again():
    once = Counter(habit_of(20, party_id, developer=False) for party_id in range(2000))
    assert once == Counter(habit_of(20, party_id, developer=False) for party_id in range(2000))
    assert set(once) == {habit for habit, _share in SHARES}


def test_who_pays_by_himself_comes_on_his_days_and_never_before_the_bill():
    issued_on = date(2026, 1, 20)
    days = {
        habit: {pays_on(20, account, habit, issued_on=issued_on, due_on=DUE) for account in range(200)}
        for habit in (Habit.PROMPT, Habit.FORGETFUL, Habit.REFUSES)
    }
    assert min(days[Habit.PROMPT]) == issued_on
    assert max(days[Habit.PROMPT]) == DUE - timedelta(days=4)
    assert min(days[Habit.FORGETFUL]) > DUE
    assert days[Habit.REFUSES] == {None}


def test_a_promise_is_for_the_favourite_day_where_that_is_near():
    near = says(20, 1, Habit.KEEPS_PROMISE, on=DUE, favourite=DUE + timedelta(days=5))
    far = says(20, 1, Habit.KEEPS_PROMISE, on=DUE, favourite=DUE + timedelta(days=50))
    assert near.promised_on == DUE + timedelta(days=5)
    assert DUE < far.promised_on <= DUE + timedelta(days=9)


def test_a_roof_leaks_for_a_hundred_days_and_not_for_ever():
    span = {"from_on": date(2025, 1, 1), "to_on": date(2026, 12, 31)}
    days = [span["from_on"] + timedelta(days=n) for n in range(900)]
    assert sum(leaks(20, 7, day, **span) for day in days) == 100


def test_some_pay_half_and_a_few_pay_more():
    assert amount_of(7, Habit.LATE, 50_050) == 25_000
    assert amount_of(61, Habit.PROMPT, 50_000) == 60_000
    assert amount_of(8, Habit.LATE, 50_050) == 50_050
