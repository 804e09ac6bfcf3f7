"""What is owed, by whom, since when: against plain arithmetic over the rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.charges.models import Charge
from billing.charges.queries import (
    account_card,
    account_owed,
    accounts_of_unit,
    charge_why,
    contract_on,
    contracts,
    find_contract,
    issuer_of,
    open_charges,
    overdue,
    owed,
    statement,
)
from billing.charges.queries.contracts import NoContract
from billing.charges.queries.open import NOTHING
from billing.charges.services import Settlement
from owners.models import Community
from tenancy.kernel.errors import NotFound
from tests.money import owe, settle_charges

JAN, FEB, MAR = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def ids(company, *units):
    return [company.accounts[unit].pk for unit in units or company.accounts]


def test_open_charges_come_oldest_due_first_with_their_late_fee(jinxiu):
    late, fresh = owe(jinxiu, 20000, FEB), owe(jinxiu, 10000, MAR)
    oldest = owe(jinxiu, 30000, JAN, unit="3-1-1702")
    rows = open_charges(account_ids=ids(jinxiu), as_of=date(2026, 3, 10))
    assert [row.charge_id for row in rows] == [oldest.pk, late.pk, fresh.pk]
    assert [row.late_fee_fen for row in rows] == [342, 60, 0]
    assert rows[0].rate_e8 == 30_000


def test_paid_reversed_and_foreign_charges_are_not_open(jinxiu):
    paid, reversed_ = owe(jinxiu, 100, JAN), owe(jinxiu, 100, JAN)
    owe(jinxiu, 100, JAN, unit="3-1-1702")
    settle_charges(changes=[Settlement(paid.pk, 100)], paid_on=JAN)
    Charge.objects.filter(pk=reversed_.pk).update(reversed_on=JAN)
    assert open_charges(account_ids=ids(jinxiu, "3-1-1602"), as_of=MAR) == []


def test_sums_of_an_account_tell_past_due_from_coming(jinxiu):
    owe(jinxiu, 20000, JAN)
    owe(jinxiu, 10000, MAR)
    sums = owed(account_ids=ids(jinxiu), as_of=FEB)
    mine = sums[jinxiu.accounts["3-1-1602"].pk]
    assert (mine.principal_fen, mine.overdue_fen, mine.oldest_due_on) == (30000, 20000, JAN)
    assert (mine.late_fee_fen, mine.total_fen, mine.months) == (168, 30168, 12)
    assert sums[jinxiu.accounts["B1-001"].pk] == NOTHING


def test_on_the_due_day_itself_nothing_is_past_due(jinxiu):
    owe(jinxiu, 20000, JAN)
    account = ids(jinxiu, "3-1-1602")[0]
    assert owed(account_ids=[account], as_of=JAN)[account].overdue_fen == 0
    assert owed(account_ids=[account], as_of=JAN + timedelta(1))[account].overdue_fen == 20000


def test_overdue_accounts_agree_with_the_sums_of_each(jinxiu):
    owe(jinxiu, 20000, JAN)
    owe(jinxiu, 5000, FEB)
    part = owe(jinxiu, 50000, JAN, unit="3-1-1702")
    owe(jinxiu, 70000, MAR, unit="3-2-201")
    settle_charges(changes=[Settlement(part.pk, 45000)], paid_on=FEB)
    as_of = date(2026, 3, 10)
    rows = overdue(as_of=as_of)
    assert [(row.unit_code, row.overdue_fen, row.charges, row.oldest_due_on) for row in rows] == [
        ("3-1-1602", 25000, 2, JAN),
        ("3-1-1702", 5000, 1, JAN),
    ]
    sums = owed(account_ids=ids(jinxiu), as_of=as_of)
    assert {row.account_id: row.overdue_fen for row in rows} == {
        account: found.overdue_fen for account, found in sums.items() if found.overdue_fen
    }
    assert overdue(as_of=as_of, community_id=0) == []


def test_a_statement_parts_what_is_open_from_what_is_settled(jinxiu):
    first, second = owe(jinxiu, 20000, JAN), owe(jinxiu, 10000, FEB)
    settle_charges(changes=[Settlement(first.pk, 20000)], paid_on=JAN)
    found = statement(jinxiu.units["3-1-1602"].pk, MAR)
    (account,) = found.accounts
    assert [line.charge_id for line in account.open] == [second.pk]
    assert [line.charge_id for line in account.settled] == [first.pk]
    assert account.open[0].days_late == 31
    assert found.owed == account.owed


def test_a_statement_of_a_unit_that_is_not_there_is_not_found(jinxiu):
    with pytest.raises(NotFound):
        statement(0, MAR)


def test_accounts_say_who_they_are(jinxiu):
    account = jinxiu.accounts["3-1-1602"]
    card = account_card(account.pk)
    assert (card.unit_code, card.party_name) == ("3-1-1602", "张三")
    assert [row.account_id for row in accounts_of_unit(account.unit_id)] == [account.pk]
    assert account_owed(account.pk, as_of=MAR).owed == NOTHING
    with pytest.raises(NotFound):
        account_card(0)


def test_a_charge_explains_its_late_fee_by_the_segments_between_payments(jinxiu):
    charge = owe(jinxiu, 252024, JAN, rate="0.0005")
    settle_charges(changes=[Settlement(charge.pk, 85199, 12601)], paid_on=date(2026, 5, 11))
    why = charge_why(charge.pk, as_of=date(2026, 6, 30))
    assert [(line.unpaid_fen, line.days) for line in why.late_fee_lines] == [(252024, 100), (166825, 50)]
    assert why.late_fee_total_fen - why.late_fee_paid_fen == why.late_fee_fen == 4171
    with pytest.raises(NotFound):
        charge_why(0, as_of=JAN)


def test_the_contract_of_a_day(jinxiu):
    terms = contract_on(jinxiu.community.pk, JAN)
    assert (terms.rate_e8, terms.due_rule.kind, terms.handover_rule) == (30_000, "MONTH_END", "BY_DAY")
    assert find_contract(jinxiu.community.pk, date(2021, 12, 31)) is None
    with pytest.raises(NoContract):
        contract_on(jinxiu.community.pk, date(2021, 12, 31))
    assert [row.contract_id for row in contracts()] == [terms.contract_id]


def test_documents_are_signed_by_company_and_community(jinxiu):
    issuer = issuer_of(jinxiu.community.pk, JAN)
    assert (issuer.company, issuer.community) == ("锦绣物业服务有限公司", "锦绣花园")
    assert issuer.phone == "0571-88000000"
    Community.objects.update(service_phone="")
    assert issuer_of(jinxiu.community.pk, JAN).phone == jinxiu.tenant.phone
