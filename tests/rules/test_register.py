"""The house register comes in from Excel: what is read, what is refused, and what is left aside aloud."""

import json
import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from config.demo_register import write_register
from owners.gateways import weight
from owners.gateways.sheets import NotAWorkbook, check_workbook, open_sheets
from owners.gateways.weight import is_too_heavy
from owners.rules.register import parse_register
from owners.rules.report import Report
from owners.rules.workbook import (
    BayRow,
    HandoverStatus,
    Issue,
    Level,
    Note,
    Occupancy,
    Owner,
    Phone,
    PhoneKind,
    Tenure,
    UnitRow,
    Usage,
    Why,
)
from tests.hc_workbook import grid

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2025, 12, 28)
HEADER = ["序号", "楼栋", "单元", "房号", "建筑面积（㎡）", "房屋性质", "交房日期", "入住状态", "业主姓名", "身份证号", "联系电话", "收费标准\n（元/㎡·月）", "备注"]  # fmt: skip


def row(**changes):
    cells = {"n": 1.0, "b": "3栋", "e": 1.0, "r": 1602.0, "a": 89.37, "u": "住宅", "d": "2020.6.30", "s": "已入住", "o": "张三", "i": "", "p": "13800004911", "t": 2.35, "m": ""}  # fmt: skip
    return [*(cells | changes).values()]


def read(*rows, header=HEADER, name="台账", merged=()):
    return list(parse_register([grid(name, [header, *rows], merged=merged)], as_of=AS_OF))


def units(events):
    return [event for event in events if isinstance(event, UnitRow)]


def codes(events):
    return [event.code for event in events if isinstance(event, Issue)]


def notes(events):
    return [event.code for event in events if isinstance(event, Note)]


@pytest.fixture(scope="module")
def events():
    return list(parse_register(open_sheets(DATA / "house-register.xlsx"), as_of=AS_OF))


@pytest.fixture(scope="module")
def expected():
    return json.loads((DATA / "expected.json").read_text())


def said(events, level):
    return [
        {"row": event.row, "unit": event.unit, "why": event.code.value}
        for event in events
        if isinstance(event, Issue) and event.level is level
    ]


def test_the_real_register_gives_exactly_the_expected_counts(events, expected):
    report = Report()
    for event in events:
        report.add(event)
    assert report.units == expected["units"]
    assert report.bays == expected["parking_bays"]
    assert report.co_owned == expected["co_owned"]
    assert report.developer_units == expected["developer_units"]
    assert report.no_phone == expected["no_phone"]
    assert report.footer_row == expected["footer_row"]
    assert report.rejected_rows == len(expected["row_errors"])
    assert not report.is_clean


def test_the_real_register_gives_exactly_the_expected_errors(events, expected):
    found = said(events, Level.ERROR)
    # A row without a room has no code of its own: only its row and reason can be compared.
    for one in [*found, *expected["row_errors"]]:
        if one["why"] == "no_room":
            one["unit"] = ""
    assert found == expected["row_errors"]


def test_the_real_register_gives_exactly_the_expected_warnings(events, expected):
    assert said(events, Level.WARNING) == expected["row_warnings"]


def test_a_row_of_the_real_register_is_read_whole(events):
    by_row = {event.row: event for event in events if isinstance(event, UnitRow)}
    assert by_row[6] == UnitRow(
        "房产台账", 6, "1", "1", "201", "1-1-201", 2, Usage.RESIDENTIAL, 965_000, date(2023, 6, 5),
        HandoverStatus.TAKEN_OVER, Occupancy.OCCUPIED,
        (Owner("罗欣涵", "990101198102170236"), Owner("董建梓", "990101199106033639")),
        (Phone(PhoneKind.MOBILE, "13800002753"),), False, 2_350_000, "长期在外地",
    )  # fmt: skip
    assert by_row[7].area_cm2 == 1_432_800
    assert by_row[842].code == "商-0-20"
    assert by_row[842].usage is Usage.SHOP
    assert by_row[150].developer
    assert by_row[150].handover_status is HandoverStatus.UNSOLD


