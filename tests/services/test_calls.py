"""Logging a call: when it is refused, what it makes of the case, and what is to be done next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import Call, Hold, Promise, Task
from arrears.cases.queries import call_gate
from arrears.cases.services import CallRefused, JustPaid, PromiseRefused
from arrears.cases.services.calls import NotReviewed, ReasonMissing
from notices.models import Notice
from owners.models import Contact, Party, Unit
from tenancy.kernel.errors import NotFound
from tests import ladder
from tests.ladder import at, call, case, on, steps, tasks, walk, walk_and_send
from tests.money import pay


@pytest.fixture
def called(jinxiu):
    """D2: the call is due."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    return jinxiu


def number(kind: str) -> Contact:
    return Contact.objects.get(party__name="张三", kind=kind)


def test_a_call_takes_the_rung_notes_the_class_and_the_next_call(called):
    logged = call(called, at(on(2)), "CONNECTED_UNDECIDED", reason_code="FORGOT", feedback="考虑一下")
    assert (logged.klass, logged.next_step, logged.next_on) == ("B_UNDECIDED", "CALL_DAILY", on(3))
    assert logged.rung_taken
    assert steps(called)[-1] == ("CALL", "TAKEN", 2)
    assert (case(called).klass, case(called).reason_code) == ("B_UNDECIDED", "FORGOT")
    assert tasks(called) == [("CALL", on(3))]
    made = Call.objects.get()
    assert (made.overdue_fen, made.by_id) == (21002, called.people["collector"].pk)
    assert Task.objects.get(done_at__isnull=False).done_by_id == called.people["collector"].pk


def test_an_unanswered_call_leaves_the_rung_open_until_seven_days_of_them(called):
    for day in range(2, 9):
        assert not call(called, at(on(day)), "NO_ANSWER").rung_taken
        walk(day + 1)
    assert ("CALL", "TAKEN", 9) in steps(called), "tried since D2: unreachable on D9"


def test_a_reminder_that_nobody_answers_leaves_a_promise_standing(called):
    call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=on(5))
    unanswered = call(called, at(on(4)), "NO_ANSWER")
    assert (unanswered.klass, unanswered.next_on) == ("A_PROMISED", on(4))
    assert call(called, at(on(6)), "NO_ANSWER").klass == "B_UNDECIDED", "the day has passed"


def test_a_debt_paid_a_minute_ago_refuses_the_call(called):
    pay(called, None, paid_on=on(2), posted_on=on(2), at=at(on(2), 15, 59))
    with pytest.raises(JustPaid):
        call(called, at(on(2)))
    assert not Call.objects.exists()
    assert call_gate(case(called).pk, at=at(on(2))).paid


@pytest.mark.parametrize(
    ("hour", "minute", "code"),
    [(7, 30, "outside_legal_hours"), (9, 29, "outside_call_window"), (12, 0, "outside_call_window"),
     (14, 59, "outside_call_window"), (21, 0, "outside_call_window"), (22, 0, "outside_legal_hours")],
)  # fmt: skip
def test_outside_the_windows_nobody_is_called(called, hour, minute, code):
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(2), hour, minute))
    assert refused.value.params["why"]["code"] == code


def test_between_two_tries_lie_thirty_minutes_and_three_a_day_are_enough(called):
    call(called, at(on(2), 15, 0), "NO_ANSWER")
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(2), 15, 29), "NO_ANSWER")
    assert refused.value.params["why"]["code"] == "retry_gap"
    call(called, at(on(2), 15, 30), "NO_ANSWER")
    call(called, at(on(2), 16, 0), "NO_ANSWER")
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(2), 17, 0), "NO_ANSWER")
    assert refused.value.params["why"]["code"] == "too_many_attempts"


