"""What the files of WeChat Pay and Alipay have in common: rows, amounts, and what makes a file no file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple
from unicodedata import normalize

from billing.banking.rules.statement import MOST_FEN, Error, Wrong

_YUAN: Final = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,8})?")
_DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d")


class Kind(StrEnum):
    """What a row says happened."""

    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    REVOKED = "REVOKED"


class Row(NamedTuple):
    """One row. A refund's amount is what went back, positive; `fee_fen` is what the channel kept of it."""

    row: int
    kind: Kind
    on: date
    order_no: str
    refund_no: str
    channel_no: str
    amount_fen: int
    fee_fen: int


class Malformed(ValueError):
    """The file is not what the channel gives out."""

    def __init__(self, row: int, column: str, code: Wrong, value: str = "") -> None:
        super().__init__(code)
        self.error = Error(row, column, code, value[:80])


def decoded(content: bytes, encoding: str) -> str:
    """The text of a file. Raises Malformed for what is no text."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Malformed(0, "", Wrong.NOT_TEXT) from error
    if "\0" in text:
        raise Malformed(0, "", Wrong.NOT_TEXT)
    return text


def heading(words: str) -> str:
    """A header as it is compared: narrow brackets, no padding.

    >>> heading("订单金额（元）\\t ")
    '订单金额(元)'
    """
    return "".join(normalize("NFKC", words).split())


class Cells:
    """The cells of one row by the names of their headers."""

    def __init__(self, number: int, places: Mapping[str, int], cells: Sequence[str]) -> None:
        self.number, self._places, self._cells = number, places, cells

    def text(self, name: str) -> str:
        """A cell's words; "" for a column the file does not have."""
        at = self._places.get(heading(name), -1)
        return self._cells[at] if 0 <= at < len(self._cells) else ""

    def fen(self, name: str) -> int:
        """Yuan as whole fen, sign and all; "" is nothing. Raises Malformed for a fraction of a fen."""
        words = self.text(name) or "0"
        fen = Decimal(words) * 100 if _YUAN.fullmatch(words) else None
        if fen is None or fen != fen.to_integral_value() or abs(fen) > MOST_FEN:
            raise self.wrong(name, Wrong.AMOUNT_BAD)
        return int(fen)

    def come_in(self, name: str) -> int:
        """An amount that cannot be negative."""
        fen = self.fen(name)
        if fen < 0:
            raise self.wrong(name, Wrong.AMOUNT_NEGATIVE)
        return fen

    def day(self, name: str) -> date:
        """The day of a moment."""
        for form in _DAYS:
            try:
                return datetime.strptime(self.text(name)[:10], form).date()  # noqa: DTZ007 - a day
            except ValueError:
                continue
        raise self.wrong(name, Wrong.DATE_BAD)

    def wrong(self, name: str, code: Wrong) -> Malformed:
        """What is wrong with a cell of this row."""
        return Malformed(self.number, name, code, self.text(name))


def places(titles: Sequence[str], needed: Sequence[str], *, row: int) -> dict[str, int]:
    """Header -> column. Raises Malformed when one that is needed is not there."""
    found = {heading(title): at for at, title in enumerate(titles)}
    for name in needed:
        if heading(name) not in found:
            raise Malformed(row, name, Wrong.NO_HEADER)
    return found


def check_sums(said: Mapping[str, int], counted: Mapping[str, int], *, row: int) -> None:
    """The file's own summary against its rows; one fen off and the file is not whole."""
    for name, value in counted.items():
        if name in said and said[name] != value:
            raise Malformed(row, name, Wrong.SUMMARY_DIFFERS, str(said[name]))
