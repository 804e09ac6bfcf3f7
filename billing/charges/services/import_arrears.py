"""Opening arrears come in: each row becomes one charge per calendar month. All of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from billing.charges.queries.contracts import contracts
from billing.charges.queries.imports import (
    Charged,
    charged,
    fee_item_by_code,
    fee_item_names,
    monthly_fees,
)
from billing.charges.rules.opening import Fate, Standing, Verdict, judge
from billing.charges.services.import_register import check_commit
from billing.charges.services.import_report import (
    Finding,
    ImportReport,
    Kind,
    NothingThere,
    Unwatched,
    Watcher,
    Weight,
    finding_of,
)
from billing.charges.services.import_tariffs import PACKAGE, PROPERTY
from billing.charges.services.opening import OpeningDebt, opening_charges
from owners.queries.register import debtors
from owners.rules.arrears_list import PROPERTY_FEE, ArrearsEvent, ArrearsReport, ArrearsRow, parse_arrears
from owners.rules.compare import Holder
from owners.rules.people import owner_names
from owners.rules.search import name_key
from owners.rules.workbook import Sheet, Why
from owners.services import lock_community, note_legacy_issues
from tenancy.kernel import sql
from tenancy.people.services import audit
from values.fen import yuan

BLOCK: Final = 2000
LEGACY_SOURCE: Final = "ARREARS_LIST"


class _Owed(NamedTuple):
    """A row with everything it needs to become a debt."""

    row: ArrearsRow
    unit_id: int
    party_id: int
    fee_item_id: int


def import_arrears(
    *,
    community_id: int,
    sheets: Sequence[Sheet],
    as_of: date,
    commit: bool = False,
    strict: bool = False,
    watcher: Watcher | None = None,
) -> ImportReport:
    """Read a list of arrears and report it; with `commit` charge it to the units' present owners.

    A month that is charged already is reported, never doubled; an opening charge with another amount stays
    as it is. Remarks become legacy issues. Raises NothingThere, MustBeRight, RowsRejected.
    """
    if commit:
        lock_community(community_id=community_id)
    run = _Import(community_id, as_of, commit, watcher or Unwatched())
    run.read(sheets)
    report = run.report
    if Why.NO_REGISTER.value in report.codes(Weight.ERROR):
        raise NothingThere(_("No sheet of this file has the columns of an arrears list."), field="file")
    if commit:
        check_commit(report, strict=strict)
        audit.record("import.arrears", kind="community", pk=community_id, counts=report.counts())
    return report


class _Import:
    """One pass over the list, block by block."""

    def __init__(self, community_id: int, as_of: date, commit: bool, watcher: Watcher) -> None:
        self.report = ImportReport(Kind.ARREARS, as_of)
        self._counted = ArrearsReport()
        self._community_id, self._as_of, self._commit, self._watcher = community_id, as_of, commit, watcher
        self._property_id = fee_item_by_code(PROPERTY.code) or fee_item_names().get(PROPERTY.name)
        self._items = fee_item_names()
        self._contracts = contracts(community_id)
        self._rows: list[ArrearsRow] = []
        self._rejected: set[tuple[str, int]] = set()
        self._done = 0

    def read(self, sheets: Sequence[Sheet]) -> None:
        """All rows of the workbook, then the figures."""
        known = monthly_fees(community_id=self._community_id, fee_item_id=self._property_id, on=self._as_of)
        total = sum(sheet.height for sheet in sheets)
        self._watcher.start(total)
        for event in parse_arrears(sheets, known=known, as_of=self._as_of):
            self._counted.add(event)
            self._take(event)
        self._flush()
        self._watcher.step(total, failed=len(self._rejected))
        self.report.footer_row = self._counted.footer_row
        self.report.rejected_rows = len(self._rejected)

    def _take(self, event: ArrearsEvent) -> None:
        if isinstance(event, ArrearsRow):
            self._rows.append(event)
            if len(self._rows) >= BLOCK:
                self._flush()
            return
        self._add(finding_of(event))

    def _add(self, finding: Finding) -> None:
        if finding.weight == Weight.ERROR:
            self._rejected.add((finding.sheet, finding.row))
        self.report.add(finding)

    def _flush(self) -> None:
        codes = sorted({row.unit for row in self._rows})
        holders = debtors(community_id=self._community_id, codes=codes, on=self._as_of)
        owed = [found for row in self._rows if (found := self._owed(row, holders)) is not None]
        standing = charged({debt.unit_id for debt in owed})
        fresh = [debt for debt in owed if self._judge(debt, standing)]
        if self._commit and owed:
            sql.run(PACKAGE, "import_forget_plans")
            self._charge(fresh)
            remarks = [(debt.unit_id, debt.row.remark) for debt in owed if debt.row.remark]
            note_legacy_issues(remarks=remarks, source=LEGACY_SOURCE, recorded_on=self._as_of)
        self._done += len(self._rows)
        self._watcher.step(self._done, failed=len(self._rejected))
        self._rows = []

    def _owed(self, row: ArrearsRow, holders: Mapping[str, tuple[int, list[Holder]]]) -> _Owed | None:
        unit_id, owners = holders[row.unit]
        if not owners:
            self._add(self._finding(Weight.ERROR, "no_debtor", row, row.owner_name))
            return None
        item_id = self._property_id if PROPERTY_FEE.fullmatch(row.item) else self._items.get(row.item)
        if item_id is None:
            self._add(self._finding(Weight.ERROR, "item_unknown", row, row.item))
            return None
        if not _is_named(row.owner_name, owners):
            self._add(self._finding(Weight.WARNING, "owner_differs", row, row.owner_name))
        self._note_months_without_contract(row)
        self.report.rows += 1
        self.report.total_fen += row.amount_fen
        return _Owed(row, unit_id, owners[0].party_id, item_id)

    def _note_months_without_contract(self, row: ArrearsRow) -> None:
        """They are owed, but without a contract of that time no late fee was agreed."""
        months = [month.start for month in row.period.months()]
        bare = [start for start in months if not any(terms.holds_on(start) for terms in self._contracts)]
        if bare:
            self._add(self._finding(Weight.NOTE, "no_contract_then", row, str(len(bare))))

    def _judge(self, debt: _Owed, standing: Mapping[tuple[int, int], list[Charged]]) -> bool:
        """Count the row and say what is in its way; whether anything of it is new."""
        met = [
            Standing(charge.period, charge.is_opening, charge.amount_fen)
            for charge in standing.get((debt.unit_id, debt.fee_item_id), ())
        ]
        verdict: Verdict = judge(debt.row.period, debt.row.amount_fen, met)
        if verdict.fate is Fate.DIFFERS:
            value = yuan(debt.row.amount_fen)
            self._add(self._finding(Weight.WARNING, "opening_differs", debt.row, value))
        if verdict.billed_months:
            value = str(verdict.billed_months)
            self._add(self._finding(Weight.WARNING, "already_billed", debt.row, value))
        self.report.created += verdict.fate is Fate.NEW
        self.report.unchanged += verdict.fate is not Fate.NEW
        self.report.charges += verdict.new_months
        return verdict.fate is Fate.NEW

    def _charge(self, fresh: Sequence[_Owed]) -> None:
        debts = [
            OpeningDebt(
                debt.unit_id,
                debt.party_id,
                debt.fee_item_id,
                debt.row.period,
                debt.row.amount_fen,
                f"{debt.row.sheet} {debt.row.row}",
            )
            for debt in fresh
        ]
        opening_charges(community_id=self._community_id, debts=debts, as_of=self._as_of)

    def _finding(self, weight: Weight, code: str, row: ArrearsRow, value: str) -> Finding:
        return Finding(weight, code, row.sheet, row.row, value=value, unit=row.unit)


def _is_named(cell: str, owners: Sequence[Holder]) -> bool:
    """Whether the list names those who own the unit; a blank cell names nobody."""
    named = owner_names(cell)
    if named.developer:
        return owners[0].developer
    keys = [name_key(name) for name in named.names]
    return not keys or keys == [owner.key for owner in owners][: len(keys)]
