"""A bank's statement, row by row: the money that came in, or exactly what is wrong with which cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, BinaryIO, Final, NamedTuple
from unicodedata import normalize

from billing.banking.rules import profiles
from billing.banking.rules.profiles import Profile
from values.fen import parse_yuan

HEADER_WITHIN: Final = 40  # rows of preamble that a bank puts above its table
MOST_ERRORS: Final = 50
MOST_FEN: Final = 10**12
_COME_IN: Final = frozenset({"贷", "收", "收入", "贷方", "C", "CR", "转入", "+"})
_GONE_OUT: Final = frozenset({"借", "支", "支出", "借方", "D", "DR", "转出", "-"})
_YUAN: Final = frozenset({"", "CNY", "RMB", "人民币", "人民币元", "01", "156"})
_FOOT: Final = ("合计", "总计", "小计", "本页", "#", "收入笔数", "打印")
_NO_MONEY: Final = frozenset({"", "-", "--", "0", "0.00", "0.0"})
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_EXCEL_DAYS: Final = range(30_000, 80_000)
Row = tuple[int, Sequence[Any]]


class Wrong(StrEnum):
    """What is wrong with a cell or the whole file."""

    NO_HEADER = "no_header"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    DATE_BAD = "date_bad"
    AMOUNT_BAD = "amount_bad"
    AMOUNT_NEGATIVE = "amount_negative"
    TWO_SIDES = "two_sides"
    SIDE_UNKNOWN = "side_unknown"
    SERIAL_MISSING = "serial_missing"
    SERIAL_TWICE = "serial_twice"
    SERIAL_DIFFERS = "serial_differs"
    CURRENCY = "currency"
    TOO_LONG = "too_long"
    DATE_FUTURE = "date_future"
    # of a channel's file
    OTHER_DAY = "other_day"
    ORDER_MISSING = "order_missing"
    STATUS_UNKNOWN = "status_unknown"
    SUMMARY_MISSING = "summary_missing"
    SUMMARY_DIFFERS = "summary_differs"
    NOT_ZIP = "not_zip"
    TOO_LARGE = "too_large"
    # of a return file of direct debits
    OTHER_BATCH = "other_batch"
    SEQ_UNKNOWN = "seq_unknown"
    SEQ_TWICE = "seq_twice"
    SEQ_MISSING = "seq_missing"
    SUM_DIFFERS = "sum_differs"
    RESULT_DIFFERS = "result_differs"
    # of a table of results of e-invoices
    INVOICE_NUMBER = "invoice_number"
    INVOICE_TWICE = "invoice_twice"
    REASON_MISSING = "reason_missing"


class Error(NamedTuple):
    """Row 0 is the whole file; `column` is the header as the file has it."""

    row: int
    column: str
    code: Wrong
    value: str


class Received(NamedTuple):
    """One line of money that came in."""

    row: int
    on: date
    amount_fen: int
    payer: str
    account: str
    serial: str
    remark: str


class NotText(ValueError):
    """The file is no text in the profile's encoding, or no table."""


class Bad(ValueError):
    """A cell that is not what its column promises."""

    def __init__(self, code: Wrong, field: str) -> None:
        super().__init__(code)
        self.code, self.field = code, field


