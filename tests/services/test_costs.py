"""S7 through the public services: a cost of collection is settled before late fee and principal."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Charge, Contract
from billing.charges.queries import charge_why, costs_of, open_charges, statement
from billing.charges.rules.costs import CostKind
from billing.charges.services import book_cost, take_back_cost
from billing.charges.services.costs import CostBooked, CostNotValid, CostPaid, ReasonMissing
from billing.payments.queries import account_ledger, check_books, preview_allocation
from billing.payments.queries.days import reckon
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.money import owe, pay

DUE, BOOKED, PAID, SETTLED = date(2026, 1, 31), date(2026, 4, 10), date(2026, 5, 11), date(2026, 6, 30)


def book(company, fen=2_200, **more):
    asked = {
        "account_id": company.accounts["3-1-1602"].pk,
        "kind": CostKind.EMS,
        "amount_fen": fen,
        "incurred_on": BOOKED,
        "reference": "EMS 1033",
        "on": BOOKED,
    }
    return book_cost(**(asked | more))


def paid_of(taken):
    return {(line.charge_id, line.part): line.amount_fen for line in taken.lines}


def owed(company, as_of):
    rows = open_charges(account_ids=[company.accounts["3-1-1602"].pk], as_of=as_of)
    return {row.charge_id: (row.unpaid_fen, row.late_fee_fen) for row in rows}


@pytest.fixture
def s7(jinxiu):
    charge = owe(jinxiu, 252_024, DUE, rate="0.0005")
    return jinxiu, charge.pk, book(jinxiu)


def pay_1000(company):
    return pay(company, 100_000, paid_on=PAID, posted_on=PAID)


def test_s7_cost_then_late_fee_then_principal(s7):
    company, bill, cost = s7
    taken = pay_1000(company)
    assert paid_of(taken) == {
        (cost, "PRINCIPAL"): 2_200,
        (bill, "LATE_FEE"): 12_601,
        (bill, "PRINCIPAL"): 85_199,
    }
    assert owed(company, SETTLED) == {bill: (166_825, 4_171)}
    assert preview_allocation(account_id=company.accounts["3-1-1602"].pk, paid_on=SETTLED).owed_fen == 170_996


def test_s7_where_the_contract_says_principal_first(s7):
    company, bill, cost = s7
    Contract.objects.update(principal_first=True)
    assert paid_of(pay_1000(company)) == {(bill, "PRINCIPAL"): 100_000}
    assert owed(company, SETTLED) == {bill: (152_024, 16_402), cost: (2_200, 0)}
    assert preview_allocation(account_id=company.accounts["3-1-1602"].pk, paid_on=SETTLED).owed_fen == 170_626


def test_the_counter_shows_it_before_it_is_taken(s7):
    company, bill, cost = s7
    shown = preview_allocation(account_id=company.accounts["3-1-1602"].pk, paid_on=PAID, amount_fen=100_000)
    lines = {line.charge_id: (line.to_late_fee_fen, line.to_principal_fen) for line in shown.lines}
    assert lines == {bill: (12_601, 85_199), cost: (0, 2_200)}


def test_statement_ledger_daily_report_and_books_know_it(s7):
    company, _bill, cost = s7
    account = company.accounts["3-1-1602"]
    lines = {line.charge_id: line for line in statement(account.unit_id, PAID).accounts[0].open}
    assert (lines[cost].kind, lines[cost].fee_item, lines[cost].late_fee_fen) == ("COST", "催收费用", 0)
    pay_1000(company)
    entries = [line.entry for line in account_ledger(account.pk, as_of=PAID).lines]
    assert [entry.debit_fen for entry in entries if entry.charge_id == cost] == [2_200]
    assert ("催收费用", "COST", 1, 2_200) in reckon(company.community.pk, PAID).items
    assert check_books().wrong == 0


def test_two_costs_of_one_day_stand_side_by_side(s7):
    company, _bill, first = s7
    second = book(company, 40_000, kind=CostKind.LAWYER, reference="律函2026-7")
    assert [row.charge_id for row in costs_of(company.accounts["3-1-1602"].pk)] == [second, first]


def test_it_bears_no_late_fee_and_keeps_its_proof(s7):
    _company, _bill, cost = s7
    why = charge_why(cost, as_of=SETTLED)
    assert (why.late_fee_fen, why.cost_word, why.snapshot["cost"]["reference"]) == (0, "cost.EMS", "EMS 1033")
    assert AuditEntry.objects.filter(action="cost.booked").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount_fen": -1}, "amount"),
        ({"amount_fen": 0}, "amount"),
        ({"reference": " "}, "reference"),
        ({"incurred_on": date(2026, 4, 11)}, "incurred_on"),
        ({"incurred_on": DUE}, None),
    ],
)
def test_a_cost_without_sum_proof_or_debt_is_refused_and_nothing_is_kept(jinxiu, wrong, field):
    owe(jinxiu, 252_024, DUE)
    with pytest.raises(CostNotValid) as refused:
        book(jinxiu, **wrong)
    assert (refused.value.code, refused.value.field) == ("charges.cost_not_valid", field)
    assert Charge.objects.filter(kind="COST").count() == 0


def test_a_mistake_is_taken_back_with_a_reason(s7):
    company, bill, cost = s7
    with pytest.raises(ReasonMissing):
        take_back_cost(charge_id=cost, reason=" ", on=BOOKED)
    take_back_cost(charge_id=cost, reason="记错户", on=BOOKED)
    assert list(owed(company, DUE)) == [bill]
    with pytest.raises(NotFound):
        take_back_cost(charge_id=cost, reason="again", on=BOOKED)


def test_a_paid_cost_is_not_taken_back(s7):
    company, _bill, cost = s7
    pay_1000(company)
    with pytest.raises(CostPaid):
        take_back_cost(charge_id=cost, reason="记错户", on=PAID)


def test_only_a_cost_is_taken_back_this_way(s7):
    with pytest.raises(NotFound):
        take_back_cost(charge_id=s7[1], reason="x", on=PAID)


def test_one_proof_is_booked_once_until_it_is_taken_back(s7):
    company, _bill, cost = s7
    with pytest.raises(CostBooked):
        book(company)
    assert book(company, reference="EMS 1034")
    take_back_cost(charge_id=cost, reason="重复", on=BOOKED)
    assert book(company)


@pytest.mark.parametrize("fen", [0, -1, 10_000_001, 2**63, 10**22])
def test_a_sum_that_cannot_be_right_is_refused(jinxiu, fen):
    owe(jinxiu, 252_024, DUE)
    with pytest.raises(CostNotValid) as refused:
        book(jinxiu, fen)
    assert refused.value.field == "amount"
    assert not Charge.objects.filter(kind="COST").exists()
