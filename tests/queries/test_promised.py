"""The last promise of an account, whoever took it, and the rung it stands on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases import queries
from arrears.cases.models import Task, Visit
from arrears.cases.queries import CaseFilter
from arrears.cases.queries.facts import stream_facts
from tests import ladder
from tests.ladder import at, call, case, on, visit, walk, walk_and_send
from tests.money import owe, pay


@pytest.fixture
def late(jinxiu):
    """D2: reminded, the call is due."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    return jinxiu


def promise(company, day):
    found = queries.call_desk(case(company).pk, as_of=on(day)).promise
    return found and (
        (found.made_on - ladder.DUE).days,
        (found.promised_on - ladder.DUE).days,
        found.state.value,
    )


def shown_everywhere(company, day):
    """The promised day on the desk, in the case's line, in the call list and in the table, and the doubt."""
    found = case(company)
    desk = queries.call_desk(found.pk, as_of=on(day))
    (line,) = queries.case_lines([queries.FoundCase(found.pk, 0)], as_of=on(day))
    task = Task.objects.filter(case=found).order_by("-pk").first()
    (task_line,) = queries.task_lines([queries.Due(task.pk, found.pk, 0, on(day))], as_of=on(day))
    return {
        ((row.promised_on - ladder.DUE).days, doubt)
        for row, doubt in (
            (desk.promise, desk.promise.doubt),
            (desk.promises[0], desk.promises[0].doubt),
            (line, line.promise_doubt),
            (task_line, task_line.promise_doubt),
        )
    }


def test_without_a_promise_the_desk_names_none(late):
    assert promise(late, 3) is None


def test_a_promise_that_did_not_hold_the_ladder_is_still_the_last_one_wherever_it_is_shown(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(4))
    assert shown_everywhere(late, 3) == {(4, "")}
    call(late, at(on(6)), "CONNECTED_PROMISED", promised_on=on(30))
    assert shown_everywhere(late, 7) == {(30, "promise_too_far")}
    assert promise(late, 7) == (6, 30, "OPEN")
    assert promise(late, 31) == (6, 30, "BROKEN")


def test_the_third_promise_is_shown_everywhere_and_said_to_be_one_too_many(late):
    for day in (2, 6, 9):
        assert (queries.call_desk(case(late).pk, as_of=on(day)).promise_limit is None) is (day < 9)
        call(late, at(on(day)), "CONNECTED_PROMISED", promised_on=on(day + 2))
    assert shown_everywhere(late, 10) == {(11, "too_many_promises")}
    rows = queries.call_desk(case(late).pk, as_of=on(10)).promises
    assert [row.why and row.why.code for row in rows] == ["too_many_promises", None, None]


def test_a_promise_in_doubt_takes_nothing_from_the_one_that_holds(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(9))
    call(late, at(on(3)), "CONNECTED_PROMISED", promised_on=on(30))
    (row,) = (row for block in stream_facts(as_of=on(5)) for row in block if row.case_id == case(late).pk)
    assert row.promised_on == on(9)


def test_a_promise_at_the_door_counts_as_one_on_the_phone(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(4))
    visit(late, on(5), "MET_PROMISED", promised_on=on(8))
    assert Visit.objects.get().promised_on == on(8)
    assert promise(late, 5) == (5, 8, "OPEN")


def test_what_was_promised_and_paid_is_kept_though_more_fell_due_since(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(4))
    owe(late, 5000, on(5))
    pay(late, 21100, paid_on=on(4), posted_on=on(4), at=at(on(4)))
    assert promise(late, 7) == (2, 4, "KEPT")


def test_a_part_of_what_was_promised_is_no_promise_kept(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(4))
    pay(late, 10000, paid_on=on(4), posted_on=on(4), at=at(on(4)))
    assert promise(late, 5) == (2, 4, "BROKEN")


def test_a_case_falls_back_to_the_rung_whose_document_covers_what_remains(late):
    call(late, at(on(2)))
    walk(16)
    found = case(late)
    assert queries.case_line(found.pk, as_of=on(16)).covering == "DEMAND"
    younger = owe(late, 30000, on(1))
    pay(late, 21200, paid_on=on(16), posted_on=on(16), at=at(on(16)))
    line = queries.case_line(found.pk, as_of=on(16) + timedelta(1))
    assert younger.due_on > ladder.DUE
    assert (line.rung, line.covering) == ("DEMAND", "")
    assert [one.case_id for one in queries.find_cases(CaseFilter(rung="DEMAND"), as_of=on(17))] != [found.pk]


def test_what_only_waits_for_a_signature_is_no_rung_yet(late):
    call(late, at(on(2)))
    walk(16)
    ladder.hand_over(ladder.document(late, "DEMAND").pk, on(17))
    walk(40)
    visit(late, on(41))
    walk(61)
    line = queries.case_line(case(late).pk, as_of=on(61))
    assert (line.rung, line.event, line.covering) == ("SECOND_DEMAND", "PROPOSED", "VISIT")
