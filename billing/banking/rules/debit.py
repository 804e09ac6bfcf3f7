"""批量代扣: whom a bank may be asked to debit, the file that asks it, and the file it answers with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from billing.banking.rules.channel import Malformed, decoded, heading, places
from billing.banking.rules.statement import MOST_FEN, Wrong
from values.fen import parse_yuan, yuan

YUAN, FEN = "yuan", "fen"
OUT_FIELDS: Final = ("batch_no", "day", "seq", "agreement", "account", "name", "amount", "purpose", "key")
OUT_NEEDED: Final = ("seq", "account", "name", "amount")
BACK_FIELDS: Final = ("batch_no", "seq", "amount", "actual", "result", "message", "serial", "day")
BACK_NEEDED: Final = ("batch_no", "seq", "amount", "actual", "result", "serial", "day")
LEAST_FEN: Final = 100  # a late fee that ran on for a day is not worth a debit
_DAYS: Final = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d")


class Result(StrEnum):
    """What came of a debit."""

    SUCCESS = "SUCCESS"
    INSUFFICIENT = "INSUFFICIENT"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    NAME_MISMATCH = "NAME_MISMATCH"
    NO_AGREEMENT = "NO_AGREEMENT"
    OTHER = "OTHER"


class Skip(StrEnum):
    """Why an account with a mandate is not debited."""

    DISPUTED = "debit.disputed"
    NOT_YET = "debit.not_yet"
    EXPIRED = "debit.expired"
    REVOKED = "debit.revoked"
    OVER_LIMIT = "debit.over_limit"
    NOTHING_OWED = "debit.nothing_owed"
    TOO_LITTLE = "debit.too_little"
    WAITING = "debit.waiting"


class Mandate(NamedTuple):
    """What the payer has signed. `to_on` inclusive; None: until it is revoked."""

    from_on: date
    to_on: date | None
    revoked_on: date | None
    limit_fen: int


@dataclass(frozen=True, slots=True)
class Profile:
    """How a bank is asked and how it answers. `out`: (field, header) in order; `back`: field -> header.

    Fields out: batch_no day seq agreement account name amount purpose key. Back: batch_no seq amount actual
    result message serial day. `results`: the bank's code -> what it means; any other is OTHER.
    """

    code: str
    name: str
    out: tuple[tuple[str, str], ...]
    back: Mapping[str, str]
    results: Mapping[str, Result]
    delimiter: str = ","
    encoding: str = "utf-8"
    unit: str = YUAN

    def lacks(self) -> tuple[str, ...]:
        """What no bank could be asked without, or no answer be read; a result that is no result.

        >>> BUILT_IN["debit-csv"].lacks()
        ()
        """
        asked = {field for field, _header in self.out}
        out = [f"out.{name}" for name in OUT_NEEDED if name not in asked]
        odd = [f"out.{name}" for name in sorted(asked - set(OUT_FIELDS))]
        back = [f"back.{name}" for name in BACK_NEEDED if not self.back.get(name)]
        odd += [f"back.{name}" for name in sorted(self.back.keys() - set(BACK_FIELDS))]
        works = [] if Result.SUCCESS in self.results.values() else ["results.SUCCESS"]
        return (*out, *odd, *back, *works)

    def says(self, result: str) -> Result:
        """The class of a bank's result."""
        return self.results.get(result, Result.OTHER)


class Item(NamedTuple):
    """One debit as the bank is asked for it."""

    seq: int
    agreement: str
    account: str
    name: str
    amount_fen: int
    key: str


class Answer(NamedTuple):
    """One debit as the bank answers."""

    row: int
    seq: int
    amount_fen: int
    actual_fen: int
    result: Result
    code: str
    message: str
    serial: str
    on: date | None


