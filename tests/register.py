"""Small registers for the tests of the import: one home, a sheet of bays, and the import itself."""

from __future__ import annotations

from datetime import date

from billing.charges.services import import_register
from tests.hc_workbook import grid

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


def run(community_id, sheets, *, as_of=AS_OF, **options):
    return import_register(community_id=community_id, sheets=sheets, as_of=as_of, **options)


def table(*rows, titles=TITLES, name="台账"):
    return grid(name, [["某小区台账"], list(titles), *[list(row) for row in rows]])


def home(**changes):
    """The one home of most tests, with some cells changed."""
    names = ("building", "entrance", "room", "area", "usage", "handover", "status", "owner", "identity",
             "phone", "rate", "remark")  # fmt: skip
    return [changes.get(name, cell) for name, cell in zip(names, HOME)]