def test_a_bay_of_the_real_register_is_read_whole(events):
    first = next(event for event in events if isinstance(event, BayRow))
    assert first == BayRow(
        "车位", 2, "B1-001", "地下一层", Tenure.OWNED, "7-1-1602", "唐欣秀",
        (Phone(PhoneKind.MOBILE, "13800005717"),), "浙A50261", 30_000,
    )  # fmt: skip


def test_the_sheet_of_explanations_is_noted_and_not_read(events):
    assert [
        event.sheet for event in events if isinstance(event, Note) and event.code is Why.SHEET_IGNORED
    ] == ["填表说明"]


@pytest.mark.parametrize(
    "titles",
    [
        ["栋号", "单元号", "室号", "产权面积", "业主"],
        ["幢", "单元", "房间号", "面积", "产权人"],
        ["楼 号", "单\n元", "*房号", "建筑面积(平方米)", "户主"],
        ["楼栋（必填）", "单元：", "房　号", "建筑面积【㎡】", "业主姓名"],
    ],
)
def test_the_usual_titles_and_their_variants_are_known(titles):
    found = units(read(["3#", "1单元", "1602", "89.37㎡", "张三"], header=titles))
    assert [(unit.code, unit.area_cm2, unit.owners[0].name) for unit in found] == [
        ("3-1-1602", 893_700, "张三")
    ]


def test_a_building_cell_left_blank_repeats_the_one_above():
    found = units(read(row(), row(b="", r=1701.0), row(b="4栋", r=101.0), row(b="", r=102.0)))
    assert [unit.code for unit in found] == ["3-1-1602", "3-1-1701", "4-1-101", "4-1-102"]


def test_an_entrance_is_not_carried_into_the_next_building():
    found = units(read(row(), row(b="4栋", e="", r=101.0)))
    assert found[1].code == "4-101"


def test_merged_cells_repeat_for_the_owner_but_never_for_the_area():
    merged = tuple(((1, column), (2, column)) for column in (4, 8, 10))
    events = read(row(), row(r=1603.0, a="", o="", p=""), merged=merged)
    assert codes(events) == [Why.NO_AREA]
    events = read(row(), row(r=1603.0, o="", p=""), merged=merged)
    assert units(events)[1].owners == (Owner("张三", None),)


def test_a_title_row_of_a_building_sets_the_building():
    found = units(read(["", "5栋"], row(b="", r=101.0)))
    assert found[0].code == "5-1-101"


def test_a_sheet_named_after_a_building_needs_no_building_column():
    titles = ["单元", "房号", "面积", "业主"]
    events = list(parse_register([grid("7栋", [titles, [1.0, 101.0, 88.0, "张三"]])], as_of=AS_OF))
    assert units(events)[0].code == "7-1-101"


def test_without_any_building_a_row_is_rejected():
    events = list(parse_register([grid("x", [["房号", "面积", "业主"], [101.0, 88.0, "张三"]])], as_of=AS_OF))
    assert codes(events) == [Why.NO_BUILDING]


