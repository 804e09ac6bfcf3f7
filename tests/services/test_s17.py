"""S17, the truth table of call windows, row by row at the server's own gate; and classes A to E through it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from arrears.cases.models import Call, Case, Step
from arrears.cases.queries import call_gate
from arrears.cases.services import CallRefused
from owners.models import Contact
from tests import ladder
from tests.ladder import SHANGHAI, call, case, on, tasks, walk, walk_and_send

MON, FRI, SAT, TUE = "2026-05-11", "2026-05-15", "2026-05-16", "2026-05-12"

STANDARD = (
    (MON, "09:29", False), (MON, "09:30", True), (MON, "12:00", False), (MON, "14:59", False),
    (MON, "15:00", True), (MON, "20:59", True), (MON, "21:00", False),
    (SAT, "09:45", False), (SAT, "10:30", True), (MON, "07:59", False), (MON, "22:00", False),
)  # fmt: skip
ALTERNATE_LANDLINE = (
    (MON, "09:59", False), (MON, "10:00", True), (MON, "11:30", False), (MON, "19:00", True),
    (MON, "21:00", False), (MON, "07:59", False), (MON, "22:00", False),
)  # fmt: skip
ALTERNATE_MOBILE = (
    (MON, "09:00", True), (SAT, "10:29", False), (SAT, "10:30", True), (MON, "13:59", True), (MON, "14:00", False),
    (MON, "18:59", False), (MON, "19:00", True), (MON, "07:59", False), (MON, "22:00", False),
)  # fmt: skip
# A try without an answer, and the earliest next one.
RETRY = ((MON, "19:10", f"{MON} 19:40"), (MON, "20:45", f"{TUE} 09:30"), (FRI, "20:45", f"{SAT} 10:30"))


def moment(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


class Undo(Exception):
    """Takes a row of the table back."""


def allowed(company, day: str, clock: str, kind: str) -> bool:
    """Whether the server logs a call at that moment; what it wrote is taken back."""
    number = Contact.objects.get(party__name="张三", kind=kind).pk
    try:
        with transaction.atomic():
            call(company, moment(day, clock), "NO_ANSWER", contact_id=number)
            raise Undo
    except Undo:
        return True
    except CallRefused:
        return False


@pytest.fixture
def called(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    return jinxiu


@pytest.fixture
def hard(called):
    """Ordinary dunning failed: a visit is due, so the other windows hold (R000-I17)."""
    Step.objects.create(
        case=case(called), account=called.accounts["3-1-1602"], level=4, code="VISIT", event="DUE",
        on=on(31), because="days_overdue",
    )  # fmt: skip
    return called


@pytest.mark.parametrize("kind", ["LANDLINE", "MOBILE"])
def test_s17_standard(called, kind):
    found = tuple((day, clock, allowed(called, day, clock, kind)) for day, clock, _wanted in STANDARD)
    assert found == STANDARD


def test_s17_alternate_landline(hard):
    found = tuple(
        (day, clock, allowed(hard, day, clock, "LANDLINE")) for day, clock, _w in ALTERNATE_LANDLINE
    )
    assert found == ALTERNATE_LANDLINE


def test_s17_alternate_mobile(hard):
    found = tuple((day, clock, allowed(hard, day, clock, "MOBILE")) for day, clock, _w in ALTERNATE_MOBILE)
    assert found == ALTERNATE_MOBILE


@pytest.mark.parametrize(("day", "clock", "next_at"), RETRY)
def test_s17_retry_after_no_answer(called, day, clock, next_at):
    Contact.objects.filter(party__name="张三", kind="LANDLINE").update(state="VOID")
    call(called, moment(day, clock), "NO_ANSWER")
    gate = call_gate(case(called).pk, at=moment(day, clock) + timedelta(minutes=1))
    assert f"{gate.next_at:%Y-%m-%d %H:%M}" == next_at


# outcome -> class, what the desk does next, the tasks that follow (D2 is Monday, 2 February).
CLASSES = {
    "CONNECTED_PROMISED": ("A_PROMISED", "CALL_BEFORE_PROMISE", [("CALL", 9)]),
    "CONNECTED_UNDECIDED": ("B_UNDECIDED", "CALL_DAILY", [("CALL", 3)]),
    "CONNECTED_REFUSED": ("E_REFUSED", "REPORT_TO_TEAM_LEAD", [("REVIEW", 2)]),
    "CONNECTED_REMOTE": ("D_REMOTE", "CALL_GUIDE_REMOTE_PAYMENT", [("CALL", 3)]),
    "CONNECTED_CLAIMS_PAID": ("", "CHECK_PAYMENT", [("CHECK_PAYMENT", 2), ("CALL", 4)]),
    "CONNECTED_THIRD_PARTY": ("", "CALL_DAILY", [("CALL", 3)]),
    "NO_ANSWER": ("B_UNDECIDED", "CALL_DAILY", [("CALL", 2)]),
    "BUSY": ("B_UNDECIDED", "CALL_DAILY", [("CALL", 2)]),
    "POWERED_OFF": ("B_UNDECIDED", "CALL_DAILY", [("CALL", 2)]),
    "NO_SIGNAL": ("B_UNDECIDED", "CALL_DAILY", [("CALL", 2)]),
    # Another number is left for the day after a dead one; the last dead one leaves the door and the post.
    "SUSPENDED": ("C_UNREACHABLE", "TRACE_NUMBER_AND_VISIT", [("CALL", 3)]),
    "VOID": ("C_UNREACHABLE", "TRACE_NUMBER_AND_VISIT", [("CALL", 3)]),
    "WRONG_NUMBER": ("C_UNREACHABLE", "TRACE_NUMBER_AND_VISIT", [("CALL", 3)]),
}


def test_every_outcome_has_its_class_its_next_step_and_its_tasks(called):
    assert set(CLASSES) == set(Call.Outcome.values)
    found = {}
    for outcome in CLASSES:
        said = {"promised_on": on(10)} if outcome == "CONNECTED_PROMISED" else {}
        said |= {"reason_code": "SERVICE"} if outcome == "CONNECTED_REFUSED" else {}
        try:
            with transaction.atomic():
                logged = call(called, moment("2026-02-02", "16:00"), outcome, **said)
                todo = [(kind, (day - on(0)).days) for kind, day in tasks(called)]
                found[outcome] = (case(called).klass, logged.next_step, todo)
                raise Undo
        except Undo:
            continue
    assert found == CLASSES


def test_five_days_switched_off_over_a_week_are_class_c(called):
    Contact.objects.filter(party__name="张三", kind="LANDLINE").update(state="VOID")
    for day in ("2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05"):
        call(called, moment(day, "16:00"), "POWERED_OFF")
    assert case(called).klass == Case.Class.B_UNDECIDED
    assert call(called, moment("2026-02-09", "16:00"), "POWERED_OFF").klass == Case.Class.C_UNREACHABLE
    assert date(2026, 2, 9) - date(2026, 2, 2) == timedelta(7)
