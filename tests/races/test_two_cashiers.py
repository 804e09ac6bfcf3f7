"""Two cashiers, one bill, at the same moment, on two connections."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from billing.charges.models import Charge
from billing.charges.services import lock_account
from billing.payments import queries, services
from billing.payments.models import CashSession, DayClose, Payment, Receipt
from billing.payments.services.checks import AccountChanged
from billing.payments.services.days import DayClosed
from billing.payments.services.taken import KeyReused
from billing.payments.services.tills import TillNotOpen, TillTaken
from billing.payments.services.use_credit import NotEnoughCredit
from tenancy.kernel.errors import Refused
from tests.money import AT, PAID_ON, owe, pay
from tests.till import closed, counted, opened

BILL = 63006


@pytest.fixture
def company(committed):
    with committed.jinxiu.open():
        owe(committed.jinxiu, BILL, PAID_ON)
    return committed.jinxiu


def at_once(*acts):
    """Run the acts on a connection each, released together; answers or refusals in the order given."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def cashier(company, key, *, fen=BILL, **given):
    """A cashier who opens the company for himself."""

    def act():
        with company.open("cashier"):
            return pay(company, fen, key=key, **given)

    return act


def the_bill(company):
    with company.open():
        return Charge.objects.get()


def test_the_seconds_money_becomes_credit_and_the_bill_is_paid_once(company):
    first, second = at_once(cashier(company, "a"), cashier(company, "b"))
    assert sorted([first.credit_fen, second.credit_fen]) == [0, BILL]
    assert the_bill(company).settled_fen == BILL
    with company.open():
        account_id = company.accounts["3-1-1602"].pk
        assert queries.credit_of([account_id]) == {account_id: BILL}
        assert len(set(Receipt.objects.values_list("number", flat=True))) == 2


def test_the_second_is_refused_clearly_when_he_said_what_he_saw(company):
    answers = at_once(*(cashier(company, key, expected_owed_fen=BILL) for key in "abcd"))
    assert sum(isinstance(answer, AccountChanged) for answer in answers) == 3
    assert the_bill(company).settled_fen == BILL
    with company.open():
        assert Payment.objects.count() == 1


def test_part_payments_at_once_never_settle_more_than_the_bill(company):
    answers = at_once(*(cashier(company, key, fen=20000) for key in "abcde"))
    assert sum(answer.credit_fen for answer in answers) == 5 * 20000 - BILL
    assert the_bill(company).settled_fen == BILL
    with company.open():
        numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert [number[-1] for number in numbers] == list("12345")


def test_the_same_request_twice_at_once_is_one_payment(company):
    answers = at_once(*[cashier(company, "same")] * 4)
    assert len({answer.payment_id for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    with company.open():
        assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)


def test_one_key_for_two_accounts_at_once_is_one_payment_and_one_conflict(company):
    answers = at_once(cashier(company, "same"), cashier(company, "same", unit="3-1-1702"))
    assert sum(isinstance(answer, KeyReused) for answer in answers) == 1
    with company.open():
        assert Payment.objects.count() == 1


def test_the_same_credit_is_not_used_twice(company):
    account = company.accounts["3-1-1702"].pk
    with company.open():
        pay(company, 100, unit="3-1-1702", key="ahead")
        owe(company, 5000, PAID_ON, unit="3-1-1702")

    def use(key):
        def act():
            with company.open("cashier"):
                return services.use_credit(
                    account_id=account, paid_on=PAID_ON, posted_on=PAID_ON, at=AT, idempotency_key=key
                )

        return act

    answers = at_once(use("a"), use("b"))
    assert sum(isinstance(answer, NotEnoughCredit) for answer in answers) == 1
    with company.open():
        assert queries.credit_of([account]) == {account: 0}


def test_an_account_that_is_being_changed_is_locked_and_its_neighbour_is_not(company):
    mine, neighbour = company.accounts["3-1-1602"].pk, company.accounts["3-1-1702"].pk

    def lock_now(account_id):
        def act():
            with company.open(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT id FROM charges_account WHERE id = %s FOR UPDATE NOWAIT", [account_id])

        return act

    with company.open():
        lock_account(mine)
        with pytest.raises(OperationalError, match="could not obtain lock"):
            at_once(lock_now(mine))
        at_once(lock_now(neighbour))


def test_two_cashiers_open_the_same_till_and_one_is_told_who_has_it(company):
    def opens(role):
        def act():
            with company.open(role):
                return opened(company, role, fen=50000)

        return act

    answers = at_once(*(opens(role) for role in ("cashier", "finance", "cashier")))
    assert sum(isinstance(answer, TillTaken) for answer in answers) == 2
    with company.open():
        assert CashSession.objects.count() == 1


def test_a_till_that_closes_meanwhile_takes_no_cash_unseen(company):
    """Either the money is in the count's expectation, or it is refused."""
    with company.open("cashier"):
        till = opened(company, fen=0)
        counted(company, till, 0)

    def closes():
        with company.open("cashier"):
            return closed(company, till, reason="少款")

    def takes():
        with company.open("cashier"):
            return pay(company, 1000, key="late", by=company.staff("cashier"))

    _closing, taken = at_once(closes, takes)
    with company.open():
        inside = Payment.objects.filter(session_id=till).count()
        expected = CashSession.objects.get().expected_fen
    assert expected == 1000 * inside
    assert isinstance(taken, TillNotOpen) == (inside == 0)


def test_money_that_comes_while_the_day_is_closed_is_in_its_report_or_refused(company):
    def closes():
        with company.open("finance"):
            return services.close_day(
                community_id=company.community.pk,
                day=PAID_ON,
                by=company.people["finance"].pk,
                on=PAID_ON,
                at=AT,
            )

    answers = at_once(closes, *(cashier(company, f"d{n}", fen=1000) for n in range(4)))
    with company.open():
        booked = 1000 * Payment.objects.count()
        assert DayClose.objects.get().received_fen == booked
    assert sum(isinstance(answer, DayClosed) for answer in answers) == 4 - booked // 1000