def test_who_did_not_answer_is_tried_again_the_same_day_until_its_tries_are_used(called):
    first = call(called, at(on(2), 11, 53), "NO_ANSWER")
    assert (first.next_kind, first.next_on, first.again_at) == ("CALL", on(2), at(on(2), 15))
    assert tasks(called) == [("CALL", on(2))]
    assert Task.objects.get(case=case(called), done_at=None).because_params["next_at"] == "2026-02-02 15:00"
    second = call(called, at(on(2), 15, 0), "POWERED_OFF")
    assert second.again_at == at(on(2), 15, 30)
    third = call(called, at(on(2), 15, 30), "BUSY")
    assert (third.again_at, third.next_on) == (None, on(3)), "three tries are enough"
    assert tasks(called) == [("CALL", on(3))]
    late = call(called, at(on(3), 20, 45), "NO_ANSWER")
    assert (late.again_at, late.next_on) == (None, on(4)), "the window is over"


def test_the_day_that_the_collector_named_goes_before_a_second_try(called):
    assert call(called, at(on(2), 11), "NO_ANSWER", next_on=on(5)).again_at is None
    assert tasks(called) == [("CALL", on(5))]


def test_who_refuses_keeps_a_call_that_nobody_answered(called):
    Unit.objects.filter(code="3-1-1602").update(handover="NOT_TAKEN_OVER")
    for hour in (10, 15, 16):
        logged = call(called, at(on(2), hour), "POWERED_OFF")
        assert (logged.klass, logged.next_kind) == ("E_REFUSED", "CALL")
    assert tasks(called) == [("REVIEW", on(2)), ("CALL", on(3))], "told to the team lead once, and called on"


def test_a_new_refusal_is_told_to_the_team_lead_though_an_old_one_is_open(called):
    call(called, at(on(2)), "CONNECTED_REFUSED", reason_code="SERVICE")
    logged = call(called, at(on(6)), "CONNECTED_REFUSED")
    assert (logged.next_kind, logged.next_on) == ("REVIEW", on(6))
    assert tasks(called) == [("REVIEW", on(6))]
    assert (
        Task.objects.get(case=case(called), kind="REVIEW", cancelled_at=None).because_params["on"]
        == on(6).isoformat()
    )


def test_before_the_first_call_somebody_looks_at_the_case(called):
    number = case(called).pk
    assert call_gate(number, at=at(on(2))).because.code == "not_reviewed"
    with called.open("collector"), pytest.raises(NotReviewed):
        services.log_call(case_id=number, outcome="NO_ANSWER", at=at(on(2)))
    assert not Call.objects.exists()
    call(called, at(on(2)), "NO_ANSWER")
    with called.open("team_lead"):
        services.log_call(case_id=number, outcome="NO_ANSWER", at=at(on(3)))


def test_the_caps_protect_the_person_on_all_his_accounts(called):
    call(called, at(on(2)))
    other = ladder.case(called, "B1-001")
    gate = call_gate(other.pk, at=at(on(2), 18))
    assert (gate.allowed, gate.because.code) == (False, "spoken_today")


def test_who_wants_letters_only_is_not_called(called):
    Party.objects.filter(name="张三").update(no_calls=True)
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(2)))
    assert refused.value.params["why"]["code"] == "written_only"


def test_a_promise_needs_a_day_that_is_not_past(called):
    for wrong in (None, on(1)):
        with pytest.raises(PromiseRefused) as refused:
            call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=wrong)
        assert refused.value.field == "promised_on"
    assert not Call.objects.exists()


def test_a_promise_is_kept_in_mind_and_called_about_the_day_before(called):
    logged = call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=on(9))
    assert logged.promise_refused is None
    promise = Promise.objects.get()
    assert (promise.made_on, promise.promised_on, promise.amount_fen) == (on(2), on(9), 21002)
    assert tasks(called) == [("CALL", on(8))]


def test_a_promise_too_far_away_is_logged_but_does_not_stop_the_ladder(called):
    logged = call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=on(18))
    assert logged.promise_refused.code == "promise_too_far"
    assert Promise.objects.get().doubt == "promise_too_far"
    assert logged.klass == "", "class A is for promises that hold"
    walk(16)
    assert steps(called)[-1] == ("DEMAND", "DUE", 16)


