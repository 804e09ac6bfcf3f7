"""The length of an SMS, what keeps a text from being saved, and two versions side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.rules import texts
from notices.rules.sms import ALONE, IN_PARTS, length
from notices.rules.texts import Text, examples, problems, try_out
from notices.rules.versions import Fate, compare

GOOD = "【{{company}}】{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}。"
WORDS = st.text(alphabet="请于前缴纳 88{}amount\n", max_size=60)


@given(st.integers(min_value=0, max_value=1000))
def test_a_longer_sms_never_costs_less(chars):
    assert length("字" * chars).parts <= length("字" * (chars + 1)).parts
    assert length("字" * chars).parts * (ALONE if chars <= ALONE else IN_PARTS) >= chars


def test_what_lies_outside_the_basic_plane_counts_two():
    assert length("😀" * 35) == (70, 1)
    assert length("😀" * 36).parts == 2


@given(WORDS, WORDS)
def test_both_sides_of_a_comparison_say_what_was_written(before, after):
    pair = compare(before, after)
    assert "".join(piece.text for piece in pair.before) == before
    assert "".join(piece.text for piece in pair.after) == after
    same = [[piece.text for piece in side if piece.fate is Fate.SAME] for side in pair]
    assert same[0] == same[1]
    assert pair.is_same is (before == after)


def test_a_field_changes_as_a_whole():
    pair = compare("缴{{amount}}元", "缴{{as_of}}元")
    assert [piece.text for piece in pair.before if piece.fate is Fate.GONE] == ["{{amount}}"]
    assert [piece.text for piece in pair.after if piece.fate is Fate.NEW] == ["{{as_of}}"]


@pytest.mark.parametrize(("kind", "channel"), sorted(texts.DEFAULTS))
def test_every_standard_text_could_be_saved_and_is_filled_by_the_examples(kind, channel):
    text = texts.DEFAULTS[kind, channel]
    assert problems(kind, channel, text) == ()
    tried = try_out(text, channel=channel, fields=examples(kind, company="锦绣物业"))
    assert tried is not None
    assert "{{" not in tried.subject + tried.body
    assert (tried.length is None) is (channel == "EMAIL")
    assert set(examples(kind, company="锦绣物业")) == texts.RULES[kind].allowed


@pytest.mark.parametrize(
    ("channel", "text", "expected"),
    [
        ("SMS", Text("", ""), [("body", "text_empty")]),
        ("SMS", Text("提醒", GOOD), [("subject", "subject_not_for_sms")]),
        ("SMS", Text("", GOOD + "逾期停水"), [("body", "lint.cuts_service")]),
        ("SMS", Text("", GOOD.replace("{{amount}}", "")), [("body", "missing_fields")]),
        ("SMS", Text("", GOOD + "{{id_number}}"), [("body", "unknown_fields")]),
        ("SMS", Text("", GOOD + "{{oops"), [("body", "broken_placeholder")]),
        ("SMS", Text("", GOOD + "字" * 500), [("body", "text_too_long")]),
        ("SMS", Text("", GOOD.removeprefix("【{{company}}】")), [("body", "lint.signature_missing")]),
        ("EMAIL", Text(" ", GOOD), [("subject", "text_empty")]),
        ("EMAIL", Text("老赖{{unit}}", GOOD), [("subject", "lint.insult")]),
        ("EMAIL", Text("{{oops}}", GOOD), [("subject", "unknown_fields")]),
        ("EMAIL", Text("字" * 121, GOOD), [("subject", "text_too_long")]),
    ],
)
def test_a_problem_names_its_field(channel, text, expected):
    assert [(one.field, one.because.code) for one in problems("REMINDER", channel, text)] == expected


def test_a_forbidden_phrase_does_not_hide_behind_another_fault():
    text = Text("", "{{oops 逾期停水，记入征信")
    codes = {one.because.code for one in problems("REMINDER", "SMS", text)}
    assert {"broken_placeholder", "lint.cuts_service", "lint.credit_threat"} <= codes
    assert try_out(text, channel="SMS", fields=examples("REMINDER", company="锦绣物业")) is None
