"""A forgetful owner: one message is overlooked, one polite call is enough, and nobody disturbs him after that."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case, Step, Task
from arrears.cases.queries import WorkFilter, call_gate, worklist
from arrears.cases.services import JustPaid
from notices.models import Notice
from tests import ladder
from tests.ladder import at, call, case, on, steps, tasks, walk, walk_and_send
from tests.money import pay

ROOM = "3-1-1602"


def called_today(company, day):
    """The rooms that the call list names on the day D."""
    rooms = {
        case_id: Case.objects.get(pk=case_id).unit.code
        for case_id in Case.objects.values_list("pk", flat=True)
    }
    return {rooms[due.case_id] for due in worklist(WorkFilter(), as_of=on(day))}


def test_he_overlooks_the_message_promises_on_the_phone_pays_a_day_early_and_is_left_in_peace(jinxiu):
    # 5 January: the bill is in his hands; the 31st passes and nothing comes in.
    ladder.bill(jinxiu)
    assert walk(0).cases_opened == 0, "on the due day itself nobody is late"

    # D1: one message, in the morning, with what he owes.
    walk_and_send(1)
    reminder = ladder.document(jinxiu, "REMINDER")
    assert "210.08" in reminder.body
    assert steps(jinxiu) == [("REMINDER", "DUE", 1)]

    # D2: he did not react; by D3 somebody rings. The gate is open, the money is read again first.
    walk(2)
    assert tasks(jinxiu) == [("CALL", on(3))]
    assert ROOM in called_today(jinxiu, 3)
    gate = call_gate(case(jinxiu).pk, at=at(on(3)))
    assert (gate.allowed, gate.paid) == (True, False)
    logged = call(
        jinxiu,
        at(on(3)),
        "CONNECTED_PROMISED",
        promised_on=on(10),
        reason_code="FORGOT",
        feedback="忘了，十号交",
    )
    assert (logged.klass, logged.next_on) == ("A_PROMISED", on(9)), "class A: once more, the day before"

    # Until then he is on nobody's list, and no rung opens however often the night comes.
    for day in range(4, 9):
        assert walk(day).steps.get("DEMAND") is None
        assert ROOM not in called_today(jinxiu, day)
    assert ROOM in called_today(jinxiu, 9)

    # D9, in the morning: he pays at the counter. The collector who wanted to remind him is told so.
    pay(jinxiu, 21002 + 57, paid_on=on(9), posted_on=on(9), at=at(on(9), 9, 40))
    assert ROOM not in called_today(jinxiu, 9)
    with pytest.raises(JustPaid):
        call(jinxiu, at(on(9)), "NO_ANSWER")

    # The night closes the case, and nothing is written about him any more.
    walk(10)
    closed = Case.objects.get(unit__code=ROOM)
    assert (closed.closed_on, closed.close_reason) == (on(10), "PAID")
    assert not Task.objects.filter(case=closed, done_at=None, cancelled_at=None).exists()
    before = (
        Step.objects.filter(case=closed).count(),
        Notice.objects.filter(account_id=closed.account_id).count(),
    )
    for day in (11, 16, 31, 61, 91):
        walk(day)
    after = (
        Step.objects.filter(case=closed).count(),
        Notice.objects.filter(account_id=closed.account_id).count(),
    )
    assert after == before
