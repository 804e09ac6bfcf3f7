"""Where a day's sheet stands, who signs it, and which entries are looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.team.rules.fair import balance
from arrears.team.rules.sheets import Mark, SheetState, digest, may_sign, needed_role, sample, state_of


@pytest.mark.parametrize(
    ("mark", "entries", "answered", "state"),
    [
        (None, 3, False, SheetState.WAITING),
        (Mark("SIGNED", 3), 3, False, SheetState.SIGNED),
        (Mark("SIGNED", 3), 4, False, SheetState.CHANGED),
        (Mark("RETURNED", 3), 3, False, SheetState.RETURNED),
        (Mark("RETURNED", 3), 4, True, SheetState.ANSWERED),
        (Mark("RETURNED", 3), 4, False, SheetState.ANSWERED),
    ],
)
def test_a_sheet_stands_where_its_last_mark_and_its_entries_say(mark, entries, answered, state):
    assert state_of(mark, entries=entries, answered=answered) is state


@pytest.mark.parametrize(
    ("kind", "person", "role"),
    [
        ("RECORD", ["collector"], "team_lead"),
        ("RECORD", ["collector", "team_lead"], "project_manager"),
        ("RECORD", ["project_manager"], "branch_gm"),
        ("RECORD", ["branch_gm"], "branch_gm"),
        ("VISIT", ["collector"], "project_manager"),
        ("VISIT", ["team_lead"], "project_manager"),
        ("VISIT", ["project_manager"], "branch_gm"),
        ("SECOND_DEMAND", [], "project_manager"),
        ("LAWYER_LETTER", [], "project_manager"),
        ("PUBLIC_NOTICE", [], "project_manager"),
    ],
)
def test_the_part_above_signs(kind, person, role):
    assert needed_role(kind, person) == role


def test_who_stands_higher_may_stand_in_and_nobody_signs_his_own():
    assert may_sign(needed="team_lead", roles=["branch_gm"], is_own=False)
    assert not may_sign(needed="project_manager", roles=["team_lead"], is_own=False)
    assert not may_sign(needed="team_lead", roles=["team_lead"], is_own=True)
    assert not may_sign(needed="team_lead", roles=["collector", "finance"], is_own=False)


@given(st.sets(st.integers(1, 500), max_size=40), st.text(max_size=10), st.integers(0, 5))
def test_a_sample_is_the_same_for_the_same_sheet_and_never_more_than_there_is(ids, seed, size):
    keys = [f"call:{pk}" for pk in ids]
    chosen = sample(keys, seed=seed, size=size)
    assert chosen == sample(list(reversed(keys)), seed=seed, size=size)
    assert len(chosen) == min(size, len(keys))
    assert set(chosen) <= set(keys)


def test_another_sheet_has_another_sample():
    keys = [f"call:{pk}" for pk in range(200)]
    assert len({sample(keys, seed=str(n)) for n in range(20)}) > 15


def test_the_fingerprint_does_not_depend_on_the_order_of_the_facts():
    assert digest({"a": 1, "b": "二"}) == digest({"b": "二", "a": 1}) != digest({"a": 1, "b": "三"})


def test_nobody_at_work_is_no_spread():
    assert balance([]) == (0, 0)
