"""Who owes with whom: an occupant pays and the owner is liable with him (L-D1); co-owners (L-D4); a buyer is not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from billing.charges.models import Account, Bill, Charge
from billing.charges.queries import bill_detail, open_charges, statement
from billing.charges.queries.portal import units_of
from billing.charges.services import issue_ahead
from billing.payments.queries import check_books, credit_of
from billing.payments.services import start_payer, stop_payer
from notices.models import Notice
from owners.models import Contact, Ownership
from owners.queries import joint_debtors, joint_names
from owners.services import NewHolder
from owners.services.contacts import NotANumber
from owners.services.payers import PayerNotValid, PayerThere
from tenancy.kernel.errors import NotFound
from tests.meters import run
from tests.services.test_transfers import ROOM, at, pay, sell, settle

APRIL_11 = date(2026, 4, 11)
TODAY = date(2026, 4, 12)


def start(company, from_on=APRIL_11, name="租客钱七", basis="租赁合同第5条", on=TODAY, phone=""):
    return start_payer(
        unit_id=company.units[ROOM].pk,
        holder=NewHolder(name=name, phone=phone),
        from_on=from_on,
        basis=basis,
        on=on,
        at=at(on),
    )


def by_payer(company):
    found = Charge.objects.filter(unit=company.units[ROOM], reversed_on=None).order_by("period")
    return [(row.account.party.name, row.amount_fen) for row in found]


def test_from_the_day_of_the_agreement_the_occupant_is_billed(jinxiu):
    start(jinxiu, on=date(2026, 3, 1))
    run(jinxiu, 2026, 4)
    run(jinxiu, 2026, 5)
    # Ten of thirty days stay with the owner; the second party has the remainder.
    assert by_payer(jinxiu) == [("张三", 7_001), ("租客钱七", 14_001), ("租客钱七", 21_002)]


def test_what_the_owner_was_billed_and_paid_beyond_changes_sides(jinxiu):
    run(jinxiu, 2026, 4)
    pay(jinxiu, date(2026, 4, 6))
    (released,) = start(jinxiu)
    assert (released.free_fen, by_payer(jinxiu)) == (14_001, [("张三", 7_001), ("租客钱七", 14_001)])
    assert credit_of([jinxiu.accounts[ROOM].pk])[jinxiu.accounts[ROOM].pk] == 14_001
    assert check_books().wrong == 0


def test_the_owner_pays_again_from_the_day_the_agreement_ends(jinxiu):
    start(jinxiu, on=date(2026, 3, 1))
    run(jinxiu, 2026, 4)
    agreement = Ownership.objects.get(pays=True)
    stop_payer(
        unit_id=jinxiu.units[ROOM].pk, agreement_id=agreement.pk, end_on=date(2026, 4, 21), on=date(2026, 4, 21),
        at=at(date(2026, 4, 21)),
    )  # fmt: skip
    assert by_payer(jinxiu) == [("张三", 7_001), ("租客钱七", 7_000), ("张三", 7_001)]
    with pytest.raises(NotFound):
        stop_payer(
            unit_id=jinxiu.units["3-1-1702"].pk,
            agreement_id=agreement.pk,
            end_on=TODAY,
            on=TODAY,
            at=at(TODAY),
        )


def test_the_bill_the_paper_and_the_statement_name_the_owner_as_liable(jinxiu):
    start(jinxiu, on=date(2026, 3, 1))
    run(jinxiu, 2026, 5)
    bill = Bill.objects.get(account__party__name="租客钱七")
    assert bill_detail(bill.pk, as_of=TODAY).joint == ("张三",)
    assert Notice.objects.get(number=bill.number).data["joint"] == ["张三"]
    shown = statement(jinxiu.units[ROOM].pk, date(2026, 5, 10)).accounts
    assert {one.party_name: one.joint for one in shown} == {"租客钱七": ("张三",), "张三": ()}


def test_co_owners_stand_on_one_bill(jinxiu):
    run(jinxiu, 2026, 5)
    bill = Bill.objects.get(account__unit__code="3-1-1702")
    assert (bill.account.party.name, bill_detail(bill.pk, as_of=TODAY).joint) == ("李四", ("王五",))
    assert Notice.objects.get(number=bill.number).data["joint"] == ["王五"]


def test_one_occupant_pays_a_day_and_an_agreement_is_on_paper(jinxiu):
    start(jinxiu)
    with pytest.raises(PayerThere):
        start(jinxiu, from_on=date(2026, 6, 1), name="另一人")
    with pytest.raises(PayerNotValid):
        start(jinxiu, basis=" ")
    with pytest.raises(IntegrityError, match="ownership_payer_is_an_occupant"), transaction.atomic():
        Ownership.objects.filter(pays=True).update(basis="")


def test_the_occupants_telephone_is_a_contact_of_his(jinxiu):
    with pytest.raises(NotANumber) as refused, transaction.atomic():
        start(jinxiu, phone="12")
    assert (refused.value.code, refused.value.field) == ("owners.not_a_contact", "phone")
    start(jinxiu, phone="137 0000 1234")
    contact = Contact.objects.get(party__name="租客钱七")
    assert (contact.kind, contact.masked) == ("MOBILE", "137****1234")


def test_a_sale_ends_the_occupants_agreement_and_the_new_owner_is_billed(jinxiu):
    start(jinxiu, from_on=date(2026, 1, 1), on=date(2026, 1, 2))
    run(jinxiu, 2026, 4)
    occupant = Account.objects.get(unit=jinxiu.units[ROOM], party__name="租客钱七").pk
    pay(jinxiu, date(2026, 4, 6), account=occupant)
    buyer = sell(jinxiu)
    assert Ownership.objects.get(pays=True).held.upper == date(2026, 4, 18)
    settle(jinxiu)
    assert by_payer(jinxiu) == [("租客钱七", 11_901), ("赵六", 9_101)]
    assert credit_of([occupant])[occupant] == 9_101
    run(jinxiu, 2026, 5)
    assert by_payer(jinxiu)[2:] == [("赵六", 21_002)]
    # The old owner is liable with the occupant for his days, the new one is not; he agrees anew.
    unit = jinxiu.units[ROOM].pk
    assert joint_names(unit, Account.objects.get(pk=occupant).party_id) == ("张三",)
    start(jinxiu, from_on=date(2026, 6, 1), on=date(2026, 5, 20), name="租客孙八")
    run(jinxiu, 2026, 6)
    assert by_payer(jinxiu)[3:] == [("租客孙八", 21_002)]
    assert joint_names(unit, buyer) == ()
    assert check_books().wrong == 0


def test_a_buyer_never_sees_what_the_seller_owes(jinxiu):
    for month in (2, 3, 4):
        run(jinxiu, 2026, month)
    buyer = sell(jinxiu)
    settle(jinxiu)
    unit, seller = jinxiu.units[ROOM].pk, jinxiu.parties["张三"].pk
    day = date(2026, 6, 10)
    theirs = Account.objects.get(unit_id=unit, party_id=buyer)
    assert [row.unpaid_fen for row in open_charges(account_ids=[theirs.pk], as_of=day)] == [9_101]
    first, second = statement(unit, day).accounts
    assert (first.party_name, first.owed.principal_fen) == ("赵六", 9_101)
    assert (second.party_name, second.owed.principal_fen) == ("张三", 2 * 21_002 + 11_901)
    (mine,) = units_of([buyer], as_of=day)
    assert mine.owed.principal_fen == 9_101
    assert {one.owed.principal_fen for one in units_of([seller], as_of=day) if one.place.unit_id == unit} == {
        53_905
    }
    assert joint_debtors(unit_ids=[unit]) == {}
    assert joint_names(unit, seller) == ()


def test_paying_ahead_is_for_the_occupant_too(jinxiu):
    start(jinxiu, from_on=date(2026, 1, 1), on=date(2026, 1, 2))
    run(jinxiu, 2026, 1)
    account = Account.objects.get(unit=jinxiu.units[ROOM], party__name="租客钱七")
    bill = Bill.objects.get(pk=issue_ahead(account_id=account.pk, months=3, on=date(2026, 1, 10)))
    assert bill.amount_fen == 3 * 21_002
