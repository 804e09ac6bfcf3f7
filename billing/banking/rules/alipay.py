"""支付宝业务明细: a ZIP of two GBK files; lines that begin with # are about the file; cells are padded."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from billing.banking.rules.channel import Cells, Kind, Malformed, Row, decoded, heading, places
from billing.banking.rules.statement import Wrong

_NEEDED: Final = (
    "支付宝交易号",
    "商户订单号",
    "业务类型",
    "完成时间",
    "订单金额（元）",
    "商家实收（元）",
    "服务费（元）",
)
_KINDS: Final = {"交易": Kind.PAYMENT, "退款": Kind.REFUND}
_REFUND_NO: Final = "退款批次号/请求号"
_SUMMARY: Final = re.compile(r"#(交易|退款)合计[::]\s*([0-9]+)\s*笔.*?实收(?:退款)?共\s*(-?[0-9.]+)\s*元")
MOST_BYTES: Final = 200 * 1024 * 1024
_MOST_FILES: Final = 10


def read(content: bytes) -> list[Row]:
    """The rows of a 业务明细, as the ZIP that is given out or as the file inside it. Raises Malformed."""
    if content.startswith(b"PK"):
        content = unpack(content)
    text = decoded(content, "gb18030")
    lines = list(enumerate(text.splitlines(), 1))
    table = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    if not table:
        raise Malformed(0, "", Wrong.EMPTY)
    (first, titles), *rest = table
    at = places(_cells(titles), _NEEDED, row=first)
    cells = [Cells(number, at, _cells(line)) for number, line in rest]
    rows = [_row(one) for one in cells]
    _check_summary([(number, line) for number, line in lines if line.startswith("#")], rows, cells)
    return rows


def unpack(content: bytes) -> bytes:
    """The file of details out of the ZIP; a ZIP that would unpack to more than a day can be is refused."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            inside = [part for part in packed.infolist() if _name(part).lower().endswith(".csv")]
            if len(packed.infolist()) > _MOST_FILES or sum(part.file_size for part in inside) > MOST_BYTES:
                raise Malformed(0, "", Wrong.TOO_LARGE)
            details = [part for part in inside if "汇总" not in _name(part)]
            if len(details) != 1:
                raise Malformed(0, "", Wrong.NOT_ZIP)
            with packed.open(details[0]) as stream:
                found = stream.read(MOST_BYTES + 1)  # what the table of contents says may be a lie
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise Malformed(0, "", Wrong.NOT_ZIP) from error
    if len(found) > MOST_BYTES:
        raise Malformed(0, "", Wrong.TOO_LARGE)
    return found


def _name(part: ZipInfo) -> str:
    """A name inside the ZIP: GBK, which ZIP itself knows nothing of."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename


def _cells(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error as error:
        raise Malformed(0, "", Wrong.NOT_TEXT) from error


def _row(cells: Cells) -> Row:
    kind = _KINDS.get(cells.text("业务类型"))
    if kind is None:
        raise cells.wrong("业务类型", Wrong.STATUS_UNKNOWN)
    order_no = cells.text("商户订单号")
    if not order_no:
        raise cells.wrong("商户订单号", Wrong.ORDER_MISSING)
    amount = cells.fen("订单金额（元）")
    if kind is Kind.REFUND:
        amount = abs(amount)  # written with a minus, as money that went out
    elif amount < 0:
        raise cells.wrong("订单金额（元）", Wrong.AMOUNT_NEGATIVE)
    return Row(
        cells.number, kind, cells.day("完成时间"), order_no, cells.text(_REFUND_NO),
        cells.text("支付宝交易号"), amount, -cells.fen("服务费（元）"),
    )  # fmt: skip


def _check_summary(notes: Sequence[tuple[int, str]], rows: Sequence[Row], cells: Sequence[Cells]) -> None:
    """`#交易合计：2笔，商家实收共420.04元`: the number of rows and what the merchant got."""
    found = [(number, match) for number, line in notes if (match := _SUMMARY.match(heading(line)))]
    if not {"交易"} <= {match[1] for _number, match in found}:
        raise Malformed(notes[-1][0] if notes else 0, "交易合计", Wrong.SUMMARY_MISSING)
    for number, match in found:
        kind = _KINDS[match[1]]
        got = [one.fen("商家实收（元）") for one, row in zip(cells, rows, strict=True) if row.kind is kind]
        said = Cells(number, {"x": 0}, [match[3]]).fen("x")
        if int(match[2]) != len(got) or abs(said) != abs(sum(got)):
            raise Malformed(number, f"{match[1]}合计", Wrong.SUMMARY_DIFFERS, match[0])
