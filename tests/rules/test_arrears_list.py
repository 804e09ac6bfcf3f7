"""Opening arrears come in from Excel: months, amounts, and what does not fit the tariff."""

import json
from datetime import date
from pathlib import Path

import pytest

from owners.gateways.sheets import open_sheets
from owners.rules.arrears_list import ArrearsReport, ArrearsRow, parse_arrears
from owners.rules.register import parse_register
from owners.rules.workbook import Issue, Level, Note, UnitRow, Why
from tests.hc_workbook import grid
from values.fen import round_half_up, yuan
from values.period import Period

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2025, 12, 28)
HEADER = [
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
KNOWN = {"3-1-1602": 21_002, "3-1-1701": None}


def read(*rows):
    return list(parse_arrears([grid("欠费", [["标题"], HEADER, *rows])], known=KNOWN, as_of=AS_OF))


def issues(events):
    return [(event.code, event.level.value) for event in events if isinstance(event, Issue)]


@pytest.fixture(scope="module")
def events():
    sheets = open_sheets(DATA / "house-register.xlsx")
    known = {
        unit.code: round_half_up(unit.area_cm2 * unit.rate_micro, 10**8)
        for unit in parse_register(sheets, as_of=AS_OF)
        if isinstance(unit, UnitRow)
    }
    return list(parse_arrears(open_sheets(DATA / "arrears-list.xlsx"), known=known, as_of=AS_OF))


def test_the_real_list_gives_exactly_what_is_expected(events):
    expected = json.loads((DATA / "expected.json").read_text())["arrears"]
    report = ArrearsReport()
    for event in events:
        report.add(event)
    errors = [
        {"row": e.row, "why": e.code.value} for e in events if isinstance(e, Issue) and e.level is Level.ERROR
    ]
    assert report.rows == expected["rows"]
    assert errors == expected["errors"]
    assert report.warnings == {"amount_mismatch": expected["mismatch_warnings"]}
    assert yuan(report.total_fen) == expected["valid_total_yuan"]


def test_a_row_is_read_whole():
    (found,) = read(
        ["3栋1单元1602", "张三", "物业费", "2025年7月", "2025.12", 6.0, 1260.12, "2025.6.30", "电话空号"]
    )
    assert found == ArrearsRow(
        "欠费", 3, "3-1-1602", "张三", "物业费", date(2025, 7, 1), date(2025, 12, 1), 6, 126_012,
        date(2025, 6, 30), "电话空号",
    )  # fmt: skip
    assert found.period == Period(date(2025, 7, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["9-9-9", "张三", "物业费", "2025.01", "2025.12", 12.0, 2520.24], Why.UNIT_UNKNOWN),
        (["3-1-", "张三", "物业费", "2025.01", "2025.12", 12.0, 2520.24], Why.UNIT_UNKNOWN),
        (["", "张三", "物业费", "2025.01", "2025.12", 12.0, 2520.24], Why.UNIT_UNKNOWN),
        (["3-1-1602", "张三", "物业费", "去年", "2025.12", 12.0, 2520.24], Why.MONTH_BAD),
        (["3-1-1602", "张三", "物业费", "", "2025.12", 12.0, 2520.24], Why.MONTH_BAD),
        (["3-1-1602", "张三", "物业费", "2025.13", "2025.12", 12.0, 2520.24], Why.MONTH_BAD),
        (["3-1-1602", "张三", "物业费", 2025.1, "2025.12", 3.0, 630.06], Why.MONTH_BAD),
        (["3-1-1602", "张三", "物业费", "2025.12", "2025.01", 12.0, 2520.24], Why.MONTHS_REVERSED),
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 12.0, "若干"], Why.AMOUNT_BAD),
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 12.0, ""], Why.AMOUNT_BAD),
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 12.0, -1.0], Why.AMOUNT_BAD),
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 12.0, 2520.243], Why.AMOUNT_BAD),
    ],
)
def test_what_cannot_be_read_rejects_the_row(cells, why):
    assert [(type(e), e.code) for e in read(cells)] == [(Issue, why)]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 12.0, 2570.24], Why.AMOUNT_MISMATCH),
        (["3-1-1602", "张三", "物业费", "2025.01", "2025.12", 11.0, 2520.24], Why.MONTHS_DIFFER),
        (["3-1-1602", "张三", "物业费", "2026.01", "2026.01", 1.0, 210.02], Why.FUTURE_MONTH),
    ],
)
def test_what_looks_wrong_is_a_warning(cells, why):
    events = read(cells)
    assert {code for code, _ in issues(events)} == {why}
    assert isinstance(events[-1], ArrearsRow)


def test_another_item_or_a_unit_without_a_tariff_is_not_compared():
    assert issues(read(["3-1-1602", "", "水费", "2025.01", "2025.02", 2.0, 7.0])) == []
    assert issues(read(["3-1-1701", "", "物业费", "2025.01", "2025.02", 2.0, 7.0])) == []


def test_months_of_one_unit_and_item_may_not_come_twice():
    first = ["3-1-1602", "", "物业费", "2025.01", "2025.06", 6.0, 1260.12]
    second = ["3-1-1602", "", "物业费", "2025.06", "2025.07", 2.0, 420.04]
    third = ["3-1-1602", "", "物业费", "2025.07", "2025.08", 2.0, 420.04]
    events = read(first, second, third)
    assert issues(events) == [(Why.DUPLICATE, "ERROR")]
    assert [e.row for e in events if isinstance(e, ArrearsRow)] == [3, 5]


def test_the_total_row_is_noted_and_not_read():
    events = read(["合计", "", "", "", "", "", 2520.24])
    assert [(type(e), e.code) for e in events] == [(Note, Why.TOTAL_ROW)]


def test_a_list_without_its_columns_is_refused():
    events = list(parse_arrears([grid("x", [["房号", "业主", "备注"], ["1"]])], known=KNOWN, as_of=AS_OF))
    assert [event.code for event in events] == [Why.COLUMN_MISSING, Why.NO_REGISTER]
