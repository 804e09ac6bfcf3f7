"""What an import found, in numbers: fed one event at a time, so a large file needs no list."""

from collections import Counter
from dataclasses import dataclass, field

from owners.rules.workbook import BayRow, Event, Issue, Level, Note, Subscription, TariffRow, UnitRow, Why


@dataclass(slots=True)
class Report:
    """Counts of one import. `rejected_rows` counts rows, `errors` and `warnings` count issues by code."""

    units: int = 0
    bays: int = 0
    tariffs: int = 0
    subscriptions: int = 0
    co_owned: int = 0
    developer_units: int = 0
    no_phone: int = 0
    footer_row: int | None = None
    rejected_rows: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    _rejected: tuple[str, int] | None = None
    _numbered: tuple[str, int] | None = None

    def add(self, event: Event) -> None:
        """Count an event; issues come before the row they belong to."""
        if isinstance(event, UnitRow):
            self._add_unit(event)
        elif isinstance(event, Issue):
            self._add_issue(event)
        elif isinstance(event, BayRow):
            self.bays += 1
        elif isinstance(event, TariffRow):
            self.tariffs += 1
        elif isinstance(event, Subscription):
            self.subscriptions += 1
        elif isinstance(event, Note) and event.code is Why.TOTAL_ROW and self.bays == 0:
            self.footer_row = event.row

    @property
    def is_clean(self) -> bool:
        """Whether nothing was rejected."""
        return not self.errors

    def _add_unit(self, unit: UnitRow) -> None:
        self.units += 1
        self.co_owned += len(unit.owners) > 1
        self.developer_units += unit.developer
        # A number that could not be read is a bad number, not a missing one.
        if not unit.phones and not unit.developer and self._numbered != (unit.sheet, unit.row):
            self.no_phone += 1

    def _add_issue(self, issue: Issue) -> None:
        at = (issue.sheet, issue.row)
        if issue.level is Level.WARNING:
            self.warnings[issue.code] += 1
            if issue.code is Why.BAD_PHONE:
                self._numbered = at
            return
        self.errors[issue.code] += 1
        if at != self._rejected:
            self._rejected = at
            self.rejected_rows += 1
