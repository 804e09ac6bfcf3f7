"""Which holds leave a collector what to say: the gate, the call list and the server as one truth table."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from arrears.cases.models import Hold, Task
from arrears.cases.queries import WorkFilter, call_desk, call_gate, worklist
from arrears.cases.services import CallRefused
from arrears.cases.services.floor import keep_floor
from arrears.cases.services.visits import VisitHeld
from arrears.cases.web.script import script
from tests import ladder
from tests.ladder import at, call, case, on, tasks, visit, walk, walk_and_send

SET, END = on(2), on(40)
# The day (D) of the first reminder of each agreed day and that day itself; the last of them is the hold's end.
DEFERRED = [END]
PLANNED = [on(12), on(40)]
# kind, days agreed, D asked -> why nobody rings ("" when it may be done), and the next day (D) on which he may.
ROWS = (
    ("DISPUTE", [], 3, "", 3), ("HARDSHIP", [], 3, "", 3),
    ("DATA_ERROR", [], 3, "held", 41), ("ESTATE", [], 3, "held", 41), ("INSOLVENCY", [], 3, "held", 41),
    ("GUARDIAN", [], 3, "held", 41), ("NO_CONTACT", [], 3, "held", 41), ("HANDOVER", [], 3, "held", 41),
    ("PAYMENT_PENDING", [], 3, "held", 41), ("LEGAL_PROCEEDING", [], 3, "held", 41),
    ("DEFERRAL", DEFERRED, 3, "held_agreed", 37), ("DEFERRAL", DEFERRED, 36, "held_agreed", 37),
    ("DEFERRAL", DEFERRED, 37, "", 37), ("DEFERRAL", DEFERRED, 40, "", 40), ("DEFERRAL", DEFERRED, 41, "", 41),
    ("INSTALMENT", PLANNED, 3, "held_agreed", 9), ("INSTALMENT", PLANNED, 9, "", 9),
    ("INSTALMENT", PLANNED, 12, "", 12), ("INSTALMENT", PLANNED, 13, "held_agreed", 37),
)  # fmt: skip


@pytest.fixture
def called(jinxiu):
    """D2: the call is due."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    ladder.look(jinxiu, at(on(2), 9))
    return jinxiu


def hold(company, kind: str, days: list[date]) -> None:
    Hold.objects.create(
        account=company.accounts["3-1-1602"],
        kind=kind,
        from_on=SET,
        to_on=END,
        reason="约定",
        agreed_days=days,
    )


def on_the_list(company, day: date) -> bool:
    number = case(company).pk
    return any(due.case_id == number for due in worklist(WorkFilter(), as_of=day))


@pytest.mark.parametrize(("kind", "days", "asked", "why", "next_day"), ROWS)
def test_a_hold_says_whether_its_owner_is_called(called, kind, days, asked, why, next_day):
    hold(called, kind, days)
    day = on(asked)
    gate = call_gate(case(called).pk, at=at(day))
    next_on = day if gate.allowed else gate.next_at.date()
    assert ("" if gate.allowed else gate.because.code, (next_on - ladder.DUE).days) == (why, next_day)
    # Who disputes all of it may be rung up about that; no list asks for it.
    assert on_the_list(called, day) is (gate.allowed and kind != "DISPUTE")
    if why:
        with pytest.raises(CallRefused) as refused:
            call(called, at(day))
        assert refused.value.params["why"]["code"] == why


def test_of_what_was_agreed_the_owner_is_reminded_once(called):
    hold(called, "INSTALMENT", PLANNED)
    call(called, at(on(9)), "NO_ANSWER")
    assert on_the_list(called, on(10)), "nobody spoke to him yet"
    call(called, at(on(10)))
    gate = call_gate(case(called).pk, at=at(on(11)))
    assert (gate.because.code, gate.next_at.date()) == ("held_reminded", on(37))
    assert [kind for kind, day in tasks(called) if kind == "CALL" and day == on(37)] == ["CALL"]
    assert not on_the_list(called, on(11))


@pytest.mark.parametrize("kind", ["DEFERRAL", "INSTALMENT"])
def test_the_script_reminds_and_asks_for_nothing_that_was_deferred(called, kind):
    hold(called, kind, DEFERRED)
    desk = call_desk(case(called).pk, as_of=on(37))
    for language in ("zh", "en"):
        said = "".join(script(desk, company="锦绣物业", caller="何军", language=language))
        assert "210.02" not in said
        assert ("2026年3月12日" if language == "zh" else "12 March 2026") in said


def test_nobody_comes_to_the_door_either(called):
    hold(called, "DEFERRAL", DEFERRED)
    Hold.objects.update(created_at=at(SET, 8))
    with pytest.raises(VisitHeld), transaction.atomic():
        visit(called, on(37))


def test_who_was_met_at_his_door_is_not_rung_on_that_day(called):
    visit(called, on(5), "MET_UNDECIDED")
    gate = call_gate(case(called).pk, at=at(on(5)))
    assert (gate.because.code, gate.next_at.date()) == ("met_today", on(6))
    with pytest.raises(CallRefused):
        call(called, at(on(5)))
    call(called, at(on(6)))


@pytest.mark.parametrize("result", ["NOBODY_HOME", "MET_OTHER", "VACANT"])
def test_a_visit_that_did_not_reach_him_is_no_contact(called, result):
    visit(called, on(5), result)
    assert call_gate(case(called).pk, at=at(on(5))).allowed


def test_while_all_is_disputed_no_call_asks_for_money(called):
    hold(called, "DISPUTE", [])
    desk = call_desk(case(called).pk, as_of=on(3))
    assert [task.waits for task in desk.tasks if task.kind == "CALL"] == ["DISPUTE"]
    said = "".join(script(desk, company="锦绣物业", caller="周敏"))
    assert "提出了异议" in said
    assert "210.02" not in said
    assert "哪一天交" not in said
    Task.objects.filter(kind="CALL").update(cancelled_at=at(on(3)))
    assert keep_floor(as_of=on(3)) == 0, "nor does the week's floor"


def test_a_dispute_of_single_charges_leaves_the_rest_on_the_list(called):
    hold(called, "DISPUTE", [])
    Hold.objects.update(only_listed=True)
    assert on_the_list(called, on(3))
    assert not call_desk(case(called).pk, as_of=on(3)).contested
