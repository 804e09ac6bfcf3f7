"""The split of cases: points, and fairness by number and difficulty."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.workload import WorkCase, score, split


def sums(given_to: dict[int, int], cases: list[WorkCase]) -> dict[int, int]:
    total: Counter[int] = Counter()
    for case in cases:
        total[given_to[case.case_id]] += case.score
    return dict(total)


def test_the_worked_example_splits_into_14_11_11():
    cases = [WorkCase(n, points) for n, points in enumerate((8, 7, 6, 5, 4, 3, 3))]
    given_to = split(cases, collector_ids=(1, 2, 3))
    assert sums(given_to, cases) == {1: 14, 2: 11, 3: 11}
    assert given_to == {0: 1, 1: 2, 2: 3, 3: 3, 4: 2, 5: 1, 6: 1}


@pytest.mark.parametrize(
    ("days", "case_class", "yuan", "legacy", "expected"),
    [
        (1, CaseClass.A, 500, False, 2),
        (15, CaseClass.B, 501, False, 4),
        (16, CaseClass.D, 2_000, False, 6),
        (30, CaseClass.C, 2_001, True, 10),
        (90, CaseClass.E, 5_000, False, 10),
        (91, CaseClass.E, 5_001, True, 14),
        (5, None, 100, False, 1),
    ],
)
def test_points_come_from_age_class_amount_and_legacy_issues(days, case_class, yuan, legacy, expected):
    assert (
        score(days_late=days, case_class=case_class, amount_fen=yuan * 100, legacy_issue=legacy) == expected
    )


def test_a_case_stays_with_its_collector_while_he_is_not_too_far_ahead():
    cases = [WorkCase(1, 5, 2), WorkCase(2, 5, 2), WorkCase(3, 5, 2)]
    assert split(cases, collector_ids=(1, 2)) == {1: 2, 2: 2, 3: 1}
    assert split([WorkCase(1, 5, 99)], collector_ids=(1, 2)) == {1: 1}


def test_nobody_to_give_cases_to_is_an_error():
    with pytest.raises(ValueError, match="nobody"):
        split([WorkCase(1, 1)], collector_ids=())


@given(st.lists(st.integers(1, 14), min_size=1, max_size=60), st.integers(1, 6))
def test_every_case_is_given_once_and_no_two_collectors_differ_by_more_than_the_heaviest_case(points, people):
    cases = [WorkCase(n, value) for n, value in enumerate(points)]
    given_to = split(cases, collector_ids=range(1, people + 1))
    assert set(given_to) == {case.case_id for case in cases}
    total = dict.fromkeys(range(1, people + 1), 0) | sums(given_to, cases)
    assert max(total.values()) - min(total.values()) <= max(points)


def test_a_case_goes_to_the_steward_of_its_building_while_he_is_not_too_far_ahead():
    cases = [WorkCase(n, 5, 1, steward_id=2) for n in range(1, 4)]
    assert split(cases, collector_ids=(1, 2)) == {1: 2, 2: 2, 3: 1}, "10 to 0: more than the heaviest"


def test_while_the_steward_is_away_the_case_stays_with_who_has_it():
    assert split([WorkCase(1, 5, 3, steward_id=9)], collector_ids=(1, 2, 3)) == {1: 3}
    assert split([WorkCase(1, 5, 9, steward_id=9)], collector_ids=(1, 2)) == {1: 1}


@given(st.lists(st.tuples(st.integers(1, 14), st.integers(1, 8)), min_size=1, max_size=60), st.integers(1, 6))
def test_stewards_never_make_the_split_more_uneven_than_twice_the_heaviest_case(points, people):
    cases = [WorkCase(n, value, None, steward) for n, (value, steward) in enumerate(points)]
    given_to = split(cases, collector_ids=range(1, people + 1))
    total = dict.fromkeys(range(1, people + 1), 0) | sums(given_to, cases)
    heaviest = max(value for value, _steward in points)
    assert max(total.values()) - min(total.values()) <= 2 * heaviest