def may_debit(mandate: Mandate, *, owed_fen: int, on: date, blocked: bool, waiting: bool) -> Skip | None:
    """Why not; None: the bank may be asked. A mandate's last day is still a day.

    >>> mandate = Mandate(date(2026, 1, 1), date(2026, 12, 31), None, 50_000)
    >>> may_debit(mandate, owed_fen=50_000, on=date(2026, 12, 31), blocked=False, waiting=False)
    >>> may_debit(mandate, owed_fen=50_001, on=date(2026, 12, 31), blocked=False, waiting=False).value
    'debit.over_limit'
    """
    reasons = (
        (mandate.revoked_on is not None and mandate.revoked_on <= on, Skip.REVOKED),
        (mandate.to_on is not None and mandate.to_on < on, Skip.EXPIRED),
        (mandate.from_on > on, Skip.NOT_YET),
        (blocked, Skip.DISPUTED),
        (waiting, Skip.WAITING),
        (owed_fen <= 0, Skip.NOTHING_OWED),
        (owed_fen < LEAST_FEN, Skip.TOO_LITTLE),
        (owed_fen > mandate.limit_fen, Skip.OVER_LIMIT),
    )
    return next((why for holds, why in reasons if holds), None)


def write(items: Sequence[Item], profile: Profile, *, batch_no: str, on: date, purpose: str) -> bytes:
    """The file that asks the bank, with a line of totals at its end."""
    target = io.StringIO(newline="")
    lines = csv.writer(target, delimiter=profile.delimiter, lineterminator="\r\n")
    lines.writerow([header for _field, header in profile.out])
    for item in items:
        said = {
            "batch_no": batch_no, "day": f"{on:%Y%m%d}", "seq": str(item.seq), "agreement": item.agreement,
            "account": item.account, "name": item.name, "amount": money(item.amount_fen, profile.unit),
            "purpose": purpose, "key": item.key,
        }  # fmt: skip
        lines.writerow([said[field] for field, _header in profile.out])
    total = money(sum(item.amount_fen for item in items), profile.unit)
    lines.writerow(["合计", str(len(items)), total])
    return target.getvalue().encode(profile.encoding)


def read(content: bytes, profile: Profile, *, batch_no: str) -> list[Answer]:
    """A return file (回盘). Raises Malformed for one that is not whole, or of another batch."""
    text = decoded(content, "utf-8-sig" if profile.encoding == "utf-8" else profile.encoding)
    reader = csv.reader(io.StringIO(text), delimiter=profile.delimiter)
    try:
        table = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)]
    except csv.Error as error:
        raise Malformed(reader.line_num, "", Wrong.NOT_TEXT) from error
    if not table:
        raise Malformed(0, "", Wrong.EMPTY)
    (first, titles), *rest = table
    at = places(titles, list(profile.back.values()), row=first)
    rows = [row for row in rest if row[1][0] != "合计"]
    return [_answer(_Cells(number, cells, at, profile), batch_no) for number, cells in rows]


def check(items: Mapping[int, int], answers: Sequence[Answer]) -> None:
    """Every debit answered once, for what was asked, and never with more. Raises Malformed.

    `items`: seq -> the amount asked for.
    """
    seen: set[int] = set()
    for answer in answers:
        if answer.seq not in items:
            raise Malformed(answer.row, "", Wrong.SEQ_UNKNOWN, str(answer.seq))
        if answer.seq in seen:
            raise Malformed(answer.row, "", Wrong.SEQ_TWICE, str(answer.seq))
        seen.add(answer.seq)
        if answer.amount_fen != items[answer.seq] or answer.actual_fen > answer.amount_fen:
            raise Malformed(answer.row, "", Wrong.SUM_DIFFERS, yuan(answer.actual_fen))
        if (answer.result is Result.SUCCESS) is not (answer.actual_fen > 0):
            raise Malformed(answer.row, "", Wrong.RESULT_DIFFERS, answer.code)
    missing = sorted(items.keys() - seen)
    if missing:
        raise Malformed(0, "", Wrong.SEQ_MISSING, ", ".join(map(str, missing[:10])))


def money(fen: int, unit: str) -> str:
    """An amount as the bank counts.

    >>> money(252024, YUAN), money(252024, FEN)
    ('2520.24', '252024')
    """
    return yuan(fen) if unit == YUAN else str(fen)


