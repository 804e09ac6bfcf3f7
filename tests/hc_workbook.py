"""Builds workbooks for import tests: the open-source layout with its far-right notes, and plain grids."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import xlsxwriter

from owners.rules.workbook import Cell, MergedRange, NumberedRow, Sheet

FLOORS = [
    ["楼栋号", "单元编号", "总层数", "是否有电梯"],
    ["1", "1", 18, "有"],
    ["1", "2", 18, "有"],
    ["2", "0", 1, "无"],
]
OWNERS = [
    ["业主编号", "业主名称", "性别", "年龄", "手机号", "身份证号", "业主类型"],
    [1, "张三", "男", 40, 13800004911, "990101199008283706", "1001"],
    [2, "李四", "女", 38, "13800009143", "990101195612187827", "1001"],
    [3, "杭州杨梓商贸有限公司", "男", 1, "0571-88006864", "", "1001"],
]
FEES = [
    [
        "费用编号",
        "费用类型",
        "收费项目",
        "费用标识",
        "付费类型",
        "缴费周期",
        "出账类型",
        "计费起始时间",
        "计费结束时间",
        "计算公式",
        "计费单价",
        "固定费用",
    ],
    [
        1,
        "物业费",
        "住宅物业费",
        "周期性费用",
        "预付费",
        1,
        "每月1日",
        "2020-06-01",
        "2037-01-01",
        "1001",
        2.35,
        0,
    ],
    [
        2,
        "其他",
        "公共能耗费",
        "周期性费用",
        "后付费",
        3,
        "每月1日",
        "2020-06-01",
        "2037-01-01",
        "2002",
        0,
        15.5,
    ],
    [
        3,
        "物业费",
        "商铺物业费",
        "周期性费用",
        "预付费",
        1,
        "每月1日",
        "2020-06-01",
        "2037-01-01",
        1001,
        4.8,
        10,
    ],
]
ROOMS = [
    [
        "房屋编号",
        "楼栋编号",
        "单元编号",
        "房屋楼层",
        "房屋户型",
        "建筑面积",
        "业主编号",
        "房屋费用",
        "费用开始时间",
        "房屋类型",
        "室内面积",
        "租金",
    ],
    ["1601", "1", "1", 16, "三室两厅", 89.37, 1, "1#2", "2020-06-10#2020-07-10", "110", 80, 0],
    [1602, 1, 1, 16, "三室两厅", "107.82", "1#2", "1", "2020-06-10", "110", 90, 0],
    ["101", "1", "2", 1, "两室一厅", 96.5, "", "", "", "110", 80, 0],
    ["1", "2", "0", 1, "商铺", 54.17, 3, "3", "2021-01-01", "110", 50, 0],
]
BAYS = [
    ["停车场编号", "车位编码", "停车场类型", "面积", "业主编号", "车牌号", "车品牌", "车类型", "颜色", "出售/出租", "起租时间", "截止时间"],
    ["1", "B1-001", "地下停车场", 12, 1, "浙A50261", "大众", "轿车", "白", "H", "2020-01-01", "2037-01-01"],
    ["1", "B1-002", "地下停车场", 12, "", "", "", "", "", "", "", ""],
]  # fmt: skip
NOTES = {
    "楼栋单元": "说明：楼栋号和单元编号请填写数字",
    "业主信息": "业主编号不能重复",
    "费用设置": "计算公式 1001 表示 面积*单价+附加费",
    "房屋信息": "多个费用用#隔开",
    "车位信息": "H 出售 S 出租",
}


def hc_sheets() -> dict[str, list[list[Cell]]]:
    """Fresh copies of the five sheets, to be spoilt by a test."""
    named = {"楼栋单元": FLOORS, "业主信息": OWNERS, "费用设置": FEES, "房屋信息": ROOMS, "车位信息": BAYS}
    return {name: [list(row) for row in rows] for name, rows in named.items()}


def hc_workbook(sheets: dict[str, list[list[Cell]]] | None = None) -> bytes:
    """The workbook as a file; notes stand far to the right, beside and below the data."""
    sheets = sheets or hc_sheets()
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for number in (0, 2, len(rows) + 3):
            sheet.write_string(number, len(rows[0]) + 4, NOTES.get(name, ""))
    book.close()
    return content.getvalue()


def grid(name: str, rows: Sequence[Sequence[Cell]], *, merged: tuple[MergedRange, ...] = ()) -> Sheet:
    """A sheet without a file: rows from number 1 on, padded to one width."""
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]

    def numbered() -> Iterator[NumberedRow]:
        return iter(enumerate(padded, 1))

    return Sheet(name, numbered, len(rows), merged)
