"""What an account owes as of a value date, and where an amount would go. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charges import queries as charges
from billing.payments.queries.credit import credit_of
from billing.payments.rules import allocation
from billing.payments.rules.till import book
from tenancy.kernel.errors import Conflict
from values.fen import Fen
from values.period import Period


class NotOpen(Conflict):
    """A ticked charge is not open in this account."""

    code = "payments.charge_not_open"


class PreviewLine(NamedTuple):
    """An open charge, and what of the amount would pay it."""

    charge_id: int
    fee_item: str
    period: Period
    bill_number: str
    due_on: date
    is_late: bool
    unpaid_fen: int
    late_fee_fen: int
    ticked: bool
    to_late_fee_fen: int
    to_principal_fen: int

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return self.unpaid_fen + self.late_fee_fen

    @property
    def paid_fen(self) -> int:
        """What the amount would pay of it."""
        return self.to_late_fee_fen + self.to_principal_fen

    @property
    def left_fen(self) -> int:
        """What would stay open."""
        return self.owed_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class Preview:
    """An account at the counter: oldest first, what is owed, where the amount goes, what is left over."""

    account_id: int
    unit_id: int
    community_id: int
    unit_code: str
    party_name: str
    paid_on: date
    lines: tuple[PreviewLine, ...]
    amount_fen: int
    credit_fen: int
    held_credit_fen: int
    tendered_fen: int | None = None

    @property
    def change_fen(self) -> int | None:
        """What goes back over the counter; None without cash, or when it is not enough."""
        if self.tendered_fen is None or self.tendered_fen < self.amount_fen:
            return None
        return self.tendered_fen - self.amount_fen

    @property
    def short_fen(self) -> int:
        """What the cash tendered lacks."""
        return 0 if self.tendered_fen is None else max(self.amount_fen - self.tendered_fen, 0)

    @property
    def owed_fen(self) -> int:
        """All that is open, late fee included."""
        return sum(line.owed_fen for line in self.lines)

    @property
    def unpaid_fen(self) -> int:
        """Principal only."""
        return sum(line.unpaid_fen for line in self.lines)

    @property
    def late_fee_fen(self) -> int:
        """Late fee only."""
        return sum(line.late_fee_fen for line in self.lines)

    @property
    def left_fen(self) -> int:
        """What would stay open after this amount."""
        return sum(line.left_fen for line in self.lines)

    @property
    def paid_fen(self) -> int:
        """What of the amount pays charges; the rest becomes credit."""
        return sum(line.paid_fen for line in self.lines)

    @property
    def usable_credit_fen(self) -> int:
        """What of the held credit could be used now."""
        return min(self.held_credit_fen, self.owed_fen)


def preview_allocation(
    *,
    account_id: int,
    paid_on: date,
    amount_fen: int | None = None,
    designated: Collection[int] | None = None,
    tendered_fen: int | None = None,
    received_fen: int | None = None,
    is_cash: bool = True,
) -> Preview:
    """Where `amount_fen` would go; None takes what is ticked. `designated` None: everything is ticked.

    `received_fen`: the money on the counter; what of it is booked and what is change `rules.till` says.
    NotFound for an account that is not there, NotOpen for a ticked charge that is not open in it.
    """
    card = charges.account_card(account_id)
    opened = open_of(account_id, paid_on)
    ticked = {charge.charge_id for charge in opened} if designated is None else set(designated)
    check_open(opened, ticked)
    if amount_fen is None or received_fen is not None:
        due_fen = sum_of(opened, ticked)
        amount_fen, received_fen = book(
            due_fen=due_fen, amount_fen=amount_fen, received_fen=received_fen, is_cash=is_cash
        )
    found = allocate(
        opened,
        amount_fen=amount_fen,
        paid_on=paid_on,
        designated=ticked,
        principal_first=card.community_id in charges.pays_principal_first(paid_on),
    )
    return Preview(
        account_id=account_id,
        unit_id=card.unit_id,
        community_id=card.community_id,
        unit_code=card.unit_code,
        party_name=card.party_name,
        paid_on=paid_on,
        lines=_lines(opened, ticked, found, paid_on),
        amount_fen=amount_fen,
        credit_fen=found.credit_fen,
        held_credit_fen=credit_of([account_id])[account_id],
        tendered_fen=tendered_fen if received_fen is None else received_fen,
    )


def open_of(account_id: int, paid_on: date) -> list[charges.OpenCharge]:
    """The account's open charges with the late fee of the value date, oldest first."""
    return open_of_each([account_id], paid_on)[account_id]


