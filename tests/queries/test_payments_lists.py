"""What payments answer: lists, totals, details, previews."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.payments import queries, services
from billing.payments.queries import PaymentFilter
from billing.payments.queries.preview import NotOpen
from tenancy.kernel.errors import NotFound
from tenancy.kernel.scope import acting_for
from tests.money import AT, PAID_ON, owe, pay

YESTERDAY = PAID_ON - timedelta(1)


@pytest.fixture
def three(jinxiu):
    """Cash yesterday, a transfer today, and credit used today."""
    pay(jinxiu, 100000, key="cash", posted_on=YESTERDAY, paid_on=YESTERDAY)
    pay(jinxiu, 20000, key="transfer", method="TRANSFER", unit="3-1-1702", reference="流水9")
    owe(jinxiu, 5000, PAID_ON)
    account_id = jinxiu.accounts["3-1-1602"].pk
    services.use_credit(
        account_id=account_id, paid_on=PAID_ON, posted_on=PAID_ON, at=AT, idempotency_key="credit"
    )
    return jinxiu


def methods(**where):
    return [row.method for row in queries.payments(PaymentFilter(**where))]


def test_the_newest_come_first(three):
    rows = list(queries.payments(PaymentFilter()))
    assert [row.method for row in rows] == ["CREDIT", "TRANSFER", "CASH"]
    assert (rows[2].unit_code, rows[2].party_name, rows[2].amount_fen) == ("3-1-1602", "张三", 100000)
    assert rows[2].receipt_number == "RECEIPT-01-JX-2026-000001"
    assert rows[0].receipt_number is None


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"method": "TRANSFER"}, ["TRANSFER"]),
        ({"posted_to": YESTERDAY}, ["CASH"]),
        ({"posted_from": PAID_ON}, ["CREDIT", "TRANSFER"]),
        ({"words": "3-1-1702"}, ["TRANSFER"]),
        ({"words": "张三"}, ["CREDIT", "CASH"]),
        ({"words": "流水9"}, ["TRANSFER"]),
        ({"words": "RECEIPT-01-JX-2026-000001"}, ["CASH"]),
        ({"words": "nobody"}, []),
        ({"community_id": 10**9}, []),
    ],
)
def test_a_list_is_narrowed(three, where, found):
    assert methods(**where) == found


def test_a_list_is_narrowed_to_unit_account_and_desk(three):
    assert methods(unit_id=three.units["3-1-1702"].pk) == ["TRANSFER"]
    assert methods(account_id=three.accounts["3-1-1602"].pk) == ["CREDIT", "CASH"]
    assert methods(cash_point_id=three.cash_point.pk) == ["TRANSFER", "CASH"]


def test_used_credit_is_no_new_money(three):
    sums = queries.sums(PaymentFilter())
    assert [tuple(row) for row in sums.by_method] == [
        ("CASH", 1, 100000), ("CREDIT", 1, 5000), ("TRANSFER", 1, 20000),
    ]  # fmt: skip
    assert (sums.payments, sums.amount_fen) == (2, 120000)
    ids = [three.accounts["3-1-1602"].pk, three.accounts["3-1-1702"].pk, three.accounts["B1-001"].pk]
    assert queries.received(ids, from_on=YESTERDAY, to_on=PAID_ON) == dict(
        zip(ids, (100000, 20000, 0), strict=True)
    )


def test_day_totals_by_method(three):
    assert [tuple(row) for row in queries.day_totals(from_on=YESTERDAY, to_on=PAID_ON)] == [
        (PAID_ON, "CREDIT", 1, 5000),
        (PAID_ON, "TRANSFER", 1, 20000),
        (YESTERDAY, "CASH", 1, 100000),
    ]


def test_payments_of_a_unit_and_of_an_owner(three):
    assert [row.amount_fen for row in queries.payments_of_unit(three.units["3-1-1602"].pk)] == [5000, 100000]
    mine = queries.payments_of_accounts([three.accounts["3-1-1702"].pk])
    assert [(row.amount_fen, row.taken_by, row.reference) for row in mine] == [(20000, "", "流水9")]


def test_a_payment_in_detail(jinxiu):
    owe(jinxiu, 60000, date(2026, 5, 1))
    detail = queries.payment_detail(pay(jinxiu, 70000, tendered_fen=80000).payment_id)
    assert [(line.part, line.fee_item, line.amount_fen) for line in detail.lines] == [
        ("LATE_FEE", "物业费", 540),
        ("PRINCIPAL", "物业费", 60000),
        ("CREDIT", "", 9460),
    ]
    assert (detail.change_fen, detail.credit_fen, detail.payer_name) == (10000, 9460, "张三")
    assert detail.receipt is not None
    assert detail.receipt.prints == 0


def test_a_payment_of_another_company_or_community_is_not_there(cast):
    with cast.jinxiu.open():
        taken = pay(cast.jinxiu, 100)
    with cast.yunding.open():
        for look, pk in (
            (queries.payment_detail, taken.payment_id), (queries.receipt_detail, taken.receipt_id),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                look(pk)
    with acting_for(cast.jinxiu.tenant.pk, communities=[0]):
        assert list(queries.payments(PaymentFilter())) == []
        with pytest.raises(NotFound):
            queries.receipt_detail(taken.receipt_id)


class TestPreview:
    """What the counter shows before anything is written."""

    @pytest.fixture
    def preview(self, jinxiu):
        self.old = owe(jinxiu, 63006, date(2025, 10, 31)).pk
        self.new = owe(jinxiu, 63006, date(2026, 6, 30)).pk

        def show(**given):
            account_id = jinxiu.accounts["3-1-1602"].pk
            return queries.preview_allocation(account_id=account_id, paid_on=PAID_ON, **given)

        return show

    def test_everything_is_ticked_and_pays_everything(self, preview):
        shown = preview()
        assert [(line.charge_id, line.ticked, line.is_late) for line in shown.lines] == [
            (self.old, True, True), (self.new, True, False),
        ]  # fmt: skip
        assert (shown.owed_fen, shown.amount_fen, shown.left_fen) == (130019, 130019, 0)
        assert (shown.unpaid_fen, shown.late_fee_fen) == (126012, 4007)

    def test_the_amount_follows_the_ticks(self, preview):
        shown = preview(designated=[self.new])
        assert shown.amount_fen == 63006
        assert [line.paid_fen for line in shown.lines] == [0, 63006]

    def test_an_amount_is_spread_in_the_legal_order(self, preview):
        shown = preview(amount_fen=10000)
        assert [(line.to_late_fee_fen, line.to_principal_fen, line.left_fen) for line in shown.lines] == [
            (4007, 5993, 57013), (0, 0, 63006),
        ]  # fmt: skip

    def test_what_is_too_much_becomes_credit(self, preview):
        assert preview(amount_fen=140000).credit_fen == 9981

    @pytest.mark.parametrize(
        ("tendered", "change", "short"),
        [(None, None, 0), (130019, 0, 0), (140000, 9981, 0), (1, None, 130018)],
    )
    def test_change(self, preview, tendered, change, short):
        shown = preview(tendered_fen=tendered)
        assert (shown.change_fen, shown.short_fen) == (change, short)

    def test_nothing_ticked_takes_nothing(self, preview):
        assert preview(designated=[]).amount_fen == 0

    def test_a_charge_that_is_not_open_cannot_be_ticked(self, preview):
        with pytest.raises(NotOpen):
            preview(designated=[10**9])

    def test_what_is_shown_is_what_is_taken(self, jinxiu, preview):
        shown = preview(amount_fen=100000, designated=[self.new])
        taken = pay(jinxiu, 100000, designated=[self.new], expected_owed_fen=shown.owed_fen)
        paid = {(line.charge_id, line.part): line.amount_fen for line in taken.lines}
        for line in shown.lines:
            assert paid.get((line.charge_id, "LATE_FEE"), 0) == line.to_late_fee_fen
            assert paid.get((line.charge_id, "PRINCIPAL"), 0) == line.to_principal_fen


class TestCounter:
    """A room becomes an account."""

    def test_a_room_that_only_one_answers_to_is_opened(self, jinxiu):
        found = queries.counter(words="31602", paid_on=PAID_ON)
        assert found.unit is not None
        assert found.unit.code == "3-1-1602"
        assert [row.party_name for row in found.accounts] == ["张三"]
        assert found.preview is not None
        assert [desk.name for desk in found.desks] == ["前台一"]

    def test_several_rooms_are_a_choice(self, jinxiu):
        other = type(jinxiu.units["3-1-1602"]).objects.create(
            community=jinxiu.community, building=jinxiu.units["3-1-1602"].building, entrance="2", room="1602",
            code="3-2-1602", sort_key="x", area_cm2=1,
        )  # fmt: skip
        found = queries.counter(words="1602", paid_on=PAID_ON)
        assert {hit.unit_id for hit in found.hits} == {other.pk, jinxiu.units["3-1-1602"].pk}
        assert found.preview is None

    def test_no_room_answers(self, jinxiu):
        assert queries.counter(words="99999", paid_on=PAID_ON).found_nothing
        assert not queries.counter(paid_on=PAID_ON).found_nothing

    def test_the_account_that_owes_most_is_chosen(self, jinxiu):
        unit = jinxiu.units["3-1-1602"]
        seller = jinxiu.accounts["3-1-1602"]
        buyer = type(seller).objects.create(
            community=jinxiu.community, unit=unit, party=jinxiu.parties["王五"], opened_on=PAID_ON
        )
        owe(jinxiu, 100, PAID_ON)
        found = queries.counter(unit_id=unit.pk, paid_on=PAID_ON)
        assert found.preview is not None
        assert (found.preview.account_id, len(found.accounts)) == (seller.pk, 2)
        assert queries.counter(account_id=buyer.pk, paid_on=PAID_ON).preview.account_id == buyer.pk

    def test_a_tick_that_was_paid_meanwhile_is_dropped(self, jinxiu):
        owe(jinxiu, 100, PAID_ON)
        account_id = jinxiu.accounts["3-1-1602"].pk
        found = queries.counter(account_id=account_id, designated=[10**9], paid_on=PAID_ON)
        assert (found.preview.amount_fen, [line.ticked for line in found.preview.lines]) == (0, [False])
