"""微信支付交易账单: UTF-8, a backtick before every cell, the last two lines are the summary.

Read by the names of the headers: which columns there are depends on the kind of bill. A product's name may
hold commas, so cells are split where a comma is followed by a backtick.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from billing.banking.rules.channel import Cells, Kind, Malformed, Row, check_sums, decoded, places
from billing.banking.rules.statement import Wrong

_NEEDED: Final = ("交易时间", "微信订单号", "商户订单号", "交易状态", "货币种类", "手续费")
_AMOUNT: Final = ("订单金额", "应结订单金额", "总金额")  # the earlier one wins
_REFUND: Final = ("申请退款金额", "退款金额")
_STATUS: Final = {"SUCCESS": Kind.PAYMENT, "REFUND": Kind.REFUND, "REVOKED": Kind.REVOKED}
# The summary's name and the column it adds up.
_SUMS: Final = {
    "应结订单总金额": "应结订单金额", "退款总金额": "退款金额", "充值券退款总金额": "充值券退款金额",
    "手续费总金额": "手续费", "订单总金额": "订单金额", "申请退款总金额": "申请退款金额",
}  # fmt: skip
_COUNT: Final = "总交易单数"


def read(content: bytes) -> list[Row]:
    """The rows of a 交易账单. Raises Malformed."""
    text = decoded(content, "utf-8-sig")
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Malformed(0, "", Wrong.EMPTY)
    (first, titles), *rest = lines
    at = places(titles.split(","), _NEEDED, row=first)
    rows, foot = _split(rest)
    cells = [Cells(number, at, parts(line)) for number, line in rows]
    _check_summary(foot, cells)
    return [_row(one) for one in cells]


def parts(line: str) -> list[str]:
    """The cells of a line; a comma inside a cell stays.

    >>> parts("`2026-05-20 10:00:00,`物业费,车位费,`0.60")
    ['2026-05-20 10:00:00', '物业费,车位费', '0.60']
    """
    return [cell.strip() for cell in line.removeprefix("`").split(",`")]


def _split(lines: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Rows, and the two lines of the summary; without them the file was cut off."""
    at = next((n for n, (_number, line) in enumerate(lines) if line.startswith(_COUNT)), None)
    if at is None or len(lines) != at + 2:
        raise Malformed(lines[-1][0] if lines else 0, _COUNT, Wrong.SUMMARY_MISSING)
    return list(lines[:at]), list(lines[at:])


def _check_summary(foot: Sequence[tuple[int, str]], cells: Sequence[Cells]) -> None:
    (first, titles), (second, line) = foot
    said = Cells(second, places(titles.split(","), (_COUNT,), row=first), parts(line))
    count = said.text(_COUNT)
    if count != str(len(cells)):
        raise Malformed(second, _COUNT, Wrong.SUMMARY_DIFFERS, count)
    named = [name for name in _SUMS if said.text(name)]
    check_sums(
        {name: said.fen(name) for name in named},
        {name: sum(one.fen(_SUMS[name]) for one in cells) for name in named},
        row=second,
    )


def _row(cells: Cells) -> Row:
    kind = _STATUS.get(cells.text("交易状态"))
    if kind is None:
        raise cells.wrong("交易状态", Wrong.STATUS_UNKNOWN)
    if cells.text("货币种类") != "CNY":
        raise cells.wrong("货币种类", Wrong.CURRENCY)
    order_no = cells.text("商户订单号")
    if not order_no:
        raise cells.wrong("商户订单号", Wrong.ORDER_MISSING)
    columns = _REFUND if kind is Kind.REFUND else _AMOUNT
    name = next((name for name in columns if cells.text(name)), columns[0])
    refund_no = cells.text("商户退款单号")
    return Row(
        cells.number, kind, cells.day("交易时间"), order_no, refund_no if refund_no.strip("0") else "",
        cells.text("微信订单号"), cells.come_in(name), cells.fen("手续费"),
    )  # fmt: skip
