"""Prices from a day on, who pays them, and what a new company starts with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billing.charges.models import Contract, FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.queries import find_contract, tariff_card, tariffs
from billing.charges.services import (
    add_fee_item,
    add_tariff,
    add_version,
    issue_bills,
    issue_due_bills,
    seed_contract,
    seed_fee_items,
    subscribe,
)
from billing.charges.services.tariffs import AlreadyBilled, NameTaken, RateNotValid, VersionExists
from owners.models import Community
from tenancy.kernel.errors import NotFound
from values.period import Period

FEBRUARY = date(2026, 2, 1)


def version(company, **said):
    return add_version(
        **{"tariff_id": company.tariffs["property"].pk, "from_on": FEBRUARY, "rate": Decimal("2.45"), **said}
    )


def issue(company):
    return issue_bills(
        community_id=company.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
    )


def test_a_version_holds_from_its_day_on(jinxiu):
    version(jinxiu, surcharge_fen=550)
    before = tariff_card(jinxiu.tariffs["property"].pk, as_of=date(2026, 1, 31))
    after = tariff_card(jinxiu.tariffs["property"].pk, as_of=FEBRUARY)
    assert (before.now.rate, after.now.rate, after.now.surcharge_fen) == ("2.35", "2.45", 550)


def test_a_second_version_of_a_day_is_refused(jinxiu):
    version(jinxiu)
    with pytest.raises(VersionExists):
        version(jinxiu)


def test_a_price_never_reaches_back_into_what_is_billed(jinxiu):
    issue(jinxiu)
    with pytest.raises(AlreadyBilled) as refused:
        version(jinxiu, from_on=date(2026, 1, 31))
    assert refused.value.params == {"billed_to": "2026-02-01"}
    version(jinxiu)
    assert version(jinxiu, tariff_id=jinxiu.tariffs["parking"].pk, rate=Decimal(320))


@pytest.mark.parametrize("rate", ["2.3500001", "-1"])
def test_a_price_is_exact_and_not_negative(jinxiu, rate):
    with pytest.raises(RateNotValid):
        version(jinxiu, rate=Decimal(rate))
    with pytest.raises(RateNotValid):
        version(jinxiu, surcharge_fen=-1)


def test_a_tariff_that_is_not_there_has_no_versions(jinxiu):
    with pytest.raises(NotFound):
        version(jinxiu, tariff_id=0)
    with pytest.raises(NotFound):
        tariff_card(0, as_of=FEBRUARY)


def test_money_passed_through_never_bears_a_late_fee(jinxiu):
    item = add_fee_item(code="water", name="水费", revenue="pass_through", bears_late_fee=True)
    assert FeeItem.objects.get(pk=item).bears_late_fee is False
    with pytest.raises(NameTaken):
        add_fee_item(code="water2", name="水费")


def test_units_pay_a_new_tariff_and_nobody_pays_two_for_one_fee(jinxiu):
    item = add_fee_item(code="clean", name="保洁费")
    made = add_tariff(
        community_id=jinxiu.community.pk, fee_item_id=item, name="保洁", basis="FIXED", rate=Decimal(20),
        from_on=date(2026, 1, 1),
    )  # fmt: skip
    units = [unit.pk for unit in jinxiu.units.values()]
    assert subscribe(tariff_id=made, unit_ids=units, from_on=date(2026, 1, 1)) == 4
    assert subscribe(tariff_id=made, unit_ids=units, from_on=date(2026, 3, 1)) == 0
    assert next(row for row in tariffs(as_of=FEBRUARY) if row.tariff_id == made).units == 4
    assert issue(jinxiu).charges == 8


def test_a_new_company_starts_with_the_usual_fee_items(jinxiu):
    found = seed_fee_items()
    assert FeeItem.objects.get(pk=found["property"]).pk == jinxiu.items["property"].pk
    assert FeeItem.objects.get(code="water").in_arrears
    assert seed_fee_items() == found


def test_a_contract_is_made_once_and_has_no_late_fee_without_a_clause(jinxiu):
    assert (
        seed_contract(community_id=jinxiu.community.pk, name="x", from_on=FEBRUARY, payee_name="x")
        == Contract.objects.get().pk
    )
    second = Community.objects.create(code="J2", name="锦绣二期")
    seed_contract(community_id=second.pk, name="二期合同", from_on=FEBRUARY, payee_name="锦绣物业")
    assert find_contract(second.pk, FEBRUARY).rate_e8 == 0
    assert find_contract(second.pk, date(2026, 1, 31)) is None
    seed_contract(
        community_id=second.pk, name="旧合同", from_on=date(2025, 1, 1), payee_name="锦绣物业",
        late_fee_rate=Decimal("0.0003"),
    )  # fmt: skip
    old = find_contract(second.pk, date(2026, 1, 31))
    assert (old.name, old.end_on, old.rate_e8) == ("旧合同", FEBRUARY, 30_000)
    assert old.late_fee_clause


def test_the_timetable_issues_on_the_contracts_day_and_only_then(jinxiu):
    assert issue_due_bills(as_of=date(2026, 1, 4)).bills_issued == 0
    issued = issue_due_bills(as_of=date(2026, 1, 5))
    assert issued.as_json() == {"communities": 1, "bills_issued": 4, "amount_fen": 101998}
    assert issue_due_bills(as_of=date(2026, 1, 5)).bills_issued == 0


def test_the_timetable_passes_over_communities_without_tariffs(jinxiu):
    Subscription.objects.all().delete()
    TariffVersion.objects.all().delete()
    Tariff.objects.all().delete()
    assert issue_due_bills(as_of=date(2026, 1, 5)).communities == 0
