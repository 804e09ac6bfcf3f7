"""Money in the API: a yuan text outside, whole fen inside, nothing rounded on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from tenancy.kernel.fields import YuanField


class Body(serializers.Serializer):
    amount = YuanField()


@given(st.integers(-(10**12), 10**12))
def test_what_goes_out_comes_back_the_same(fen):
    body = Body(data=Body({"amount": fen}).data)
    assert body.is_valid(), body.errors
    assert body.validated_data["amount"] == fen


@pytest.mark.parametrize(("text", "fen"), [("2520.24", 252024), ("0.5", 50), ("12", 1200), ("-3.00", -300)])
def test_a_yuan_text_is_read(text, fen):
    body = Body(data={"amount": text})
    assert body.is_valid()
    assert body.validated_data["amount"] == fen


@pytest.mark.parametrize(
    "value", [2520.24, 12, True, None, "", "1.234", "1,000.00", "一百", "1e3", " 1.00", "９.00", "1" * 20]
)
def test_anything_else_is_refused(value):
    assert not Body(data={"amount": value}).is_valid()
