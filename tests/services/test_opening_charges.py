"""Opening arrears become one charge per calendar month, right from the first day."""

from __future__ import annotations

from datetime import date

from billing.charges.models import Account, Charge, Contract
from billing.charges.queries import open_charges, owed
from billing.charges.services import OpeningDebt, issue_bills, open_accounts, opening_charges
from values.period import Period

AS_OF = date(2025, 12, 28)


def debt(
    company, unit="3-1-1602", party="张三", months=3, fen=63006, start=date(2025, 7, 1), item="property"
):
    return OpeningDebt(
        company.units[unit].pk, company.parties[party].pk, company.items[item].pk,
        Period.of_months(start, months), fen, "欠费明细 第3行",
    )  # fmt: skip


def bring(company, *debts):
    return opening_charges(community_id=company.community.pk, debts=debts, as_of=AS_OF)


def test_each_month_is_a_charge_of_equal_fen_and_the_last_takes_the_remainder(jinxiu):
    made = bring(jinxiu, debt(jinxiu, fen=63007))
    assert made == (3, 63007, 0)
    rows = Charge.objects.order_by("period")
    assert [(row.amount_fen, row.due_on, row.kind) for row in rows] == [
        (21002, date(2025, 7, 31), "OPENING"),
        (21002, date(2025, 8, 31), "OPENING"),
        (21003, date(2025, 9, 30), "OPENING"),
    ]
    assert rows[0].snapshot["opening"] == {
        "period": "2025-07-01..2025-10-01", "amount_fen": 63007, "months": 3, "source": "欠费明细 第3行",
    }  # fmt: skip


def test_the_late_fee_runs_from_each_months_own_due_day(jinxiu):
    bring(jinxiu, debt(jinxiu))
    account = jinxiu.accounts["3-1-1602"].pk
    rows = open_charges(account_ids=[account], as_of=AS_OF)
    assert [row.late_fee_fen for row in rows] == [945, 750, 561]
    found = owed(account_ids=[account], as_of=AS_OF)[account]
    assert (found.overdue_fen, found.oldest_due_on, found.months) == (63006, date(2025, 7, 31), 3)


def test_bringing_them_again_makes_nothing(jinxiu):
    bring(jinxiu, debt(jinxiu))
    assert bring(jinxiu, debt(jinxiu)) == (0, 0, 3)
    assert bring(jinxiu, debt(jinxiu, months=4, fen=84008)) == (1, 21002, 3)


def test_an_account_is_opened_for_who_has_none(jinxiu):
    Account.objects.filter(pk=jinxiu.accounts["3-2-201"].pk).delete()
    bring(jinxiu, debt(jinxiu, unit="3-2-201", party="锦绣置业"))
    assert Account.objects.get(unit=jinxiu.units["3-2-201"]).opened_on == AS_OF


def test_without_a_contract_there_is_no_late_fee(jinxiu):
    Contract.objects.all().delete()
    bring(jinxiu, debt(jinxiu))
    assert set(Charge.objects.values_list("late_fee_rate", flat=True)) == {0}


def test_months_before_the_contract_are_due_by_the_present_one_and_bear_no_late_fee(jinxiu):
    Contract.objects.update(due_day=20)
    bring(jinxiu, debt(jinxiu, start=date(2021, 3, 1), months=1, fen=100))
    charge = Charge.objects.get()
    assert (charge.due_on, charge.late_fee_rate) == (date(2021, 3, 20), 0)
    assert "late_fee" not in charge.snapshot


def test_an_item_without_late_fee_bears_none(jinxiu):
    bring(jinxiu, debt(jinxiu, unit="B1-001", item="parking"))
    assert set(Charge.objects.values_list("late_fee_rate", flat=True)) == {0}


def test_a_run_leaves_out_the_months_that_were_brought(jinxiu):
    bring(jinxiu, debt(jinxiu, start=date(2026, 1, 1), months=1, fen=21002))
    issued = issue_bills(
        community_id=jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
    )
    assert (issued.bills, issued.skipped) == (3, {"already_billed": 1})


def test_accounts_are_opened_once(jinxiu):
    pair = (jinxiu.units["3-1-1602"].pk, jinxiu.parties["李四"].pk)
    first = open_accounts(pairs=[pair], opened_on=AS_OF)
    assert open_accounts(pairs=[pair, pair], opened_on=date(2026, 5, 1)) == first
    assert Account.objects.get(pk=first[pair]).opened_on == AS_OF
    assert open_accounts(pairs=[], opened_on=AS_OF) == {}
