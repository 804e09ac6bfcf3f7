"""Opening arrears come in: one charge per month, due by its month, never twice."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Charge, Contract
from billing.charges.services import import_arrears, import_register
from billing.charges.services.import_report import NothingThere, RowsRejected
from owners.gateways.sheets import open_sheets
from owners.models import LegacyIssue, Ownership, Unit
from owners.services import CommunityFields, close_legacy_issue, create_community
from tests.hc_workbook import grid
from values.fen import parse_yuan

DATA = Path(__file__).parent.parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text())["arrears"]
AS_OF = date(2025, 12, 28)
TITLES = [
    "房号",
    "业主姓名",
    "费用项目",
    "欠费起",
    "欠费止",
    "欠费月数",
    "欠费金额",
    "最近一次缴费",
    "情况说明",
]
ROW = ["3-1-1602", "张三", "物业费", "2025年7月", "2025.12", 6, 1260.12, "", "电话空号"]


def listed(*rows):
    return [grid("欠费", [["欠费表"], TITLES, *[list(row) for row in rows]])]


def run(company, sheets, **options):
    return import_arrears(community_id=company.community.pk, sheets=sheets, as_of=AS_OF, **options)


def row(**changes):
    names = ("unit", "owner", "item", "first", "last", "months", "amount", "paid", "remark")
    return [changes.get(name, cell) for name, cell in zip(names, ROW)]


def charges(**wanted):
    return Charge.objects.filter(kind="OPENING", **wanted).order_by("due_on")


@pytest.fixture(scope="module")
def sheets():
    return open_sheets(DATA / "house-register.xlsx"), open_sheets(DATA / "arrears-list.xlsx")


def test_the_real_list_reports_and_charges_exactly_what_is_expected(jinxiu, sheets):
    register, arrears = sheets
    garden = create_community(code="J2", fields=CommunityFields(name="锦绣二期"))
    import_register(community_id=garden, sheets=register, as_of=AS_OF, commit=True)
    dry = import_arrears(community_id=garden, sheets=arrears, as_of=AS_OF)
    assert not Charge.objects.exists()
    report = import_arrears(community_id=garden, sheets=arrears, as_of=AS_OF, commit=True)
    assert dry.as_json() | {"committed": True} == report.as_json()
    assert report.rows == EXPECTED["rows"]
    assert [{"row": f.row, "why": f.code} for f in report.of("ERROR")] == EXPECTED["errors"]
    assert [f.code for f in report.of("WARNING")] == ["amount_mismatch"] * EXPECTED["mismatch_warnings"]
    assert report.counts()["total"] == EXPECTED["valid_total_yuan"]
    stored = charges(community_id=garden)
    assert sum(stored.values_list("amount_fen", flat=True)) == parse_yuan(EXPECTED["valid_total_yuan"])
    assert stored.count() == report.charges
    assert LegacyIssue.objects.filter(unit__community_id=garden, source="ARREARS_LIST").exists()
    again = import_arrears(community_id=garden, sheets=arrears, as_of=AS_OF, commit=True)
    assert (again.created, again.unchanged, again.charges) == (0, EXPECTED["rows"], 0)
    assert stored.count() == report.charges


def test_a_row_becomes_one_charge_per_month_due_in_its_month_with_the_remainder_last(jinxiu):
    report = run(jinxiu, listed(row(amount=1260.10)), commit=True)
    assert (report.rows, report.charges, report.created) == (1, 6, 1)
    made = list(charges())
    assert [(c.period.lower, c.due_on, c.amount_fen) for c in made] == [
        (date(2025, 7, 1), date(2025, 7, 31), 21001), (date(2025, 8, 1), date(2025, 8, 31), 21001),
        (date(2025, 9, 1), date(2025, 9, 30), 21001), (date(2025, 10, 1), date(2025, 10, 31), 21001),
        (date(2025, 11, 1), date(2025, 11, 30), 21001), (date(2025, 12, 1), date(2025, 12, 31), 21005),
    ]  # fmt: skip
    assert {(c.account_id, c.late_fee_rate) for c in made} == {
        (jinxiu.accounts["3-1-1602"].pk, Decimal("0.0003"))
    }
    assert [c.late_fee_from for c in made] == [c.due_on for c in made]
    assert [f.code for f in report.of("WARNING")] == ["amount_mismatch"]


def test_the_community_s_own_due_day_counts_for_old_months_too(jinxiu):
    Contract.objects.update(due_day=20)
    run(jinxiu, listed(row()), commit=True)
    assert [c.due_on.day for c in charges()] == [20] * 6


def test_months_before_the_first_contract_are_noted_and_bear_no_late_fee(jinxiu):
    Contract.objects.update(held=DateRange(date(2025, 10, 1), None))
    report = run(jinxiu, listed(row()), commit=True)
    assert [(note.code, note.value) for note in report.of("NOTE")] == [("no_contract_then", "3")]
    assert [bool(charge.late_fee_rate) for charge in charges()] == [False] * 3 + [True] * 3
    Contract.objects.update(held=DateRange(date(2020, 1, 1), None))
    assert run(jinxiu, listed(row())).of("NOTE") == []


def test_an_item_without_a_late_fee_never_bears_one(jinxiu):
    run(jinxiu, listed(row(unit="B1-001", item="停车费", amount=1800)), commit=True)
    assert set(charges().values_list("late_fee_rate", "amount_fen")) == {(Decimal(0), 30000)}


def test_the_remark_is_kept_as_a_legacy_issue_once_even_when_it_was_settled(jinxiu):
    unit = jinxiu.units["3-1-1602"]
    run(jinxiu, listed(row()), commit=True)
    issue = LegacyIssue.objects.get(unit=unit)
    assert (issue.text, issue.recorded_on) == ("电话空号", AS_OF)
    close_legacy_issue(unit_id=unit.pk, issue_id=issue.pk, on=date(2026, 1, 5))
    run(jinxiu, listed(row()), commit=True)
    assert LegacyIssue.objects.get(unit=unit).closed_on == date(2026, 1, 5)


def test_a_month_that_a_run_has_billed_is_reported_and_not_doubled(jinxiu):
    unit = jinxiu.units["3-1-1602"]
    Charge.objects.create(
        community=jinxiu.community, account=jinxiu.accounts["3-1-1602"], unit=unit, fee_item=jinxiu.items["property"],
        period=DateRange(date(2025, 12, 1), date(2026, 1, 1)), issued_on=date(2025, 12, 5), due_on=date(2025, 12, 31),
        amount_fen=21002, late_fee_from=date(2025, 12, 31), late_fee_cap_fen=21002,
    )  # fmt: skip
    report = run(jinxiu, listed(row()), commit=True)
    assert [(f.code, f.value) for f in report.of("WARNING")] == [("already_billed", "1")]
    assert report.charges == charges().count() == 5
    assert run(jinxiu, listed(row()), commit=True).charges == 0


def test_opening_arrears_with_another_amount_stay_as_they_are(jinxiu):
    run(jinxiu, listed(row()), commit=True)
    report = run(jinxiu, listed(row(amount=1500)), commit=True)
    assert "opening_differs" in report.codes("WARNING")
    assert (report.created, report.unchanged) == (0, 1)
    assert set(charges().values_list("amount_fen", flat=True)) == {21002}


def test_another_name_than_the_owner_s_is_a_warning_and_the_owner_owes(jinxiu):
    report = run(jinxiu, listed(row(owner="王老五")), commit=True)
    assert [(f.code, f.value) for f in report.of("WARNING")] == [("owner_differs", "王老五")]
    assert charges().first().account.party == jinxiu.parties["张三"]


@pytest.mark.parametrize("cell", ["李四、王五", "李四", ""])
def test_co_owners_may_be_named_in_part(jinxiu, cell):
    assert run(jinxiu, listed(row(unit="3-1-1702", owner=cell, amount=1699.08))).of("WARNING") == []


def test_an_unsold_unit_owes_through_its_developer(jinxiu):
    report = run(jinxiu, listed(row(unit="3-2-201", owner="开发商未售", amount=1360.68)), commit=True)
    assert report.of("WARNING") == []
    assert charges().first().account.party == jinxiu.parties["锦绣置业"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"unit": "9-9-9"}, "unit_unknown"), ({"item": "装修费"}, "item_unknown"), ({"amount": 0}, "amount_bad"),
     ({"first": "2026.01"}, "months_reversed")],
)  # fmt: skip
def test_a_row_that_cannot_be_charged_is_rejected_with_its_reason(jinxiu, changed, code):
    report = run(
        jinxiu, listed(row(**changed), row(unit="3-1-1702", owner="李四", amount=1699.08)), commit=True
    )
    (error,) = report.of("ERROR")
    assert (error.code, error.row, report.rejected_rows) == (code, 3, 1)
    assert set(charges().values_list("unit__code", flat=True)) == {"3-1-1702"}


def test_a_unit_that_nobody_owns_cannot_owe(jinxiu):
    Ownership.objects.filter(unit=jinxiu.units["3-1-1602"]).update(
        held=DateRange(date(2022, 1, 1), date(2023, 1, 1))
    )
    assert run(jinxiu, listed(row()), commit=True).codes("ERROR") == {"no_debtor"}
    assert not charges().exists()


def test_strict_keeps_nothing_when_a_row_is_rejected(jinxiu):
    with pytest.raises(RowsRejected), transaction.atomic():
        run(jinxiu, listed(row(), row(unit="9-9-9")), commit=True, strict=True)
    assert not Charge.objects.exists()


def test_a_workbook_without_a_list_is_refused(jinxiu):
    with pytest.raises(NothingThere):
        run(jinxiu, [grid("笔记", [["今天天气不错"], ["明天也是"]])])


def test_fewer_fen_than_months_make_no_empty_charges(jinxiu):
    run(jinxiu, listed(row(amount=0.05)), commit=True)
    assert [(c.period.lower, c.amount_fen) for c in charges()] == [(date(2025, 12, 1), 5)]
    assert run(jinxiu, listed(row(amount=0.05)), commit=True).charges == 0


def test_the_account_is_the_present_debtor_s_even_when_it_was_never_opened(jinxiu):
    unit = Unit.objects.create(
        community=jinxiu.community, building=jinxiu.units["3-1-1602"].building, entrance="1", room="1802",
        code="3-1-1802", sort_key="3-1-1802", area_cm2=1_000_000,
    )  # fmt: skip
    Ownership.objects.create(unit=unit, party=jinxiu.parties["李四"], held=DateRange(date(2022, 1, 1), None))
    report = run(jinxiu, listed(row(unit="3-1-1802", owner="李四")), commit=True)
    assert (report.charges, report.of("WARNING")) == (6, [])
    assert charges().first().account.party == jinxiu.parties["李四"]