def text_rows(content: BinaryIO, profile: Profile) -> Iterator[Row]:
    """The rows of a CSV file with their line numbers, one at a time. Raises NotText."""
    lines = io.TextIOWrapper(content, encoding=profile.encoding, newline="")
    reader = csv.reader(lines, delimiter=profile.delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotText from error


def read(rows: Iterable[Row], profile: Profile) -> Iterator[Received | Error]:
    """What came in, in order; errors among it where a row cannot be read. Money that went out is left out."""
    places: dict[str, int] | None = None
    titles: list[str] = []
    for number, cells in rows:
        if places is None:
            places, titles = find_header(cells, profile), [str(cell).strip() for cell in cells]
            if places is None and number > HEADER_WITHIN:
                break
            continue
        if _is_nothing(cells):
            continue
        try:
            line = _line(number, cells, places, profile)
        except Bad as bad:
            at = places.get(bad.field, -1)
            value = _text(cells[at]) if 0 <= at < len(cells) else ""
            yield Error(number, titles[at] if at >= 0 else "", bad.code, value[:80])
            continue
        if line is not None:
            yield line
    if places is None:
        yield Error(0, "", Wrong.NO_HEADER, "")


def find_header(cells: Sequence[Any], profile: Profile) -> dict[str, int] | None:
    """field -> column, if the row is the table's header; the earlier name of a field wins.

    >>> find_header(["日期", "金额", "流水号"], profiles.BUILT_IN["plain"])
    {'date': 0, 'amount': 1, 'serial': 2}
    """
    titles = {heading(_text(cell)): at for at, cell in reversed(list(enumerate(cells)))}
    found = {}
    for field, names in profile.columns.items():
        at = next((titles[heading(name)] for name in names if heading(name) in titles), None)
        if at is not None:
            found[field] = at
    has_money = profiles.AMOUNT in found or profiles.CREDIT in found
    return found if has_money and all(field in found for field in profiles.NEEDED) else None


def heading(words: str) -> str:
    """A header as it is compared: narrow brackets, no spaces.

    >>> heading(" 贷方发生额（收入） ")
    '贷方发生额(收入)'
    """
    return "".join(normalize("NFKC", words).split())


def _line(number: int, cells: Sequence[Any], places: dict[str, int], profile: Profile) -> Received | None:
    said = {field: _text(cells[at]) if at < len(cells) else "" for field, at in places.items()}
    amount_fen = _amount(said)
    if amount_fen is None:
        return None
    if normalize("NFKC", said.get(profiles.CURRENCY, "")).upper() not in _YUAN:
        raise Bad(Wrong.CURRENCY, profiles.CURRENCY)
    serial = said[profiles.SERIAL]
    if not serial:
        raise Bad(Wrong.SERIAL_MISSING, profiles.SERIAL)
    if len(serial) > 64:
        raise Bad(Wrong.TOO_LONG, profiles.SERIAL)
    return Received(
        number,
        _day(cells[places[profiles.DATE]], profile.date_format),
        amount_fen,
        said.get(profiles.PAYER, "")[:120],
        said.get(profiles.ACCOUNT, "").replace(" ", "")[:40],
        serial,
        said.get(profiles.REMARK, "")[:200],
    )


def _amount(said: dict[str, str]) -> int | None:
    """What came in; None for a row of money that went out."""
    if profiles.CREDIT in said:
        came = _fen(said[profiles.CREDIT], profiles.CREDIT)
        went = _fen(said.get(profiles.DEBIT, ""), profiles.DEBIT)
        if came and went:
            raise Bad(Wrong.TWO_SIDES, profiles.CREDIT)
        if not came and not went:
            raise Bad(Wrong.AMOUNT_BAD, profiles.CREDIT)
        return came or None
    amount = _fen(said[profiles.AMOUNT], profiles.AMOUNT)
    if not amount:
        raise Bad(Wrong.AMOUNT_BAD, profiles.AMOUNT)
    side = normalize("NFKC", said.get(profiles.SIDE, "贷")).upper()
    if side in _GONE_OUT:
        return None
    if side not in _COME_IN:
        raise Bad(Wrong.SIDE_UNKNOWN, profiles.SIDE)
    return amount


def _fen(words: str, field: str) -> int:
    if words in _NO_MONEY:
        return 0
    try:
        fen = int(parse_yuan(words))
    except ValueError as error:
        raise Bad(Wrong.AMOUNT_BAD, field) from error
    if fen < 0:
        raise Bad(Wrong.AMOUNT_NEGATIVE, field)
    if fen > MOST_FEN:
        raise Bad(Wrong.AMOUNT_BAD, field)
    return fen


def _day(cell: Any, date_format: str) -> date:
    """The day of a cell; a time behind the day is left out, and so is the Excel way to count days."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = _text(cell)
    if words.isdecimal() and int(words) in _EXCEL_DAYS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(words))
    try:
        return datetime.strptime(words[: _length(date_format)], date_format).date()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise Bad(Wrong.DATE_BAD, profiles.DATE) from error


def _length(date_format: str) -> int:
    return len(date_format.replace("%Y", "0000").replace("%m", "00").replace("%d", "00"))


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    # Some banks write long numbers as "\t6222..." so that Excel leaves them alone.
    return "" if cell is None else str(cell).replace("\0", "").strip().strip("`'").strip()


def _is_nothing(cells: Sequence[Any]) -> bool:
    first = next((words for cell in cells if (words := _text(cell))), "")
    return not first or first.startswith(_FOOT)
