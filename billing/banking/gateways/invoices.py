"""E-invoices by files: the batch table as Excel (the default) or XML; results come back the same way.

A connector that speaks to a provider directly implements rules.invoice_file.Connector beside these.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # nosec B405
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import xlsxwriter

from billing.banking.rules.channel import Malformed, decoded
from billing.banking.rules.invoice_file import COLUMNS, Connector, Order, Result, Row, Sent, read, table
from billing.banking.rules.statement import Wrong
from owners.gateways.sheets import NotAWorkbook, open_sheets

SHEET: Final = "批量开票"
_MOST_XML: Final = 20_000_000


class FileConnector:
    """The bureau's batch-issue page takes an Excel table and gives one back; a person carries both."""

    def send(self, orders: Sequence[Order]) -> Sent:
        """The table, one row a line; every cell is text, so that no number loses a digit."""
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet(SHEET)
            text = book.add_format({"num_format": "@"})
            sheet.set_column(0, len(COLUMNS) - 1, 18, text)
            for at, row in enumerate(table(orders)):
                for column, words in enumerate(row):
                    sheet.write_string(at, column, words, text)
            sheet.freeze_panes(1, 1)
        return Sent(content.getvalue(), "xlsx")

    def read(self, content: bytes) -> list[Result]:
        """The first sheet of a workbook."""
        try:
            sheets = open_sheets(content)
        except NotAWorkbook as error:
            raise Malformed(0, "", Wrong.NOT_TEXT) from error
        if not sheets:
            raise Malformed(0, "", Wrong.EMPTY)
        return read(sheets[0].rows())


class XmlConnector:
    """The same table as XML: <发票批次><行><发票流水号>…</发票流水号>…</行></发票批次>."""

    def send(self, orders: Sequence[Order]) -> Sent:
        """One element a row, its columns by name."""
        header, *rows = table(orders)
        root = ET.Element("发票批次")
        for row in rows:
            line = ET.SubElement(root, "行")
            for name, words in zip(header, row, strict=True):
                ET.SubElement(line, _tag(name)).text = words
        return Sent(ET.tostring(root, encoding="utf-8", xml_declaration=True), "xml")

    def read(self, content: bytes) -> list[Result]:
        """Rows are counted as in a table whose header is row 1. Decoded before it is parsed, so that no

        document type, and with it no entity, can hide in another encoding.
        """
        text = decoded(content, "utf-8-sig")
        if len(content) > _MOST_XML or "<!" in text:
            raise Malformed(0, "", Wrong.NOT_TEXT)
        try:
            root = ET.fromstring(text)  # noqa: S314  # nosec B314
        except ET.ParseError as error:
            raise Malformed(0, "", Wrong.NOT_TEXT) from error
        return read(_rows(root))


def connector(code: str = "xlsx") -> Connector:
    """xlsx or xml."""
    return XmlConnector() if code == "xml" else FileConnector()


def connector_for(content: bytes) -> Connector:
    """The way in which an answer came: XML begins with a bracket, a workbook does not."""
    return connector("xml" if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else "xlsx")


def _rows(root: ET.Element) -> Iterator[Row]:
    names = sorted({cell.tag for line in root for cell in line})
    yield 1, names
    for number, line in enumerate(root, 2):
        said = {cell.tag: cell.text or "" for cell in line}
        yield number, [said.get(name, "") for name in names]


def _tag(name: str) -> str:
    """A column's name without what an element's name cannot hold."""
    return name.replace("（", "_").replace("）", "")
