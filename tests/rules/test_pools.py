"""Sharing a common cost: every fen goes somewhere, ties go to the first unit, who is excluded pays nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.pools import Band, Method, Sharer, check_floors, shares, total_fen
from values.because import Because

areas = st.lists(st.integers(1, 10**7), min_size=1, max_size=40)


def units(weights, floor=1):
    return [Sharer(n, f"1-{n}", weight, floor) for n, weight in enumerate(weights)]


@given(st.integers(1, 10**8), areas)
def test_the_shares_are_the_cost_to_the_fen(amount, weights):
    found = shares(amount, units(weights), method=Method.AREA)
    assert sum(share.amount_fen for share in found) == amount
    whole = sum(weights)
    assert all(abs(share.amount_fen * whole - amount * share.weight) < whole for share in found)


@given(st.integers(1, 10**6), st.integers(1, 30))
def test_households_differ_by_a_fen_at_most_and_the_first_pay_it(amount, count):
    fens = [share.amount_fen for share in shares(amount, units([1] * count), method=Method.HOUSEHOLD)]
    assert fens == sorted(fens, reverse=True)
    assert fens[0] - fens[-1] <= 1


def test_who_is_excluded_does_not_share():
    found = shares(100, units([5, 5, 5]), method=Method.AREA, excluded=["1-0"])
    assert [share.sharer.code for share in found] == ["1-1", "1-2"]


def test_floors_without_a_coefficient_do_not_share():
    floors = [Band(2, 6, 800), Band(7, None, 1_200)]
    three = [Sharer(n, f"1-{n}", 100, floor) for n, floor in enumerate((1, 2, 9))]
    found = shares(1_000, three, method=Method.COEFFICIENT, floors=floors)
    assert [(share.weight, share.amount_fen) for share in found] == [(800, 400), (1_200, 600)]


def test_nobody_and_an_unknown_floor_are_said():
    assert shares(100, [], method=Method.AREA) == Because("nobody_shares", {})
    unknown = shares(100, units([5], None), method=Method.COEFFICIENT, floors=[Band(1, 9, 1)])
    assert unknown == Because("floor_unknown", {"unit": "1-0"})


@pytest.mark.parametrize(
    ("floors", "code"),
    [
        ([], "floors_missing"),
        ([Band(1, 5, 1), Band(5, 9, 1)], "floors_overlap"),
        ([Band(1, None, 1), Band(5, 9, 1)], "floors_overlap"),
        ([Band(6, None, 1), Band(1, 5, 1)], None),
    ],
)
def test_a_floor_has_one_coefficient(floors, code):
    found = check_floors(floors)
    assert (found.code if found else None) == code


def test_a_usage_costs_its_price_rounded_once():
    assert total_fen(usage_milli=8_436_000, price_micro=568_000) == 479_165
