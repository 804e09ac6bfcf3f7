"""A payment is taken back by a counter-entry, as if it had never come; a refund leaves by three people."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from arrears.cases import services as cases
from billing.payments import services
from billing.payments.models import Allocation, Payment, Receipt, Refund
from billing.payments.queries import credit_of, free_credit_of, payment_detail, refund_card, refundable
from billing.payments.services import refunds, reversals
from tenancy.people.models import Approval, AuditEntry
from tests.money import AT, PAID_ON, owe, pay, still_open

DUE = date(2026, 1, 31)
ROOM = "3-1-1602"


def take_back(company, payment_id, reason="收错房号"):
    return services.reverse_payment(payment_id=payment_id, reason=reason, posted_on=PAID_ON, at=AT)


def held(company):
    account = company.accounts[ROOM].pk
    return credit_of([account])[account]


class TestReversal:
    def test_everything_is_owed_again_as_if_it_had_never_been_paid(self, jinxiu):
        first = owe(jinxiu, 63006, DUE)
        second = owe(jinxiu, 63006, date(2026, 4, 30))
        before = still_open(jinxiu), still_open(jinxiu, date(2026, 12, 31))
        taken = pay(jinxiu, 100000)
        assert still_open(jinxiu) != before[0]
        entry = take_back(jinxiu, taken.payment_id)
        assert (still_open(jinxiu), still_open(jinxiu, date(2026, 12, 31))) == before
        mirrored = {
            (line.charge_id, line.part): line.amount_fen
            for line in Allocation.objects.filter(payment_id=entry)
        }
        assert mirrored == {(line.charge_id, line.part): -line.amount_fen for line in taken.lines}
        assert {first.pk, second.pk} == {charge for charge, _part in mirrored}

    def test_its_receipt_is_void_and_keeps_its_number(self, jinxiu):
        owe(jinxiu, 63006, DUE)
        taken = pay(jinxiu, 10000)
        take_back(jinxiu, taken.payment_id, "收错房号")
        receipt = Receipt.objects.get()
        assert (receipt.number, receipt.voided_on, receipt.void_reason) == (
            taken.receipt_number, PAID_ON, "收错房号",
        )  # fmt: skip

    def test_what_it_left_as_credit_is_gone(self, jinxiu):
        taken = pay(jinxiu, 10000)
        take_back(jinxiu, taken.payment_id)
        assert held(jinxiu) == 0

    def test_not_while_its_credit_has_paid_something_else(self, jinxiu):
        taken = pay(jinxiu, 10000)
        owe(jinxiu, 6000, PAID_ON, rate="0")
        used = services.use_credit(
            account_id=jinxiu.accounts[ROOM].pk,
            paid_on=PAID_ON,
            posted_on=PAID_ON,
            at=AT,
            idempotency_key="c",
        )
        with pytest.raises(reversals.CreditSpent):
            take_back(jinxiu, taken.payment_id)
        take_back(jinxiu, used.payment_id)
        assert held(jinxiu) == 10000
        take_back(jinxiu, taken.payment_id)
        assert held(jinxiu) == 0

    def test_once_only_and_no_counter_entry_of_a_counter_entry(self, jinxiu):
        taken = pay(jinxiu, 10000)
        entry = take_back(jinxiu, taken.payment_id)
        for payment_id in (taken.payment_id, entry):
            with pytest.raises(reversals.NotReversible):
                take_back(jinxiu, payment_id)
        assert Payment.objects.count() == 2

    def test_a_reason_is_needed(self, jinxiu):
        taken = pay(jinxiu, 10000)
        with pytest.raises(reversals.ReasonMissing):
            take_back(jinxiu, taken.payment_id, " ")

    def test_the_day_it_is_booked_on_loses_the_money_the_earlier_day_keeps_it(self, jinxiu):
        earlier = date(2026, 5, 20)
        taken = pay(jinxiu, 10000, paid_on=earlier, posted_on=earlier)
        take_back(jinxiu, taken.payment_id)
        by_day = dict(Payment.objects.values_list("posted_on", "amount_fen"))
        assert by_day == {earlier: 10000, PAID_ON: -10000}

    def test_a_transfer_taken_back_may_be_booked_again_where_it_belongs(self, jinxiu):
        owe(jinxiu, 63006, DUE)
        asked = {"method": "TRANSFER", "reference": "BANK-1", "cash_point_id": None}
        taken = pay(jinxiu, 10000, **asked)
        take_back(jinxiu, taken.payment_id)
        assert pay(jinxiu, 10000, key="k2", **asked).payment_id != taken.payment_id

    def test_an_entry_that_is_no_mirror_cannot_be_committed(self, committed):
        with committed.jinxiu.open():
            taken = pay(committed.jinxiu, 10000)
        for lie in ({"amount_fen": -9999}, {"method": "TRANSFER"}):
            with pytest.raises(IntegrityError), committed.jinxiu.open():
                old = Payment.objects.get(pk=taken.payment_id)
                fields = {f.attname: getattr(old, f.attname) for f in Payment._meta.concrete_fields}
                entry = fields | {
                    "id": None, "kind": "REVERSAL", "reverses_id": old.pk, "amount_fen": -10000,
                    "idempotency_key": "lie",
                } | lie  # fmt: skip
                Payment.objects.create(**entry)


class TestAsking:
    def ask(self, company, payment_id):
        with company.open("cashier"):
            return services.ask_reversal(
                payment_id=payment_id, reason="收错房号", by=company.staff("cashier"), at=AT
            )

    def test_another_person_decides_and_the_entry_follows_at_once(self, jinxiu):
        taken = pay(jinxiu, 10000)
        asked = self.ask(jinxiu, taken.payment_id)
        assert Approval.objects.get(pk=asked).role == "project_manager"
        with jinxiu.open("project_manager"):
            cases.decide(approval_id=asked, by=jinxiu.staff("project_manager"), approve=True, at=AT)
            assert held(jinxiu) == 0
            entry = Payment.objects.get(kind="REVERSAL")
            assert entry.taken_by_id == jinxiu.people["project_manager"].pk
            assert AuditEntry.objects.filter(action="payment.reversed", object_id=taken.payment_id).exists()

    def test_rejected_the_payment_stands(self, jinxiu):
        taken = pay(jinxiu, 10000)
        asked = self.ask(jinxiu, taken.payment_id)
        with jinxiu.open("project_manager"):
            manager = jinxiu.staff("project_manager")
            cases.decide(approval_id=asked, by=manager, approve=False, reason="没错", at=AT)
        assert held(jinxiu) == 10000

    def test_asked_once_at_a_time(self, jinxiu):
        taken = pay(jinxiu, 10000)
        self.ask(jinxiu, taken.payment_id)
        with pytest.raises(reversals.ReversalAsked):
            self.ask(jinxiu, taken.payment_id)

    def test_who_took_the_money_does_not_decide_that_he_did_not(self, jinxiu):
        with jinxiu.open("project_manager"):
            taken = pay(jinxiu, 10000)
        asked = self.ask(jinxiu, taken.payment_id)
        with jinxiu.open("project_manager"), pytest.raises(reversals.OwnTaking):
            cases.decide(approval_id=asked, by=jinxiu.staff("project_manager"), approve=True, at=AT)


class TestRefund:
    @pytest.fixture
    def paid(self, jinxiu):
        return pay(jinxiu, 10000)

    def ask(self, company, payment_id, fen=6000, role="cashier"):
        with company.open(role):
            return services.ask_refund(
                account_id=company.accounts[ROOM].pk, payment_id=payment_id, amount_fen=fen, reason="多缴",
                by=company.staff(role), on=PAID_ON, at=AT,
            )  # fmt: skip

    def decide(self, company, refund_id, *, approve=True, role="project_manager"):
        with company.open(role):
            cases.decide(
                approval_id=refund_card(refund_id).approval_id, by=company.staff(role), approve=approve,
                reason="同意" if approve else "不退", at=AT,
            )  # fmt: skip

    def pay(self, company, refund_id, role="finance", **given):
        with company.open(role):
            asked = {"posted_on": PAID_ON, "at": AT, "cash_point_id": company.cash_point.pk} | given
            return services.pay_refund(refund_id=refund_id, by=company.staff(role), **asked)

    def test_three_people_and_the_credit_leaves_by_the_way_it_came(self, jinxiu, paid):
        refund = self.ask(jinxiu, paid.payment_id)
        self.decide(jinxiu, refund)
        entry = payment_detail(self.pay(jinxiu, refund))
        assert (entry.method, entry.amount_fen, held(jinxiu)) == ("CASH", -6000, 4000)
        assert refund_card(refund).state == "PAID"

    def test_while_it_waits_its_money_pays_nothing_else(self, jinxiu, paid):
        account = jinxiu.accounts[ROOM].pk
        self.ask(jinxiu, paid.payment_id)
        owe(jinxiu, 8000, PAID_ON, rate="0")
        assert free_credit_of([account]) == {account: 4000}
        services.use_credit_held(as_of=PAID_ON, at=AT)
        assert held(jinxiu) == 6000

    def test_rejected_or_withdrawn_the_credit_is_free_again(self, jinxiu, paid):
        account = jinxiu.accounts[ROOM].pk
        self.decide(jinxiu, self.ask(jinxiu, paid.payment_id), approve=False)
        second = self.ask(jinxiu, paid.payment_id)
        services.withdraw_refund(refund_id=second, by=jinxiu.staff("cashier"), on=PAID_ON)
        assert free_credit_of([account]) == {account: 10000}
        with pytest.raises(refunds.RefundNotApproved):
            self.pay(jinxiu, second)

    def test_no_more_than_the_payment_left_as_credit(self, jinxiu, paid):
        for fen in (10001, 0, -5):
            with pytest.raises((refunds.NotRefundable, services.BadAmount)):
                self.ask(jinxiu, paid.payment_id, fen)
        self.ask(jinxiu, paid.payment_id, 6000)
        with pytest.raises(refunds.NotRefundable):
            self.ask(jinxiu, paid.payment_id, 4001)
        assert [row.left_fen for row in refundable(jinxiu.accounts[ROOM].pk)] == [4000]

    @pytest.mark.parametrize("role", ["cashier", "project_manager"])
    def test_who_asked_or_agreed_does_not_pay(self, jinxiu, paid, role):
        refund = self.ask(jinxiu, paid.payment_id)
        self.decide(jinxiu, refund)
        with pytest.raises(refunds.AnotherPerson):
            self.pay(jinxiu, refund, role)
        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.filter(pk=refund).update(paid_by=jinxiu.people[role])
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_paid_once(self, jinxiu, paid):
        refund = self.ask(jinxiu, paid.payment_id)
        with pytest.raises(refunds.RefundNotApproved):
            self.pay(jinxiu, refund)
        self.decide(jinxiu, refund)
        self.pay(jinxiu, refund)
        with pytest.raises(refunds.RefundNotApproved):
            self.pay(jinxiu, refund)
        assert held(jinxiu) == 4000

    def test_a_transfer_goes_back_with_a_number_of_the_bank(self, jinxiu):
        taken = pay(jinxiu, 10000, method="TRANSFER", reference="IN-1", cash_point_id=None)
        refund = self.ask(jinxiu, taken.payment_id)
        self.decide(jinxiu, refund)
        with pytest.raises(refunds.ReferenceMissing):
            self.pay(jinxiu, refund)
        entry = payment_detail(self.pay(jinxiu, refund, reference="OUT-1"))
        assert (entry.method, entry.reference) == ("TRANSFER", "OUT-1")
