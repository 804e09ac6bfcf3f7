"""A house register comes in: units, bays, people, and what they pay. All of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from billing.charges.queries.contracts import find_contract
from billing.charges.services.accounts import open_accounts
from billing.charges.services.import_report import (
    Finding,
    ImportReport,
    Kind,
    MustBeRight,
    NothingThere,
    RowsRejected,
    Unwatched,
    Watcher,
    Weight,
    finding_of,
)
from billing.charges.services.import_subscriptions import Subscriber, Wish
from billing.charges.services.import_tariffs import PACKAGE, Fee, TariffBook, area_fee, bay_fee, fee_of
from owners.rules import hc_layout
from owners.rules.compare import Change, Wanted
from owners.rules.register import parse_register
from owners.rules.report import Report
from owners.rules.workbook import (
    BayRow,
    Event,
    Issue,
    Layout,
    Level,
    Note,
    Sheet,
    Subscription,
    TariffRow,
    Tenure,
    UnitRow,
    Why,
)
from owners.services import lock_community
from owners.services.register_units import Outcome, Registered, register_units
from owners.services.wanted import wanted_bay, wanted_unit
from tenancy.kernel import sql
from tenancy.kernel.memory import collector_paused
from tenancy.people.services import audit
from values.period import add_months, month_start

CHUNK: Final = 5000
# What is wrong with the whole file: no single row can be left out because of it.
_OF_THE_FILE: Final = frozenset({Why.PRICE_PERIOD.value, Why.COLUMN_MISSING.value})


def import_register(
    *,
    community_id: int,
    sheets: Sequence[Sheet],
    as_of: date,
    commit: bool = False,
    strict: bool = False,
    watcher: Watcher | None = None,
) -> ImportReport:
    """Read a register and report what it says and changes; with `commit` write it, in the open transaction.

    Rejected rows are listed and left out; `strict` refuses the commit instead. A second import of the same
    file changes nothing. Raises NothingThere, MustBeRight, RowsRejected; then nothing may be kept.
    """
    if commit:
        lock_community(community_id=community_id)
    run = _Import(community_id, as_of, commit, watcher or Unwatched())
    with collector_paused():
        run.read(sheets)
    report = run.report
    if Why.NO_REGISTER.value in report.codes(Weight.ERROR):
        raise NothingThere(_("No sheet of this file has the columns of a house register."), field="file")
    if commit:
        check_commit(report, strict=strict)
        audit.record("import.register", kind="community", pk=community_id, counts=report.counts())
    return report


def check_commit(report: ImportReport, *, strict: bool) -> None:
    """Refuse to keep a file that is wrong as a whole, or, when strict, one with any rejected row."""
    if report.codes(Weight.ERROR) & _OF_THE_FILE:
        raise MustBeRight(
            _("A column of this file is missing or is not by the month. Correct it first."), field="file"
        )
    if strict and report.rejected_rows:
        text = _("%(rows)s rows were rejected, so nothing was imported.")
        raise RowsRejected(text % {"rows": report.rejected_rows}, rows=report.rejected_rows)
    report.committed = True


class _Import:
    """One pass over a workbook: rows gather to blocks, each block is compared and written at once."""

    def __init__(self, community_id: int, as_of: date, commit: bool, watcher: Watcher) -> None:
        self.report = ImportReport(Kind.REGISTER, as_of)
        self._counted = Report()
        self._community_id, self._as_of, self._commit, self._watcher = community_id, as_of, commit, watcher
        contract = find_contract(community_id, as_of)
        self._default_on = contract.start_on if contract else month_start(as_of)
        self._book = TariffBook(community_id, as_of=as_of, from_on=self._default_on, commit=commit)
        switch_on = add_months(month_start(as_of), 1)
        self._subscriber = Subscriber(self._book, switch_on=switch_on, commit=commit)
        self._fees: dict[str, tuple[Fee, date | None]] = {}
        self._rows: list[UnitRow | BayRow] = []
        self._subscriptions: dict[str, list[Subscription]] = {}
        self._rejected: set[str] = set()
        self._by_number = False
        self._done = 0

    def read(self, sheets: Sequence[Sheet]) -> None:
        """All events of the workbook, then what is left over, then the figures."""
        self._by_number = hc_layout.detect(sheets) is Layout.OPEN_SOURCE
        total = sum(sheet.height for sheet in sheets)
        self._watcher.start(total)
        for event in parse_register(sheets, as_of=self._as_of):
            self._counted.add(event)
            self._take(event)
        self._flush()
        if self._commit:
            self._book.finish()
        self._watcher.step(total, failed=self._counted.rejected_rows)
        self._sum_up()

    def _take(self, event: Event) -> None:
        if isinstance(event, UnitRow | BayRow):
            # A bay may belong to a unit of the same file, so units are written before the first bay.
            if len(self._rows) >= CHUNK or (self._rows and type(self._rows[-1]) is not type(event)):
                self._flush()
            self._rows.append(event)
            if isinstance(event, BayRow) and event.unit and event.unit in self._rejected:
                self._warn("unit_rejected", event, event.unit)
        elif isinstance(event, Subscription):
            self._subscriptions.setdefault(event.unit, []).append(event)
        elif isinstance(event, TariffRow):
            self._take_fee(event)
        else:
            self._note(event)

    def _note(self, event: Issue | Note) -> None:
        if isinstance(event, Issue) and event.level is Level.ERROR and event.code is not Why.DUPLICATE:
            self._rejected.add(event.unit)
        self.report.add(finding_of(event))

    def _take_fee(self, row: TariffRow) -> None:
        fee = fee_of(row)
        if isinstance(fee, Fee):
            self._fees[row.fee_no] = (fee, row.end_on)
        else:
            self.report.add(Finding(Weight.WARNING, fee, row.sheet, row.row, value=row.name))

    def _flush(self) -> None:
        rows = self._rows
        if not rows:
            return
        if self._commit:
            sql.run(PACKAGE, "import_forget_plans")
        placed = register_units(
            community_id=self._community_id,
            wanted=[self._wanted(row) for row in rows],
            as_of=self._as_of,
            commit=self._commit,
        )
        wishes = [wish for row, unit in zip(rows, placed, strict=True) for wish in self._wishes(row, unit)]
        agreed = self._subscriber.agree(wishes)
        for row, unit in zip(rows, placed, strict=True):
            self._count(row, unit, [*unit.changes, *agreed.changes.get(unit.code, ())])
        for wish in agreed.twice:
            self.report.add(Finding(Weight.WARNING, "fee_twice", value=wish.fee.name, unit=wish.code))
        if self._commit:
            pairs = [(unit.unit_id, unit.debtor_id) for unit in placed if unit.unit_id and unit.debtor_id]
            open_accounts(pairs=pairs, opened_on=self._as_of)
        self._done += len(rows)
        self._watcher.step(self._done, failed=self._counted.rejected_rows)
        self._rows, self._subscriptions = [], {}

    def _wanted(self, row: UnitRow | BayRow) -> Wanted:
        if isinstance(row, BayRow):
            return wanted_bay(row, since=min(self._default_on, self._as_of))
        starts = [fee.start_on for fee in self._subscriptions.get(row.code, ())]
        since = row.handover_on or min(starts, default=self._default_on)
        # A handover in the future is a warning; who is named owns the unit today all the same.
        return wanted_unit(row, since=min(since, self._as_of))

    def _wishes(self, row: UnitRow | BayRow, unit: Registered) -> list[Wish]:
        is_new = unit.outcome is Outcome.CREATED
        if isinstance(row, BayRow):
            fen = row.fee_fen_per_month
            fee = bay_fee(fen, owned=row.tenure is Tenure.OWNED) if fen else None
            return [Wish(row.code, unit.unit_id, is_new, fee, self._default_on)] if fee else []
        if self._by_number:
            return self._wishes_by_number(row, unit, is_new)
        if row.rate_micro is None:
            return []
        start_on = row.handover_on or self._default_on
        return [Wish(row.code, unit.unit_id, is_new, area_fee(row.rate_micro), start_on)]

    def _wishes_by_number(self, row: UnitRow, unit: Registered, is_new: bool) -> list[Wish]:
        wishes = []
        for subscription in self._subscriptions.get(row.code, ()):
            if subscription.fee_no not in self._fees:
                continue  # reported once, where the fee is set up
            fee, end_on = self._fees[subscription.fee_no]
            if end_on is not None and end_on <= subscription.start_on:
                self._warn("fee_ended", row, fee.name)
                continue
            wishes.append(Wish(row.code, unit.unit_id, is_new, fee, subscription.start_on, end_on))
        return wishes

    def _count(self, row: UnitRow | BayRow, unit: Registered, changes: list[Change]) -> None:
        report = self.report
        if unit.outcome is Outcome.CREATED:
            report.created += 1
        elif changes:
            report.changed += 1
        else:
            report.unchanged += 1
        report.add_changes(unit.code, (row.sheet, row.row), changes)
        if unit.owner_differs:
            named = row.user if isinstance(row, BayRow) else "、".join(owner.name for owner in row.owners)
            self._warn("owner_differs", row, named)

    def _warn(self, code: str, row: UnitRow | BayRow, value: str) -> None:
        self.report.add(Finding(Weight.WARNING, code, row.sheet, row.row, value=value, unit=row.code))

    def _sum_up(self) -> None:
        report, counted = self.report, self._counted
        report.units, report.bays = counted.units, counted.bays
        report.co_owned, report.developer_units = counted.co_owned, counted.developer_units
        report.no_phone, report.footer_row = counted.no_phone, counted.footer_row
        report.rejected_rows = counted.rejected_rows
        report.tariffs = list(self._book.made)
