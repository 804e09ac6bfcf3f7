"""Any order of issuing, paying, waiving, pausing, reversing, refunding and selling: a tiny model agrees to the fen.

The model knows nothing of segments, replay or running columns: it keeps, for every charge, what fell when
and which days are free, and counts the late fee day by day from the beginning each time it is asked. When
the home is sold it cuts its charges by the day, and reckons what is set free from the payments alone.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, timedelta

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
from billing.charges.models import Charge
from billing.charges.queries import open_charges
from billing.charges.services.prepay import NothingAhead
from billing.payments import services
from billing.payments.queries import check_books, credit_of, refund_card
from billing.payments.queries.preview import NotOpen
from billing.payments.services.reversals import CreditSpent, NotReversible
from billing.payments.services.use_credit import NothingToPay
from owners.services import NewHolder, hand_over
from tests.cast import FROM
from tests.money import AT, owe
from tests.money_model import RATE, Home, ModelCharge, share
from values.period import Period, add_months, month_start

ROOM = "3-1-1602"
FIRST = date(2026, 1, 1)
ALL = ("PRINCIPAL", "LATE_FEE")
# More when somebody looks for trouble: MODEL_EXAMPLES=500.
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "20"))


class Money(RuleBasedStateMachine):
    """The company of the cast, one room; time only goes forward."""

    company = None
    steps = sales = cuts = freed_fen = 0

    debts = Bundle("debts")
    taken = Bundle("taken")

    @initialize()
    def begin(self):
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.account = self.company.accounts[ROOM].pk
        self.unit, self.seller = self.company.units[ROOM].pk, self.company.accounts[ROOM].party_id
        self.home, self.accounts = Home(self.seller, FROM), {self.seller: self.account}
        self.of: dict[int, int] = {}  # charge -> account
        self.became: dict[int, int | None] = {}  # charge that was cut -> what stays of it
        self.today, self.keys = FIRST, 0
        self.model: dict[int, ModelCharge] = {}
        self.payments: dict[int, list[tuple[int | None, str, int]]] = {}
        self.payer: dict[int, int] = {}
        self.days: dict[int, date] = {}
        self.refunded: dict[int, int] = defaultdict(int)
        self.from_credit: set[int] = set()
        self.credit: dict[int, int] = defaultdict(int)

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
        # Of a fee that the home does not pay: no run comes across its period.
        charge = owe(self.company, fen, due_on, item="parking", rate=str(RATE) if bears else "0")
        self.model[charge.pk] = ModelCharge(fen, due_on, bears=bears, start=due_on)
        self.of[charge.pk] = self.company.accounts[ROOM].pk
        return charge.pk

    @rule(target=debts, back=st.integers(0, 2))
    def run_a_month(self, back):
        month = max(add_months(month_start(self.today), -back), FIRST)
        charges.issue_bills(
            community_id=self.company.community.pk, period=Period(month, add_months(month, 1)),
            issued_on=self.today,
        )  # fmt: skip
        self.home.runs.add(month)
        return multiple(*self._billed(self.home.bill(month)))

    @rule(target=debts, months=st.integers(1, 4))
    def bill_ahead(self, months):
        party = self.home.owners[-1][0]
        try:
            with transaction.atomic():
                charges.issue_ahead(account_id=self.accounts[party], months=months, on=self.today)
        except NothingAhead:
            return multiple()
        fresh = [row for row in self._standing() if row.pk not in self.model]
        made = [(party, row.period.lower, row.period.upper) for row in fresh]
        assert 0 < len(made) <= months
        for _party, start, end in made:
            assert start not in self.home.taken
            self.home.take(start, end)
        return multiple(*self._billed(made))

    @precondition(lambda self: len(self.home.owners) < 5)
    @rule(target=debts, ago=st.integers(0, 45))
    def transfer(self, ago):
        """The home is sold: the seller's charges are cut, what he paid ahead is free, the buyer has the rest."""
        on = max(self.today - timedelta(ago), FIRST + timedelta(1))
        if on <= self.home.owners[-1][1] or on > self.today:
            return multiple()
        seller = self.accounts[self.home.owners[-1][0]]
        (buyer,) = hand_over(unit_id=self.unit, on=on, holders=[NewHolder(name=f"买方{len(self.accounts)}")])
        services.settle_transfer(unit_id=self.unit, changed_on=on, on=self.today, at=self._now())
        pair = (self.unit, buyer)
        self.accounts[buyer] = charges.open_accounts(pairs=[pair], opened_on=on)[pair]
        self.home.sell(buyer, on)
        type(self).sales += 1
        cut = self._cut(seller, on)
        return multiple(*cut, *self._billed(self.home.rest(on, self.today), told_on=self.today))

    @rule(
        target=taken, fen=st.integers(1, 400_000) | st.just(400_000), ago=st.integers(0, 30), tick=st.none() | debts,
        who=st.integers(0, 4),
    )  # fmt: skip
    def pay(self, fen, ago, tick, who):
        on, account = max(self.today - timedelta(ago), FIRST), self._account(who)
        tick = self._standing_of(tick)
        opened = {row.charge_id for row in open_charges(account_ids=[account], as_of=on)}
        ticked = (
            [tick] if tick in opened and (self.model[tick].unpaid() or self.model[tick].fee_owed(on)) else []
        )
        try:
            with transaction.atomic():
                got = services.take_payment(
                    account_id=account, amount_fen=fen, method="CASH", paid_on=on, posted_on=self.today,
                    at=self._now(), cash_point_id=self.company.cash_point.pk, idempotency_key=self._key(),
                    designated=ticked,
                )  # fmt: skip
        except NotOpen:  # what is ticked was let off for that day by a later payment
            return multiple()
        return self._book(got, on, account)

    @precondition(lambda self: any(self.credit.values()))
    @rule(target=taken, who=st.integers(0, 4))
    def use_credit(self, who):
        rich = [account for account, fen in self.credit.items() if fen > 0]
        account = rich[who % len(rich)]
        try:
            with transaction.atomic():
                got = services.use_credit(
                    account_id=account, paid_on=self.today, posted_on=self.today, at=self._now(),
                    idempotency_key=self._key(),
                )  # fmt: skip
        except NothingToPay:
            return multiple()
        self.credit[account] -= sum(line.amount_fen for line in got.lines)
        self.from_credit.add(got.payment_id)
        return self._book(got, self.today, account)

    @rule(payment=consumes(taken))
    def reverse(self, payment):
        lines, on, account = self.payments[payment], self.days[payment], self.payer[payment]
        is_cut = any(charge in self.became for charge, _part, _fen in lines)
        try:
            with transaction.atomic():
                services.reverse_payment(
                    payment_id=payment, reason="冲正", posted_on=self.today, at=self._now()
                )
        except NotReversible:
            assert is_cut
            return
        except CreditSpent:
            assert self._kept(payment) > self.credit[account]
            return
        assert not is_cut
        for charge, part, fen in lines:
            self._fall(charge, part, -fen, on, account)
        if payment in self.from_credit:
            self.credit[account] += sum(fen for _charge, _part, fen in lines)

    @rule(debt=debts, part=st.sampled_from(ALL), share=st.integers(1, 100))
    def let_off(self, debt, part, share):
        debt = self._standing_of(debt)
        if debt is None:
            return
        charge = self.model[debt]
        owed = charge.unpaid() if part == "PRINCIPAL" else charge.fee_owed(self.today)
        fen = owed * share // 100
        if fen == 0:
            return
        charges.adjust_charges(
            wanted=[charges.LetOff(debt, "WAIVER", part, fen, "减免")], on=self.today, at=self._now()
        )
        charge.let_off(part, fen, self.today)

    @rule(debt=debts, ago=st.integers(0, 20), days=st.integers(0, 40))
    def pause(self, debt, ago, days):
        debt = self._standing_of(debt)
        if debt is None:
            return
        first = max(self.today - timedelta(ago), FIRST)
        charges.pause_late_fee(
            charge_ids=[debt], first_on=first, last_on=first + timedelta(days), reason="缓缴", on=self.today
        )
        self.model[debt].free |= {first + timedelta(n) for n in range(days + 1)}

    @precondition(lambda self: any(self.credit.values()))
    @rule(payment=taken, part=st.integers(1, 100))
    def refund(self, payment, part):
        account = self.payer[payment]
        fen = min(self._kept(payment) - self.refunded[payment], self.credit[account]) * part // 100
        if fen <= 0:
            return
        refund = services.ask_refund(
            account_id=account, payment_id=payment, amount_fen=fen, reason="多缴",
            by=self.company.staff("cashier"), on=self.today, at=self._now(),
        )  # fmt: skip
        asked, manager = refund_card(refund).approval_id, self.company.staff("project_manager")
        cases.decide(approval_id=asked, by=manager, approve=True, at=self._now())
        services.pay_refund(
            refund_id=refund, by=self.company.staff("finance"), posted_on=self.today, at=self._now(),
            cash_point_id=self.company.cash_point.pk,
        )  # fmt: skip
        self.refunded[payment] += fen
        self.credit[account] -= fen

    # -- what must hold ----------------------------------------------------------------------------
    def check_invariants(self, *args, **kwargs):
        super().check_invariants(*args, **kwargs)
        if hasattr(self, "model"):
            type(self).steps += 1
            self._agrees(self.today)

    def _agrees(self, day):
        for account in self.accounts.values():
            found = {
                row.charge_id: (row.unpaid_fen, row.late_fee_fen)
                for row in open_charges(account_ids=[account], as_of=day)
            }
            mine = {pk: charge for pk, charge in self.model.items() if self.of[pk] == account}
            wanted = {pk: (charge.unpaid(), charge.fee_owed(day)) for pk, charge in mine.items()}
            assert found == {pk: owed for pk, owed in wanted.items() if sum(owed)}
            assert credit_of([account])[account] == self.credit[account]

    # -- how the model moves -----------------------------------------------------------------------
    def _account(self, who):
        """One of those who own the home or have owned it."""
        return list(self.accounts.values())[who % len(self.accounts)]

    def _standing_of(self, debt):
        """What a charge has become since it was made."""
        while debt in self.became:
            debt = self.became[debt]
        return debt

    def _standing(self):
        """The home's charges by days that stand, in order."""
        found = Charge.objects.filter(unit_id=self.unit, fee_item__code="property", reversed_on=None)
        return list(found.order_by("period", "pk"))

    def _billed(self, pieces, *, told_on=None):
        """The program made these charges and no others; their ids."""
        fresh = [row for row in self._standing() if row.pk not in self.model]
        wanted = []
        for party, start, end in sorted(pieces, key=lambda piece: piece[1]):
            last_on = add_months(month_start(start), 1) - timedelta(1)
            if told_on:  # who is billed late has ten days like everybody
                last_on = max(last_on, told_on + timedelta(10))
            wanted.append((self.accounts[party], start, end, share(start, end), last_on))
        found = [
            (row.account_id, row.period.lower, row.period.upper, row.amount_fen, row.due_on) for row in fresh
        ]
        assert found == wanted
        for row, (account, start, end, fen, due_on) in zip(fresh, wanted, strict=True):
            self.model[row.pk] = ModelCharge(fen, due_on, bears=True, start=start, end=end)
            self.of[row.pk] = account
        return [row.pk for row in fresh]

    def _cut(self, account, on):
        """What stays of the seller's charges; what was paid for the rest is his credit."""
        fresh = {row.period.lower: row for row in self._standing() if row.account_id == account}
        made = []
        for pk, charge in list(self.model.items()):
            if self.of[pk] != account or charge.end is None or charge.end <= on:
                continue
            left, free = charge.cut(on, self.today)
            self.credit[account] += free
            type(self).cuts += 1
            type(self).freed_fen += free
            del self.model[pk]
            self.became[pk] = fresh[charge.start].pk if left else None
            if left:
                new = fresh[charge.start]
                assert (new.amount_fen, new.due_on, new.period.upper) == (left.fen, left.due_on, on)
                self.model[new.pk], self.of[new.pk] = left, account
                made.append(new.pk)
        return made

    def _kept(self, payment):
        """What a payment left as credit."""
        return sum(fen for charge, _part, fen in self.payments[payment] if charge is None)

    def _book(self, got, on, account):
        lines = [(line.charge_id, line.part, line.amount_fen) for line in got.lines]
        lines += [(None, "CREDIT", got.credit_fen)] if got.credit_fen else []
        for charge, part, fen in lines:
            self._fall(charge, part, fen, on, account)
        self.payments[got.payment_id], self.days[got.payment_id] = lines, on
        self.payer[got.payment_id] = account
        return got.payment_id

    def _fall(self, charge, part, fen, on, account):
        if charge is None:
            self.credit[account] += fen
        else:
            self.model[charge].pay(part, fen, on)

    def _key(self):
        self.keys += 1
        return f"model-{self.keys}"

    def _now(self):
        return AT.replace(year=self.today.year, month=self.today.month, day=self.today.day, hour=23)


def test_whatever_happens_in_whatever_order_the_model_agrees(jinxiu):
    Money.company, Money.steps = jinxiu, 0
    Money.sales = Money.cuts = Money.freed_fen = 0
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
    print(f"{Money.steps} steps compared, {Money.sales} sales, {Money.cuts} cuts, {Money.freed_fen} fen free")
