"""A house register comes in: what it reports, what it writes, and that a second time changes nothing."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.db import transaction

from billing.charges.models import Account, FeeItem, Subscription, Tariff
from billing.charges.services import import_register
from billing.charges.services.import_report import MustBeRight, NothingThere, RowsRejected
from config.demo_register import write_register
from owners.gateways.sheets import open_sheets
from owners.models import Community, Contact, Ownership, Party, Unit
from owners.queries import contacts_of, parties_of_unit
from owners.services import CommunityFields, create_community, reveal_contact
from tests.hc_workbook import grid, hc_sheets, hc_workbook

DATA = Path(__file__).parent.parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text())
AS_OF = date(2025, 12, 28)
TITLES = [
    "楼栋", "单元", "房号", "建筑面积", "房屋性质", "交房日期", "入住状态", "业主姓名", "身份证号", "联系电话", "收费标准", "备注",
]  # fmt: skip
HOME = [
    "5",
    "1",
    "101",
    100,
    "住宅",
    "2024-03-01",
    "已入住",
    "钱一",
    "990101199008283706",
    "13800000001",
    2.35,
    "旧",
]
BAYS = ["车位号", "位置", "性质", "关联房号", "使用人", "联系电话", "车牌号", "管理费"]


@pytest.fixture
def garden(jinxiu):
    """An empty community with a contract from 2022, beside the one that has units."""
    return create_community(code="J2", fields=CommunityFields(name="锦绣二期"))


def run(community_id, sheets, *, as_of=AS_OF, **options):
    return import_register(community_id=community_id, sheets=sheets, as_of=as_of, **options)


def table(*rows, titles=TITLES, name="台账"):
    return grid(name, [["某小区台账"], list(titles), *[list(row) for row in rows]])


def home(**changes):
    """The one home of most tests, with some cells changed."""
    names = ("building", "entrance", "room", "area", "usage", "handover", "status", "owner", "identity",
             "phone", "rate", "remark")  # fmt: skip
    return [changes.get(name, cell) for name, cell in zip(names, HOME)]


@pytest.fixture
def moved_in(garden):
    """One home, imported."""
    run(garden, [table(home())], commit=True)
    return Unit.objects.get(code="5-1-101")


def changes(report):
    return {(found.code, found.old, found.new) for found in report.of("CHANGE")}


def test_the_real_register_reports_exactly_what_is_expected(garden):
    report = run(garden, open_sheets(DATA / "house-register.xlsx"), commit=True)
    assert [(f.row, f.code) for f in report.of("ERROR")] == [
        (e["row"], e["why"]) for e in EXPECTED["row_errors"]
    ]
    named = {e["row"]: e["unit"] for e in EXPECTED["row_errors"] if e["why"] != "no_room"}
    assert {f.row: f.unit for f in report.of("ERROR") if f.unit} == named
    assert [(f.row, f.unit, f.code) for f in report.of("WARNING")] == [
        (e["row"], e["unit"], e["why"]) for e in EXPECTED["row_warnings"]
    ]
    assert report.units == EXPECTED["units"]
    assert report.bays == EXPECTED["parking_bays"]
    assert report.co_owned == EXPECTED["co_owned"]
    assert report.developer_units == EXPECTED["developer_units"]
    assert report.no_phone == EXPECTED["no_phone"]
    assert report.footer_row == EXPECTED["footer_row"]


def test_what_is_reported_is_what_stands_in_the_tables(garden):
    run(garden, open_sheets(DATA / "house-register.xlsx"), commit=True)
    units = Unit.objects.filter(community_id=garden)
    assert units.exclude(kind="BAY").count() == EXPECTED["units"]
    assert units.filter(kind="BAY").count() == EXPECTED["parking_bays"]
    joint = Ownership.objects.filter(unit__in=units.exclude(kind="BAY"), rank=2)
    assert joint.count() == EXPECTED["co_owned"]
    developers = Ownership.objects.filter(unit__in=units, party__kind="DEVELOPER")
    assert developers.count() == EXPECTED["developer_units"]
    assert developers.values("party").distinct().count() == 1
    debtors = Ownership.objects.filter(unit__in=units, rank=1).count()
    assert Account.objects.filter(community_id=garden).count() == debtors == units.count()
    assert Subscription.objects.filter(unit__in=units).count() == units.count()


def test_a_dry_run_reports_the_same_and_writes_nothing(garden):
    sheets = open_sheets(DATA / "house-register.xlsx")
    dry = run(garden, sheets)
    assert not Unit.objects.filter(community_id=garden).exists()
    assert not Tariff.objects.filter(community_id=garden).exists()
    wet = run(garden, sheets, commit=True)
    assert (dry.committed, wet.committed) == (False, True)
    assert dry.as_json() | {"committed": True} == wet.as_json()


def test_a_second_import_of_the_same_file_changes_nothing(garden):
    sheets = open_sheets(DATA / "house-register.xlsx")
    run(garden, sheets, commit=True)
    before = [
        model.objects.count() for model in (Unit, Party, Ownership, Contact, Subscription, Account, Tariff)
    ]
    again = run(garden, sheets, commit=True)
    assert (again.created, again.changed, again.of("CHANGE")) == (0, 0, [])
    assert again.unchanged == EXPECTED["units"] + EXPECTED["parking_bays"]
    after = [
        model.objects.count() for model in (Unit, Party, Ownership, Contact, Subscription, Account, Tariff)
    ]
    assert after == before


def test_a_home_is_written_whole(moved_in):
    unit = moved_in
    assert (unit.area_cm2, unit.kind, unit.floor, unit.occupancy) == (1_000_000, "ROOM", 1, "OCCUPIED")
    assert (unit.handover_on, unit.handover, unit.remark) == (date(2024, 3, 1), "TAKEN_OVER", "旧")
    (owner,) = parties_of_unit(unit.pk, AS_OF)
    assert (owner.name, owner.kind, owner.from_on) == ("钱一", "PERSON", date(2024, 3, 1))
    (contact,) = contacts_of([owner.party_id])[owner.party_id]
    assert (contact.kind, contact.masked, contact.state) == ("MOBILE", "138****0001", "UNCHECKED")
    assert reveal_contact(contact.contact_id, reason="test") == "13800000001"
    (subscription,) = Subscription.objects.filter(unit=unit).select_related("tariff")
    assert (subscription.held.lower, subscription.held.upper) == (date(2024, 3, 1), None)
    (version,) = subscription.tariff.versions.all()
    assert (version.rate_micro, version.from_on) == (2_350_000, date(2024, 3, 1))


def test_a_changed_row_is_shown_as_a_change_and_written(garden, moved_in):
    sheet = table(home(area=101.5, status="空置", remark="漏水", phone="13800000001/0571-88006864"))
    dry = run(garden, [sheet])
    assert changes(dry) == {
        ("area", "100.00", "101.50"), ("occupancy", "OCCUPIED", "VACANT"), ("remark", "旧", "漏水"),
        ("phones", "138****0001", "057****6864"),
    }  # fmt: skip
    assert (dry.created, dry.changed, dry.unchanged) == (0, 1, 0)
    assert Unit.objects.get(pk=moved_in.pk).area_cm2 == 1_000_000
    run(garden, [sheet], commit=True)
    unit = Unit.objects.get(pk=moved_in.pk)
    assert (unit.area_cm2, unit.occupancy, unit.remark) == (1_015_000, "VACANT", "漏水")
    assert Contact.objects.filter(party__ownerships__unit=unit).count() == 2
    assert run(garden, [sheet]).changed == 0


def test_a_blank_cell_says_nothing(garden, moved_in):
    report = run(
        garden, [table(home(handover="", phone="", rate="", remark="", owner="", identity="", status=""))]
    )
    assert changes(report) == set()
    assert report.changed == 0


def test_another_owner_is_a_warning_and_never_applied(garden, moved_in):
    report = run(garden, [table(home(owner="孙二", identity="", phone="13900000002"))], commit=True)
    assert [(f.code, f.unit, f.value) for f in report.of("WARNING")] == [("owner_differs", "5-1-101", "孙二")]
    (owner,) = parties_of_unit(moved_in.pk, AS_OF)
    assert owner.name == "钱一"
    assert len(contacts_of([owner.party_id])[owner.party_id]) == 1


def test_the_same_name_with_another_identity_number_is_another_person(garden, moved_in):
    report = run(garden, [table(home(identity="99010119860113562X"))])
    assert [f.code for f in report.of("WARNING")] == ["owner_differs"]


def test_an_identity_number_is_added_where_none_was(garden):
    run(garden, [table(home(identity=""))], commit=True)
    report = run(garden, [table(home())], commit=True)
    assert {code for code, _old, _new in changes(report)} == {"identity"}
    assert Party.objects.get(name="钱一").id_hash
    assert run(garden, [table(home())]).changed == 0


def test_a_changed_price_counts_from_next_month_and_leaves_the_past_alone(garden, moved_in):
    sheet = table(home(rate=2.8))
    report = run(garden, [sheet], commit=True)
    assert changes(report) == {("rate", "2.35/㎡", "2.80/㎡ (2026-01-01)")}
    held = Subscription.objects.filter(unit=moved_in).order_by("held").values_list("held", "tariff__name")
    assert [(span.lower, span.upper, name) for span, name in held] == [
        (date(2024, 3, 1), date(2026, 1, 1), "物业费 2.35元/㎡·月"),
        (date(2026, 1, 1), None, "物业费 2.80元/㎡·月"),
    ]
    again = run(garden, [sheet], commit=True)
    assert (again.changed, again.of("CHANGE")) == (0, [])
    back = run(garden, [table(home())], commit=True)
    assert changes(back) == {("rate", "2.80/㎡", "2.35/㎡ (2026-01-01)")}
    assert Subscription.objects.filter(unit=moved_in).count() == 2


def test_two_homes_of_one_person_share_the_party_and_of_two_namesakes_do_not(garden):
    run(
        garden,
        [
            table(
                home(), home(room="102", phone="13800000009"),
                home(room="103", owner="赵四", identity=""), home(room="104", owner="赵四", identity=""),
            )
        ],
        commit=True,
    )  # fmt: skip
    assert Party.objects.filter(name="钱一").count() == 1
    assert Contact.objects.filter(party__name="钱一").count() == 2
    assert Party.objects.filter(name="赵四").count() == 2


def test_co_owners_stand_in_their_order_and_the_first_is_the_debtor(garden):
    run(
        garden,
        [table(home(owner="周五、吴六", identity="990101198102170236、990101199106033639"))],
        commit=True,
    )
    unit = Unit.objects.get(code="5-1-101")
    assert [(row.name, row.rank) for row in parties_of_unit(unit.pk, AS_OF)] == [("周五", 1), ("吴六", 2)]
    assert [account.party.name for account in Account.objects.filter(unit=unit)] == ["周五"]


def test_an_unsold_home_belongs_to_the_communitys_one_developer(garden):
    rows = [
        home(owner="开发商未售", identity="", phone="", status="未售"),
        home(room="102", owner="未售", identity="", phone="", status=""),
    ]
    run(garden, [table(rows[0])], commit=True)
    run(garden, [table(*rows)], commit=True)
    (developer,) = Party.objects.filter(kind="DEVELOPER", ownerships__unit__community_id=garden).distinct()
    assert developer.name == "锦绣二期开发商"
    assert set(Unit.objects.filter(community_id=garden).values_list("handover", flat=True)) == {"UNSOLD"}


def test_a_sold_home_is_reported_and_waits_for_the_change_of_owner(garden):
    run(garden, [table(home(owner="开发商未售", identity="", phone="", status="未售"))], commit=True)
    report = run(garden, [table(home())], commit=True)
    assert [f.code for f in report.of("WARNING")] == ["owner_differs"]


def test_a_handover_in_the_future_bills_from_that_day_but_names_the_owner_today(garden):
    report = run(garden, [table(home(handover="2027.5.1"))], commit=True)
    assert [f.code for f in report.of("WARNING")] == ["future_handover"]
    unit = Unit.objects.get(code="5-1-101")
    assert [row.name for row in parties_of_unit(unit.pk, AS_OF)] == ["钱一"]
    assert Subscription.objects.get(unit=unit).held.lower == date(2027, 5, 1)


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


def test_the_companys_own_tariff_is_used_when_it_costs_the_same(jinxiu):
    report = run(jinxiu.community.pk, [table(home())], commit=True)
    assert report.tariffs == []
    assert Subscription.objects.get(unit__code="5-1-101").tariff_id == jinxiu.tariffs["property"].pk


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


def test_a_workbook_without_a_register_is_refused(garden):
    with pytest.raises(NothingThere):
        run(garden, [grid("笔记", [["今天天气不错"], ["明天也是"]])])


def test_yearly_prices_are_never_taken_for_monthly_ones(garden):
    sheet = table(home(), titles=[*TITLES[:10], "收费标准（元/年）", "备注"])
    assert "price_period" in run(garden, [sheet]).codes("ERROR")
    with pytest.raises(MustBeRight), transaction.atomic():
        run(garden, [sheet], commit=True)
    assert not Unit.objects.filter(community_id=garden).exists()


def test_strict_keeps_nothing_when_a_row_is_rejected(garden):
    sheet = table(home(), home(room="102", area=0))
    with pytest.raises(RowsRejected), transaction.atomic():
        run(garden, [sheet], commit=True, strict=True)
    assert not Unit.objects.filter(community_id=garden).exists()
    assert run(garden, [sheet], commit=True).rejected_rows == 1
    assert Unit.objects.filter(community_id=garden).count() == 1


def test_reports_never_show_a_whole_number_of_a_person(garden):
    sheet = table(
        home(identity="990101199008283707", phone="1380000,13800000001", remark="打13912345678" * 30)
    )
    text = json.dumps(run(garden, [sheet]).as_json(), ensure_ascii=False)
    assert '"bad_id"' in text
    assert '"too_long"' in text
    assert "990101199008283707" not in text
    assert "13912345678" not in text
    assert "1380000" not in text.replace("13800000001", "")


def test_a_generated_register_comes_in_as_it_was_written(garden, tmp_path):
    path = tmp_path / "register.xlsx"
    written = write_register(
        path, units=400, seed=3, community_name="锦绣二期", as_of=AS_OF, error_share=0.05
    )
    report = run(garden, open_sheets(path), commit=True)
    assert (report.units, report.rejected_rows, report.bays) == (
        written.units,
        written.rejected,
        written.bays,
    )
    assert run(garden, open_sheets(path), commit=True).changed == 0


def test_two_communities_of_one_company_may_use_the_same_codes(garden):
    other = create_community(code="J3", fields=CommunityFields(name="锦绣三期"))
    for community_id in (garden, other):
        assert run(community_id, [table(home())], commit=True).created == 1
    assert Community.objects.count() == 3
    assert Unit.objects.filter(code="5-1-101").count() == 2


def test_a_file_saved_by_another_program_reads_the_same(garden):
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    for at, row in enumerate([TITLES, home()]):
        sheet.write_row(at, 1, row)  # the table begins in column B
    book.close()
    report = run(garden, open_sheets(content.getvalue()))
    assert (report.units, report.rejected_rows) == (1, 0)
