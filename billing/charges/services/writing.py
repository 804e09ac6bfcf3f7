"""Bills and their charges into the database, a block at a time: accounts, ids, numbers, rows, notices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from billing.charges.models import Charge
from billing.charges.queries.billable import PricedItem
from billing.charges.queries.contracts import ContractTerms
from billing.charges.queries.vacancies import standing_in
from billing.charges.rules.measuring import Calculation, Metered
from billing.charges.rules.pricing import Priced
from billing.charges.services.accounts import PACKAGE, lock_accounts, open_accounts
from billing.charges.services.adjust import LetOff, adjust_charges, start_of
from billing.charges.services.bill_notices import Notices, hull
from billing.charges.services.reduced import let_off, off_of
from billing.charges.services.round import NewBill
from notices.services import queue
from owners.rules.numbering import document_number
from owners.services import take_numbers
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict
from values.fen import round_half_up

SERIES = "BILL"
_ZERO = Decimal(0)
_TAKEN = ("23505", "23P01")  # a number that stands already; days of a unit that are charged already


class Overtaken(Conflict):
    code = "charges.overtaken"


class LateFee:
    """What a contract gives the charges made under it."""

    def __init__(self, contract: ContractTerms | None) -> None:
        self.rate = (contract.late_fee_rate if contract else None) or _ZERO
        self.grace = timedelta(days=contract.late_fee_grace_days if contract else 0)
        self.cap_e4 = int(contract.late_fee_cap_ratio * 10_000) if contract else 10_000
        self.said = {
            "rate": format(self.rate.normalize(), "f"),
            "grace_days": self.grace.days,
            "cap_ratio": str(contract.late_fee_cap_ratio if contract else 1),
            "contract": contract.contract_id if contract else None,
        }

    def cap_fen(self, amount_fen: int) -> int:
        """The most a charge's late fee can become."""
        return round_half_up(amount_fen * self.cap_e4, 10_000)


