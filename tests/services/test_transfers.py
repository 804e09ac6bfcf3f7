"""S3: a unit is sold in mid-month; the seller paid ahead, the days are split, the buyer is billed for the rest."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from billing.charges.models import Account, Bill, Charge, Tariff
from billing.charges.queries import open_charges
from billing.charges.services import issue_ahead
from billing.payments.models import DayClose, Payment
from billing.payments.queries import account_ledger, check_books, credit_of, payment_detail, refundable
from billing.payments.queries.transfers import change_on, split_of, transfer_card
from billing.payments.services import (
    ask_refund,
    ask_reversal,
    fetch_transfer,
    reverse_payment,
    settle_transfer,
    take_payment,
)
from billing.payments.services.days import DayClosed
from billing.payments.services.refunds import NotRefundable
from billing.payments.services.reversals import KeptByCut, NotReversible
from billing.payments.services.transfers import TransferAhead, TransferThere
from notices.models import Notice
from owners.models import Community
from owners.services.hand_over import NewHolder, hand_over
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.meters import run

ROOM = "3-1-1602"
SOLD = date(2026, 4, 18)
TODAY = date(2026, 4, 20)
MONTH, YEAR = 21_002, 252_024


def at(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def pay(company, day, fen=None, key="year", account=None):
    return take_payment(
        account_id=account or company.accounts[ROOM].pk, amount_fen=fen, method="TRANSFER", paid_on=day, posted_on=day,
        at=at(day), cash_point_id=company.cash_point.pk, idempotency_key=key, reference=f"T-{key}",
    )  # fmt: skip


def sell(company, on=SOLD, name="赵六"):
    (buyer,) = hand_over(unit_id=company.units[ROOM].pk, on=on, holders=[NewHolder(name=name)])
    return buyer


def settle(company, on=TODAY, sold=SOLD, **more):
    return settle_transfer(unit_id=company.units[ROOM].pk, changed_on=sold, on=on, at=at(on), **more)


def standing(company):
    found = Charge.objects.filter(unit=company.units[ROOM], reversed_on=None).order_by("period")
    return [(row.account.party.name, row.period.lower, row.amount_fen) for row in found]


def credit(company):
    account = company.accounts[ROOM].pk
    return credit_of([account])[account]


def closed(company, day):
    """The desk's day is over."""
    DayClose.objects.create(
        community=company.community, day=day, number="X", opening_fen=0, cash_in_fen=0, cash_out_fen=0,
        deposited_fen=0, handed_fen=0, expected_fen=0, counted_fen=0, received_fen=0, returned_fen=0, figures={},
        closed_by=company.people["cashier"], closed_at=at(day),
    )  # fmt: skip


@pytest.fixture
def prepaid(jinxiu):
    """The year in twelve months, paid on the fifteenth of January; runs until April are done."""
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=date(2026, 1, 3))
    pay(jinxiu, date(2026, 1, 15))
    for month in range(1, 5):
        run(jinxiu, 2026, month)
    return jinxiu


def test_s3_the_seller_who_prepaid_the_year_gets_credit_and_the_buyer_is_billed_for_the_rest(prepaid):
    sell(prepaid)
    sheet, lines, facts = transfer_card(settle(prepaid))
    rows = standing(prepaid)
    assert rows[3:] == [("张三", date(2026, 4, 1), 11_901), ("赵六", SOLD, 9_101)]
    assert sum(fen for name, _on, fen in rows if name == "张三") == 74_907
    assert (sheet.free_fen, credit(prepaid), 8 * MONTH + 9_101) == (177_117,) * 3
    april = lines[0]
    assert (april.seller_days, april.seller_fen, april.buyer_days, april.buyer_fen) == (17, 11_901, 13, 9_101)
    assert [(line.seller_fen, line.buyer_fen) for line in lines[1:]] == [(0, MONTH)] * 8
    assert (facts["bill_fen"], facts["owed_fen"], facts["credit_fen"]) == (9_101, 0, 177_117)
    assert check_books().wrong == 0
    (source,) = refundable(prepaid.accounts[ROOM].pk)
    assert source.left_fen == 177_117


