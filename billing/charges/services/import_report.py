"""What an import found and did: counts, and one finding per thing a person should see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from owners.rules.compare import Change
from owners.rules.workbook import Issue, Level, Note, Why
from tenancy.kernel.errors import Refused
from values.fen import yuan
from values.mask import mask_id, mask_phone

# A run of digits this long is somebody's number, whichever column it strayed into.
_NUMBER = re.compile(r"[0-9][0-9Xx -]{9,}[0-9Xx]")
_IDENTITY = (Why.BAD_ID, Why.ID_COUNT)


class NotReadable(Refused):
    code = "import.not_a_workbook"


class NothingThere(Refused):
    code = "import.no_register"


class MustBeRight(Refused):
    code = "import.file_refused"


class RowsRejected(Refused):
    code = "import.rows_rejected"


class Kind(StrEnum):
    """What is imported."""

    REGISTER = "REGISTER"
    ARREARS = "ARREARS"


class Weight(StrEnum):
    """ERROR rejects its row, WARNING is worth a look, CHANGE differs from what is stored, NOTE left aside."""

    ERROR = "ERROR"
    WARNING = "WARNING"
    CHANGE = "CHANGE"
    NOTE = "NOTE"


class Finding(NamedTuple):
    """One line of the report. `value`, `old` and `new` never hold a whole telephone or identity number."""

    weight: str
    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""
    value: str = ""
    unit: str = ""
    old: str = ""
    new: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is not empty."""
        return {name: value for name, value in self._asdict().items() if value and name != "weight"}


class Watcher(Protocol):
    """Who is told how far an import is; `step` may raise to stop it."""

    def start(self, total: int) -> None: ...

    def step(self, done: int, *, failed: int = 0) -> None: ...


class Unwatched:
    """Nobody looks."""

    def start(self, total: int) -> None:
        """Nothing to do."""

    def step(self, done: int, *, failed: int = 0) -> None:
        """Nothing to do."""


@dataclass(slots=True)
class ImportReport:
    """An import's outcome. Counts are of accepted rows; `rows`, `charges`, `total_fen` of an arrears list."""

    kind: Kind
    as_of: date
    committed: bool = False
    units: int = 0
    bays: int = 0
    rows: int = 0
    charges: int = 0
    total_fen: int = 0
    co_owned: int = 0
    developer_units: int = 0
    no_phone: int = 0
    footer_row: int | None = None
    rejected_rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    tariffs: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """One more line."""
        self.findings.append(finding)

    def add_changes(self, unit: str, at: tuple[str, int], changes: Iterable[Change]) -> None:
        """What a row tells differently."""
        sheet, row = at
        for change in changes:
            self.add(
                Finding(Weight.CHANGE, change.field, sheet, row, unit=unit, old=change.old, new=change.new)
            )

    def of(self, weight: Weight) -> list[Finding]:
        """The lines of one weight."""
        return [finding for finding in self.findings if finding.weight == weight]

    def codes(self, weight: Weight) -> set[str]:
        """The codes that occur."""
        return {finding.code for finding in self.findings if finding.weight == weight}

    def counts(self) -> dict[str, Any]:
        """The figures alone, as a screen or a job shows them."""
        shared = {
            "kind": self.kind.value,
            "as_of": self.as_of.isoformat(),
            "committed": self.committed,
            "rejected_rows": self.rejected_rows,
            "created": self.created,
            "unchanged": self.unchanged,
            "errors": len(self.of(Weight.ERROR)),
            "warnings": len(self.of(Weight.WARNING)),
            "changes": len(self.of(Weight.CHANGE)),
            "footer_row": self.footer_row,
        }
        if self.kind is Kind.ARREARS:
            return {**shared, "rows": self.rows, "charges": self.charges, "total": yuan(self.total_fen)}
        return {
            **shared,
            "units": self.units,
            "parking_bays": self.bays,
            "co_owned": self.co_owned,
            "developer_units": self.developer_units,
            "no_phone": self.no_phone,
            "changed": self.changed,
            "new_tariffs": list(self.tariffs),
        }

    def as_json(self) -> dict[str, Any]:
        """Everything, with stable codes: figures, then errors, warnings, changes and notes line by line."""
        counts = self.counts()
        for name in ("errors", "warnings", "changes"):
            counts[f"{name}_count"] = counts.pop(name)
        lists = {
            "errors": self.of(Weight.ERROR),
            "warnings": self.of(Weight.WARNING),
            "changes": self.of(Weight.CHANGE),
            "notes": self.of(Weight.NOTE),
        }
        return counts | {name: [finding.as_json() for finding in found] for name, found in lists.items()}


def finding_of(event: Issue | Note) -> Finding:
    """A parser's issue or note as a line; whole numbers of people are masked."""
    if isinstance(event, Note):
        return Finding(Weight.NOTE, event.code.value, event.sheet, event.row, value=masked(event.value))
    weight = Weight.ERROR if event.level is Level.ERROR else Weight.WARNING
    return Finding(
        weight,
        event.code.value,
        event.sheet,
        event.row,
        event.column,
        event.header,
        _masked_by_code(event),
        event.unit,
    )


def masked(text: str) -> str:
    """A text with every long number masked."""
    return _NUMBER.sub(lambda found: mask_phone(found[0]), text)


def _masked_by_code(issue: Issue) -> str:
    if issue.code in _IDENTITY:
        return "、".join(mask_id(piece) for piece in re.split(r"[、,，;；/\s]+", issue.value) if piece)
    if issue.code is Why.BAD_PHONE:
        return mask_phone(issue.value)
    return masked(issue.value)
