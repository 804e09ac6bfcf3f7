"""S6 through the public doors: beside each late fee stands what a court will likely grant of it."""

from __future__ import annotations

from datetime import date

from billing.charges.models import Bill
from billing.charges.queries import account_owed, bill_detail, charge_why, statement
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule
from billing.payments.queries import account_ledger, preview_allocation
from tests.money import owe, pay

DUE, DAY_200 = date(2026, 1, 31), date(2026, 8, 19)


def test_every_reader_shows_the_figure_of_s6(jinxiu):
    charge = owe(jinxiu, 252_024, DUE)
    account, unit = jinxiu.accounts["3-1-1602"], jinxiu.units["3-1-1602"]
    why = charge_why(charge.pk, as_of=DAY_200)
    assert (why.late_fee_fen, why.court.safe_fen, why.court.whole_fen) == (15_121, 5_386, 5_386)
    assert (why.court.four_lpr_fen, why.court.quarter_fen, why.court.flagged) == (16_571, 33_143, False)
    assert statement(unit.pk, DAY_200).court_safe_fen == 5_386
    assert account_owed(account.pk, as_of=DAY_200).court_safe_fen == 5_386
    assert account_ledger(account.pk, as_of=DAY_200).court_safe_fen == 5_386
    (line,) = preview_allocation(account_id=account.pk, paid_on=DAY_200).lines
    assert (line.late_fee_fen, line.court_safe_fen) == (15_121, 5_386)


def test_a_rate_above_four_times_lpr_is_flagged(jinxiu):
    charge = owe(jinxiu, 252_024, DUE, rate="0.0005")
    why = charge_why(charge.pk, as_of=DAY_200)
    assert (why.late_fee_fen, why.court.safe_fen, why.court.flagged) == (25_202, 5_386, True)


def test_what_was_paid_of_the_late_fee_counts_first(jinxiu):
    owe(jinxiu, 252_024, DUE, rate="0.0005")
    pay(jinxiu, 100_000)
    found = account_ledger(jinxiu.accounts["3-1-1602"].pk, as_of=date(2026, 6, 30))
    assert found.late_fee_fen > 0
    assert found.court_safe_fen == 0


def test_where_no_late_fee_has_run_nothing_is_compared(jinxiu):
    charge = owe(jinxiu, 252_024, DUE)
    assert charge_why(charge.pk, as_of=DUE).court is None


def test_a_newer_lpr_is_noted_as_dated_data(jinxiu):
    charge = owe(jinxiu, 252_024, DUE)
    add_local_rule(kind=LocalKind.LPR, value="3.5%", from_on=date(2026, 8, 1), basis="LPR 2026-08")
    add_local_rule(kind=LocalKind.COURT_SAFE_K, value="1.5", from_on=date(2026, 8, 10), basis="高院指引")
    assert charge_why(charge.pk, as_of=date(2026, 7, 31)).court.whole_fen == 4_874
    assert charge_why(charge.pk, as_of=DAY_200).court.whole_fen == 7_250


def test_a_bill_sums_its_charges(jinxiu):
    charge = owe(jinxiu, 252_024, DUE)
    charge.bill = Bill.objects.create(
        community=jinxiu.community,
        account=charge.account,
        number="B-S6",
        period=charge.period,
        issued_on=charge.issued_on,
        due_on=DUE,
        amount_fen=charge.amount_fen,
    )
    charge.save()
    detail = bill_detail(charge.bill.pk, as_of=DAY_200)
    assert (detail.late_fee_fen, detail.court_safe_fen) == (15_121, 5_386)