class BillWriter:
    """Writes the bills of one run, block after block; of no run when they are paid ahead."""

    def __init__(
        self,
        contract: ContractTerms,
        *,
        run_id: int | None,
        kind: str,
        issued_on: date,
        reduces: bool = True,
    ) -> None:
        self.bills = self.charges = self.amount_fen = 0
        self._contract = contract
        self._common = {
            "community_id": contract.community_id, "run_id": run_id, "kind": kind, "issued_on": issued_on,
        }  # fmt: skip
        self._issued_on = issued_on
        self._late_fee = LateFee(contract)
        self._notices = Notices(contract, issued_on=issued_on)
        self._tails: dict[int, str] = {}
        self._snapshots: dict[tuple[int, Priced], str] = {}
        self._vacant = standing_in(contract.community_id) if reduces else {}

    def write(self, bills: list[NewBill]) -> list[int]:
        """Bills, charges and notices of a block; the bills' ids. Overtaken when any of it exists already."""
        if not bills:
            return []
        accounts = self._accounts(bills)
        bill_ids = next_ids("charges_bill_id_seq", len(bills))
        charge_ids = next_ids("charges_charge_id_seq", sum(len(bill.lines) for bill in bills))
        numbers = self._numbers(len(bills))
        dues = [min([line.debt.due_on for line in bill.lines]) for bill in bills]
        self._insert_bills(bills, accounts, bill_ids, numbers, dues)
        self._insert_charges(bills, accounts, bill_ids, charge_ids)
        _insert_uses(bills, charge_ids)
        offs = self._reduce(bills, accounts, charge_ids)
        self._queue(bills, accounts, bill_ids, charge_ids, numbers, dues, offs)
        self.bills += len(bills)
        self.charges += len(charge_ids)
        self.amount_fen += sum(bill.amount_fen for bill in bills)
        return bill_ids

    def _accounts(self, bills: list[NewBill]) -> list[int]:
        missing = [(bill.unit_id, bill.payer.party_id) for bill in bills if bill.payer.account_id is None]
        opened = open_accounts(pairs=missing, opened_on=self._issued_on)
        return [bill.payer.account_id or opened[bill.unit_id, bill.payer.party_id] for bill in bills]

    def _numbers(self, count: int) -> list[str]:
        year, code = self._issued_on.year, self._contract.community_code
        first = take_numbers(community_id=self._contract.community_id, series=SERIES, year=year, count=count)
        return [document_number(SERIES, code, year, first + i) for i in range(count)]

    def _insert_bills(
        self, bills: list[NewBill], accounts: list[int], ids: list[int], numbers: list[str], dues: list[date]
    ) -> None:
        periods = [hull(bill) for bill in bills]
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "account_id": accounts,
            "number": numbers,
            "starts_on": [period.start for period in periods],
            "ends_on": [period.end for period in periods],
            "due_on": dues,
            "amount_fen": [bill.amount_fen for bill in bills],
        }
        _insert("insert_bills", self._common, columns)

    def _insert_charges(
        self, bills: list[NewBill], accounts: list[int], bill_ids: list[int], ids: list[int]
    ) -> None:
        lines = [
            (line, bill.unit_id, account, bill_id)
            for bill, account, bill_id in zip(bills, accounts, bill_ids, strict=True)
            for line in bill.lines
        ]
        fee, debts = self._late_fee, [line.debt for line, *_rest in lines]
        bearing = [line.item.bears_late_fee for line, *_rest in lines]
        periods = [debt.period for debt in debts]
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "account_id": [account for _line, _unit, account, _bill in lines],
            "unit_id": [unit for _line, unit, _account, _bill in lines],
            "fee_item_id": [line.item.fee_item_id for line, *_rest in lines],
            "bill_id": [bill_id for *_rest, bill_id in lines],
            "starts_on": [period.start for period in periods],
            "ends_on": [period.end for period in periods],
            "due_on": [debt.due_on for debt in debts],
            "amount_fen": [debt.priced.total_fen for debt in debts],
            "late_fee_rate": [fee.rate if bears else _ZERO for bears in bearing],
            "late_fee_from": [debt.due_on + fee.grace for debt in debts],
            "late_fee_cap_fen": [fee.cap_fen(debt.priced.total_fen) for debt in debts],
            "snapshot": [self._snapshot(line.item, line.debt.priced) for line, *_rest in lines],
        }
        _insert("insert_charges", {**self._common, "kind": Charge.Kind.PERIODIC}, columns)

    def _reduce(
        self, bills: list[NewBill], accounts: list[int], charge_ids: list[int]
    ) -> Mapping[int, LetOff]:
        """Let off what empty homes need not pay, by charge; a community without any does nothing."""
        if not self._vacant.keys() & set(accounts):
            return {}
        lines = [
            (account, line) for bill, account in zip(bills, accounts, strict=True) for line in bill.lines
        ]
        offs: dict[int, LetOff] = {}
        for (account, line), charge_id in zip(lines, charge_ids, strict=True):
            standing = self._vacant.get(account, ())
            if standing and not line.item.pass_through:
                snapshot = json.loads(line.debt.priced.snapshot_json())
                if fen := off_of(snapshot, standing):
                    offs[charge_id] = let_off(charge_id, fen, standing[-1])
        lock_accounts({account for account in accounts if account in self._vacant})
        adjust_charges(wanted=list(offs.values()), on=self._issued_on, at=start_of(self._issued_on))
        return offs

    def _queue(
        self,
        bills: list[NewBill],
        accounts: list[int],
        bill_ids: list[int],
        charge_ids: list[int],
        numbers: list[str],
        dues: list[date],
        offs: Mapping[int, LetOff],
    ) -> None:
        drafts, at = [], 0
        for bill, account, bill_id, number, due in zip(bills, accounts, bill_ids, numbers, dues, strict=True):
            mine = tuple(charge_ids[at : at + len(bill.lines)])
            at += len(mine)
            drafts.append(
                self._notices.draft(
                    bill,
                    bill_id=bill_id,
                    number=number,
                    account_id=account,
                    due_on=due,
                    charge_ids=mine,
                    offs=[offs.get(charge_id) for charge_id in mine] if offs else (),
                )
            )
        queue(drafts)

    def _snapshot(self, item: PricedItem, priced: Calculation) -> str:
        """The calculation as text; units of one area share it, a meter's is its own."""
        if not isinstance(priced, Priced):
            return priced.snapshot_json()[:-1] + self._tail(item)
        found = self._snapshots.get((item.tariff_id, priced))
        if found is None:
            found = self._snapshots[item.tariff_id, priced] = priced.snapshot_json()[:-1] + self._tail(item)
        return found

    def _tail(self, item: PricedItem) -> str:
        """The end of a snapshot: what is the same for every charge of a tariff."""
        found = self._tails.get(item.tariff_id)
        if found is None:
            said: dict[str, Any] = {
                "tariff": {"id": max(item.tariff_id, 0) or None, "name": item.tariff},
                "fee_item": {"code": item.fee_item_code, "name": item.fee_item},
            }
            if item.measure:
                said["measure"] = item.measure
            if item.bears_late_fee and self._late_fee.rate:
                said["late_fee"] = self._late_fee.said
            text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            found = self._tails[item.tariff_id] = "," + text[1:]
        return found


def next_ids(sequence: str, count: int) -> list[int]:
    """New ids from a table's sequence."""
    return [row[0] for row in sql.rows(PACKAGE, "next_ids", {"sequence": sequence, "count": count})]


def _insert_uses(bills: list[NewBill], charge_ids: list[int]) -> None:
    """Which readings the block's charges were made of; most blocks have none."""
    lines = [line for bill in bills for line in bill.lines]
    uses = [
        (charge_id, part)
        for charge_id, line in zip(charge_ids, lines, strict=True)
        if isinstance(line.debt.priced, Metered)
        for part in line.debt.priced.parts_billed
    ]
    if uses:
        columns = {
            "charge_id": [charge_id for charge_id, _part in uses],
            "meter_id": [part.meter.meter_id for _charge, part in uses],
            "before_id": [part.before.reading_id for _charge, part in uses],
            "now_id": [part.now.reading_id for _charge, part in uses],
            "usage_milli": [part.usage_milli for _charge, part in uses],
        }
        sql.run(PACKAGE, "insert_meter_uses", columns)


def _insert(statement: str, common: dict[str, Any], columns: Mapping[str, Sequence[Any]]) -> None:
    # The lock of the issue keeps others away, so a conflict is rare: the constraint says it, as an error.
    try:
        sql.run(PACKAGE, statement, {**common, **columns})
    except IntegrityError as error:
        if getattr(error.__cause__, "pgcode", None) not in _TAKEN:
            raise
        raise Overtaken(
            _("Some of these bills were issued a moment ago. Nothing was changed; start again.")
        ) from error
