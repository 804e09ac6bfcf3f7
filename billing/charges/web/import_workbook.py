"""What an import found, as a workbook to correct the file by."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from billing.charges.models import ImportLine
from billing.charges.queries.import_words import line_words

WIDTHS = (10, 16, 8, 8, 18, 24, 14, 60, 20, 20)


def findings_workbook(lines: Iterable[ImportLine]) -> bytes:
    """One sheet, one line per finding, in file order. Memory does not grow with the number of lines."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Findings"))
    bold = book.add_format({"bold": True})
    titles = (
        *(_("Weight"), _("Sheet"), _("Row"), _("Column"), _("Title"), _("Value"), _("Unit")),
        *(_("Reason"), _("Until now"), _("In the file")),
    )
    for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(lines, start=1):
        words = line_words(line)
        cells = (words.weight, line.sheet, line.row or "", line.column, line.header, line.value, line.unit)
        for column, value in enumerate((*cells, words.reason, words.old, words.new)):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, str(value))
    book.close()
    return content.getvalue()