def test_says_it_is_paid_holds_one_day_and_opens_a_check(called):
    logged = call(called, at(on(2)), "CONNECTED_CLAIMS_PAID")
    assert logged.next_step == "CHECK_PAYMENT"
    hold = Hold.objects.get()
    assert (hold.kind, hold.from_on, hold.to_on) == ("PAYMENT_PENDING", on(2), on(3))
    assert tasks(called) == [("CHECK_PAYMENT", on(2)), ("CALL", on(4))]
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(3)))
    assert refused.value.params["why"]["code"] == "held"
    gate = call_gate(case(called).pk, at=at(on(3)))
    assert (gate.allowed, gate.because.params["until"]) == (False, on(3).isoformat())
    assert gate.next_at == at(on(4), 9, 30), "when the hold is over, in the next window"
    call(called, at(on(4)))
    assert call(called, at(on(5)), "CONNECTED_CLAIMS_PAID").next_step == "CHECK_PAYMENT", (
        "the first hold is over"
    )


def test_a_dead_number_is_not_rung_again_and_the_other_one_is_next(called):
    assert call_gate(case(called).pk, at=at(on(2))).contact.kind == "LANDLINE"
    logged = call(called, at(on(2)), "VOID", contact_id=number("LANDLINE").pk)
    assert (logged.klass, logged.rung_taken) == ("C_UNREACHABLE", True)
    assert number("LANDLINE").state == "VOID"
    assert tasks(called) == [("CALL", on(3))]
    assert call_gate(case(called).pk, at=at(on(3))).contact.kind == "MOBILE"
    call(called, at(on(3)), "WRONG_NUMBER", contact_id=number("MOBILE").pk)
    assert tasks(called) == [("VISIT", on(3)), ("LETTER", on(4))], "no number is left: go there, or write"


def test_a_refusal_is_reported_to_the_team_lead(called):
    with pytest.raises(ReasonMissing):
        call(called, at(on(2)), "CONNECTED_REFUSED")
    assert call(called, at(on(2)), "CONNECTED_REFUSED", reason_code="SERVICE").klass == "E_REFUSED"
    assert tasks(called) == [("REVIEW", on(2))]


def test_an_owner_who_has_not_taken_over_is_class_e_whatever_he_says(called):
    Unit.objects.filter(code="3-1-1602").update(handover="NOT_TAKEN_OVER")
    assert call(called, at(on(2)), "CONNECTED_UNDECIDED").klass == "E_REFUSED"


def test_the_number_must_be_the_owners(called):
    with pytest.raises(NotFound):
        call(called, at(on(2)), contact_id=Contact.objects.get(party__name="李四").pk)


def test_the_collector_may_choose_the_next_day(called):
    assert call(called, at(on(2)), next_on=on(6)).next_on == on(6)
    assert tasks(called) == [("CALL", on(6))]


def test_when_visits_have_begun_the_other_windows_hold(called):
    call(called, at(on(2)))
    walk(16)
    ladder.hand_over(Notice.objects.get(kind="DEMAND", account_id=called.accounts["3-1-1602"].pk).pk, on(16))
    walk(32)
    contact = number("MOBILE")
    call(called, at(on(32), 13), contact_id=contact.pk)
    with pytest.raises(CallRefused):
        call(called, at(on(33), 15), contact_id=contact.pk)


def test_a_call_on_the_day_of_another_is_counted_by_shanghai_days(called):
    call(called, at(on(2), 20, 30))
    call(called, at(on(2) + timedelta(1), 9, 30) + timedelta(hours=6))
    assert Call.objects.count() == 2


def test_the_number_that_was_rung_stands_with_the_call(called):
    call(called, at(on(2)))
    found = Call.objects.get()
    assert found.contact is not None
    assert found.contact.kind == "LANDLINE"


def test_nobody_was_called_where_there_is_no_number(called):
    Contact.objects.filter(party__name="张三").update(state="VOID")
    with pytest.raises(CallRefused) as refused:
        call(called, at(on(2)))
    assert refused.value.params["why"]["code"] == "no_number"
    assert not Call.objects.exists()


def test_a_call_without_a_number_was_made_to_the_one_whose_turn_it_is(called):
    turn = call_gate(case(called).pk, at=at(on(2))).contact
    assert turn is not None
    call(called, at(on(2)))
    assert Call.objects.latest("pk").contact_id == turn.contact_id == number("LANDLINE").pk