def test_s3_with_one_charge_for_the_year(jinxiu):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    run(jinxiu, 2026, 1)
    pay(jinxiu, date(2026, 1, 15), YEAR)
    sell(jinxiu)
    sheet, lines, _facts = transfer_card(settle(jinxiu))
    assert standing(jinxiu) == [("张三", date(2026, 1, 1), 74_907), ("赵六", SOLD, 177_117)]
    assert (sheet.free_fen, credit(jinxiu)) == (177_117, 177_117)
    assert [(line.seller_fen, line.buyer_fen) for line in lines] == [(74_907, 177_117)]


def test_s3_variant_the_developer_owes_the_whole_month_of_the_handover(jinxiu):
    Community.objects.filter(pk=jinxiu.community.pk).update(handover_rule="NEXT_MONTH")
    unit = jinxiu.units["3-2-201"]
    issue_ahead(account_id=jinxiu.accounts["3-2-201"].pk, months=6, on=date(2026, 1, 3))
    pay(jinxiu, date(2026, 1, 15), account=jinxiu.accounts["3-2-201"].pk)
    run(jinxiu, 2026, 4)
    hand_over(unit_id=unit.pk, on=SOLD, holders=[NewHolder(name="赵六")])
    sheet, lines, _facts = transfer_card(
        settle_transfer(unit_id=unit.pk, changed_on=SOLD, on=TODAY, at=at(TODAY))
    )
    assert sheet.free_fen == 2 * 22_678
    assert [(line.first_on, line.seller_fen) for line in lines] == [
        (date(2026, 5, 1), 0),
        (date(2026, 6, 1), 0),
    ]
    assert sheet.bill_id is None
    run(jinxiu, 2026, 5)
    owed = Charge.objects.filter(unit=unit, reversed_on=None).order_by("period")
    assert [(row.account.party.name, row.period.lower.month) for row in owed][3:] == [
        ("锦绣置业", 4),
        ("赵六", 5),
    ]


def test_what_the_seller_has_not_paid_is_smaller_and_stays_his(jinxiu):
    for month in (3, 4):
        run(jinxiu, 2026, month)
    buyer = sell(jinxiu)
    sheet, _lines, facts = transfer_card(settle(jinxiu))
    assert (sheet.free_fen, sheet.release_id) == (0, None)
    account = jinxiu.accounts[ROOM].pk
    opened = open_charges(account_ids=[account], as_of=date(2026, 5, 10))
    # March was due on its last day; the smaller April is due as April was.
    assert [(row.unpaid_fen, row.due_on, row.late_fee_fen) for row in opened] == [
        (MONTH, date(2026, 3, 31), 252), (11_901, date(2026, 4, 30), 36),
    ]  # fmt: skip
    assert facts["owed_fen"] == sum(row.unpaid_fen for row in opened) + 126
    assert facts["bill_fen"] == 9_101
    theirs = Account.objects.get(unit=jinxiu.units[ROOM], party_id=buyer)
    assert [row.unpaid_fen for row in open_charges(account_ids=[theirs.pk], as_of=TODAY)] == [9_101]


def test_a_part_payment_stays_on_the_smaller_charge_on_its_day(jinxiu):
    run(jinxiu, 2026, 4)
    pay(jinxiu, date(2026, 4, 12), 5_000)
    sell(jinxiu)
    sheet, _lines, _facts = transfer_card(settle(jinxiu))
    assert sheet.free_fen == 0
    (left,) = open_charges(account_ids=[jinxiu.accounts[ROOM].pk], as_of=TODAY)
    assert left.unpaid_fen == 11_901 - 5_000
    assert check_books().wrong == 0


def test_a_late_fee_that_was_paid_is_counted_again_for_the_days_that_stay(jinxiu):
    run(jinxiu, 2026, 4)
    paid_on = date(2026, 6, 9)  # forty days late: 2.52 of late fee
    pay(jinxiu, paid_on)
    sell(jinxiu)
    sheet, _lines, _facts = transfer_card(settle(jinxiu, on=date(2026, 6, 10)))
    # 119.01 for forty days is 1.43: what was paid too much of either is free.
    assert sheet.free_fen == 21_002 + 252 - 11_901 - 143
    assert open_charges(account_ids=[jinxiu.accounts[ROOM].pk], as_of=date(2026, 6, 10)) == []
    assert check_books().wrong == 0


