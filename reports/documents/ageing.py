"""The ageing report as a spreadsheet: amounts are numbers in yuan, so that the reader can go on computing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from reports.rules.ageing import Bucket
from reports.words import BUCKETS


class SheetRow(NamedTuple):
    """A line of the sheet: unpaid, past due, then the buckets in order, all in fen."""

    name: str
    accounts_overdue: int
    amounts_fen: Sequence[int]


def ageing_sheet(rows: Sequence[SheetRow], *, as_of: date) -> bytes:
    """An xlsx file: one line per community and a total line, columns as on the page."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(_("Ageing"))
    bold = book.add_format({"bold": True})
    money, whole = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0"})
    sheet.write_string(0, 0, _("Unpaid principal by age, as of %(day)s") % {"day": as_of.isoformat()}, bold)
    head = [_("Community"), _("Accounts past due"), _("Unpaid"), _("Past due")]
    head += [str(BUCKETS[bucket]) for bucket in Bucket]
    sheet.write_row(2, 0, head, bold)
    for at, row in enumerate(rows, start=3):
        sheet.write_string(at, 0, row.name)
        sheet.write_number(at, 1, row.accounts_overdue, whole)
        for column, fen in enumerate(row.amounts_fen, start=2):
            sheet.write_number(at, column, float(Decimal(fen) / 100), money)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(head) - 1, 14)
    sheet.freeze_panes(3, 1)
    book.close()
    return file.getvalue()
