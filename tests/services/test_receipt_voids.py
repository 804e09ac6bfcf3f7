"""A receipt is voided by request: one asks, another person decides, the number stays taken."""

from __future__ import annotations

import pytest

from arrears.cases import services as cases
from billing.payments import services
from billing.payments.models import Receipt
from billing.payments.services.receipt_voids import VoidAsked
from billing.payments.services.receipts import AlreadyVoid, OwnPayment, ReasonMissing
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval, AuditEntry
from tenancy.people.services.approvals import NotYourPart
from tests.money import AT, pay


@pytest.fixture
def taken(cast):
    with cast.jinxiu.open("cashier"):
        return pay(cast.jinxiu, 10_000)


def ask(company, receipt_id, role="cashier", reason="抬头有误"):
    with company.open(role):
        return services.ask_void(receipt_id=receipt_id, reason=reason, by=company.staff(role), at=AT)


def decide(company, approval_id, role="project_manager", *, approve=True):
    with company.open(role):
        cases.decide(approval_id=approval_id, by=company.staff(role), approve=approve, reason="已核对", at=AT)


def numbers(company):
    with company.open():
        return [(row.number[-6:], row.void_reason) for row in Receipt.objects.order_by("pk")]


def test_asked_and_agreed_the_number_stays_and_a_new_receipt_follows(cast, taken):
    asked = ask(cast.jinxiu, taken.receipt_id)
    assert numbers(cast.jinxiu) == [("000001", "")]
    decide(cast.jinxiu, asked)
    assert numbers(cast.jinxiu) == [("000001", "抬头有误"), ("000002", "")]
    with cast.jinxiu.open():
        assert AuditEntry.objects.filter(action__in=["receipt.void_asked", "receipt.voided"]).count() == 2


def test_a_rejection_leaves_it_and_it_may_be_asked_again(cast, taken):
    decide(cast.jinxiu, ask(cast.jinxiu, taken.receipt_id), approve=False)
    assert numbers(cast.jinxiu) == [("000001", "")]
    ask(cast.jinxiu, taken.receipt_id)


def test_it_is_asked_once_with_a_reason_and_not_for_what_is_void(cast, taken):
    with pytest.raises(ReasonMissing):
        ask(cast.jinxiu, taken.receipt_id, reason=" ")
    asked = ask(cast.jinxiu, taken.receipt_id)
    with pytest.raises(VoidAsked):
        ask(cast.jinxiu, taken.receipt_id, "finance")
    decide(cast.jinxiu, asked)
    with pytest.raises(AlreadyVoid):
        ask(cast.jinxiu, taken.receipt_id)


def test_whoever_asked_or_plays_another_part_does_not_decide(cast, taken):
    asked = ask(cast.jinxiu, taken.receipt_id)
    with pytest.raises(NotYourPart):
        decide(cast.jinxiu, asked, "team_lead")
    with cast.jinxiu.open():
        assert Approval.objects.get(pk=asked).decision == "PENDING"


def test_who_took_the_money_does_not_decide(cast):
    with cast.jinxiu.open("project_manager"):
        taken = pay(cast.jinxiu, 10_000)
    asked = ask(cast.jinxiu, taken.receipt_id)
    with pytest.raises(OwnPayment):
        decide(cast.jinxiu, asked)
    assert numbers(cast.jinxiu) == [("000001", "")]


def test_a_receipt_of_another_company_is_not_there(cast, taken):
    with pytest.raises(NotFound):
        ask(cast.yunding, taken.receipt_id)