def parse_fen(words: str) -> int:
    """Whole fen, nothing else. ValueError otherwise.

    >>> parse_fen("252024"), parse_fen("-5")
    (252024, -5)
    """
    digits = words.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise ValueError(words)
    return int(words)


class _Cells:
    def __init__(self, row: int, cells: Sequence[str], at: Mapping[str, int], profile: Profile) -> None:
        self.row, self._cells, self._at, self.profile = row, cells, at, profile

    def text(self, field: str) -> str:
        place = self._at[heading(self.profile.back[field])] if field in self.profile.back else -1
        return self._cells[place] if 0 <= place < len(self._cells) else ""

    def wrong(self, field: str, code: Wrong) -> Malformed:
        return Malformed(self.row, self.profile.back.get(field, field), code, self.text(field))

    def fen(self, field: str) -> int:
        words = self.text(field) or "0"
        try:
            fen = int(parse_yuan(words) if self.profile.unit == YUAN else parse_fen(words))
        except ValueError as error:
            raise self.wrong(field, Wrong.AMOUNT_BAD) from error
        if fen < 0:
            raise self.wrong(field, Wrong.AMOUNT_NEGATIVE)
        if fen > MOST_FEN:
            raise self.wrong(field, Wrong.AMOUNT_BAD)
        return fen

    def day(self, field: str) -> date | None:
        words = self.text(field)
        for form in _DAYS if words else ():
            try:
                return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day
            except ValueError:
                continue
        if words:
            raise self.wrong(field, Wrong.DATE_BAD)
        return None


def _answer(cells: _Cells, batch_no: str) -> Answer:
    if cells.text("batch_no") != batch_no:
        raise cells.wrong("batch_no", Wrong.OTHER_BATCH)
    seq = cells.text("seq")
    if not (seq.isascii() and seq.isdigit() and len(seq) <= 9):
        raise cells.wrong("seq", Wrong.SEQ_UNKNOWN)
    actual, code, serial, on = (
        cells.fen("actual"),
        cells.text("result"),
        cells.text("serial"),
        cells.day("day"),
    )
    if actual and not serial:
        raise cells.wrong("serial", Wrong.SERIAL_MISSING)
    if actual and on is None:
        raise cells.wrong("day", Wrong.DATE_BAD)
    result = cells.profile.says(code)
    message = cells.text("message")[:200]
    return Answer(
        cells.row, int(seq), cells.fen("amount"), actual, result, code[:20], message, serial[:64], on
    )


_OUT: Final = (
    ("batch_no", "批次号"), ("day", "日期"), ("seq", "序号"), ("agreement", "协议号"), ("account", "账号"),
    ("name", "户名"), ("amount", "金额"), ("purpose", "用途"), ("key", "客户标识"),
)  # fmt: skip
_BACK: Final = {
    "batch_no": "批次号", "seq": "序号", "amount": "金额", "actual": "实扣金额", "result": "结果码",
    "message": "说明", "serial": "银行流水号", "day": "入账日期",
}  # fmt: skip
_CODES: Final = {
    "00": Result.SUCCESS, "0000": Result.SUCCESS, "成功": Result.SUCCESS, "部分成功": Result.SUCCESS,
    "01": Result.INSUFFICIENT, "余额不足": Result.INSUFFICIENT, "02": Result.ACCOUNT_CLOSED,
    "已销户": Result.ACCOUNT_CLOSED, "03": Result.NAME_MISMATCH, "户名不符": Result.NAME_MISMATCH,
    "04": Result.NO_AGREEMENT, "无协议": Result.NO_AGREEMENT,
}  # fmt: skip
BUILT_IN: Final[dict[str, Profile]] = {
    one.code: one
    for one in (
        Profile("debit-csv", "通用代扣（CSV，元）", _OUT, _BACK, _CODES),
        Profile("debit-gbk", "通用代扣（竖线分隔，GBK，分）", _OUT, _BACK, _CODES, "|", "gb18030", FEN),
    )
}
