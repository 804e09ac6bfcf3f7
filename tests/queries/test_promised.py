"""The last promise of an account, whoever took it, and the rung it stands on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases import queries
from arrears.cases.models import Call, Promise, Visit
from arrears.cases.queries import CaseFilter
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


def said_by_phone(company, day, promised):
    """A call as it is written, whether or not the promise held the ladder."""
    Call.objects.create(
        case=case(company), account=case(company).account, at=at(on(day)), outcome="CONNECTED_PROMISED",
        promised_on=on(promised), overdue_fen=21002, by=company.people["collector"],
    )  # fmt: skip


def test_without_a_promise_the_desk_names_none(late):
    assert promise(late, 3) is None


def test_a_promise_that_did_not_hold_the_ladder_is_still_the_last_one(late):
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(4))
    assert promise(late, 3) == (2, 4, "OPEN")
    said_by_phone(late, 6, 30)
    assert Promise.objects.count() == 1
    assert promise(late, 7) == (6, 30, "OPEN")
    assert promise(late, 31) == (6, 30, "BROKEN")


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
