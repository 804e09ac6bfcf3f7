"""Bays and the open-source layout: whose they are, what they pay, what is left out and named."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Account, FeeItem, Subscription, Tariff
from owners.gateways.sheets import open_sheets
from owners.models import Unit
from owners.services import CommunityFields, create_community
from owners.services.communities import BadCode
from tests.hc_workbook import hc_sheets, hc_workbook
from tests.register import BAYS, home, run, table


@pytest.fixture
def garden(jinxiu):
    """An empty community beside the one that has units."""
    return create_community(code="J2", fields=CommunityFields(name="锦绣二期"))


def test_a_bay_belongs_to_the_owner_of_its_home(garden):
    bays = table(
        ["B1-001", "地下一层", "产权", "5-1-101", "钱一", "13800000001", "浙A00001", 60],
        ["B1-002", "地下一层", "租赁", "5-1-101", "郑七", "13800000007", "", 300],
        titles=BAYS, name="车位",
    )  # fmt: skip
    sheets = [table(home()), bays]
    report = run(garden, sheets, commit=True)
    assert (report.units, report.bays, report.created) == (1, 2, 3)
    own, rented = Unit.objects.filter(kind="BAY", community_id=garden).order_by("code")
    assert (own.linked_unit.code, own.location, own.plate, own.occupancy) == (
        "5-1-101",
        "地下一层",
        "浙A00001",
        "OWNED",
    )
    debtor = Account.objects.get(unit__code="5-1-101", community_id=garden).party_id
    assert Account.objects.get(unit=own).party_id == debtor
    assert Account.objects.get(unit=rented).party.name == "郑七"
    paid = Subscription.objects.filter(unit__in=[own, rented]).values_list("fee_item__name", "tariff__name")
    assert set(paid) == {("车位管理费", "车位管理费 60.00元/月"), ("停车费", "停车费 300.00元/月")}
    assert run(garden, sheets, commit=True).unchanged == 3


def test_a_bay_that_pays_the_other_parking_fee_keeps_it(jinxiu):
    bays = table(["B1-001", "", "产权", "", "张三", "", "", 300], titles=BAYS, name="车位")
    report = run(
        jinxiu.community.pk,
        [
            table(
                home(
                    building="3",
                    room="1602",
                    area=89.37,
                    handover="2022-01-01",
                    owner="张三",
                    identity="",
                    phone="",
                    remark="",
                    status="",
                )
            ),
            bays,
        ],
        commit=True,
    )
    assert "rate" not in report.codes("CHANGE")
    assert not FeeItem.objects.filter(name="车位管理费").exists()


def test_a_bay_of_a_rejected_home_is_linked_to_nothing_and_says_so(garden):
    bays = table(["B1-001", "", "产权", "5-1-101", "钱一", "", "", 60], titles=BAYS, name="车位")
    sheets = [table(home(area=0), home(room="102")), bays]
    report = run(garden, sheets, commit=True)
    assert [f.code for f in report.of("WARNING")] == ["unit_rejected"]
    assert Unit.objects.get(code="B1-001", community_id=garden).linked_unit is None
    assert run(garden, sheets).changed == 0


def test_the_open_source_layout_comes_in_with_its_fees_and_their_days(garden):
    sheets = open_sheets(hc_workbook())
    report = run(garden, sheets, commit=True)
    assert (report.units, report.bays, report.developer_units) == (4, 2, 1)
    assert report.tariffs == ["住宅物业费", "公共能耗费", "商铺物业费"]
    held = Subscription.objects.filter(unit__code="1-1-1601").order_by("fee_item__name")
    rows = [(s.fee_item.name, s.tariff.name, s.held.lower, s.held.upper) for s in held]
    assert rows == [
        ("公共能耗费", "公共能耗费", date(2020, 7, 10), date(2037, 1, 1)),
        ("物业费", "住宅物业费", date(2020, 6, 10), date(2037, 1, 1)),
    ]
    shop = Tariff.objects.get(community_id=garden, name="商铺物业费")
    version = shop.versions.get()
    assert (shop.basis, version.rate_micro, version.surcharge_fen) == ("AREA", 4_800_000, 1000)
    shared = Tariff.objects.get(community_id=garden, name="公共能耗费")
    assert (shared.basis, shared.cycle_months, shared.fee_item.in_arrears) == ("FIXED", 3, True)
    assert shared.versions.get().rate_micro == 15_500_000
    again = run(garden, sheets, commit=True)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 6)


def test_a_one_off_fee_and_an_odd_cycle_are_left_out_and_named(garden):
    sheets = hc_sheets()
    sheets["费用设置"][1][3] = "一次性费用"
    sheets["费用设置"][2][5] = 5
    report = run(garden, open_sheets(hc_workbook(sheets)), commit=True)
    assert {"fee_one_off", "cycle_unknown"} <= report.codes("WARNING")
    assert report.tariffs == ["商铺物业费"]


def test_two_prices_of_one_fee_item_are_not_both_charged(garden):
    sheets = hc_sheets()
    sheets["房屋信息"][1][7], sheets["房屋信息"][1][8] = "1#3", "2020-06-10#2020-06-10"
    report = run(garden, open_sheets(hc_workbook(sheets)), commit=True)
    assert [(f.code, f.unit) for f in report.of("WARNING") if f.code == "fee_twice"] == [
        ("fee_twice", "1-1-1601")
    ]
    assert Subscription.objects.filter(unit__code="1-1-1601").count() == 1


@pytest.mark.parametrize("code", ["试 x", "", "A" * 13, "JX-2"])
def test_a_communitys_code_can_stand_in_a_number(jinxiu, code):
    with pytest.raises(BadCode):
        create_community(code=code, fields=CommunityFields(name="锦绣二期"))
