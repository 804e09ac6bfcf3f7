"""An owner who moved away: dead numbers, a letter by registered mail, a new number, a transfer from afar."""

from __future__ import annotations

from datetime import timedelta

from arrears.cases import services
from arrears.cases.queries import WorkFilter, call_gate, visits_due, worklist
from arrears.cases.services.transfers import hold_for_transfers
from billing.banking.models import BankLine
from notices.models import Notice
from notices.services import record_delivery
from owners.models import Contact
from owners.services import add_contact
from tests import banking, ladder
from tests.ladder import at, call, case, on, steps, tasks, walk, walk_and_send
from tests.money import pay


def test_an_owner_who_moved_away_is_written_to_found_and_guided_to_pay_from_there(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)

    # Both numbers are dead: class C. Somebody goes there, or a letter goes out.
    for day, kind in ((2, "LANDLINE"), (3, "MOBILE")):
        number = Contact.objects.get(party__name="张三", kind=kind).pk
        logged = call(jinxiu, at(on(day)), "VOID", contact_id=number)
    assert logged.klass == "C_UNREACHABLE"
    assert tasks(jinxiu) == [("VISIT", on(3)), ("LETTER", on(4))]
    assert call_gate(case(jinxiu).pk, at=at(on(4))).because.code == "no_number"
    assert case(jinxiu).pk in [due.case_id for due in visits_due(WorkFilter(), as_of=on(4))]

    # The bill goes by registered letter and is signed for in another city.
    with jinxiu.open("collector"):
        letter = services.post_notice(case_id=case(jinxiu).pk, as_of=on(4))
    record_delivery(
        notice_id=letter, method="REGISTERED_MAIL", result="SIGNED", on=on(9), receiver="OWNER",
        waybill="XA12345678931", as_of=on(9),
    )  # fmt: skip
    assert Notice.objects.get(pk=letter).delivered_on == on(9)

    # He rings back with his new number: class D, called daily and told where to transfer.
    add_contact(party_id=jinxiu.parties["张三"].pk, value="13700137000")
    logged = call(jinxiu, at(on(10)), "CONNECTED_REMOTE", reason_code="MOVED_AWAY")
    assert (logged.klass, logged.next_step) == ("D_REMOTE", "CALL_GUIDE_REMOTE_PAYMENT")
    assert ("LETTER", on(4)) not in tasks(jinxiu)
    assert case(jinxiu).pk in [due.case_id for due in worklist(WorkFilter(), as_of=on(11))]

    # His transfer waits for the bank's people: nobody duns him meanwhile.
    office = banking.bank_account(jinxiu)
    banking.read(office, banking.plain(banking.line("T1", "210.02", payer="张某", on="2026-02-14")))
    BankLine.objects.update(state="PROPOSED", account=jinxiu.accounts["3-1-1602"])
    assert hold_for_transfers(as_of=on(15)) == 1
    walk(16)
    assert ("DEMAND", "DUE", 16) not in steps(jinxiu)
    assert call_gate(case(jinxiu).pk, at=at(on(15), 16)).because.params["kind"] == "PAYMENT_PENDING"

    # It is booked by its value date; the night closes the case.
    pay(jinxiu, None, paid_on=on(14), posted_on=on(16), at=at(on(16)))
    assert services.walk_ladder(as_of=on(16) + timedelta(1)).cases_closed >= 1