@pytest.mark.parametrize(
    ("changes", "why", "column"),
    [
        ({"r": ""}, Why.NO_ROOM, "D"),
        ({"r": "待定"}, Why.ROOM_BAD, "D"),
        ({"r": "4-1-1602"}, Why.ROOM_BAD, "D"),
        ({"r": date(2026, 1, 2)}, Why.ROOM_BAD, "D"),
        ({"a": ""}, Why.NO_AREA, "E"),
        ({"a": 0.0}, Why.AREA_ZERO, "E"),
        ({"a": "-5"}, Why.AREA_ZERO, "E"),
        ({"a": "约90"}, Why.AREA_TEXT_BAD, "E"),
        ({"a": date(1900, 3, 1)}, Why.AREA_TEXT_BAD, "E"),
        ({"a": 1e7}, Why.AREA_TEXT_BAD, "E"),
        ({"d": "去年"}, Why.BAD_DATE, "G"),
        ({"d": "2020.2.30"}, Why.BAD_DATE, "G"),
        ({"d": 12.0}, Why.BAD_DATE, "G"),
        ({"t": "面议"}, Why.RATE_BAD, "L"),
        ({"t": -1.0}, Why.RATE_BAD, "L"),
        ({"t": "28元/㎡/年"}, Why.RATE_BAD, "L"),
    ],
)
def test_what_cannot_be_read_rejects_the_row_and_names_the_cell(changes, why, column):
    events = read(row(**changes))
    issues = [event for event in events if isinstance(event, Issue)]
    assert [(issue.code, issue.column, issue.row) for issue in issues] == [(why, column, 2)]
    assert units(events) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"p": "1380000"}, Why.BAD_PHONE),
        ({"p": "13800004911/12345"}, Why.BAD_PHONE),
        ({"i": "990101199008283707"}, Why.BAD_ID),
        ({"i": 990101199008283706.0}, Why.BAD_ID),
        ({"i": "990101199008283706、990101195612187827"}, Why.ID_COUNT),
        ({"o": "张三、李四", "i": "990101199008283706"}, Why.ID_COUNT),
        ({"o": "张三 李 四"}, Why.OWNER_UNCLEAR),
        ({"o": "无"}, Why.NO_OWNER),
        ({"d": "2027.5.1"}, Why.FUTURE_HANDOVER),
        ({"m": "长" * 301}, Why.TOO_LONG),
        ({"o": "长" * 121}, Why.TOO_LONG),
        ({"u": "神庙"}, Why.UNKNOWN_USAGE),
        ({"s": "不明"}, Why.UNKNOWN_STATUS),
    ],
)
def test_what_looks_wrong_is_a_warning_and_the_row_stays(changes, why):
    events = read(row(**changes))
    assert codes(events) == [why]
    assert len(units(events)) == 1


def test_the_same_room_twice_is_rejected_also_when_written_another_way():
    events = read(row(), row(b="3号楼", e="一单元", r="01602"))
    assert codes(events) == [Why.DUPLICATE]
    assert len(units(events)) == 1


def test_one_row_tells_all_that_is_wrong_with_it():
    assert codes(read(row(a=0.0, d="去年", p="1"))) == [Why.AREA_ZERO, Why.BAD_DATE, Why.BAD_PHONE]


def test_total_rows_blank_rows_and_repeated_headers_are_no_units():
    events = read(row(), [], HEADER, ["合计", "", "", "", 89.37], ["", "", "", "总计：1户"], ["制表人：李四"])
    assert len(units(events)) == 1
    assert codes(events) == []
    assert notes(events) == [Why.ROW_IGNORED, Why.TOTAL_ROW, Why.TOTAL_ROW, Why.ROW_IGNORED]


def test_the_header_is_found_below_title_rows():
    sheet = grid("台账", [["锦绣花园台账"], ["制表：客服"], [], HEADER, row()])
    found = units(list(parse_register([sheet], as_of=AS_OF)))
    assert [(unit.row, unit.code) for unit in found] == [(5, "3-1-1602")]


def test_a_workbook_without_a_register_is_refused_and_says_which_column_is_missing():
    events = list(
        parse_register([grid("汇总", [["楼栋", "房号", "业主", "备注"], ["1", "101", "张三"]])], as_of=AS_OF)
    )
    assert codes(events) == [Why.COLUMN_MISSING, Why.NO_REGISTER]
    assert events[0].value == "area"


def test_a_yearly_price_is_never_taken_for_a_monthly_one():
    titles = [*HEADER[:11], "收费标准（元/㎡·年）", "备注"]
    assert Why.PRICE_PERIOD in codes(read(row(), header=titles))


def test_a_bay_of_an_unknown_unit_is_a_warning_and_stays_unlinked():
    sheets = [
        grid("台账", [HEADER, row()]),
        grid("车位", [["车位号", "关联房号", "车位管理费"], ["B1", "3-1-1602", 60.0], ["B2", "9-1-1", 60.0], ["B1", "", 60.0]]),
    ]  # fmt: skip
    events = list(parse_register(sheets, as_of=AS_OF))
    assert codes(events) == [Why.UNIT_UNKNOWN, Why.DUPLICATE]
    assert [(e.code, e.unit) for e in events if isinstance(e, BayRow)] == [("B1", "3-1-1602"), ("B2", "")]


@pytest.mark.parametrize("messy", [True, False])
def test_a_written_register_is_read_back_without_a_fault(tmp_path, messy):
    path = tmp_path / "r.xlsx"
    written = write_register(path, units=500, seed=3, community_name="锦绣花园", as_of=AS_OF, messy=messy)
    events = list(parse_register(open_sheets(path), as_of=AS_OF))
    assert codes(events) == []
    assert len(units(events)) == written.units == 500
    assert sum(isinstance(event, BayRow) for event in events) == written.bays > 100


