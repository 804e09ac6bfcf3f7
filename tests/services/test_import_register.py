"""A house register comes in: what it reports, what it writes, and that a second time changes nothing."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.db import transaction

from billing.charges.models import Account, Subscription, Tariff
from billing.charges.services.import_report import MustBeRight, NothingThere, RowsRejected
from config.demo_register import write_register
from owners.gateways.sheets import open_sheets
from owners.models import Community, Contact, Ownership, Party, Unit
from owners.queries import contacts_of, parties_of_unit
from owners.services import CommunityFields, create_community, reveal_contact
from tests.hc_workbook import grid
from tests.register import AS_OF, TITLES, home, run, table

DATA = Path(__file__).parent.parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text())


@pytest.fixture
def garden(jinxiu):
    """An empty community beside the one that has units."""
    return create_community(code="J2", fields=CommunityFields(name="锦绣二期"))


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


def test_the_companys_own_tariff_is_used_when_it_costs_the_same(jinxiu):
    report = run(jinxiu.community.pk, [table(home())], commit=True)
    assert report.tariffs == []
    assert Subscription.objects.get(unit__code="5-1-101").tariff_id == jinxiu.tariffs["property"].pk


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
