"""A moved-away owner: the number is dead, a visit finds nobody, a new number and a letter reach him elsewhere."""

from __future__ import annotations

import pytest

from arrears.cases.models import Visit
from arrears.cases.queries import call_gate
from arrears.cases.services import CallRefused
from notices.models import Delivery, Notice
from notices.services import Photo, record_delivery
from owners.models import Contact
from owners.services import add_contact
from tests import ladder
from tests.ladder import at, call, case, document, on, steps, tasks, visit, walk, walk_and_send

DOOR = Photo("door.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)


def numbers(state):
    return set(Contact.objects.filter(party__name="张三", state=state).values_list("kind", flat=True))


def test_every_number_is_dead_the_flat_is_empty_and_a_registered_letter_to_his_new_address_is_what_counts(
    jinxiu,
):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)

    # D2: the landline is void. Class C at once; the mobile is still to be tried, the next day.
    landline = Contact.objects.get(party__name="张三", kind="LANDLINE")
    logged = call(jinxiu, at(on(2)), "VOID", contact_id=landline.pk)
    assert (logged.klass, logged.next_step) == ("C_UNREACHABLE", "TRACE_NUMBER_AND_VISIT")
    assert "LANDLINE" in numbers("VOID")
    assert ("CALL", on(3)) in tasks(jinxiu)

    # D3: so is the mobile. Nobody can be rung: the case asks for a visit, and the desk says why.
    mobile = Contact.objects.get(party__name="张三", kind="MOBILE")
    call(jinxiu, at(on(3)), "WRONG_NUMBER", contact_id=mobile.pk)
    assert ("VISIT", on(3)) in tasks(jinxiu)
    gate = call_gate(case(jinxiu).pk, at=at(on(4)))
    assert gate.because is not None
    assert (gate.allowed, gate.because.code) == (False, "no_number")
    with pytest.raises(CallRefused):
        call(jinxiu, at(on(4)), "NO_ANSWER")

    # D5: two go there; the flat is empty, the neighbours are told nothing.
    visit(jinxiu, on(5), "VACANT", feedback="已搬离，信箱积件", second_person="李强")
    assert Visit.objects.get(case=case(jinxiu)).second_person == "李强"

    # D16: the demand. Through the door slot it is no delivery; by EMS to his new address he signs.
    walk(16)
    demand = document(jinxiu, "DEMAND")
    deliver = {"notice_id": demand.pk, "handed_over_by": "何军", "on": on(17), "as_of": on(17)}
    record_delivery(**deliver, method="DOOR_POST", result="LEFT_WITH_PHOTO", photo=DOOR)
    assert Notice.objects.get(pk=demand.pk).gates_open_on is None, (
        "a paper at the door of an empty flat opens nothing"
    )
    record_delivery(**(deliver | {"on": on(20), "as_of": on(20)}), method="EMS", result="SIGNED", receiver="OWNER",
                    receiver_name="张三", waybill="EB123456789CN")  # fmt: skip
    assert Notice.objects.get(pk=demand.pk).gates_open_on == on(20)
    assert Delivery.objects.filter(notice=demand, interrupts=True).count() == 1, "the three years begin anew"
    walk(21)
    assert ("DEMAND", "TAKEN", 20) in steps(jinxiu)

    # A number that he gave with his signature is rung again; he lives elsewhere: class D, guided to pay from afar.
    with jinxiu.open("collector"):
        add_contact(party_id=jinxiu.parties["张三"].pk, value="13911112222")
    logged = call(jinxiu, at(on(22)), "CONNECTED_REMOTE", reason_code="MOVED_AWAY", feedback="在深圳，会转账")
    assert (logged.klass, logged.next_step) == ("D_REMOTE", "CALL_GUIDE_REMOTE_PAYMENT")
