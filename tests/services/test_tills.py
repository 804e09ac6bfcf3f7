"""Cash at a desk: opened, counted blind, handed on, taken to the bank, closed for good (S16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from billing.payments import queries, services
from billing.payments.models import (
    Allocation,
    CashCount,
    CashDeposit,
    CashHandover,
    CashSession,
    CreditEntry,
    Payment,
)
from billing.payments.services.cash_moves import (
    AlreadyAnswered,
    BadReceiver,
    NotYours,
    SlipMissing,
    SlipUsed,
    TooMuch,
)
from billing.payments.services.tills import (
    BadCount,
    BadOpening,
    DifferenceUnexplained,
    HandoverPending,
    NotCounted,
    NotYourTill,
    TillClosed,
    TillNotOpen,
    TillTaken,
)
from tenancy.people.models import Membership, User
from tests.money import AT, PAID_ON, owe, pay
from tests.till import closed, counted, deposited, handed, opened


@pytest.fixture
def till(jinxiu):
    """A till that opened with 500.00."""
    return opened(jinxiu, fen=50000)


def at_the_door(company, fen, key="k", role="cashier", **given):
    """Cash taken by a member himself, as the doors take it."""
    with company.open(role):
        return pay(company, fen, key=key, by=company.staff(role), **given)


def refunded(company, session_id, fen):
    """Credit paid out in cash."""
    account = company.accounts["3-1-1602"]
    payment = Payment.objects.create(
        community=company.community, unit=company.units["3-1-1602"], account=account,
        cash_point=company.cash_point, session_id=session_id, kind="REFUND", method="CASH", amount_fen=-fen,
        paid_on=PAID_ON, posted_on=PAID_ON, created_at=AT, idempotency_key=f"refund-{fen}",
    )  # fmt: skip
    Allocation.objects.create(payment=payment, part="CREDIT", amount_fen=-fen)
    CreditEntry.objects.create(account=account, payment=payment, amount_fen=-fen)


def test_s16_cash_day_end_a_shortage_of_half_a_yuan_needs_a_reason(jinxiu, till):
    owe(jinxiu, 310050, PAID_ON)
    at_the_door(jinxiu, 326050)
    refunded(jinxiu, till, 12000)
    deposited(jinxiu, till, 300000)
    assert queries.till(till).expected_fen is None, "the count is blind"
    counted(jinxiu, till, 64000)
    assert queries.till(till).expected_fen == 64050
    assert queries.till(till).difference_fen == -50
    with pytest.raises(DifferenceUnexplained) as refusal, transaction.atomic():
        closed(jinxiu, till, reason="  ")
    assert refusal.value.code == "payments.difference_unexplained"
    assert queries.till(till).is_open
    assert closed(jinxiu, till, reason="找零时少收五角") == -50
    row = queries.till(till).row
    assert (row.expected_fen, row.counted_fen, row.difference_fen, row.state) == (
        64050,
        64000,
        -50,
        "TILL_DIFFERENCE",
    )


def test_a_till_opens_with_what_the_last_one_left(jinxiu, till):
    counted(jinxiu, till, 50000)
    closed(jinxiu, till)
    second = opened(jinxiu, "finance", on=PAID_ON + timedelta(days=1))
    assert CashSession.objects.get(pk=second).opening_fen == 50000


def test_another_opening_sum_says_why(jinxiu, till):
    counted(jinxiu, till, 50000)
    closed(jinxiu, till)
    with pytest.raises(BadOpening):
        opened(jinxiu, fen=40000)
    with pytest.raises(BadOpening):
        opened(jinxiu, fen=-1, reason="负数")
    second = opened(jinxiu, fen=40000, reason="财务取走零钱 100 元换零")
    assert CashSession.objects.get(pk=second).left_fen == 50000


def test_a_desk_has_one_open_session(jinxiu, till):
    with pytest.raises(TillTaken, match="员工"):
        opened(jinxiu, "finance")
    with pytest.raises(IntegrityError, match="cash_session_one_open_per_desk"), transaction.atomic():
        CashSession.objects.create(
            community=jinxiu.community, cash_point=jinxiu.cash_point, cashier=jinxiu.people["finance"],
            day=PAID_ON, opened_at=AT, opening_fen=0,
        )  # fmt: skip


class TestCashAtTheDoors:
    def test_needs_no_session_where_none_was_ever_opened(self, jinxiu):
        owe(jinxiu, 1000, PAID_ON)
        assert at_the_door(jinxiu, 1000).payment_id
        assert Payment.objects.get().session_id is None

    def test_goes_into_ones_own_session(self, jinxiu, till):
        at_the_door(jinxiu, 1000)
        assert Payment.objects.get().session_id == till

    def test_is_refused_without_a_session(self, jinxiu, till):
        counted(jinxiu, till, 50000)
        closed(jinxiu, till)
        with pytest.raises(TillNotOpen) as refusal, transaction.atomic():
            at_the_door(jinxiu, 1000)
        assert refusal.value.code == "payments.till_not_open"
        assert not Payment.objects.exists()

    def test_is_refused_in_anothers_session(self, jinxiu, till):
        with pytest.raises(TillNotOpen, match="jinxiu-cashier"):
            at_the_door(jinxiu, 1000, role="finance")

    def test_is_refused_in_yesterdays_session(self, jinxiu, till):
        day = PAID_ON + timedelta(days=1)
        with pytest.raises(TillNotOpen, match="2026-05-31"):
            at_the_door(jinxiu, 1000, posted_on=day, at=AT + timedelta(days=1))

    def test_transfers_need_none(self, jinxiu, till):
        assert at_the_door(jinxiu, 1000, role="finance", method="TRANSFER", reference="B1").payment_id

    def test_the_houses_own_bookings_need_none(self, jinxiu, till):
        pay(jinxiu, 1000)
        assert Payment.objects.get().session_id is None


class TestTheCount:
    def test_one_recount_and_no_more(self, jinxiu, till):
        counted(jinxiu, till, 40000)
        counted(jinxiu, till, 50000)
        with pytest.raises(BadCount):
            counted(jinxiu, till, 50000)
        assert [count.counted_fen for count in queries.till(till).counts] == [40000, 50000]
        assert closed(jinxiu, till) == 0

    def test_closing_without_one_is_refused(self, jinxiu, till):
        with pytest.raises(NotCounted):
            closed(jinxiu, till)

    def test_pieces_that_there_are_not_are_refused(self, jinxiu, till):
        for wrong in ({3: 1}, {10000: -1}):
            with pytest.raises(BadCount):
                services.count_till(session_id=till, pieces=wrong, by=jinxiu.staff("cashier"), at=AT)

    def test_is_its_cashiers_or_who_reviews_cash(self, jinxiu, till):
        with pytest.raises(NotYourTill):
            counted(jinxiu, till, 50000, role="finance")
        counted(jinxiu, till, 50000, role="team_lead")
        assert closed(jinxiu, till, role="team_lead") == 0

    def test_money_that_came_after_it_counts(self, jinxiu, till):
        counted(jinxiu, till, 50000)
        at_the_door(jinxiu, 1000)
        with pytest.raises(DifferenceUnexplained):
            closed(jinxiu, till)


class TestAClosedSession:
    @pytest.fixture
    def over(self, jinxiu, till):
        counted(jinxiu, till, 50000)
        closed(jinxiu, till)
        return till

    def test_takes_nothing_any_more(self, jinxiu, over):
        for act in (
            lambda: counted(jinxiu, over, 50000),
            lambda: closed(jinxiu, over),
            lambda: deposited(jinxiu, over, 100),
            lambda: handed(jinxiu, over, 100),
        ):
            with pytest.raises(TillClosed):
                act()

    def test_is_final_in_the_database(self, jinxiu, over):
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            CashSession.objects.filter(pk=over).update(reason="x")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            CashSession.objects.filter(pk=over).update(opening_fen=1)
        for row in (
            lambda: refunded(jinxiu, over, 100),
            lambda: CashCount.objects.create(
                session_id=over, turn=2, pieces={}, counted_fen=0, counted_at=AT,
                counted_by=jinxiu.people["cashier"],
            ),
            lambda: CashDeposit.objects.create(
                community=jinxiu.community, session_id=over, day=PAID_ON, bank="b", slip_number="s",
                amount_fen=1, made_by=jinxiu.people["cashier"], made_at=AT,
            ),
        ):  # fmt: skip
            with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
                row()


class TestMoves:
    def test_both_confirm_a_hand_over(self, jinxiu, till):
        handover = handed(jinxiu, till, 30000)
        with pytest.raises(HandoverPending):
            counted(jinxiu, till, 50000)
        with pytest.raises(NotYours):
            self.answered(jinxiu, handover, "cashier")
        self.answered(jinxiu, handover, "finance")
        with pytest.raises(AlreadyAnswered):
            self.answered(jinxiu, handover, "finance")
        counted(jinxiu, till, 20000)
        assert closed(jinxiu, till) == 0
        assert [row.left_fen for row in queries.held_by_finance()] == [30000]

    def test_finance_takes_it_to_the_bank_and_no_more_than_that(self, jinxiu, till):
        handover = handed(jinxiu, till, 30000)
        self.answered(jinxiu, handover, "finance")
        given = {"bank": "中国银行", "on": PAID_ON, "at": AT, "handover_id": handover}
        finance = jinxiu.staff("finance")
        services.deposit_cash(slip_number="7", amount_fen=20000, by=finance, **given)
        with pytest.raises(TooMuch):
            services.deposit_cash(slip_number="8", amount_fen=20000, by=finance, **given)
        with pytest.raises(IntegrityError, match="does not hold"), transaction.atomic():
            CashDeposit.objects.create(
                community=jinxiu.community, handover_id=handover, day=PAID_ON, bank="b", slip_number="s",
                amount_fen=20000, made_by=jinxiu.people["finance"], made_at=AT,
            )  # fmt: skip
        services.deposit_cash(slip_number="8", amount_fen=10000, by=finance, **given)
        assert queries.held_by_finance() == []

    def test_a_declined_one_stays_in_the_till(self, jinxiu, till):
        handover = handed(jinxiu, till, 30000)
        self.answered(jinxiu, handover, "cashier", accept=False)
        counted(jinxiu, till, 50000)
        assert closed(jinxiu, till) == 0

    def test_the_next_cashier_opens_with_what_he_was_handed(self, jinxiu, till):
        second = _second_cashier(jinxiu)
        handover = handed(jinxiu, till, 50000, to="cashier2")
        services.answer_handover(handover_id=handover, accept=True, by=second, at=AT)
        counted(jinxiu, till, 0)
        assert closed(jinxiu, till) == 0
        later = opened(jinxiu, "cashier2")
        assert CashSession.objects.get(pk=later).opening_fen == 50000

    def test_a_hand_over_is_between_two_who_handle_money(self, jinxiu, till):
        for nobody in ("cashier", "collector"):
            with pytest.raises(BadReceiver):
                handed(jinxiu, till, 100, to=nobody)

    def test_no_more_leaves_than_there_is(self, jinxiu, till):
        for fen in (50001, 0, -5):
            with pytest.raises(BadCount):
                deposited(jinxiu, till, fen)
        handed(jinxiu, till, 30000)
        with pytest.raises(BadCount):
            deposited(jinxiu, till, 30000)

    def test_a_slip_is_named_and_booked_once(self, jinxiu, till):
        with pytest.raises(SlipMissing):
            deposited(jinxiu, till, 100, slip=" ")
        deposited(jinxiu, till, 100)
        with pytest.raises(SlipUsed):
            deposited(jinxiu, till, 100)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            CashDeposit.objects.update(amount_fen=1)
        handed(jinxiu, till, 100)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            CashHandover.objects.all().delete()

    def answered(self, company, handover, role, *, accept=True):
        services.answer_handover(handover_id=handover, accept=accept, by=company.staff(role), at=AT)


def _second_cashier(company):
    user = User.objects.create_user("jinxiu-cashier2", "x", name="换班员工")
    Membership.objects.create(tenant=company.tenant, user=user, roles=["cashier"])
    company.people["cashier2"] = user
    return company.staff("cashier2")
