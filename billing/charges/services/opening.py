"""Opening arrears: what was owed before the first run, one charge per calendar month."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billing.charges.models import Charge, FeeItem
from billing.charges.queries.contracts import ContractTerms, contracts
from billing.charges.rules.due import DEFAULT_RULE, due_on
from billing.charges.services.accounts import PACKAGE, open_accounts
from billing.charges.services.issue import lock_issue
from billing.charges.services.writing import LateFee
from tenancy.kernel import sql
from values.fen import split_floor_last
from values.period import Period

_BLOCK = 5000


class OpeningDebt(NamedTuple):
    """One row of an arrears list: who owes how much for which months of what. `period`: whole months."""

    unit_id: int
    party_id: int
    fee_item_id: int
    period: Period
    amount_fen: int
    source: str = ""


class Opened(NamedTuple):
    """What was made. `known`: months that were charged already and stay as they are."""

    charges: int
    amount_fen: int
    known: int


class _Month(NamedTuple):
    debt: OpeningDebt
    period: Period
    amount_fen: int


def opening_charges(*, community_id: int, debts: Sequence[OpeningDebt], as_of: date) -> Opened:
    """One charge per calendar month of each debt: equal fen, the last takes the remainder.

    Due by the community's rule for that month, before its first contract by the present one. A late fee runs
    only by a contract in force in that month: no clause, no late fee.
    Doing it again makes nothing.
    """
    lock_issue(community_id)
    opener = _Opener(community_id, as_of)
    months = [month for debt in debts for month in _months(debt)]
    made = fen = 0
    for at in range(0, len(months), _BLOCK):
        block = months[at : at + _BLOCK]
        fresh = opener.write(block)
        made += len(fresh)
        fen += sum(fresh)
    return Opened(made, fen, len(months) - made)


def _months(debt: OpeningDebt) -> Iterator[_Month]:
    pieces = debt.period.months()
    for period, amount in zip(pieces, split_floor_last(debt.amount_fen, len(pieces)), strict=True):
        if amount > 0:
            yield _Month(debt, period, amount)


class _Opener:
    """Writes blocks of opening charges."""

    def __init__(self, community_id: int, as_of: date) -> None:
        self._common = {
            "community_id": community_id, "kind": Charge.Kind.OPENING.value, "issued_on": as_of,
        }  # fmt: skip
        self._as_of = as_of
        self._contracts = contracts(community_id)
        self._items = {item.pk: item for item in FeeItem.objects.all()}
        self._fees: dict[int | None, LateFee] = {}

    def write(self, months: list[_Month]) -> list[int]:
        """The amounts of the charges that were new."""
        pairs = list({(month.debt.unit_id, month.debt.party_id) for month in months})
        accounts = open_accounts(pairs=pairs, opened_on=self._as_of)
        columns: dict[str, list[int | str | date | Decimal]] = {
            "account_id": [accounts[month.debt.unit_id, month.debt.party_id] for month in months],
            "unit_id": [month.debt.unit_id for month in months],
            "fee_item_id": [month.debt.fee_item_id for month in months],
            "starts_on": [month.period.start for month in months],
            "ends_on": [month.period.end for month in months],
            "amount_fen": [month.amount_fen for month in months],
        }
        for name in ("due_on", "late_fee_rate", "late_fee_from", "late_fee_cap_fen", "snapshot"):
            columns[name] = []
        for month in months:
            self._terms(month, columns)
        return [row[0] for row in sql.rows(PACKAGE, "insert_opening", {**self._common, **columns})]

    def _terms(self, month: _Month, columns: dict[str, list[int | str | date | Decimal]]) -> None:
        start, item = month.period.start, self._items[month.debt.fee_item_id]
        contract, fee = self._contract(start), self._fee(self._in_force(start))
        bears = item.bears_late_fee and fee.rate > 0
        due = due_on(
            month.period, in_arrears=item.in_arrears, rule=contract.due_rule if contract else DEFAULT_RULE
        )
        columns["due_on"].append(due)
        columns["late_fee_rate"].append(fee.rate if bears else Decimal(0))
        columns["late_fee_from"].append(due + fee.grace)
        columns["late_fee_cap_fen"].append(fee.cap_fen(month.amount_fen))
        columns["snapshot"].append(_snapshot(month, item, fee if bears else None))

    def _contract(self, day: date) -> ContractTerms | None:
        """The contract of that day; before the first one known, the one in force now, or the latest."""
        latest = self._contracts[0] if self._contracts else None
        return self._in_force(day) or self._in_force(self._as_of) or latest

    def _in_force(self, day: date) -> ContractTerms | None:
        return next((terms for terms in self._contracts if terms.holds_on(day)), None)

    def _fee(self, contract: ContractTerms | None) -> LateFee:
        key = contract.contract_id if contract else None
        if key not in self._fees:
            self._fees[key] = LateFee(contract)
        return self._fees[key]


def _snapshot(month: _Month, item: FeeItem, fee: LateFee | None) -> str:
    said = {
        "opening": {
            "period": str(month.debt.period),
            "amount_fen": month.debt.amount_fen,
            "months": len(month.debt.period.months()),
            "source": month.debt.source,
        },
        "period": str(month.period),
        "total_fen": month.amount_fen,
        "fee_item": {"code": item.code, "name": item.name},
        **({"late_fee": fee.said} if fee else {}),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
