"""What is owed: open charges with their late fee as of a day, and sums by account."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import F, Q

from billing.charges.models import Charge
from billing.charges.rules import late_fee
from billing.charges.rules.late_fee import (
    Pause,
    Running,
    Terms,
    cap_as_issued,
    rate_to_e8,
    to_e8,
)
from tenancy.kernel import sql
from values.period import Period

PACKAGE: Final = "billing.charges"
OPEN = Q(settled_fen__lt=F("amount_fen"))


class OpenCharge(NamedTuple):
    """A charge of which something is unpaid. `late_fee_fen` is outstanding as of the day asked for.

    `fee_item` is its name; `rate_e8` the daily late-fee rate x 1e8; `bill_number` empty without a bill.
    `fen_days`: unpaid principal x days that its late fee ran for; `late_fee_paid_fen` of it is paid.
    `late_fee_from`: up to when its late fee is settled: by money, a waiver or a pause.
    """

    charge_id: int
    account_id: int
    unit_id: int
    community_id: int
    fee_item: str
    kind: str
    period: Period
    issued_on: date
    due_on: date
    amount_fen: int
    unpaid_fen: int
    late_fee_fen: int
    rate_e8: int
    bill_id: int | None
    bill_number: str
    snapshot_json: str
    fee_item_id: int
    fee_item_code: str
    late_fee_from: date
    fen_days: int = 0
    late_fee_paid_fen: int = 0

    @property
    def is_cost(self) -> bool:
        """Whether it is what pursuing the account has cost."""
        return self.kind == Charge.Kind.COST

    @property
    def snapshot(self) -> dict[str, Any]:
        """The calculation it was issued with; read only where it is shown."""
        said: dict[str, Any] = json.loads(self.snapshot_json)
        return said

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return self.unpaid_fen + self.late_fee_fen


class Owed(NamedTuple):
    """What an account owes. `overdue_fen`: unpaid principal past due; `months`: how many it is for."""

    principal_fen: int
    late_fee_fen: int
    overdue_fen: int
    oldest_due_on: date | None
    months: int

    @property
    def total_fen(self) -> int:
        """Principal and late fee."""
        return self.principal_fen + self.late_fee_fen


NOTHING = Owed(0, 0, 0, None, 0)


def open_charges(*, account_ids: Sequence[int], as_of: date) -> list[OpenCharge]:
    """Charges with unpaid principal or late fee, oldest due first."""
    found = sql.rows(PACKAGE, "open_charges", {"account_ids": list(account_ids)})
    rows = [_open_charge(row, as_of) for row in found]
    return [row for row in rows if row.owed_fen > 0]


def open_on_days(wanted: Mapping[date, Collection[int]]) -> dict[date, list[OpenCharge]]:
    """The same for many days, each with accounts of its own: read once, counted for each day."""
    ids = sorted({account_id for account_ids in wanted.values() for account_id in account_ids})
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sql.rows(PACKAGE, "open_charges", {"account_ids": ids}) if ids else ():
        rows[row[1]].append(row)
    return {
        day: [
            charge
            for account_id in account_ids
            for row in rows.get(account_id, ())
            if (charge := _open_charge(row, day)).owed_fen > 0
        ]
        for day, account_ids in wanted.items()
    }


def owed(*, account_ids: Sequence[int], as_of: date) -> dict[int, Owed]:
    """What each account owes; every account asked for is in the answer."""
    by_account: dict[int, list[OpenCharge]] = {account_id: [] for account_id in account_ids}
    for row in open_charges(account_ids=account_ids, as_of=as_of):
        by_account[row.account_id].append(row)
    return {account_id: sum_up(rows, as_of=as_of) for account_id, rows in by_account.items()}


def sum_up(rows: Iterable[OpenCharge], *, as_of: date) -> Owed:
    """Sums over open charges; past due is what had to be paid before the day."""
    rows = list(rows)
    late = [row for row in rows if row.due_on < as_of and row.unpaid_fen > 0]
    months = {month.start for row in late for month in row.period.months()}
    return Owed(
        principal_fen=sum(row.unpaid_fen for row in rows),
        late_fee_fen=sum(row.late_fee_fen for row in rows),
        overdue_fen=sum(row.unpaid_fen for row in late),
        oldest_due_on=min((row.due_on for row in late), default=None),
        months=len({(start.year, start.month) for start in months}),
    )


def open_charge(charge: Charge, *, as_of: date) -> OpenCharge:
    """A row (with bill and fee item at hand) as plain data."""
    return OpenCharge(
        charge_id=charge.pk,
        account_id=charge.account_id,
        unit_id=charge.unit_id,
        community_id=charge.community_id,
        fee_item=charge.fee_item.name,
        kind=charge.kind,
        period=Period(charge.period.lower, charge.period.upper),
        issued_on=charge.issued_on,
        due_on=charge.due_on,
        amount_fen=charge.amount_fen,
        unpaid_fen=charge.amount_fen - charge.settled_fen,
        late_fee_fen=late_fee_owed(charge, as_of=as_of),
        rate_e8=rate_to_e8(charge.late_fee_rate),
        bill_id=charge.bill_id,
        bill_number=charge.bill.number if charge.bill else "",
        snapshot_json=json.dumps(charge.snapshot, ensure_ascii=False),
        fee_item_id=charge.fee_item_id,
        fee_item_code=charge.fee_item.code,
        late_fee_from=charge.late_fee_from,
        fen_days=late_fee.fen_days(terms_of(charge), running_of(charge), as_of=as_of),
        late_fee_paid_fen=charge.late_fee_paid_fen,
    )


def terms_of(charge: Charge) -> Terms:
    """The late-fee terms a charge was issued with; grace and cap stand in its snapshot."""
    said = charge.snapshot.get("late_fee") or {}
    return Terms(
        due_on=charge.due_on,
        rate_e8=rate_to_e8(charge.late_fee_rate),
        original_fen=charge.amount_fen,
        grace_days=int(said.get("grace_days", 0)),
        cap_e4=cap_as_issued(said.get("cap_ratio"), charge.late_fee_cap_fen, charge.amount_fen),
    )


def running_of(charge: Charge) -> Running:
    """Where the late fee of a charge stands."""
    unpaid = charge.amount_fen - charge.settled_fen
    return Running(to_e8(charge.late_fee_settled), charge.late_fee_from, unpaid)


def moves_of(charge: Charge) -> list[late_fee.Movement]:
    """What its principal was lowered by, and when."""
    moved = [row for row in charge.movements.all() if row.principal_fen]
    return [late_fee.Movement(row.on, row.principal_fen) for row in moved]


def pauses_of(charge_ids: Iterable[int]) -> dict[int, list[Pause]]:
    """The days without late fee of some charges; only those that have any."""
    found: dict[int, list[Pause]] = {}
    for charge_id, *days in sql.rows(PACKAGE, "pauses", {"charge_ids": list(charge_ids)}):
        found.setdefault(charge_id, []).append(Pause(*days))
    return found


def late_fee_owed(charge: Charge, *, as_of: date) -> int:
    """The outstanding late fee as of a day, in fen."""
    return late_fee.outstanding_fen(
        terms_of(charge),
        running_of(charge),
        as_of=as_of,
        paid_fen=charge.late_fee_paid_fen,
        waived_fen=charge.late_fee_waived_fen,
    )


def _open_charge(row: tuple[Any, ...], as_of: date) -> OpenCharge:
    """A row of open_charges.sql. Where no late fee is agreed none is reckoned."""
    (
        charge_id, account_id, unit_id, community_id, fee_item, kind, starts_on, ends_on, issued_on, due_on,
        amount_fen, unpaid_fen, rate_e8, bill_id, bill_number, snapshot_json, fee_item_id, fee_item_code,
        from_on, settled_e8, cap_fen, gone_fen, cap_ratio, grace_days, paid_fen,
    ) = row  # fmt: skip
    late_fee_fen = fen_days = 0
    if rate_e8 or settled_e8:
        cap_e4 = cap_as_issued(cap_ratio, cap_fen, amount_fen)
        terms = Terms(due_on, rate_e8, amount_fen, grace_days, cap_e4)
        running = Running(settled_e8, from_on, unpaid_fen)
        late_fee_fen = late_fee.outstanding_fen(terms, running, as_of=as_of, paid_fen=gone_fen)
        fen_days = late_fee.fen_days(terms, running, as_of=as_of)
    return OpenCharge(
        charge_id, account_id, unit_id, community_id, fee_item, kind, Period(starts_on, ends_on), issued_on,
        due_on, amount_fen, unpaid_fen, late_fee_fen, rate_e8, bill_id, bill_number, snapshot_json,
        fee_item_id, fee_item_code, from_on, fen_days, paid_fen,
    )  # fmt: skip
