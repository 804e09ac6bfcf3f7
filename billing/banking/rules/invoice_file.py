"""批量开票: the table that asks the tax bureau for invoices, and the table of results it gives back.

One row a line of an invoice, in the order of COLUMNS; rows of one invoice share their 发票流水号. Amounts
are yuan without tax (金额) and tax (税额); a red invoice has negative ones and names its blue one. A result
table has one row an invoice, with the columns BACK.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

from billing.banking.rules.channel import Cells, Malformed, heading, places
from billing.banking.rules.invoice import NUMBER_DIGITS, Amount, Buyer
from billing.banking.rules.statement import Wrong
from values.capitals import capitals
from values.fen import yuan

KIND: Final = "数电票（普通发票）"
EXEMPT: Final = "免税"
COLUMNS: Final = (
    "发票流水号", "发票类型", "购买方类型", "购买方名称", "购买方纳税人识别号", "购买方邮箱", "项目名称",
    "商品和服务税收编码", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额", "价税合计",
    "价税合计（大写）", "备注", "开票人", "红字确认单编号", "被红冲蓝字发票号码",
)  # fmt: skip
SERIAL, NUMBER, ON, TOTAL, STATE, WHY = "发票流水号", "发票号码", "开票日期", "价税合计", "状态", "原因"
BACK: Final = (SERIAL, NUMBER, ON, TOTAL, STATE, WHY)
_BUYERS: Final = {Buyer.PERSON: "个人", Buyer.COMPANY: "单位"}
_DONE: Final = frozenset({"成功", "已开具", "开票成功"})
_REFUSED: Final = frozenset({"失败", "退回", "开票失败"})
_HEADER_WITHIN: Final = 10
_DAYS: Final = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d")
Row = tuple[int, Sequence[Any]]


class Outcome(StrEnum):
    """What the bureau says of a request."""

    ISSUED = "ISSUED"
    REFUSED = "REFUSED"


class OrderLine(NamedTuple):
    """One line as it is asked for."""

    name: str
    tax_code: str
    spec: str
    unit: str
    percent: int
    is_exempt: bool
    amount: Amount


class Order(NamedTuple):
    """One invoice as it is asked for; `serial` is the key under which the bureau knows it."""

    invoice_id: int
    serial: str
    buyer_kind: Buyer
    buyer_name: str
    buyer_tax_number: str
    buyer_email: str
    remark: str
    issuer: str
    lines: tuple[OrderLine, ...]
    amount: Amount
    confirmation_no: str = ""
    blue_number: str = ""


class Sent(NamedTuple):
    """What was handed over: the file that was made of it, to be kept."""

    content: bytes
    suffix: str


class Result(NamedTuple):
    """What the bureau answers to one request."""

    row: int
    serial: str
    outcome: Outcome
    number: str
    on: date | None
    gross_fen: int
    reason: str


class Connector(Protocol):
    """What every way to the tax bureau must be able to do."""

    def send(self, orders: Sequence[Order]) -> Sent:
        """Hand over requests; `serial` makes a second try harmless."""

    def read(self, content: bytes) -> list[Result]:
        """What an answer says. Raises Malformed for one that is not whole."""


def table(orders: Iterable[Order]) -> list[tuple[str, ...]]:
    """The rows of the bureau's table, its header first."""
    rows = [tuple(COLUMNS)]
    for order in orders:
        for line in order.lines:
            quantity = "-1" if line.amount.gross_fen < 0 else "1"
            rows.append((
                order.serial, KIND, _BUYERS[order.buyer_kind], order.buyer_name, order.buyer_tax_number,
                order.buyer_email, line.name, line.tax_code, line.spec, line.unit, quantity,
                yuan(abs(line.amount.net_fen)), yuan(line.amount.net_fen),
                EXEMPT if line.is_exempt else f"{line.percent}%", yuan(line.amount.tax_fen),
                yuan(order.amount.gross_fen), capitals(order.amount.gross_fen), order.remark, order.issuer,
                order.confirmation_no, order.blue_number,
            ))  # fmt: skip
    return rows


