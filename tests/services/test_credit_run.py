"""Credit that an account holds pays what is billed to it, in the night after the bills."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.charges.models import Charge
from billing.payments.models import CreditEntry, Payment, Receipt
from billing.payments.queries import credit_of
from billing.payments.services import use_credit_held
from config import timetable
from tenancy.people.models import AuditEntry
from tests.ladder import at, on
from tests.money import owe, pay

DAY = on(0)


def night(day=DAY):
    return use_credit_held(as_of=day, at=at(day, 1))


@pytest.fixture
def ahead(jinxiu):
    """3-1-1602 paid 100.00 when nothing was open."""
    pay(jinxiu, 10_000, paid_on=DAY - timedelta(3), posted_on=DAY - timedelta(3), at=at(DAY - timedelta(3)))
    return jinxiu


def state(company, code="3-1-1602"):
    account = company.accounts[code]
    owed = [
        row.amount_fen - row.settled_fen
        for row in Charge.objects.filter(account=account).order_by("due_on", "pk")
    ]
    return credit_of([account.pk])[account.pk], owed


def test_credit_pays_what_was_billed_and_no_receipt_is_written_twice(ahead):
    owe(ahead, 21_002, DAY + timedelta(20))
    receipts = Receipt.objects.count()
    assert night() == 1
    assert state(ahead) == (0, [11_002])
    used = Payment.objects.get(method="CREDIT")
    assert (used.amount_fen, used.paid_on, used.posted_on, used.taken_by_id) == (10_000, DAY, DAY, None)
    assert Receipt.objects.count() == receipts, "the money was receipted when it came in"
    assert AuditEntry.objects.get(action="credit.used").object_id == used.pk


def test_what_is_not_needed_stays_credit_and_the_rest_goes_into_the_next_bill(ahead):
    owe(ahead, 6_000, DAY + timedelta(20))
    assert (night(), state(ahead)) == (1, (4_000, [0]))
    assert night(on(1)) == 0, "nothing is open"
    owe(ahead, 6_000, DAY + timedelta(50))
    assert (night(on(2)), state(ahead)) == (1, (0, [0, 2_000]))


def test_the_oldest_is_paid_first_with_its_late_fee(ahead):
    owe(ahead, 9_000, DAY - timedelta(100))
    owe(ahead, 9_000, DAY + timedelta(20))
    assert night() == 1
    credit, owed = state(ahead)
    late_fee = Charge.objects.order_by("due_on").first().late_fee_paid_fen
    assert late_fee > 0
    assert (credit, owed) == (0, [0, 18_000 - 10_000 + late_fee])


def test_a_night_that_runs_again_takes_nothing_twice(ahead):
    owe(ahead, 4_000, DAY + timedelta(20))
    assert night() == 1
    owe(ahead, 4_000, DAY + timedelta(25))
    assert night() == 0, "once per account and day"
    assert CreditEntry.objects.filter(amount_fen__lt=0).count() == 1


def test_who_holds_none_is_left_alone(ahead):
    owe(ahead, 5_000, DAY + timedelta(20), unit="3-1-1702")
    assert night() == 0
    assert not Payment.objects.filter(method="CREDIT").exists()


def test_the_other_company_is_left_alone(cast):
    for company in (cast.jinxiu, cast.yunding):
        with company.open():
            pay(company, 10_000, paid_on=DAY, posted_on=DAY, at=at(DAY))
            owe(company, 4_000, DAY + timedelta(20))
    with cast.yunding.open():
        assert night() == 1
    with cast.jinxiu.open():
        assert not Payment.objects.filter(method="CREDIT").exists()


def test_the_night_has_it_after_the_bills_and_before_the_ladder():
    order = [job.name for job in timetable.TIMETABLE]
    assert order.index("bills") < order.index("credit") < order.index("ladder")
