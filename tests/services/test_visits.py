"""Logging a visit: it takes the rung, keeps the photo, and sends the project manager when it brought nothing."""

from __future__ import annotations

from datetime import time

import pytest

from arrears.cases.models import Promise, Task, Visit
from arrears.cases.services import PromiseRefused
from arrears.cases.services.visits import VisitRefused
from notices.services import Photo
from owners.models import Contact
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tenancy.people.services.files import FileNotAccepted
from tests import ladder
from tests.ladder import at, call, case, document, hand_over, on, steps, tasks, visit, walk, walk_and_send

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100


@pytest.fixture
def due(jinxiu):
    """D32: the demand's days are over and the visit is due."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    call(jinxiu, at(on(2)))
    walk(16)
    hand_over(document(jinxiu, "DEMAND").pk, on(16))
    walk(32)
    return jinxiu


def test_the_visit_is_due_by_the_sixtieth_day(due):
    assert ("VISIT", on(60)) in tasks(due)


def test_a_promise_of_whom_no_number_reaches_asks_for_a_visit_and_with_a_new_number_for_a_call(due):
    Contact.objects.filter(party__name="张三").update(state="WRONG")
    Task.objects.filter(case=case(due), kind="CALL").update(cancelled_at=at(on(32)))
    visit(due, on(32), "MET_PROMISED", promised_on=on(40))
    assert "CALL" not in [kind for kind, _day in tasks(due)]
    assert ("VISIT", on(39)) in tasks(due)
    visit(due, on(33), "MET_PROMISED", promised_on=on(41), phone="138 1111 2222")
    assert ("CALL", on(40)) in tasks(due)
    number = Contact.objects.get(party__name="张三", state="UNCHECKED")
    assert (number.kind, number.masked) == ("MOBILE", "138****2222")
    with due.open():
        assert AuditEntry.objects.get(action="contact.added").detail["reason"] == "VISIT"


def test_a_number_that_a_neighbour_told_is_rung_the_day_after(due):
    Contact.objects.filter(party__name="张三").update(state="WRONG")
    Task.objects.filter(case=case(due), kind="CALL").update(cancelled_at=at(on(32)))
    visit(due, on(32), "NOBODY_HOME", phone="13811112222")
    assert ("CALL", on(33)) in tasks(due)


@pytest.mark.parametrize("typed", ["12", "a@b.cn"])
def test_what_is_no_number_is_refused_beside_its_field(due, typed):
    with pytest.raises(VisitRefused) as refused:
        visit(due, on(32), "NOBODY_HOME", phone=typed)
    assert refused.value.field == "phone"


def test_any_visit_takes_the_rung_and_one_that_brought_nothing_sends_the_project_manager(due):
    with due.open("collector"):
        from arrears.cases import services

        services.log_visit(
            case_id=case(due).pk, on=on(34), as_of=on(35), result="NOBODY_HOME",
            time_in=time(18, 30), time_out=time(18, 40), second_person="何军",
        )  # fmt: skip
    assert steps(due)[-1] == ("VISIT", "TAKEN", 34)
    assert [task for task in tasks(due) if task[0] != "CALL"] == [("PM_VISIT", on(60))]
    visit(due, on(40), by_manager=True)
    assert [task for task in tasks(due) if task[0] != "CALL"] == []


def test_a_promise_at_the_door_holds_the_ladder_like_one_on_the_phone(due):
    visit(due, on(33), "MET_PROMISED", promised_on=on(40))
    assert Promise.objects.get().promised_on == on(40)
    assert case(due).klass == "A_PROMISED"
    with pytest.raises(PromiseRefused):
        visit(due, on(33), "MET_PROMISED")


def test_a_visit_at_night_in_the_future_or_backwards_is_refused(due):
    for wrong in ({"time_in": time(20, 0)}, {"time_in": time(15), "time_out": time(14)}):
        with pytest.raises(VisitRefused):
            visit(due, on(33), **wrong)
    from arrears.cases import services

    with pytest.raises(VisitRefused) as refused:
        services.log_visit(case_id=case(due).pk, on=on(34), as_of=on(33), result="VACANT")
    assert refused.value.field == "on"


def test_the_photo_is_kept_and_anything_else_is_refused(due):
    visit(due, on(33), photo=Photo("门口.jpg", JPEG))
    assert Visit.objects.get().photo.content_type == "image/jpeg"
    with pytest.raises(FileNotAccepted):
        visit(due, on(34), photo=Photo("x.jpg", b"MZ"))


def test_a_visit_to_another_companys_case_is_not_found(cast):
    from arrears.cases import services

    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk(1)
        foreign = case(cast.jinxiu).pk
    with cast.yunding.open("project_manager"), pytest.raises(NotFound):
        services.log_visit(case_id=foreign, on=on(2), as_of=on(2), result="VACANT")
