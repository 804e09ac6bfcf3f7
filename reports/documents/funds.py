"""项目资金日报表 as PDF and as a workbook: what the day's report says, in Chinese, for three signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.template.loader import render_to_string

from notices.documents.pdf import to_pdf
from values.fen import display

TEMPLATE_VERSION: Final = "FUNDS/1"
STATES: Final = {
    "DAY_OPEN": "未日结",
    "DAY_CLOSED": "已日结",
    "DAY_REVIEWED": "已复核",
    "DAY_SIGNED": "财务已签",
}
METHODS: Final = {
    "CASH": "现金", "POS": "POS刷卡", "TRANSFER": "银行转账", "WECHAT": "微信支付", "ALIPAY": "支付宝",
    "DEBIT": "银行代扣",
}  # fmt: skip
KINDS: Final = {"REVERSAL": "冲正", "REFUND": "退款", "RELEASE": "转预存"}
CLASSES: Final = {
    "THIS_YEAR": "本年", "PRIOR_YEARS": "往年", "AHEAD": "预收", "LATE_FEE": "违约金",
    "PASS_THROUGH": "代收代付", "DEPOSIT": "押金", "COST": "催收费用",
}  # fmt: skip

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report: its heading, its columns, its rows. `money`: the columns that hold fen."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    money: frozenset[int]

    def cells(self) -> list[list[tuple[bool, str]]]:
        """Rows as text, each cell with whether it is a figure."""
        return [[self._cell(at, value) for at, value in enumerate(row)] for row in self.rows]

    def _cell(self, at: int, value: str | int) -> tuple[bool, str]:
        if at in self.money and isinstance(value, int):
            return True, display(value)
        return isinstance(value, int), str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsData:
    """All that the paper shows; sums are in fen, `rate` is in percent as text."""

    company: str
    community: str
    day: date
    number: str
    state: str
    methods: Sequence[tuple[str, int, int]]
    items: Sequence[tuple[str, str, int, int]]
    returned: Sequence[tuple[str, str, int, int]]
    receipts: Sequence[tuple[str, str, str, int, Sequence[str]]]
    deposits: Sequence[tuple[str, str, int, str]]
    tills: Sequence[tuple[str, str, int, int, int, str]]
    cash: Sequence[tuple[str, int]]
    month_fen: int
    year_fen: int
    rate: str
    dunning: Sequence[tuple[str, int, int | None]]
    let_off: Sequence[tuple[str, int, int]]
    unreconciled: Sequence[tuple[str, int, int]]
    printed_at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None

    @property
    def state_name(self) -> str:
        """In words."""
        return STATES[self.state]

    @property
    def sections(self) -> list[Section]:
        """The report's tables in their order (domain 4.9)."""
        return [
            Section("一、现金", ("项目", "金额"), tuple(self.cash), frozenset({1})),
            _section("二、收款方式", ("方式", "笔数", "金额"), _with_total(_named(self.methods, METHODS)), 2),
            _section(
                "三、收费项目",
                ("项目", "类别", "笔数", "金额"),
                tuple((fee or "预存款", CLASSES[of], n, fen) for fee, of, n, fen in self.items),
                3,
            ),
            _section(
                "四、冲正与退款",
                ("类别", "方式", "笔数", "金额"),
                tuple((KINDS[kind], METHODS.get(way, way), n, fen) for kind, way, n, fen in self.returned),
                3,
            ),
            _section(
                "五、收据",
                ("收款点", "起号", "止号", "张数", "作废号码"),
                tuple((*row[:4], "、".join(row[4]) or "—") for row in self.receipts),
            ),
            _section("六、缴存银行", ("银行", "回单号", "金额", "缴存人"), tuple(self.deposits), 2),
            _section(
                "七、收银班次",
                ("收款点", "收款员", "期初", "应有", "实点", "长短款原因"),
                tuple((*row[:5], row[5] or "—") for row in self.tills),
                2,
                3,
                4,
            ),
            _section(
                "八、累计",
                ("项目", "数值"),
                (
                    ("本月累计收款", display(self.month_fen)),
                    ("本年累计收款", display(self.year_fen)),
                    ("当期收缴率", self.rate),
                ),
            ),
            _section(
                "九、当日催缴",
                ("项目", "次数", "金额"),
                tuple((name, n, "—" if fen is None else display(fen)) for name, n, fen in self.dunning),
            ),
            _section("十、优惠、减免、核销与转预存", ("项目", "笔数", "金额"), tuple(self.let_off), 2),
            _section("十一、未达账项", ("项目", "笔数", "金额"), tuple(self.unreconciled), 2),
        ]


def funds_html(data: FundsData) -> str:
    """The report as one HTML page, A4."""
    return render_to_string("reports/documents/funds.html", {"funds": data, "version": TEMPLATE_VERSION})


def funds_pdf(data: FundsData) -> bytes:
    """The report as PDF."""
    return to_pdf(funds_html(data))


def funds_sheet(data: FundsData) -> bytes:
    """The report as a workbook: amounts are numbers in yuan."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("项目资金日报表")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet.write_string(0, 0, f"项目资金日报表 {data.community} {data.day.isoformat()}", bold)
    sheet.write_string(1, 0, f"{data.number} {data.state_name}")
    line = 3
    for section in data.sections:
        sheet.write_string(line, 0, section.title, bold)
        sheet.write_row(line + 1, 0, section.columns, bold)
        for at, row in enumerate(section.rows, start=line + 2):
            _write(sheet, at, row, section.money, money)
        line += len(section.rows) + 3
    names = (("制表", data.closed_by), ("复核", data.reviewed_by), ("财务", data.signed_by))
    sheet.write_row(line, 0, [f"{part}：{name or '—'}" for part, name in names])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 6, 18)
    book.close()
    return file.getvalue()


def _write(sheet: Any, at: int, row: Row, money: frozenset[int], dress: Any) -> None:
    for column, value in enumerate(row):
        if column in money and isinstance(value, int):
            sheet.write_number(at, column, float(Decimal(value) / 100), dress)
        elif isinstance(value, int):
            sheet.write_number(at, column, value)
        else:
            sheet.write_string(at, column, value)


def _section(title: str, columns: tuple[str, ...], rows: Iterable[Row], *money: int) -> Section:
    return Section(title, columns, tuple(rows), frozenset(money))


def _named(rows: Iterable[tuple[str, int, int]], names: dict[str, str]) -> list[Row]:
    return [(names.get(code, code), n, fen) for code, n, fen in rows]


def _with_total(rows: list[Row]) -> list[Row]:
    return [*rows, ("合计", sum(int(row[1]) for row in rows), sum(int(row[2]) for row in rows))]
