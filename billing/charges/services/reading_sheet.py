"""抄表单: the meters of a round as a workbook, with the headings that come back by the import."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from billing.charges.queries.meters import Position
from billing.charges.rules.metered import units_text
from tenancy.people.services.sheets import write_sheet

# What people fill in stands under headings that rules.typed knows.
LABELS = ("房号", "位置", "表号", "上期读数", "上期日期", "本期读数", "抄表日期", "估抄")


def reading_sheet(found: Sequence[Position], *, day: date) -> bytes:
    """The sheet of a day; what was read already stands in it."""
    rows = [
        [
            position.unit_code,
            position.place,
            position.serial,
            units_text(position.last.milli) if position.last else "",
            position.last.on if position.last else None,
            units_text(position.own.milli) if position.own else None,
            day,
            "是" if position.own and position.own.kind == "ESTIMATED" else None,
        ]
        for position in found
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sheet.xlsx"
        write_sheet(target, title="抄表单", labels=LABELS, blocks=[rows])
        return target.read_bytes()
