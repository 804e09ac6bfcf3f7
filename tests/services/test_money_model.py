"""Any order of issuing, paying, waiving, pausing, reversing and refunding: a tiny model agrees to the fen.

The model knows nothing of segments, replay or running columns: it keeps, for every charge, what fell when
and which days are free, and counts the late fee day by day from the beginning each time it is asked.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from arrears.cases import services as cases
from billing.charges import services as charges
from billing.charges.queries import open_charges
from billing.payments import services
from billing.payments.queries import check_books, credit_of, refund_card
from billing.payments.queries.preview import NotOpen
from billing.payments.services.reversals import CreditSpent
from billing.payments.services.use_credit import NothingToPay
from tests.money import AT, owe

ROOM = "3-1-1602"
FIRST = date(2026, 1, 1)
RATE = Decimal("0.0003")
ALL = ("PRINCIPAL", "LATE_FEE")
# More when somebody looks for trouble: MODEL_EXAMPLES=500.
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "20"))


class ModelCharge:
    """What fell on a charge and when; `free` are its days without late fee."""

    def __init__(self, fen: int, due_on: date, *, bears: bool) -> None:
        self.fen, self.due_on, self.rate = fen, due_on, RATE if bears else Decimal(0)
        self.falls: dict[date, int] = defaultdict(int)
        self.fee_gone = 0
        self.free: set[date] = set()

    def unpaid(self, day: date | None = None) -> int:
        return self.fen - sum(fen for on, fen in self.falls.items() if day is None or on <= day)

    def fee(self, day: date) -> int:
        """Every day after the due day costs its morning's unpaid principal; capped, rounded once."""
        total, at = Decimal(0), self.due_on + timedelta(1)
        while at <= day:
            if at not in self.free:
                left = self.fen - sum(fen for on, fen in self.falls.items() if on < at)
                total += left * self.rate
            at += timedelta(1)
        total = min(total, Decimal(self.fen))
        return int(total.quantize(Decimal(1), ROUND_HALF_UP))

    def fee_owed(self, day: date) -> int:
        return max(self.fee(day) - self.fee_gone, 0)


