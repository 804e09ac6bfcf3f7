"""A filled reading sheet as numbered rows: a workbook's first sheet, or a CSV file of any computer."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from billing.charges.services.import_report import NotReadable
from owners.gateways.sheets import NotAWorkbook, open_sheets
from owners.rules.workbook import NumberedRow

_WORKBOOK: Final = b"PK"
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


def rows_of(content: bytes) -> list[NumberedRow]:
    """The rows with their numbers in the file. Raises NotReadable."""
    if not content.startswith(_WORKBOOK):
        return _csv(content)
    try:
        shown = [sheet for sheet in open_sheets(content) if not sheet.hidden]
    except NotAWorkbook as error:
        raise NotReadable(_("This file cannot be read."), field="file") from error
    return list(shown[0].rows()) if shown else []


def _csv(content: bytes) -> list[NumberedRow]:
    try:
        return list(enumerate(csv.reader(StringIO(_decoded(content), newline="")), start=1))
    except csv.Error as error:
        raise NotReadable(_("This file cannot be read."), field="file") from error


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadable(_("This file cannot be read."), field="file")
