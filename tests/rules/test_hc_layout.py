"""The workbook of the most used open-source system: five sheets, joined by numbers, notes beside the data."""

from datetime import date

import pytest

from owners.gateways.sheets import open_sheets
from owners.rules.hc_layout import detect
from owners.rules.register import parse_register
from owners.rules.workbook import (
    BayRow,
    HandoverStatus,
    Issue,
    Layout,
    Owner,
    Phone,
    PhoneKind,
    Subscription,
    TariffRow,
    Tenure,
    UnitRow,
    Usage,
    Why,
)
from tests.hc_workbook import grid, hc_sheets, hc_workbook

AS_OF = date(2025, 12, 28)


def parsed(sheets=None):
    return list(parse_register(open_sheets(hc_workbook(sheets)), as_of=AS_OF))


def of(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_the_layout_is_recognised_by_its_rooms_and_owners():
    assert detect(open_sheets(hc_workbook())) is Layout.OPEN_SOURCE
    assert detect([grid("房屋信息", [["房号", "建筑面积", "业主姓名"]])]) is Layout.REGISTER


def test_a_sound_workbook_has_no_issue_and_notes_are_no_rows():
    events = parsed()
    assert of(events, Issue) == []
    assert [len(of(events, kind)) for kind in (TariffRow, UnitRow, Subscription, BayRow)] == [3, 4, 4, 2]


def test_rooms_carry_their_owners_area_and_price():
    first, second, third, shop = of(parsed(), UnitRow)
    assert (first.code, first.floor, first.area_cm2, first.rate_micro) == ("1-1-1601", 16, 893_700, 2_350_000)
    assert first.owners == (Owner("张三", "990101199008283706"),)
    assert first.phones == (Phone(PhoneKind.MOBILE, "13800004911"),)
    assert [owner.name for owner in second.owners] == ["张三", "李四"]
    assert third.developer
    assert third.handover_status is HandoverStatus.UNSOLD
    assert (shop.code, shop.usage) == ("2-0-1", Usage.SHOP)


def test_a_fee_with_a_surcharge_gives_no_bare_price():
    assert [unit.rate_micro for unit in of(parsed(), UnitRow)][-1] is None


def test_fees_become_tariffs():
    by_area, fixed, _ = of(parsed(), TariffRow)
    assert (by_area.fee_no, by_area.formula, by_area.rate_micro, by_area.fixed_fen) == (
        "1",
        "1001",
        2_350_000,
        0,
    )
    assert (by_area.start_on, by_area.end_on) == (date(2020, 6, 1), date(2037, 1, 1))
    assert (fixed.formula, fixed.fixed_fen, fixed.cycle_months, fixed.prepaid) == ("2002", 1_550, 3, False)


def test_each_fee_of_a_room_starts_on_its_own_day():
    first, second, *_ = of(parsed(), Subscription)
    assert (first.unit, first.fee_no, first.start_on) == ("1-1-1601", "1", date(2020, 6, 10))
    assert (second.unit, second.fee_no, second.start_on) == ("1-1-1601", "2", date(2020, 7, 10))


def test_bays_name_their_user():
    sold, free = of(parsed(), BayRow)
    assert (sold.code, sold.user, sold.tenure, sold.plate) == ("1-B1-001", "张三", Tenure.OWNED, "浙A50261")
    assert (free.user, free.tenure) == ("", Tenure.OTHER)


def test_owners_may_be_numbered_under_the_short_title():
    sheets = hc_sheets()
    sheets["业主信息"][0][0] = "编号"
    assert of(parsed(sheets), Issue) == []


@pytest.mark.parametrize(
    ("sheet", "at", "column", "value", "why"),
    [
        ("房屋信息", 1, 6, "99", Why.OWNER_UNKNOWN),
        ("房屋信息", 1, 7, "1#7", Why.FEE_UNKNOWN),
        ("房屋信息", 1, 8, "2020-06-10", Why.FEE_DATES),
        ("房屋信息", 1, 8, "2020-06-10#明天", Why.BAD_DATE),
        ("房屋信息", 1, 1, "8", Why.BUILDING_UNKNOWN),
        ("房屋信息", 1, 0, "1602", Why.DUPLICATE),
        ("房屋信息", 1, 0, "", Why.NO_ROOM),
        ("房屋信息", 1, 5, "", Why.NO_AREA),
        ("费用设置", 2, 9, "7007", Why.FORMULA_UNKNOWN),
        ("费用设置", 2, 7, "", Why.BAD_DATE),
        ("费用设置", 2, 0, 1, Why.DUPLICATE),
        ("业主信息", 2, 0, 1, Why.DUPLICATE),
        ("业主信息", 2, 1, "", Why.NO_OWNER),
        ("业主信息", 2, 4, "1380000", Why.BAD_PHONE),
        ("业主信息", 2, 5, "990101195612187820", Why.BAD_ID),
    ],
)
def test_what_does_not_join_or_read_is_named(sheet, at, column, value, why):
    sheets = hc_sheets()
    sheets[sheet][at][column] = value
    assert why in [issue.code for issue in of(parsed(sheets), Issue)]


def test_a_missing_column_stops_its_sheet():
    sheets = hc_sheets()
    sheets["费用设置"][0][9] = "别的"
    assert Why.COLUMN_MISSING in [issue.code for issue in of(parsed(sheets), Issue)]
