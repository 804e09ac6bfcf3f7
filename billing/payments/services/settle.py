"""The one place that says what a payment pays; everything that moves money into charges comes through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.charges.queries import OpenCharge
from billing.payments.models import Allocation, CreditEntry, Payment
from billing.payments.queries.history import charges_ever_paid
from billing.payments.queries.preview import allocate, check_open, open_of
from billing.payments.rules.allocation import Line, Part
from notices import services as notices
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound


class Settled(NamedTuple):
    """Where a payment went."""

    lines: tuple[Line, ...]
    credit_fen: int


def lock_account(account_id: int) -> None:
    """Keep others from changing what the account owes until the transaction ends. NotFound if none."""
    if not sql.rows("billing.payments", "lock_account", {"account_id": account_id}):
        raise NotFound(_("There is no such account."))


def settle(*, payment: Payment, designated: Collection[int] = ()) -> Settled:
    """Allocate a new payment to its account's open charges; what none could take becomes credit.

    The account must be locked. Open notices whose amounts are no longer true go back in the same transaction.
    """
    opened = open_of(payment.account_id, payment.paid_on)
    check_open(opened, designated)
    found = allocate(
        payment.community_id,
        opened,
        amount_fen=payment.amount_fen,
        paid_on=payment.paid_on,
        designated=designated,
    )
    _record(payment, found.lines, found.credit_fen)
    changes = _changes(found.lines)
    charges.settle_charges(changes=changes, paid_on=payment.paid_on)
    _withdraw(payment.account_id, opened, changes)
    return Settled(found.lines, found.credit_fen)


def _record(payment: Payment, lines: Sequence[Line], credit_fen: int) -> None:
    rows = [
        Allocation(
            payment=payment, charge_id=line.charge_id, part=line.part.value, amount_fen=line.amount_fen
        )
        for line in lines
    ]
    if credit_fen:
        rows.append(Allocation(payment=payment, part=Allocation.Part.CREDIT, amount_fen=credit_fen))
        CreditEntry.objects.create(account_id=payment.account_id, payment=payment, amount_fen=credit_fen)
    Allocation.objects.bulk_create(rows)


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


def _withdraw(account_id: int, opened: Sequence[OpenCharge], changes: Sequence[charges.Settlement]) -> None:
    """A bill notice is pointless once the principal of all its charges is paid, now or earlier."""
    paid = {change.charge_id: change.principal_fen for change in changes}
    still_open = {c.charge_id for c in opened if c.unpaid_fen > paid.get(c.charge_id, 0)}
    notices.withdraw(
        account_id=account_id,
        touched=sorted(paid),
        settled=sorted(charges_ever_paid(account_id) - still_open),
        reason_code="paid",
    )