def test_an_earlier_day_of_the_statement_is_as_it_was(prepaid):
    account = prepaid.accounts[ROOM].pk
    before = account_ledger(account, as_of=date(2026, 3, 31))
    sell(prepaid)
    settle(prepaid)
    again = account_ledger(account, as_of=date(2026, 3, 31))
    assert (again.lines, again.balance_fen, again.credit_fen) == (before.lines, 0, 0)
    now = account_ledger(account, as_of=TODAY)
    assert (now.debit_fen, now.received_fen, now.balance_fen) == (74_907, YEAR, -177_117)
    assert now.lines[-1].balance_fen == now.balance_fen
    (free,) = [line.entry for line in now.lines if line.entry.what == "payment.RELEASE"]
    assert (free.on, free.credit_fen, free.debit_fen) == (TODAY, 0, 0)


def test_the_preview_says_what_the_sheet_will_say(prepaid):
    sell(prepaid)
    change = change_on(prepaid.units[ROOM].pk, SOLD)
    shown = split_of(change, as_of=TODAY)
    sheet, lines, _facts = transfer_card(settle(prepaid))
    assert (shown.lines, shown.free_fen) == (lines, sheet.free_fen)
    assert split_of(change, as_of=TODAY).cuts == 0


def test_it_is_settled_once_and_not_ahead(prepaid):
    sell(prepaid)
    with pytest.raises(TransferAhead):
        settle(prepaid, on=date(2026, 4, 17))
    with pytest.raises(NotFound):
        settle(prepaid, sold=date(2026, 4, 19))
    settle(prepaid)
    with pytest.raises(TransferThere):
        settle(prepaid)


def test_nothing_is_settled_on_a_closed_day(prepaid):
    sell(prepaid)
    closed(prepaid, TODAY)
    with pytest.raises(DayClosed):
        settle(prepaid)
    assert Payment.objects.filter(kind="RELEASE").count() == 0


def test_a_payment_that_was_set_free_in_part_is_not_taken_back_whole(prepaid):
    sell(prepaid)
    settle(prepaid)
    paid = Payment.objects.get(kind="RECEIVED", method="TRANSFER")
    with pytest.raises(NotReversible):
        reverse_payment(payment_id=paid.pk, reason="退票", posted_on=TODAY, at=at(TODAY))


def test_what_pays_the_smaller_charge_is_neither_taken_back_nor_refunded_by_itself(prepaid):
    sell(prepaid)
    settle(prepaid)
    kept = Payment.objects.get(kind="RECEIVED", method="CREDIT")
    cashier = prepaid.staff("cashier")
    assert kept.amount_fen == 11_901
    assert not payment_detail(kept.pk).can_reverse
    with pytest.raises(KeptByCut) as refused:
        ask_reversal(payment_id=kept.pk, reason="错账", by=cashier, at=at(TODAY))
    assert refused.value.code == "payments.kept_by_cut"
    assert "不能单独冲正" in str(refused.value)
    with pytest.raises(KeptByCut):
        reverse_payment(payment_id=kept.pk, reason="错账", posted_on=TODAY, at=at(TODAY))
    with pytest.raises(NotRefundable):
        ask_refund(
            account_id=kept.account_id, payment_id=kept.pk, amount_fen=1, reason="退", by=cashier, on=TODAY,
            at=at(TODAY),
        )  # fmt: skip
    assert credit(prepaid) == 177_117


def test_bills_of_which_nothing_stands_are_void_and_their_notices_withdrawn(prepaid):
    sell(prepaid)
    settle(prepaid)
    ahead = Bill.objects.get(kind="PREPAYMENT")
    assert ahead.voided_on is None  # January to March still stand on it
    stays = Bill.objects.get(charges__amount_fen=11_901)
    assert Notice.objects.get(number=stays.number).state == "WITHDRAWN"
    assert {entry.action for entry in AuditEntry.objects.all()} >= {
        "charge.cut", "payment.released", "bill.supplement", "transfer.settled",
    }  # fmt: skip


def test_the_sheet_is_a_paper_in_chinese(prepaid):
    sell(prepaid)
    printed = fetch_transfer(settle(prepaid, registered_on=date(2026, 4, 25)))
    assert printed.number == "TRANSFER-JX-2026-000001"
    assert printed.pdf.startswith(b"%PDF")
