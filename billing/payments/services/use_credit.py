"""Pay charges from the account's own credit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.services import HeldAccount
from billing.payments.models import CreditEntry, Payment
from billing.payments.queries.credit import free_credit_of
from billing.payments.queries.preview import Opened, open_of
from billing.payments.services.backdating import note_backdating
from billing.payments.services.checks import check_amount, check_dates
from billing.payments.services.days import check_days_open
from billing.payments.services.settle import Incoming, settle
from billing.payments.services.take_payments import Fixed, begin, record
from billing.payments.services.taken import Taken, Wish, answer
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit


class NotEnoughCredit(Refused):
    """More than the account holds, or it holds nothing."""

    code = "payments.not_enough_credit"


class NothingToPay(Refused):
    """No open charge could take it, so the credit would only turn into credit again."""

    code = "payments.nothing_to_pay"


@transaction.atomic
def use_credit(
    *,
    account_id: int,
    paid_on: date,
    posted_on: date,
    at: datetime,
    idempotency_key: str,
    amount_fen: int | None = None,
    designated: Collection[int] = (),
    note: str = "",
    by: StaffMember | None = None,
    backdate_reason: str = "",
) -> Taken:
    """Pay from credit as if it came in on `paid_on`; None uses as much as is held and owed.

    No receipt: the money was receipted when it came in. Idempotent like take_payment.
    """
    wish = Wish(
        account_id=account_id,
        amount_fen=amount_fen,
        method=Payment.Method.CREDIT,
        paid_on=paid_on,
        designated=designated,
        note=note,
    )
    cards, before = begin({idempotency_key: wish})
    if before:
        return before[idempotency_key]
    check_dates(wish, posted_on=posted_on, at=at, by=by, reason=backdate_reason)
    check_days_open([cards[account_id].community_id], on=posted_on)
    opened = open_of(account_id, paid_on)
    amount = _amount(account_id, amount_fen, opened.owed_fen)
    fixed = Fixed(idempotency_key, wish, amount, at)
    (payment,) = spend([fixed], cards, {account_id: opened}, posted_on=posted_on)
    note_backdating(payment, by=by, reason=backdate_reason)
    return answer(payment)


def spend(
    fixed: Sequence[Fixed],
    cards: Mapping[int, HeldAccount],
    opened: Mapping[int, Opened],
    *,
    posted_on: date,
) -> list[Payment]:
    """Write what accounts pay from their credit, one payment each: accounts locked, sums checked before."""
    payments = record(fixed, cards, posted_on=posted_on)
    CreditEntry.objects.bulk_create(
        CreditEntry(account_id=one.account_id, payment=one, amount_fen=-one.amount_fen) for one in payments
    )
    settle(
        [
            Incoming(payment, opened[payment.account_id], one.wish.designated)
            for payment, one in zip(payments, fixed, strict=True)
        ]
    )
    audit.record_many(
        "credit.used", [audit.Entry("payment", one.pk, {"amount_fen": one.amount_fen}) for one in payments]
    )
    return payments


def _amount(account_id: int, wanted_fen: int | None, owed: int) -> int:
    held = free_credit_of([account_id])[account_id]
    if owed == 0:
        raise NothingToPay(_("Nothing is open that the credit could pay."))
    amount = min(held, owed) if wanted_fen is None else wanted_fen
    if held == 0 or amount > held:
        raise NotEnoughCredit(_("The account does not hold that much credit."), field="amount")
    check_amount(amount)
    if amount > owed:
        raise NothingToPay(_("That is more than what is open."), field="amount")
    return amount
