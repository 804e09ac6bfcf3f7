"""The worked money scenarios of charges, from what is agreed to the fen on the bill, through the services."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Bill, Charge, Subscription, Tariff, TariffVersion
from billing.charges.rules.pools import Method
from billing.charges.rules.vat import split_gross
from billing.charges.services import (
    NewPool,
    add_tariff,
    enter_pool,
    issue_bills,
    preview_shares,
    subscribe,
)
from notices.models import Notice
from owners.models import Community, Unit
from owners.services.hand_over import NewHolder, hand_over
from tests.meters import agree, pass_through_item, read, run, water_meter, water_tariff
from values.capitals import capitals
from values.period import Period

A, B, C = "3-1-1602", "3-1-1702", "3-2-201"
Q1 = Period.of_months(date(2026, 1, 1), 3)


def amounts(item=None):
    found = Charge.objects.filter(reversed_on=None)
    found = found.filter(fee_item=item) if item else found
    return dict(found.values_list("unit__code", "amount_fen"))


@pytest.mark.parametrize(
    ("months", "rounding", "fen"),
    [
        (1, "PER_MONTH", 21_002),
        (3, "PER_MONTH", 63_006),
        (12, "PER_MONTH", 252_024),
        (12, "PER_BILL", 252_023),
    ],
)
def test_s1_area_times_rate_times_months(jinxiu, months, rounding, fen):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=months, rounding=rounding)
    run(jinxiu, 2026, 1)
    assert amounts(jinxiu.items["property"])[A] == fen


def test_s1_in_capitals_on_the_bill():
    assert capitals(252_024) in ("人民币贰仟伍佰贰拾元零贰角肆分", "人民币贰仟伍佰贰拾元贰角肆分")


@pytest.fixture
def three(jinxiu):
    """锦绣花园 with the areas of S2: 89.37, 120.50, 143.28."""
    Unit.objects.filter(pk=jinxiu.units[C].pk).update(area_cm2=1_432_800)
    return jinxiu


def electricity(company, amount_fen=123_456, method=Method.AREA, **more):
    return NewPool(
        name="电梯与走廊用电", fee_item_id=pass_through_item(), period=Period.of_months(date(2025, 10, 1), 3),
        method=method, amount_fen=amount_fen, document="国网电费通知单2025-12", **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount_fen", "method", "shares"),
    [
        (123_456, Method.AREA, [31_242, 42_125, 50_089]),
        (123_456, Method.HOUSEHOLD, [41_152, 41_152, 41_152]),
        (10_000, Method.HOUSEHOLD, [3_334, 3_333, 3_333]),
    ],
)
def test_s2_a_pool_is_shared_to_the_fen(three, amount_fen, method, shares):
    pool_id = enter_pool(community_id=three.community.pk, pool=electricity(three, amount_fen, method))
    found = preview_shares(pool_id)
    assert [(share.sharer.code, share.amount_fen) for share in found] == list(
        zip([A, B, C], shares, strict=True)
    )
    assert sum(share.amount_fen for share in found) == amount_fen


def test_s2_the_bill_of_a_quarter_with_parking_and_shared_electricity(cast):
    company = cast.jinxiu
    with company.open("finance"):
        Unit.objects.filter(pk=company.units[C].pk).update(area_cm2=1_432_800)
        Tariff.objects.update(cycle_months=3)
        parking = company.tariffs["parking"]
        Subscription.objects.create(
            unit=company.units[A], tariff=parking, fee_item=company.items["parking"],
            held=DateRange(date(2022, 1, 1), None),
        )  # fmt: skip
        pool_id = enter_pool(community_id=company.community.pk, pool=electricity(company))
    agree(company, pool_id)
    with company.open("finance"):
        issue_bills(community_id=company.community.pk, period=Q1, issued_on=date(2026, 1, 5))
        bill = Bill.objects.get(account__unit=company.units[A])
        lines = dict(bill.charges.values_list("fee_item__name", "amount_fen"))
        assert lines == {"物业费": 63_006, "停车费": 90_000, "公摊电费": 31_242}
        assert bill.amount_fen == 184_248
        share = bill.charges.get(fee_item__name="公摊电费")
        assert (share.late_fee_rate, share.snapshot["pool"]["id"]) == (0, pool_id)
        said = Notice.objects.get(number=bill.number).data["lines"]
        assert [line["pass_through"] for line in said] == [False, False, True]
        assert said[-1]["basis"] == "面积89.37/353.15㎡"


@pytest.fixture
def sold(jinxiu):
    """3-1-1602 goes from 张三 to 赵六 on 2026-04-18."""

    def sell():
        hand_over(unit_id=jinxiu.units[A].pk, on=date(2026, 4, 18), holders=[NewHolder(name="赵六")])

    return sell


def by_owner(unit):
    found = Charge.objects.filter(unit__code=unit, reversed_on=None).order_by("period")
    return list(found.values_list("account__party__name", "amount_fen"))


def test_s3_a_transfer_in_mid_month_splits_the_month_by_days(jinxiu, sold):
    for month in (1, 2, 3):
        run(jinxiu, 2026, month)
    sold()
    run(jinxiu, 2026, 4)
    rows = by_owner(A)
    assert rows[-2:] == [("张三", 11_901), ("赵六", 9_101)]
    assert sum(fen for name, fen in rows if name == "张三") == 74_907


def test_s3_a_year_in_advance_is_billed_anew_from_the_day_of_the_transfer(jinxiu, sold):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    sold()
    run(jinxiu, 2026, 1)
    assert by_owner(A) == [("张三", 74_907), ("赵六", 177_117)]
    assert 74_907 + 177_117 == 252_024


def test_s3_with_next_month_the_developer_owes_the_month_of_the_handover(jinxiu):
    Community.objects.filter(pk=jinxiu.community.pk).update(handover_rule="NEXT_MONTH")
    Unit.objects.filter(pk=jinxiu.units[C].pk).update(area_cm2=893_700)
    hand_over(unit_id=jinxiu.units[C].pk, on=date(2026, 4, 18), holders=[NewHolder(name="赵六")])
    run(jinxiu, 2026, 4)
    run(jinxiu, 2026, 5)
    assert by_owner(C) == [("锦绣置业", 21_002), ("赵六", 21_002)]


def test_s14_stepped_water_over_the_year_to_date(jinxiu):
    meter = water_meter(jinxiu, water_tariff(jinxiu), start=0, on=date(2026, 1, 1))
    read(meter, date(2026, 2, 1), 170)
    run(jinxiu, 2026, 2)
    read(meter, date(2026, 3, 1), 195)
    run(jinxiu, 2026, 3)
    charges = Charge.objects.filter(fee_item__code="water").order_by("period")
    assert [charge.amount_fen for charge in charges] == [170 * 320, 9_950]
    kept = charges[1].snapshot
    assert (kept["usage"], kept["year_to_date"]) == ("25", "170")
    assert [(line["quantity"], line["rate"], line["amount_fen"]) for line in kept["lines"]] == [
        ("10", "3.20", 3_200), ("15", "4.50", 6_750),
    ]  # fmt: skip


def test_s14_a_dial_of_five_digits_rolls_over(jinxiu):
    tariff = water_tariff(jinxiu, steps=None)
    meter = water_meter(jinxiu, tariff, start=99_985, on=date(2026, 1, 1), digits=5)
    read(meter, date(2026, 2, 1), 10)
    run(jinxiu, 2026, 2)
    charge = Charge.objects.get(fee_item__code="water")
    assert (charge.snapshot["usage"], charge.amount_fen) == ("25", 8_000)


@pytest.mark.parametrize(
    ("percent", "net", "tax"), [(6, 237_758, 14_266), (3, 244_683, 7_341), (1, 249_529, 2_495)]
)
def test_s15_vat_split_of_a_years_bill(jinxiu, percent, net, tax):
    # No service prints the tax yet (invoices come with banking): the rule is asked with the amount of a real bill.
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    run(jinxiu, 2026, 1)
    gross = amounts(jinxiu.items["property"])[A]
    assert split_gross(gross, percent=percent) == (net, tax)


def test_a_new_price_holds_from_its_day_and_every_charge_names_its_version(jinxiu):
    TariffVersion.objects.create(
        tariff=jinxiu.tariffs["property"], from_on=date(2026, 2, 1), rate_micro=2_500_000,
        approval_reference="业主大会决议2026-1",
    )  # fmt: skip
    run(jinxiu, 2026, 1)
    run(jinxiu, 2026, 2)
    charges = Charge.objects.filter(unit=jinxiu.units[A]).order_by("period")
    assert [charge.amount_fen for charge in charges] == [21_002, 22_343]
    versions = [charge.snapshot["lines"][0]["tariff_version"] for charge in charges]
    assert versions == list(
        TariffVersion.objects.filter(tariff=jinxiu.tariffs["property"])
        .order_by("from_on")
        .values_list("pk", flat=True)
    )


def test_a_bay_is_charged_by_the_bay_in_advance_for_half_a_year(jinxiu):
    tariff_id = add_tariff(
        community_id=jinxiu.community.pk, fee_item_id=jinxiu.items["property"].pk, name="车位管理费",
        basis="FIXED", rate=Decimal(60), from_on=date(2022, 1, 1), cycle_months=6,
    )  # fmt: skip
    subscribe(tariff_id=tariff_id, unit_ids=[jinxiu.units["B1-001"].pk], from_on=date(2026, 1, 1))
    run(jinxiu, 2026, 1)
    assert amounts(jinxiu.items["property"])["B1-001"] == 36_000


def test_who_decides_about_a_pool_is_never_who_entered_it(cast):
    company = cast.jinxiu
    with company.open("finance"):
        pool_id = enter_pool(community_id=company.community.pk, pool=electricity(company))
    agree(company, pool_id)
    with company.open("finance"):
        issued = issue_bills(
            community_id=company.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        )
        assert issued.charges == 4 + 3
    assert datetime.fromisoformat("2026-01-04T02:00:00+00:00").year == 2026