def open_of_each(account_ids: Collection[int], paid_on: date) -> dict[int, list[charges.OpenCharge]]:
    """The same for many accounts; every one asked for is in the answer."""
    by_account: dict[int, list[charges.OpenCharge]] = {account_id: [] for account_id in account_ids}
    opened = charges.open_charges(account_ids=list(by_account), as_of=paid_on)
    offered = {
        offer.charge_id for each in charges.offers_of(account_ids, day=paid_on).values() for offer in each
    }
    closed_later = charges.closed_after([c.charge_id for c in opened if c.late_fee_fen], day=paid_on)
    for charge in opened:
        found = _as_it_was(charge, paid_on) if charge.charge_id in closed_later else charge
        if charge.charge_id in offered:
            # Nobody is asked for it while the offer stands: paid in whole by its last day, it is let off.
            found = found._replace(late_fee_fen=0)
        if found.owed_fen > 0:
            by_account[charge.account_id].append(found)
    return by_account


def _as_it_was(charge: charges.OpenCharge, paid_on: date) -> charges.OpenCharge:
    """A charge whose late fee is settled up to a later day: count again up to this one."""
    why = charges.charge_why(charge.charge_id, as_of=paid_on)
    gone_fen = why.late_fee_paid_fen + why.late_fee_waived_fen
    return charge._replace(late_fee_fen=max(why.late_fee_total_fen - gone_fen, 0))


def check_open(opened: Sequence[charges.OpenCharge], designated: Collection[int]) -> None:
    """NotOpen when a ticked charge is not among the open ones."""
    if set(designated) - {charge.charge_id for charge in opened}:
        raise NotOpen(_("A ticked charge was paid or changed meanwhile. Look again."), field="designated")


def sum_of(opened: Sequence[charges.OpenCharge], ticked: Collection[int]) -> int:
    """What the ticked charges owe, late fee included."""
    return sum(charge.owed_fen for charge in opened if charge.charge_id in ticked)


def allocate(
    opened: Sequence[charges.OpenCharge],
    *,
    amount_fen: int,
    paid_on: date,
    designated: Collection[int],
    principal_first: bool,
) -> allocation.Allocation:
    """The rule, fed with open charges; nothing, or less, goes nowhere."""
    if amount_fen <= 0:
        return allocation.Allocation((), Fen(0))
    return allocation.allocate(
        [
            allocation.OpenCharge(
                c.charge_id, c.due_on, c.unpaid_fen, late_fee_fen=c.late_fee_fen, rate_e8=c.rate_e8
            )
            for c in opened
        ],
        amount_fen=amount_fen,
        paid_on=paid_on,
        designated=designated,
        principal_first=principal_first,
    )


def _lines(
    opened: Sequence[charges.OpenCharge], ticked: Collection[int], found: allocation.Allocation, paid_on: date
) -> tuple[PreviewLine, ...]:
    paid = {(line.charge_id, line.part): int(line.amount_fen) for line in found.lines}
    return tuple(
        PreviewLine(
            charge_id=charge.charge_id,
            fee_item=charge.fee_item,
            period=charge.period,
            bill_number=charge.bill_number,
            due_on=charge.due_on,
            is_late=charge.due_on < paid_on and charge.unpaid_fen > 0,
            unpaid_fen=charge.unpaid_fen,
            late_fee_fen=charge.late_fee_fen,
            ticked=charge.charge_id in ticked,
            to_late_fee_fen=paid.get((charge.charge_id, allocation.Part.LATE_FEE), 0),
            to_principal_fen=paid.get((charge.charge_id, allocation.Part.PRINCIPAL), 0),
        )
        for charge in opened
    )
