"""What an account owes as of a value date, and where an amount would go. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charges import queries as charges
from billing.charges.rules.court_safe import CourtTerms
from billing.payments.queries.credit import credit_of
from billing.payments.queries.offered import allocate, as_offered, sum_of
from billing.payments.rules import allocation
from billing.payments.rules.till import Booked, book
from tenancy.kernel.errors import Conflict
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
    court_safe_fen: int
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
    """An account at the counter: oldest first, what is owed, where the amount goes, what is left over.

    `off_fen`: what offers for a whole year let off when this is paid; the lines are less it already.
    """

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
    off_fen: int = 0

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
    def court_safe_fen(self) -> int:
        """What of the late fee a court will likely grant."""
        return sum(line.court_safe_fen for line in self.lines)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Money:
    """What lies on the counter, and for what; how much of it is booked depends on what is asked for."""

    amount_fen: int | None
    received_fen: int | None
    is_cash: bool
    ticked: Collection[int]
    paid_on: date
    principal_first: bool

    def booked(self, opened: Sequence[charges.OpenCharge]) -> Booked:
        """What of it is paid in for these charges."""
        if self.amount_fen is not None and self.received_fen is None:
            return Booked(self.amount_fen, None)
        return book(
            due_fen=sum_of(opened, self.ticked),
            amount_fen=self.amount_fen,
            received_fen=self.received_fen,
            is_cash=self.is_cash,
        )

    def pay(self, opened: Sequence[charges.OpenCharge]) -> allocation.Allocation:
        """Where it goes."""
        return allocate(
            opened,
            amount_fen=self.booked(opened).amount_fen,
            paid_on=self.paid_on,
            designated=self.ticked,
            principal_first=self.principal_first,
        )


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
    opened, _offers, birds = open_of(account_id, paid_on)
    ticked = {charge.charge_id for charge in opened} if designated is None else set(designated)
    check_open(opened, ticked)
    money = _Money(
        amount_fen=amount_fen,
        received_fen=received_fen,
        is_cash=is_cash,
        ticked=ticked,
        paid_on=paid_on,
        principal_first=card.community_id in charges.pays_principal_first(paid_on),
    )
    court = charges.court_terms(card.community_id, on=paid_on)
    asked_fen, opened = sum_of(opened, ticked), as_offered(opened, birds, pay=money.pay)
    found, booked = money.pay(opened), money.booked(opened)
    return Preview(
        account_id=account_id,
        unit_id=card.unit_id,
        community_id=card.community_id,
        unit_code=card.unit_code,
        party_name=card.party_name,
        paid_on=paid_on,
        lines=_lines(opened, ticked, found, paid_on, court),
        amount_fen=booked.amount_fen,
        off_fen=asked_fen - sum_of(opened, ticked),
        credit_fen=found.credit_fen,
        held_credit_fen=credit_of([account_id])[account_id],
        tendered_fen=tendered_fen if received_fen is None else booked.tendered_fen,
    )


class Opened(NamedTuple):
    """What an account owes as of a day, oldest first, and the offers that its payment could meet."""

    charges: list[charges.OpenCharge]
    offers: Sequence[charges.Offered] = ()
    birds: Sequence[charges.EarlyBird] = ()

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return sum(charge.owed_fen for charge in self.charges)


def open_of(account_id: int, paid_on: date) -> Opened:
    """What the account owes with the late fee of the value date."""
    return open_of_each([account_id], paid_on)[account_id]


def open_of_each(account_ids: Collection[int], paid_on: date) -> dict[int, Opened]:
    """The same for many accounts; every one asked for is in the answer."""
    offers = charges.offers_of(account_ids, day=paid_on)
    birds = charges.early_birds(account_ids, day=paid_on)
    found = {pk: Opened([], offers.get(pk, ()), birds.get(pk, ())) for pk in account_ids}
    offered = {offer.charge_id for each in offers.values() for offer in each}
    opened = charges.open_charges(account_ids=list(found), as_of=paid_on)
    for charge in opened:
        counted = _as_it_was(charge, paid_on)
        if charge.charge_id in offered:
            # Nobody is asked for it while the offer stands: paid in whole by its last day, it is let off.
            counted = counted._replace(late_fee_fen=0)
        if counted.owed_fen > 0:
            found[charge.account_id].charges.append(counted)
    return found


def _as_it_was(charge: charges.OpenCharge, paid_on: date) -> charges.OpenCharge:
    """A charge whose late fee is settled up to a later day: counted again up to this one."""
    if not charge.late_fee_fen or charge.late_fee_from <= paid_on:
        return charge
    why = charges.charge_why(charge.charge_id, as_of=paid_on)
    gone_fen = why.late_fee_paid_fen + why.late_fee_waived_fen
    return charge._replace(late_fee_fen=max(why.late_fee_total_fen - gone_fen, 0), fen_days=why.fen_days)


def check_open(opened: Sequence[charges.OpenCharge], designated: Collection[int]) -> None:
    """NotOpen when a ticked charge is not among the open ones."""
    if set(designated) - {charge.charge_id for charge in opened}:
        raise NotOpen(_("A ticked charge was paid or changed meanwhile. Look again."), field="designated")


def _lines(
    opened: Sequence[charges.OpenCharge],
    ticked: Collection[int],
    found: allocation.Allocation,
    paid_on: date,
    court: CourtTerms,
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
            court_safe_fen=charges.court_safe(charge, court),
            ticked=charge.charge_id in ticked,
            to_late_fee_fen=paid.get((charge.charge_id, allocation.Part.LATE_FEE), 0),
            to_principal_fen=paid.get((charge.charge_id, allocation.Part.PRINCIPAL), 0),
        )
        for charge in opened
    )
