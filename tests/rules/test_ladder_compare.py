"""Two ladders side by side: what differs is named, what is the same is not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.ladder import DEFAULT_LADDER, RungCode
from arrears.cases.rules.ladder_compare import COMPARED, compare


def test_a_ladder_differs_in_nothing_from_itself():
    assert [line for line in compare(DEFAULT_LADDER, DEFAULT_LADDER) if line.is_changed] == []


@given(st.integers(1, 9), st.integers(1, 3650), st.integers(0, 60))
def test_only_the_changed_rung_differs_and_by_its_changed_days(level, min_days, period_days):
    before = DEFAULT_LADDER[level - 1]
    changed = replace(before, min_days=min_days, period_days=period_days)
    after = tuple(changed if rung.level == level else rung for rung in DEFAULT_LADDER)
    expected = [name for name in COMPARED if getattr(before, name) != getattr(changed, name)]
    lines = compare(DEFAULT_LADDER, after)
    assert [line.level for line in lines if line.is_changed] == ([level] if expected else [])
    assert list(lines[level - 1].changed) == expected


def test_a_rung_that_only_one_has_differs_whole():
    short = DEFAULT_LADDER[:8]
    last = compare(short, DEFAULT_LADDER)[-1]
    assert (last.before, last.after and last.after.code, last.changed) == (
        None,
        RungCode.ENFORCEMENT,
        COMPARED,
    )
    assert compare(DEFAULT_LADDER, short)[-1].after is None
