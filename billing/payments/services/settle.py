"""The one place that says what a payment pays; everything that moves money into charges comes through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from billing.charges import services as charges
from billing.charges.queries import EarlyBird, OpenCharge, early_birds, pays_principal_first
from billing.payments.models import Allocation, CreditEntry, Payment
from billing.payments.queries.history import charges_ever_paid
from billing.payments.queries.offered import allocate_offered
from billing.payments.queries.preview import check_open
from billing.payments.rules.allocation import Line, Part
from notices import services as notices
from tenancy.kernel import sql
from tenancy.kernel.scope import current_user_id

PACKAGE: Final = "billing.payments"


class Incoming(NamedTuple):
    """A payment just recorded, what its account owed on the value date, and what the payer ticked."""

    payment: Payment
    opened: Sequence[OpenCharge]
    designated: Collection[int] = ()


class Spread(NamedTuple):
    """Where a payment goes."""

    incoming: Incoming
    lines: tuple[Line, ...]
    credit_fen: int


def settle(incoming: Sequence[Incoming]) -> None:
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
        by_day[spread.incoming.payment.paid_on] += _changes(spread.lines)
    for paid_on, changes in by_day.items():
        charges.settle_charges(changes=changes, paid_on=paid_on)
    _take_offers(spreads)
    _withdraw(spreads)


def _spread(incoming: Sequence[Incoming]) -> list[Spread]:
    days = {one.payment.paid_on for one in incoming}
    principal_first = {day: pays_principal_first(day) for day in days}
    birds = _birds(incoming)
    spreads = []
    for one in incoming:
        payment = one.payment
        check_open(one.opened, one.designated)
        opened, found = allocate_offered(
            one.opened,
            birds.get(payment.account_id, ()),
            amount_fen=payment.amount_fen,
            paid_on=payment.paid_on,
            designated=one.designated,
            principal_first=payment.community_id in principal_first[payment.paid_on],
        )
        spreads.append(Spread(one._replace(opened=opened), found.lines, found.credit_fen))
    return spreads


def _birds(incoming: Sequence[Incoming]) -> dict[int, list[EarlyBird]]:
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in incoming:
        by_day[one.payment.paid_on].append(one.payment.account_id)
    found: dict[int, list[EarlyBird]] = {}
    for day, account_ids in by_day.items():
        found |= early_birds(account_ids, day=day)
    return found


def _record(spreads: Sequence[Spread]) -> None:
    rows: list[tuple[int, int | None, str, int]] = []
    credit: list[CreditEntry] = []
    for (payment, _opened, _designated), lines, credit_fen in spreads:
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


def _take_offers(spreads: Sequence[Spread]) -> None:
    by_day: dict[date, list[Payment]] = defaultdict(list)
    for spread in spreads:
        by_day[spread.incoming.payment.paid_on].append(spread.incoming.payment)
    for paid_on, paid in by_day.items():
        account_ids, at = [one.account_id for one in paid], max(one.created_at for one in paid)
        charges.take_offers(account_ids=account_ids, paid_on=paid_on, at=at)
        charges.take_early_birds(account_ids=account_ids, paid_on=paid_on, at=at)


def _withdraw(spreads: Sequence[Spread]) -> None:
    """A bill notice is pointless once the principal of all its charges is paid, now or earlier."""
    waiting = notices.with_waiting_bills([spread.incoming.payment.account_id for spread in spreads])
    ever_paid = charges_ever_paid(waiting)
    untrue = []
    for spread in spreads:
        account_id = spread.incoming.payment.account_id
        touched = {line.charge_id for line in spread.lines}
        paid = {line.charge_id: line.amount_fen for line in spread.lines if line.part is Part.PRINCIPAL}
        still_open = {c.charge_id for c in spread.incoming.opened if c.unpaid_fen > paid.get(c.charge_id, 0)}
        untrue.append(
            notices.Untrue(account_id, sorted(touched), sorted(ever_paid.get(account_id, set()) - still_open))
        )
    notices.withdraw_all(untrue, reason_code="paid")