def test_a_spoilt_register_tells_exactly_what_was_spoilt(tmp_path):
    path = tmp_path / "r.xlsx"
    written = write_register(
        path, units=900, seed=5, community_name="锦绣花园", as_of=AS_OF, error_share=0.05
    )
    report = Report()
    for event in parse_register(open_sheets(path), as_of=AS_OF):
        report.add(event)
    assert written.rejected > 5
    assert (report.units, report.rejected_rows, sum(report.warnings.values())) == (
        written.units,
        written.rejected,
        written.warned,
    )


def test_the_generator_is_deterministic_by_seed_and_day(tmp_path):
    def made(name, seed):
        path = tmp_path / name
        write_register(path, units=200, seed=seed, community_name="云顶", as_of=AS_OF)
        return list(parse_register(open_sheets(path), as_of=AS_OF))

    assert made("a.xlsx", 1) == made("b.xlsx", 1)
    assert made("c.xlsx", 1) != made("d.xlsx", 2)


def test_memory_for_parsing_does_not_grow_with_the_rows():
    def peak(rows):
        def numbered():
            yield 1, HEADER
            for at in range(rows):
                yield at + 2, row(b=f"{at // 200 + 1}栋", r=float(at % 200 + 101))

        sheet = grid("台账", [])
        tracemalloc.start()
        for _ in parse_register([type(sheet)("台账", numbered)], as_of=AS_OF):
            pass
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return top

    peak(500)
    assert peak(10_000) - peak(1_000) < 400_000


def test_row_numbers_and_letters_are_excels_own_when_data_starts_in_the_middle(tmp_path):
    path = tmp_path / "shifted.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("台账")
    sheet.write_row(6, 2, ["楼栋", "单元", "房号", "建筑面积", "业主"])
    sheet.write_row(9, 2, ["3栋", 1, 1602, "待测绘", "张三"])
    book.close()
    issue = next(e for e in parse_register(open_sheets(path), as_of=AS_OF) if isinstance(e, Issue))
    assert (issue.row, issue.column, issue.header, issue.unit) == (10, "F", "建筑面积", "3-1-1602")


def test_a_hidden_sheet_is_left_aside_aloud(tmp_path):
    path = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in ("台账", "旧台账"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["楼栋", "单元", "房号", "建筑面积", "业主"])
        sheet.write_row(1, 0, ["3栋", 1, 1602, 89.37, "张三"])
    sheet.hide()
    book.close()
    events = list(parse_register(open_sheets(path), as_of=AS_OF))
    assert len(units(events)) == 1
    assert notes(events) == [Why.SHEET_HIDDEN]


def test_a_file_that_is_no_workbook_is_refused_by_type():
    with pytest.raises(NotAWorkbook):
        open_sheets(b"this is no spreadsheet")


@pytest.mark.parametrize(
    ("cells", "is_refused"),
    [
        ([(1_048_575, 16_383, 1)], True),
        ([(0, 16_383, 1), (1_048_575, 0, 1)], True),
        ([(1_048_575, 0, 1)], False),
        ([(0, 16_383, 1), (300, 0, 1)], False),
        ([(1_048_575, 16_383, None)], False),
    ],
)
def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_opened(tmp_path, cells, is_refused):
    path = tmp_path / "bomb.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, grey = book.add_worksheet(), book.add_format({"bg_color": "#cccccc"})
        for line, column, value in [(0, 0, 1), *cells]:
            sheet.write(line, column, value, grey)
    assert is_too_heavy(path) is is_refused
    assert is_too_heavy(BytesIO(path.read_bytes())) is is_refused
    if is_refused:
        with pytest.raises(NotAWorkbook):
            open_sheets(path)


def test_a_file_that_says_it_unpacks_to_gigabytes_is_refused_at_once(monkeypatch):
    content = (DATA / "house-register.xlsx").read_bytes()
    check_workbook(content)
    monkeypatch.setattr(weight, "MOST_BYTES", 1000)
    with pytest.raises(NotAWorkbook):
        check_workbook(content)
