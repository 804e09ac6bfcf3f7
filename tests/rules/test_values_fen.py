"""Laws and examples of money: rounding, text, splits and capitals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.area import square_metres, to_cm2
from values.capitals import capitals
from values.fen import (
    display,
    parse_yuan,
    round_half_up,
    split_by_weight,
    split_evenly,
    split_floor_last,
    to_fen,
    yuan,
)

amounts = st.integers(min_value=-(10**12), max_value=10**12)
weights = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("text", "fen"), [("0.005", 1), ("0.0049", 0), ("250.685", 25069), ("-0.005", -1), ("210.0195", 21002)]
)
def test_a_half_fen_is_rounded_away_from_zero(text, fen):
    assert to_fen(Decimal(text)) == fen


@given(numerator=st.integers(-(10**9), 10**9), denominator=st.integers(1, 10**6))
def test_integer_rounding_is_never_more_than_half_a_step_off(numerator, denominator):
    assert abs(round_half_up(numerator, denominator) * denominator - numerator) * 2 <= denominator


@given(fen=st.integers(-(10**9), 10**9), denominator=st.integers(1, 1000))
def test_integer_rounding_agrees_with_decimal_rounding(fen, denominator):
    assert round_half_up(fen, 1000) == to_fen(Decimal(fen) / 100_000)


def test_a_fraction_over_nothing_is_refused():
    with pytest.raises(ValueError, match="denominator"):
        round_half_up(1, 0)


@given(amounts)
def test_an_amount_survives_being_written_and_read(fen):
    assert parse_yuan(yuan(fen)) == fen


@given(amounts.filter(lambda fen: fen >= 0))
def test_an_amount_as_shown_can_be_typed_back(fen):
    assert parse_yuan(display(fen)) == fen


@pytest.mark.parametrize(
    "text", ["", "1.234", "1,23.00", "abc", "1e3", "--1", "1.2.3", "NaN", "¥", ".5", "1 000"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        parse_yuan(text)


def test_a_negative_amount_shows_its_sign_before_the_currency():
    assert display(-252024) == "-¥2,520.24"


@given(fen=amounts, n=st.integers(1, 60))
def test_both_even_splits_add_up_and_never_change_sign(fen, n):
    for parts in (split_evenly(fen, n), split_floor_last(fen, n)):
        assert len(parts) == n
        assert sum(parts) == fen
        assert all(part * fen >= 0 for part in parts)


@given(fen=amounts, weights=weights)
def test_a_pool_is_shared_to_the_last_fen_and_each_share_is_within_one_fen(fen, weights):
    parts = split_by_weight(fen, weights)
    assert sum(parts) == fen
    total = sum(weights)
    assert all(abs(part * total - fen * weight) < total for part, weight in zip(parts, weights))


@given(fen=amounts, weights=weights)
def test_who_weighs_nothing_pays_nothing(fen, weights):
    assert all(part == 0 for part, weight in zip(split_by_weight(fen, weights), weights) if weight == 0)


@pytest.mark.parametrize("weights", [(), (0, 0), (3, -1)])
def test_a_pool_nobody_shares_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split_by_weight(100, weights)


@pytest.mark.parametrize("split", [split_evenly, split_floor_last])
def test_a_split_into_no_parts_is_refused(split):
    with pytest.raises(ValueError, match="part"):
        split(100, 0)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (252024, "贰仟伍佰贰拾元零贰角肆分"),
        (10000000, "壹拾万元整"),
        (1000050000, "壹仟万零伍佰元整"),
        (10000050000, "壹亿零伍佰元整"),
        (1000500000000, "壹佰亿零伍佰万元整"),
        (100000000001, "壹拾亿元零壹分"),
        (10010010, "壹拾万零壹佰元零壹角"),
        (1, "壹分"),
        (10, "壹角"),
        (0, "零元整"),
        (-100, "负壹元整"),
    ],
)
def test_capitals_are_written_as_banks_demand(fen, text):
    assert capitals(fen) == f"人民币{text}"


@given(st.integers(0, 10**14 - 1))
def test_capitals_never_double_a_zero_and_end_whole_yuan_in_zheng(fen):
    text = capitals(fen)
    assert "零零" not in text
    assert text.endswith("整") == (fen % 100 == 0)


@given(st.sets(st.integers(0, 10**8), min_size=2, max_size=40))
def test_two_amounts_never_share_their_capitals(fens):
    assert len({capitals(fen) for fen in fens}) == len(fens)


def test_a_trillion_yuan_is_refused():
    with pytest.raises(ValueError, match="too large"):
        capitals(10**14)


@given(st.integers(0, 10**10))
def test_an_area_survives_being_written_and_read(cm2):
    assert to_cm2(Decimal(square_metres(cm2))) == cm2


def test_an_area_finer_than_a_square_centimetre_is_refused():
    with pytest.raises(ValueError, match="finer"):
        to_cm2(Decimal("89.37001"))
