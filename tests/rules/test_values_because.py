"""Reasons as data, and what masks let through."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.because import Because, because
from values.mask import mask_bank, mask_id, mask_name, mask_phone

texts = st.text(alphabet=st.characters(categories=["Nd", "Lo", "Ll"]), max_size=30)


def test_a_reason_survives_json():
    reason = because("held", kind="DISPUTE", until=date(2026, 1, 1), days=3, ratio=Decimal("0.30"), open=None)
    assert Because.from_json(json.loads(json.dumps(reason.as_json()))) == reason
    assert reason.params["ratio"] == "0.30"


def test_equal_reasons_are_one_in_a_set():
    assert len({because("a", x=1, y=2), because("a", y=2, x=1), because("a", x=2)}) == 2


@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}])
def test_a_parameter_that_is_no_scalar_is_a_bug(value):
    with pytest.raises(TypeError, match="held"):
        Because("held", {"x": value})


@pytest.mark.parametrize("stored", [{}, {"code": 1}, {"code": "a", "params": [1]}])
def test_a_stored_value_of_another_shape_is_refused(stored):
    with pytest.raises(ValueError, match="not a stored reason"):
        Because.from_json(stored)


@given(texts.filter(lambda text: len(text) >= 5))
def test_no_mask_lets_the_whole_through(text):
    for mask in (mask_name, mask_phone, mask_id, mask_bank):
        shown = mask(text)
        assert "*" in shown
        assert sum(char != "*" for char in shown) < len(text)


def test_masks_look_as_the_policy_says():
    assert mask_name("张三") == "张*"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_id("330102199001011234") == "3301**********1234"
    assert mask_bank("6222021202001234") == "****1234"


@pytest.mark.parametrize("mask", [mask_name, mask_phone, mask_id])
def test_nothing_stays_nothing(mask):
    assert mask(" ") == ""
