"""The one place that says what a payment pays; everything that moves money into charges comes through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from billing.charges import services as charges
from billing.charges.queries import OpenCharge, pays_principal_first
from billing.payments.models import Allocation, CreditEntry, Payment
from billing.payments.queries.history import charges_ever_paid
from billing.payments.queries.offered import allocate_offered
from billing.payments.queries.preview import Opened, check_open
from billing.payments.rules.allocation import Line, Part
from notices import services as notices
from tenancy.kernel import sql
from tenancy.kernel.scope import current_user_id

PACKAGE: Final = "billing.payments"


class Incoming(NamedTuple):
    """A payment just recorded, what its account owed on the value date, and what the payer ticked."""

    payment: Payment
    opened: Opened
    designated: Collection[int] = ()


class Spread(NamedTuple):
    """Where a payment goes; `opened`: what was asked of its account, less what its offers let off."""

    incoming: Incoming
    opened: Sequence[OpenCharge]
    lines: tuple[Line, ...]
    credit_fen: int

    @property
    def payment(self) -> Payment:
        """The payment itself."""
        return self.incoming.payment


def settle(incoming: Sequence[Incoming]) -> list[Spread]:
    """Allocate new payments, each to its account's open charges; what none could take becomes credit.

    The accounts must be locked, and no two payments be of one account: the second would pay what the first
    has paid. Open notices whose amounts are no longer true go back in the same transaction.
    """
    spreads = _spread(incoming)
    charges.refuse_own_waiver(
        charge_ids={line.charge_id for spread in spreads for line in spread.lines}, by_id=current_user_id()
    )
    _record(spreads)
    by_day: dict[date, list[charges.Settlement]] = defaultdict(list)
    for spread in spreads:
        by_day[spread.payment.paid_on] += _changes(spread.lines)
    for paid_on, changes in by_day.items():
        charges.settle_charges(changes=changes, paid_on=paid_on)
    _take_offers(incoming)
    _withdraw(spreads)
    return spreads


def _spread(incoming: Sequence[Incoming]) -> list[Spread]:
    # Without a late fee there is nothing that principal could come before.
    days = {one.payment.paid_on for one in incoming if any(c.late_fee_fen for c in one.opened.charges)}
    principal_first = {day: pays_principal_first(day) for day in days}
    spreads = []
    for one in incoming:
        payment = one.payment
        check_open(one.opened.charges, one.designated)
        opened, found = allocate_offered(
            one.opened.charges,
            one.opened.birds,
            amount_fen=payment.amount_fen,
            paid_on=payment.paid_on,
            designated=one.designated,
            principal_first=payment.community_id in principal_first.get(payment.paid_on, ()),
        )
        spreads.append(Spread(one, opened, found.lines, found.credit_fen))
    return spreads


def _record(spreads: Sequence[Spread]) -> None:
    rows: list[tuple[int, int | None, str, int]] = []
    credit: list[CreditEntry] = []
    for (payment, *_), _opened, lines, credit_fen in spreads:
        rows += [(payment.pk, line.charge_id, line.part.value, line.amount_fen) for line in lines]
        if credit_fen:
            rows.append((payment.pk, None, Allocation.Part.CREDIT.value, credit_fen))
            credit.append(CreditEntry(account_id=payment.account_id, payment=payment, amount_fen=credit_fen))
    CreditEntry.objects.bulk_create(credit)
    names = ("payment_ids", "charge_ids", "parts", "amounts_fen")
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    sql.run(PACKAGE, "insert_allocations", columns)


def _changes(lines: Sequence[Line]) -> list[charges.Settlement]:
    paid: dict[int, dict[Part, int]] = defaultdict(dict)
    for line in lines:
        paid[line.charge_id][line.part] = line.amount_fen
    return [
        charges.Settlement(
            charge_id=charge_id,
            principal_fen=parts.get(Part.PRINCIPAL, 0),
            late_fee_fen=parts.get(Part.LATE_FEE, 0),
        )
        for charge_id, parts in paid.items()
    ]


def _take_offers(incoming: Sequence[Incoming]) -> None:
    """Of those who have an offer; most days nobody has."""
    by_day: dict[date, list[Incoming]] = defaultdict(list)
    for one in incoming:
        if one.opened.offers or one.opened.birds:
            by_day[one.payment.paid_on].append(one)
    for paid_on, paid in by_day.items():
        payments = [one.payment for one in paid]
        account_ids, at = [one.account_id for one in payments], max(one.created_at for one in payments)
        charges.take_offers(account_ids=account_ids, paid_on=paid_on, at=at)
        birds = [bird for one in paid for bird in one.opened.birds]
        charges.take_early_birds(promised=birds, paid_on=paid_on, at=at)


def _withdraw(spreads: Sequence[Spread]) -> None:
    """A bill notice is pointless once the principal of all its charges is paid, now or earlier."""
    waiting = notices.with_waiting_bills([spread.payment.account_id for spread in spreads])
    ever_paid = charges_ever_paid(waiting)
    untrue = []
    for spread in spreads:
        account_id = spread.payment.account_id
        touched = {line.charge_id for line in spread.lines}
        paid = {line.charge_id: line.amount_fen for line in spread.lines if line.part is Part.PRINCIPAL}
        still_open = {c.charge_id for c in spread.opened if c.unpaid_fen > paid.get(c.charge_id, 0)}
        untrue.append(
            notices.Untrue(account_id, sorted(touched), sorted(ever_paid.get(account_id, set()) - still_open))
        )
    notices.withdraw_all(untrue, reason_code="paid")
