"""The calculation in English has the same numbers, sentence by sentence, as in Chinese."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from billing.charges.api import in_words
from billing.charges.queries.why import Why
from billing.charges.rules.pricing import Basis, Rounding
from tests.doors.portal.test_in_words import YEAR, _tariff, _why
from values.period import Period

APRIL = Period.month(2026, 4)
REASONS = {
    "a year": _why(YEAR, _tariff("2.35"), as_of=date(2026, 8, 19)),
    "rounded once": _why(YEAR, _tariff("2.35"), rounding=Rounding.PER_BILL),
    "fixed": _why(APRIL, _tariff("300", basis=Basis.FIXED)),
    "surcharge": _why(APRIL, _tariff("2.35", surcharge="5")),
    "a part": _why(APRIL, _tariff("2.35"), billed=Period(date(2026, 4, 14), date(2026, 5, 1))),
    "two prices": _why(
        YEAR, _tariff("2.35", end_on=date(2026, 3, 1)), _tariff("2.55", from_on=date(2026, 3, 1))
    ),
    "paid in part": _why(YEAR, _tariff("2.35"), paid=((date(2026, 5, 11), 85_199, 1_000),), as_of=date(2026, 6, 30)),
    "capped": _why(APRIL, _tariff("2.35"), rate="0.01", as_of=date(2027, 12, 31)),
    "no late fee": _why(APRIL, _tariff("2.35"), rate="0"),
}  # fmt: skip


def _sentences(why: Why) -> list[str]:
    return [*in_words.calculation(why), *in_words.late_fee(why), in_words.pay_by(why)]


def _numbers(sentence: str) -> list[str]:
    """Amounts, rates and areas: what has a decimal point."""
    return re.findall(r"\d+\.\d+", sentence)


@pytest.mark.parametrize("name", REASONS)
def test_both_languages_say_the_same_numbers(name: str):
    chinese = _sentences(REASONS[name])
    with translation.override("en"):
        english = _sentences(REASONS[name])
    assert [_numbers(line) for line in english] == [_numbers(line) for line in chinese]
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(english))


def test_a_part_of_a_month_in_english():
    with translation.override("en"):
        assert in_words.calculation(REASONS["a part"]) == [
            "2026-04-14 to 2026-04-30, 17 days: 89.37㎡ × ¥2.35/㎡·month = ¥210.02 the whole month, "
            "× 17 ÷ 30 days = ¥119.01"
        ]


def test_what_was_carried_over_in_english():
    opening = REASONS["fixed"].__class__(
        **{**{name: getattr(REASONS["fixed"], name) for name in Why.__dataclass_fields__}, "lines": ()}
    )
    with translation.override("en"):
        assert in_words.calculation(opening) == ["April 2026: ¥300.00 (owed from before, carried over)"]
