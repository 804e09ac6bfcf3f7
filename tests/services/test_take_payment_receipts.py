"""Receipts and credit: numbered without gaps, voided with a reason; money kept for later and used."""

from __future__ import annotations

import pytest

from billing.payments import queries, services
from billing.payments.models import CreditEntry, Receipt
from billing.payments.queries.preview import NotOpen
from billing.payments.services.cash_points import BadCode, CodeTaken
from billing.payments.services.receipts import AlreadyVoid, OwnPayment, ReasonMissing
from billing.payments.services.use_credit import NotEnoughCredit, NothingToPay
from tenancy.kernel.errors import NotFound
from tests.money import AT, PAID_ON, lines, owe, pay, still_open


class TestReceipts:
    """Numbered without gaps per desk and year; a void keeps its number."""

    def test_numbers_run_per_desk_and_year(self, jinxiu):
        desk = services.open_cash_point(community_id=jinxiu.community.pk, code="02", name="前台二")
        numbers = [
            pay(jinxiu, 100, key="1").receipt_number,
            pay(jinxiu, 100, key="2").receipt_number,
            pay(jinxiu, 100, key="3", cash_point_id=desk).receipt_number,
        ]
        assert numbers == [
            "RECEIPT-01-JX-2026-000001",
            "RECEIPT-01-JX-2026-000002",
            "RECEIPT-02-JX-2026-000001",
        ]

    def test_a_refused_payment_uses_no_number(self, jinxiu):
        with pytest.raises(NotOpen):
            pay(jinxiu, 100, designated=[10**9])
        assert pay(jinxiu, 100).receipt_number.endswith("000001")

    def test_a_desk_cannot_have_a_code_twice(self, jinxiu):
        with pytest.raises(CodeTaken):
            services.open_cash_point(community_id=jinxiu.community.pk, code="01", name="又一个")

    @pytest.mark.parametrize("code", ["", "a", "0-1", "柜", "X" * 11])
    def test_a_desks_code_stands_in_numbers_and_must_be_plain(self, jinxiu, code):
        with pytest.raises(BadCode):
            services.open_cash_point(community_id=jinxiu.community.pk, code=code, name="前台")

    def test_a_desk_in_another_companys_community_cannot_be_opened(self, cast):
        with cast.jinxiu.open(), pytest.raises(NotFound):
            services.open_cash_point(community_id=cast.yunding.community.pk, code="09", name="前台")

    def test_a_void_keeps_its_number_and_is_replaced(self, cast):
        with cast.jinxiu.open("cashier"):
            taken = pay(cast.jinxiu, 100)
        with cast.jinxiu.open("project_manager"):
            new = services.void_receipt(
                receipt_id=taken.receipt_id,
                reason="户名写错",
                on=PAID_ON,
                by=cast.jinxiu.staff("project_manager"),
            )
            old, fresh = Receipt.objects.get(pk=taken.receipt_id), Receipt.objects.get(pk=new)
        assert (old.number[-6:], fresh.number[-6:]) == ("000001", "000002")
        assert (old.voided_on, old.void_reason, old.voided_by_id) == (
            PAID_ON, "户名写错", cast.jinxiu.people["project_manager"].pk,
        )  # fmt: skip
        assert fresh.payment_id == old.payment_id

    def test_who_took_the_money_does_not_void_its_receipt(self, cast):
        with cast.jinxiu.open("cashier"):
            taken = pay(cast.jinxiu, 100)
            with pytest.raises(OwnPayment):
                services.void_receipt(
                    receipt_id=taken.receipt_id, reason="x", on=PAID_ON, by=cast.jinxiu.staff("cashier")
                )

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_void_needs_a_reason(self, jinxiu, reason):
        taken = pay(jinxiu, 100)
        with pytest.raises(ReasonMissing):
            services.void_receipt(
                receipt_id=taken.receipt_id, reason=reason, on=PAID_ON, by=jinxiu.staff("project_manager")
            )

    def test_a_void_receipt_is_not_voided_again(self, jinxiu):
        by, taken = jinxiu.staff("project_manager"), pay(jinxiu, 100)
        services.void_receipt(receipt_id=taken.receipt_id, reason="x", on=PAID_ON, by=by)
        with pytest.raises(AlreadyVoid):
            services.void_receipt(receipt_id=taken.receipt_id, reason="x", on=PAID_ON, by=by)


class TestCredit:
    """Credit pays charges that came later; it was receipted when it came in."""

    @pytest.fixture
    def account_id(self, jinxiu):
        pay(jinxiu, 50000, key="ahead")
        return jinxiu.accounts["3-1-1602"].pk

    def use(self, account_id, **given):
        asked = {"paid_on": PAID_ON, "posted_on": PAID_ON, "at": AT, "idempotency_key": "use"}
        return services.use_credit(account_id=account_id, **(asked | given))

    def test_it_pays_what_is_open_and_keeps_the_rest(self, jinxiu, account_id):
        charge = owe(jinxiu, 20000, PAID_ON).pk
        taken = self.use(account_id)
        assert lines(taken) == [(charge, "PRINCIPAL", 20000)]
        assert (taken.receipt_number, taken.receipt_id) == ("", None)
        assert queries.credit_of([account_id]) == {account_id: 30000}
        assert [row.amount_fen for row in queries.credit_history(account_id)] == [-20000, 50000]

    def test_it_pays_as_far_as_it_goes(self, jinxiu, account_id):
        charge = owe(jinxiu, 80000, PAID_ON).pk
        self.use(account_id)
        assert still_open(jinxiu) == {charge: (30000, 0)}
        assert queries.credit_of([account_id]) == {account_id: 0}

    def test_a_retry_uses_nothing_twice(self, jinxiu, account_id):
        owe(jinxiu, 20000, PAID_ON)
        first = self.use(account_id)
        assert self.use(account_id) == first._replace(replayed=True)
        assert CreditEntry.objects.count() == 2

    def test_more_than_is_held_is_refused(self, jinxiu, account_id):
        owe(jinxiu, 80000, PAID_ON)
        with pytest.raises(NotEnoughCredit):
            self.use(account_id, amount_fen=50001)

    def test_more_than_is_open_is_refused(self, jinxiu, account_id):
        owe(jinxiu, 100, PAID_ON)
        with pytest.raises(NothingToPay):
            self.use(account_id, amount_fen=101)

    def test_without_open_charges_nothing_happens(self, account_id):
        with pytest.raises(NothingToPay):
            self.use(account_id)

    def test_without_credit_nothing_happens(self, jinxiu):
        owe(jinxiu, 100, PAID_ON, unit="3-1-1702")
        with pytest.raises(NotEnoughCredit):
            self.use(jinxiu.accounts["3-1-1702"].pk)
