"""The statement of a unit: what its accounts owe and what they have paid off, as of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from billing.charges.models import Charge
from billing.charges.queries.accounts import AccountCard, AccountRow, account_card, accounts_of_unit
from billing.charges.queries.court_safe import court_safe, court_safe_sum, court_terms
from billing.charges.queries.open import NOTHING, OpenCharge, Owed, open_charge, open_charges, sum_up
from billing.charges.queries.relief import Offered, offers_of
from billing.charges.rules.court_safe import CourtTerms
from owners.queries import joint_debtors, unit_header
from values.period import Period


class StatementLine(NamedTuple):
    """One charge. `days_late`: 0 where it is paid or not due yet; `court_safe_fen`: of its late fee."""

    charge_id: int
    bill_id: int | None
    bill_number: str
    kind: str
    fee_item: str
    period: Period
    issued_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    unpaid_fen: int
    late_fee_fen: int
    court_safe_fen: int
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether money is owed past its due day."""
        return self.days_late > 0

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return self.unpaid_fen + self.late_fee_fen


@dataclass(frozen=True, slots=True)
class AccountOwed:
    """An account with its open charges, oldest due first."""

    card: AccountCard
    as_of: date
    owed: Owed
    charges: tuple[OpenCharge, ...]
    court_safe_fen: int


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """One account of the unit: open charges oldest first, settled ones newest first."""

    account_id: int
    party_id: int
    party_name: str
    is_current: bool
    owed: Owed
    offers: tuple[Offered, ...]
    open: tuple[StatementLine, ...]
    settled: tuple[StatementLine, ...]
    joint: tuple[str, ...] = ()

    @property
    def court_safe_fen(self) -> int:
        """What of the late fee a court will likely grant."""
        return sum(line.court_safe_fen for line in self.open)

    @property
    def is_late(self) -> bool:
        """Whether anything is past due."""
        return self.owed.overdue_fen > 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A unit's debts by who owes them; whoever owes now comes first."""

    unit_id: int
    as_of: date
    owed: Owed
    accounts: tuple[AccountStatement, ...]

    @property
    def court_safe_fen(self) -> int:
        """What of all late fee a court will likely grant."""
        return sum(account.court_safe_fen for account in self.accounts)


def statement(unit_id: int, as_of: date) -> Statement:
    """The statement as of a day: charges issued until then. NotFound for a unit that is not there."""
    court = court_terms(unit_header(unit_id).community_id, on=as_of)
    charges = (
        Charge.objects.filter(unit_id=unit_id, reversed_on=None, issued_on__lte=as_of)
        .select_related("bill", "fee_item")
        .order_by("account_id", "due_on", "pk")
    )
    by_account = {key: list(rows) for key, rows in groupby(charges, key=lambda charge: charge.account_id)}
    rows = accounts_of_unit(unit_id)
    offers = offers_of([row.account_id for row in rows], day=as_of)
    accounts = [
        _account(row, by_account.get(row.account_id, []), offers.get(row.account_id, []), as_of, court)
        for row in rows
    ]
    liable = joint_debtors(unit_ids=[unit_id])
    accounts = [
        replace(one, joint=tuple(dict.fromkeys(j.name for j in liable.get((unit_id, one.party_id), ()))))
        for one in accounts
    ]
    accounts.sort(key=lambda account: (not account.is_current, -account.owed.total_fen))
    return Statement(unit_id, as_of, _total([account.owed for account in accounts]), tuple(accounts))


def account_owed(account_id: int, *, as_of: date) -> AccountOwed:
    """What one account owes; NotFound where it is not (or not yours)."""
    card = account_card(account_id)
    rows = open_charges(account_ids=[account_id], as_of=as_of)
    court = court_terms(card.community_id, on=as_of)
    return AccountOwed(card, as_of, sum_up(rows, as_of=as_of), tuple(rows), court_safe_sum(rows, court))


def _account(
    account: AccountRow, charges: list[Charge], offers: list[Offered], as_of: date, court: CourtTerms
) -> AccountStatement:
    rows = [open_charge(charge, as_of=as_of) for charge in charges]
    lines = [_line(row, as_of, court) for row in rows]
    return AccountStatement(
        account_id=account.account_id,
        party_id=account.party_id,
        party_name=account.party_name,
        is_current=account.closed_on is None,
        owed=sum_up([row for row in rows if row.owed_fen > 0], as_of=as_of),
        offers=_by_waiver(offers),
        open=tuple(line for line in lines if line.owed_fen > 0),
        settled=tuple(line for line in reversed(lines) if line.owed_fen == 0),
    )


def _by_waiver(offers: list[Offered]) -> tuple[Offered, ...]:
    """One line for each waiver: the sum of its charges."""
    sums: dict[int, Offered] = {}
    for offer in offers:
        known = sums.get(offer.waiver_id)
        sums[offer.waiver_id] = (
            offer if known is None else known._replace(amount_fen=known.amount_fen + offer.amount_fen)
        )
    return tuple(sums.values())


def _line(row: OpenCharge, as_of: date, court: CourtTerms) -> StatementLine:
    return StatementLine(
        charge_id=row.charge_id,
        bill_id=row.bill_id,
        bill_number=row.bill_number,
        kind=row.kind,
        fee_item=row.fee_item,
        period=row.period,
        issued_on=row.issued_on,
        due_on=row.due_on,
        amount_fen=row.amount_fen,
        settled_fen=row.amount_fen - row.unpaid_fen,
        unpaid_fen=row.unpaid_fen,
        late_fee_fen=row.late_fee_fen,
        court_safe_fen=court_safe(row, court),
        days_late=max((as_of - row.due_on).days, 0) if row.owed_fen > 0 else 0,
    )


def _total(parts: list[Owed]) -> Owed:
    if not parts:
        return NOTHING
    return Owed(
        principal_fen=sum(part.principal_fen for part in parts),
        late_fee_fen=sum(part.late_fee_fen for part in parts),
        overdue_fen=sum(part.overdue_fen for part in parts),
        oldest_due_on=min((part.oldest_due_on for part in parts if part.oldest_due_on), default=None),
        months=max(part.months for part in parts),
    )
