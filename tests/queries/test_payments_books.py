"""The books balance, and the database is the one that says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.charges import services as charges
from billing.charges.models import Charge, Contract
from billing.charges.queries.open import running_of, terms_of
from billing.charges.rules import late_fee
from billing.payments import queries
from billing.payments.models import Allocation, CreditEntry, Payment
from tests.money import AT, PAID_ON, owe, pay


def bare_payment(company, fen=1000, **fields):
    """A payment row written past the service."""
    return Payment.objects.create(
        **{
            "community": company.community,
            "unit": company.units["3-1-1602"],
            "account": company.accounts["3-1-1602"],
            "method": "CASH",
            "amount_fen": fen,
            "paid_on": PAID_ON,
            "posted_on": PAID_ON,
            "idempotency_key": "past the service",
            "created_at": AT,
        }
        | fields
    )


class TestAtCommit:
    """Deferred triggers look at the whole transaction."""

    def test_a_payment_that_is_not_allocated_cannot_be_committed(self, committed):
        with pytest.raises(IntegrityError, match="0 fen allocated"), committed.jinxiu.open():
            bare_payment(committed.jinxiu)

    @pytest.mark.parametrize("fen", [999, 1001])
    def test_a_payment_allocated_one_fen_off_cannot_be_committed(self, committed, fen):
        with pytest.raises(IntegrityError) as failure, committed.jinxiu.open():
            payment = bare_payment(committed.jinxiu)
            charge = owe(committed.jinxiu, 2000, PAID_ON)
            Allocation.objects.create(payment=payment, charge=charge, part="PRINCIPAL", amount_fen=fen)
        assert failure.value.__cause__.diag.constraint_name == "payment_allocated_exactly"

    def test_an_allocation_added_later_cannot_be_committed(self, committed):
        with committed.jinxiu.open():
            charge = owe(committed.jinxiu, 2000, PAID_ON)
            taken = pay(committed.jinxiu, 1000)
        with pytest.raises(IntegrityError), committed.jinxiu.open():
            Allocation.objects.create(
                payment_id=taken.payment_id, charge=charge, part="PRINCIPAL", amount_fen=1
            )

    def test_credit_that_no_payment_explains_cannot_be_committed(self, committed):
        with committed.jinxiu.open():
            taken = pay(committed.jinxiu, 1000)
        with pytest.raises(IntegrityError) as failure, committed.jinxiu.open():
            CreditEntry.objects.create(
                account=committed.jinxiu.accounts["3-1-1602"], payment_id=taken.payment_id, amount_fen=1
            )
        assert failure.value.__cause__.diag.constraint_name == "credit_moves_as_its_payment_says"

    def test_credit_below_zero_cannot_be_committed(self, committed):
        with pytest.raises(IntegrityError) as failure, committed.jinxiu.open():
            charge = owe(committed.jinxiu, 2000, PAID_ON)
            payment = bare_payment(committed.jinxiu, method="CREDIT")
            Allocation.objects.create(payment=payment, charge=charge, part="PRINCIPAL", amount_fen=1000)
            CreditEntry.objects.create(account_id=payment.account_id, payment=payment, amount_fen=-1000)
            charges.settle_charges(changes=[charges.Settlement(charge.pk, 1000)], paid_on=PAID_ON)
        assert failure.value.__cause__.diag.constraint_name == "credit_never_below_zero"

    def test_what_the_service_writes_is_committed(self, committed):
        with committed.jinxiu.open():
            owe(committed.jinxiu, 600, PAID_ON)
            pay(committed.jinxiu, 1000)
        with committed.jinxiu.open():
            assert sum(Allocation.objects.values_list("amount_fen", flat=True)) == 1000


debts = st.lists(
    st.tuples(
        st.integers(1, 100_000), st.integers(-400, 40), st.sampled_from(["0", "0.0003", "0.001", "0.003"])
    ),
    min_size=1,
    max_size=4,
)
moneys = st.lists(
    st.tuples(st.integers(1, 120_000), st.integers(0, 300), st.sets(st.integers(0, 3), max_size=2)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(debts=debts, moneys=moneys, principal_first=st.booleans())
def test_whatever_is_paid_in_whatever_order_the_books_balance(jinxiu, debts, moneys, principal_first):
    with transaction.atomic():
        Contract.objects.update(principal_first=principal_first)
        charges = [owe(jinxiu, fen, PAID_ON + timedelta(late), rate=rate) for fen, late, rate in debts]
        for at, (fen, days_ago, ticks) in enumerate(moneys):
            ticked = [charges[tick].pk for tick in ticks if tick < len(charges)]
            still = {line.charge_id for line in _open(jinxiu, PAID_ON - timedelta(days_ago))}
            pay(
                jinxiu,
                fen,
                key=str(at),
                paid_on=PAID_ON - timedelta(days_ago),
                designated=[charge for charge in ticked if charge in still],
            )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _check(jinxiu, sum(fen for fen, *_ in moneys))
        transaction.set_rollback(True)


def _open(company, as_of):
    account_id = company.accounts["3-1-1602"].pk
    return queries.preview_allocation(account_id=account_id, paid_on=as_of).lines


def _check(company, paid_in):
    charges = list(Charge.objects.prefetch_related("movements"))
    credit = queries.credit_of([company.accounts["3-1-1602"].pk])[company.accounts["3-1-1602"].pk]
    assert sum(c.settled_fen + c.late_fee_paid_fen for c in charges) + credit == paid_in
    for charge in charges:
        assert 0 <= charge.settled_fen <= charge.amount_fen
        moves = [late_fee.Movement(m.on, m.principal_fen) for m in charge.movements.all() if m.principal_fen]
        if moves:
            assert running_of(charge) == late_fee.replay(terms_of(charge), moves)
        assert sum(m.principal_fen for m in charge.movements.all()) == charge.settled_fen
        by_part = dict.fromkeys(("PRINCIPAL", "LATE_FEE"), 0)
        for paid in queries.paid_on_charges([charge.pk]):
            by_part[paid.part] += paid.amount_fen
        assert by_part == {"PRINCIPAL": charge.settled_fen, "LATE_FEE": charge.late_fee_paid_fen}