class Money(RuleBasedStateMachine):
    """The company of the cast, one room; time only goes forward."""

    company = None
    steps = 0

    debts = Bundle("debts")
    taken = Bundle("taken")

    @initialize()
    def begin(self):
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.account = self.company.accounts[ROOM].pk
        self.today, self.keys = FIRST, 0
        self.model: dict[int, ModelCharge] = {}
        self.payments: dict[int, list[tuple[int | None, str, int]]] = {}
        self.days: dict[int, date] = {}
        self.refunded: dict[int, int] = defaultdict(int)
        self.from_credit: set[int] = set()
        self.credit = 0

    def teardown(self):
        if not hasattr(self, "scope"):
            return
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert check_books().wrong == 0
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    # -- what may happen ---------------------------------------------------------------------------
    @rule(days=st.integers(1, 45))
    def time_goes_by(self, days):
        self.today += timedelta(days)

    @rule(target=debts, fen=st.integers(1, 300_000), late=st.integers(-60, 40), bears=st.booleans())
    def issue(self, fen, late, bears):
        due_on = self.today - timedelta(late)
        charge = owe(self.company, fen, due_on, rate=str(RATE) if bears else "0")
        self.model[charge.pk] = ModelCharge(fen, due_on, bears=bears)
        return charge.pk

    @rule(target=taken, fen=st.integers(1, 400_000), ago=st.integers(0, 30), tick=st.none() | debts)
    def pay(self, fen, ago, tick):
        on = max(self.today - timedelta(ago), FIRST)
        opened = {row.charge_id for row in open_charges(account_ids=[self.account], as_of=on)}
        ticked = (
            [tick] if tick in opened and (self.model[tick].unpaid() or self.model[tick].fee_owed(on)) else []
        )
        try:
            with transaction.atomic():
                got = services.take_payment(
                    account_id=self.account, amount_fen=fen, method="CASH", paid_on=on, posted_on=self.today,
                    at=self._now(), cash_point_id=self.company.cash_point.pk, idempotency_key=self._key(),
                    designated=ticked,
                )  # fmt: skip
        except NotOpen:  # what is ticked was let off for that day by a later payment
            return multiple()
        return self._book(got, on)

    @precondition(lambda self: self.credit > 0)
    @rule(target=taken)
    def use_credit(self):
        try:
            with transaction.atomic():
                got = services.use_credit(
                    account_id=self.account, paid_on=self.today, posted_on=self.today, at=self._now(),
                    idempotency_key=self._key(),
                )  # fmt: skip
        except NothingToPay:
            return multiple()
        self.credit -= sum(line.amount_fen for line in got.lines)
        self.from_credit.add(got.payment_id)
        return self._book(got, self.today)

    @rule(payment=consumes(taken))
    def reverse(self, payment):
        lines, on = self.payments[payment], self.days[payment]
        try:
            with transaction.atomic():
                services.reverse_payment(
                    payment_id=payment, reason="冲正", posted_on=self.today, at=self._now()
                )
        except CreditSpent:
            assert self._kept(payment) > self.credit
            return
        for charge, part, fen in lines:
            self._fall(charge, part, -fen, on)
        if payment in self.from_credit:
            self.credit += sum(fen for _charge, _part, fen in lines)

    @rule(debt=debts, part=st.sampled_from(ALL), share=st.integers(1, 100))
    def let_off(self, debt, part, share):
        charge = self.model[debt]
        owed = charge.unpaid() if part == "PRINCIPAL" else charge.fee_owed(self.today)
        fen = owed * share // 100
        if fen == 0:
            return
        charges.adjust_charges(
            wanted=[charges.LetOff(debt, "WAIVER", part, fen, "减免")], on=self.today, at=self._now()
        )
        self._fall(debt, part, fen, self.today)

    @rule(debt=debts, ago=st.integers(0, 20), days=st.integers(0, 40))
    def pause(self, debt, ago, days):
        first = max(self.today - timedelta(ago), FIRST)
        charges.pause_late_fee(
            charge_ids=[debt], first_on=first, last_on=first + timedelta(days), reason="缓缴", on=self.today
        )
        self.model[debt].free |= {first + timedelta(n) for n in range(days + 1)}

    @precondition(lambda self: self.credit > 0)
    @rule(payment=taken, share=st.integers(1, 100))
    def refund(self, payment, share):
        fen = min(self._kept(payment) - self.refunded[payment], self.credit) * share // 100
        if fen <= 0:
            return
        refund = services.ask_refund(
            account_id=self.account, payment_id=payment, amount_fen=fen, reason="多缴",
            by=self.company.staff("cashier"), on=self.today, at=self._now(),
        )  # fmt: skip
        asked, manager = refund_card(refund).approval_id, self.company.staff("project_manager")
        cases.decide(approval_id=asked, by=manager, approve=True, at=self._now())
        services.pay_refund(
            refund_id=refund, by=self.company.staff("finance"), posted_on=self.today, at=self._now(),
            cash_point_id=self.company.cash_point.pk,
        )  # fmt: skip
        self.refunded[payment] += fen
        self.credit -= fen

    # -- what must hold ----------------------------------------------------------------------------
    def check_invariants(self, *args, **kwargs):
        super().check_invariants(*args, **kwargs)
        if hasattr(self, "model"):
            type(self).steps += 1
            self._agrees(self.today)

    def _agrees(self, day):
        found = {
            row.charge_id: (row.unpaid_fen, row.late_fee_fen)
            for row in open_charges(account_ids=[self.account], as_of=day)
        }
        wanted = {pk: (charge.unpaid(), charge.fee_owed(day)) for pk, charge in self.model.items()}
        assert found == {pk: owed for pk, owed in wanted.items() if sum(owed)}
        assert credit_of([self.account])[self.account] == self.credit

    # -- how the model moves -----------------------------------------------------------------------
    def _kept(self, payment):
        """What a payment left as credit."""
        return sum(fen for charge, _part, fen in self.payments[payment] if charge is None)

    def _book(self, got, on):
        lines = [(line.charge_id, line.part, line.amount_fen) for line in got.lines]
        lines += [(None, "CREDIT", got.credit_fen)] if got.credit_fen else []
        for charge, part, fen in lines:
            self._fall(charge, part, fen, on)
        self.payments[got.payment_id], self.days[got.payment_id] = lines, on
        return got.payment_id

    def _fall(self, charge, part, fen, on):
        if charge is None:
            self.credit += fen
        elif part == "PRINCIPAL":
            self.model[charge].falls[on] += fen
        else:
            self.model[charge].fee_gone += fen

    def _key(self):
        self.keys += 1
        return f"model-{self.keys}"

    def _now(self):
        return AT.replace(year=self.today.year, month=self.today.month, day=self.today.day, hour=23)


def test_whatever_happens_in_whatever_order_the_model_agrees(jinxiu):
    Money.company, Money.steps = jinxiu, 0
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Money.steps >= EXAMPLES
    print(f"{Money.steps} steps compared")
