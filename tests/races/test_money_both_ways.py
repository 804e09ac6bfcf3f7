"""Money comes and goes at the same moment, on a connection each."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Charge
from billing.charges.services import issue_bills
from billing.payments import queries, services
from billing.payments.models import CreditEntry, Payment, Receipt
from billing.payments.services.refunds import NotRefundable, RefundNotApproved
from billing.payments.services.reversals import CreditSpent, NotReversible
from billing.payments.services.use_credit import NotEnoughCredit
from tenancy.people.models import Approval
from tests.money import AT, PAID_ON, owe, pay
from tests.races.test_two_cashiers import at_once, cashier
from values.period import Period

ROOM = "3-1-1602"
CASHIERS = 20


@pytest.fixture
def company(committed):
    return committed.jinxiu


def books(company):
    with company.open():
        return queries.check_books().wrong


def take_back(company, payment_id):
    def act():
        with company.open("project_manager"):
            return services.reverse_payment(payment_id=payment_id, reason="冲正", posted_on=PAID_ON, at=AT)

    return act


def approved_refund(company, payment_id, fen):
    with company.open("cashier"):
        refund = services.ask_refund(
            account_id=company.accounts[ROOM].pk, payment_id=payment_id, amount_fen=fen, reason="多缴",
            by=company.staff("cashier"), on=PAID_ON, at=AT,
        )  # fmt: skip
    with company.open("project_manager"):
        asked = queries.refund_card(refund).approval_id
        Approval.objects.filter(pk=asked).update(
            decision="APPROVED", decided_by=company.people["project_manager"]
        )
        decided = Approval.objects.get(pk=asked)
        services.refund_decided(decided, by=company.staff("project_manager"), on=PAID_ON)
    return refund


def pay_back(company, refund):
    def act():
        with company.open("finance"):
            return services.pay_refund(
                refund_id=refund, by=company.staff("finance"), posted_on=PAID_ON, at=AT,
                cash_point_id=company.cash_point.pk,
            )  # fmt: skip

    return act


def test_twenty_cashiers_number_their_receipts_without_gap_or_double(company):
    answers = at_once(*(cashier(company, f"k{n}", fen=100 + n, unit=room(n)) for n in range(CASHIERS)))
    numbers = sorted(answer.receipt_number for answer in answers)
    assert [int(number[-6:]) for number in numbers] == list(range(1, CASHIERS + 1))
    with company.open():
        assert Receipt.objects.count() == CASHIERS
    assert books(company) == 0


def room(n):
    return (ROOM, "3-1-1702", "3-2-201", "B1-001")[n % 4]


def test_a_payment_is_taken_back_once_however_many_try(company):
    with company.open():
        owe(company, 63006, PAID_ON)
        taken = pay(company, 63006)
    answers = at_once(*[take_back(company, taken.payment_id)] * 4)
    assert sum(isinstance(answer, NotReversible) for answer in answers) == 3
    with company.open():
        assert Charge.objects.get().settled_fen == 0
    assert books(company) == 0


def test_credit_is_refunded_or_used_never_both(company):
    with company.open():
        taken = pay(company, 10000)
    refund = approved_refund(company, taken.payment_id, 10000)
    with company.open():
        owe(company, 10000, PAID_ON, rate="0")

    def use():
        with company.open("cashier"):
            return services.use_credit(
                account_id=company.accounts[ROOM].pk, paid_on=PAID_ON, posted_on=PAID_ON, at=AT,
                idempotency_key="use",
            )  # fmt: skip

    answers = at_once(pay_back(company, refund), use, pay_back(company, refund))
    assert sum(isinstance(answer, NotEnoughCredit | RefundNotApproved) for answer in answers) == 2
    with company.open():
        assert sum(CreditEntry.objects.values_list("amount_fen", flat=True)) == 0
        assert Payment.objects.filter(kind="REFUND").count() == 1
    assert books(company) == 0


def test_a_refund_while_its_payment_is_taken_back(company):
    with company.open():
        taken = pay(company, 10000)
    refund = approved_refund(company, taken.payment_id, 10000)
    answers = at_once(pay_back(company, refund), take_back(company, taken.payment_id))
    assert sum(isinstance(answer, NotRefundable | CreditSpent) for answer in answers) == 1
    with company.open():
        assert sum(CreditEntry.objects.values_list("amount_fen", flat=True)) == 0
    assert books(company) == 0


def test_a_payment_during_a_run_pays_what_is_there_and_keeps_the_rest(company):
    month = Period.month(2026, 5)

    def run():
        with company.open("finance"):
            return issue_bills(community_id=company.community.pk, period=month, issued_on=date(2026, 5, 5))

    issued, taken = at_once(run, cashier(company, "during", fen=50000))
    assert issued.bills == 4
    with company.open():
        account = company.accounts[ROOM].pk
        settled = sum(Charge.objects.filter(account_id=account).values_list("settled_fen", flat=True))
        assert settled + queries.credit_of([account])[account] == 50000
        assert taken.credit_fen in (50000, 50000 - 21002)
    assert books(company) == 0