def read(rows: Iterable[Row]) -> list[Result]:
    """A table of results. Raises Malformed at the first cell that cannot be right."""
    filled = [(number, [_words(cell) for cell in cells]) for number, cells in rows]
    filled = [(number, cells) for number, cells in filled if any(cells)]
    at, found = _header(filled)
    seen: set[str] = set()
    results = []
    for number, cells in filled[at + 1 :]:
        result = _result(Cells(number, found, cells))
        if result.serial in seen:
            raise Malformed(number, SERIAL, Wrong.SEQ_TWICE, result.serial)
        seen.add(result.serial)
        results.append(result)
    if not results:
        raise Malformed(0, "", Wrong.EMPTY)
    return results


def check(asked: Mapping[str, int], results: Sequence[Result], *, today: date) -> None:
    """A table answers the whole batch and nothing else, with the amounts that were asked for."""
    numbers: set[str] = set()
    for result in results:
        if result.serial not in asked:
            raise Malformed(result.row, SERIAL, Wrong.SEQ_UNKNOWN, result.serial)
        if result.gross_fen != asked[result.serial]:
            raise Malformed(result.row, TOTAL, Wrong.SUM_DIFFERS, yuan(result.gross_fen))
        if result.on is not None and result.on > today:
            raise Malformed(result.row, ON, Wrong.DATE_FUTURE, result.on.isoformat())
        if result.number and result.number in numbers:
            raise Malformed(result.row, NUMBER, Wrong.INVOICE_TWICE, result.number)
        numbers.add(result.number)
    missing = sorted(asked.keys() - {result.serial for result in results})
    if missing:
        raise Malformed(0, SERIAL, Wrong.SEQ_MISSING, ", ".join(missing))


def is_number(words: str) -> bool:
    """An invoice's number: 20 digits.

    >>> is_number("26332000000012345678"), is_number("2633200000001234567")
    (True, False)
    """
    return len(words) == NUMBER_DIGITS and words.isascii() and words.isdigit()


def _header(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    """Where the titles stand: banks and bureaus put words above them."""
    for at, (number, cells) in enumerate(rows[:_HEADER_WITHIN]):
        if heading(SERIAL) in map(heading, cells):
            return at, places(cells, BACK, row=number)
    raise Malformed(0, SERIAL, Wrong.NO_HEADER)


def _result(cells: Cells) -> Result:
    serial, number, state = cells.text(SERIAL), cells.text(NUMBER), cells.text(STATE)
    if not serial:
        raise cells.wrong(SERIAL, Wrong.SERIAL_MISSING)
    if not cells.text(TOTAL):
        raise cells.wrong(TOTAL, Wrong.AMOUNT_BAD)
    gross_fen = cells.fen(TOTAL)
    if state in _REFUSED:
        if number:
            raise cells.wrong(NUMBER, Wrong.RESULT_DIFFERS)
        if not cells.text(WHY):
            raise cells.wrong(WHY, Wrong.REASON_MISSING)
        return Result(cells.number, serial, Outcome.REFUSED, "", None, gross_fen, cells.text(WHY)[:200])
    if state not in _DONE:
        raise cells.wrong(STATE, Wrong.STATUS_UNKNOWN)
    if not is_number(number):
        raise cells.wrong(NUMBER, Wrong.INVOICE_NUMBER)
    return Result(cells.number, serial, Outcome.ISSUED, number, _day(cells), gross_fen, "")


def _day(cells: Cells) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(cells.text(ON)[:10], form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise cells.wrong(ON, Wrong.DATE_BAD)


def _words(cell: Any) -> str:
    """A cell as words: a spreadsheet gives numbers and days as such.

    >>> _words(12.0), _words(12.5), _words(date(2026, 1, 2)), _words(" x\\t")
    ('12', '12.5', '2026-01-02', 'x')
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()
