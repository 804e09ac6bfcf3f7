"""A promise has an amount: all that is past due, or a part, and is kept or broken by it."""

from __future__ import annotations

import pytest

from arrears.cases.models import Judgement, Promise
from arrears.cases.queries import WorkFilter, call_desk, kept_by_party, worklist
from arrears.cases.services import PromiseRefused
from arrears.cases.services.judging import judge_promises
from tests import ladder
from tests.ladder import at, call, case, on, tasks, walk, walk_and_send
from tests.money import pay


@pytest.fixture
def called(jinxiu):
    """D2: the call is due; 210.02 are owed."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    return jinxiu


def promised(company, fen=None, **said):
    return call(company, at(on(2)), "CONNECTED_PROMISED", promised_on=on(9), promised_fen=fen, **said)


def test_all_that_is_past_due_is_promised_unless_less_is_said(called):
    promised(called)
    assert Promise.objects.values_list("amount_fen", "left_fen").get() == (21002, 0)


@pytest.mark.parametrize(("paid", "state", "lacks"), [(10_000, "KEPT", 0), (9_999, "BROKEN", 1)])
def test_a_part_is_judged_by_its_amount(called, paid, state, lacks):
    promised(called, 10_000)
    pay(called, paid, paid_on=on(9), posted_on=on(9), at=at(on(9)))
    desk = call_desk(case(called).pk, as_of=on(10))
    assert desk.promise.state == state
    walk(10)
    assert Judgement.objects.values_list("state", "unpaid_fen").get() == (state, lacks)
    assert case(called).klass == "B_UNDECIDED", "of the rest no day was named"
    (first, *_rest) = worklist(WorkFilter(), as_of=on(10))
    at_top = first.case_id == case(called).pk and first.place.code == "queue_promise_broken"
    assert at_top is (state == "BROKEN")
    party = called.parties["张三"].pk
    assert kept_by_party([party], as_of=on(11))[party] == ((1, 0) if state == "KEPT" else (0, 1))
    assert judge_promises(as_of=on(10)) == 0


@pytest.mark.parametrize("fen", [0, 21_003])
def test_nobody_promises_nothing_or_more_than_is_owed(called, fen):
    with pytest.raises(PromiseRefused) as refused:
        promised(called, fen)
    assert refused.value.field == "promised_fen"


def test_a_day_that_does_not_hold_the_ladder_does_not_put_the_next_call_off(called):
    logged = call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=on(40))
    assert logged.promise_refused.code == "promise_too_far"
    assert (logged.next_kind, logged.next_on) == ("CALL", on(3))
    assert ("CALL", on(3)) in tasks(called)


def test_an_unanswered_call_leaves_the_refusal_and_its_two_persons(called):
    call(called, at(on(2)), "CONNECTED_REFUSED", reason_code="SERVICE")
    logged = call(called, at(on(3)), "NO_ANSWER")
    assert (logged.klass, logged.next_kind, logged.next_on) == ("E_REFUSED", "CALL", on(3))
