"""Take money for an account: the server computes everything, the same key is answered once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.charges import queries as charges
from billing.payments.models import CashPoint, Payment
from billing.payments.queries.preview import check_open, open_of, sum_of
from billing.payments.rules.till import Booked, is_absurd_change
from billing.payments.services import receipts
from billing.payments.services.backdating import check_value_date, note_backdating
from billing.payments.services.settle import lock_account, settle
from billing.payments.services.taken import Taken, Wish, answer, answered_before, key_reused
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from values.near import is_near

MAX_FEN = 10**12  # ten billion yuan: beyond any payment, well within the column and the capitals


class BadAmount(Refused):
    """Nothing, less than nothing, or more money than there is."""

    code = "payments.bad_amount"


class BadDay(Refused):
    """A value date after the posting day, or a day that has not come yet."""

    code = "payments.bad_day"


class TooMuchTendered(Refused):
    """So much change that the cash tendered must be mistyped."""

    code = "payments.too_much_tendered"


class TooLittleTendered(Refused):
    """The cash on the counter does not reach the amount."""

    code = "payments.too_little_tendered"


class ReferenceMissing(Refused):
    """A transfer without the number of the bank."""

    code = "payments.reference_missing"


class UnknownMethod(Refused):
    """Not a way to pay at the counter."""

    code = "payments.unknown_method"


class WrongCashPoint(Refused):
    """Cash needs a desk, and a desk takes money for its own community only."""

    code = "payments.wrong_cash_point"


class KeyMissing(Refused):
    """A payment without an idempotency key could be taken twice."""

    code = "payments.key_missing"


class AccountChanged(Conflict):
    """What is owed is not what the cashier saw."""

    code = "payments.account_changed"


@transaction.atomic
def take_payment(
    *,
    account_id: int,
    amount_fen: int | None,
    method: str,
    paid_on: date,
    posted_on: date,
    at: datetime,
    cash_point_id: int | None,
    idempotency_key: str,
    designated: Collection[int] = (),
    tendered_fen: int | None = None,
    reference: str = "",
    payer_name: str = "",
    note: str = "",
    expected_owed_fen: int | None = None,
    by: StaffMember | None = None,
    backdate_reason: str = "",
) -> Taken:
    """Take a payment, allocate it (民法典 560, 561), number its receipt.

    `amount_fen` None: what the ticked charges owe, all of them where none is ticked. `paid_on` is the value
    date, `posted_on` the business day; neither may lie after `at`. `designated`: what was ticked; () is no
    designation. `expected_owed_fen`: what the cashier saw, else AccountChanged. The same key with the same
    content gets the first answer, else KeyReused. `by`: who enters it, for early dates (services.backdating).
    """
    wish = Wish(
        account_id=account_id,
        amount_fen=amount_fen,
        method=method,
        paid_on=paid_on,
        cash_point_id=cash_point_id,
        designated=designated,
        tendered_fen=tendered_fen,
        reference=reference,
        payer_name=payer_name,
        note=note,
    )
    if (before := begin(idempotency_key, wish)) is not None:
        return before
    check_dates(wish, posted_on=posted_on, at=at, by=by, reason=backdate_reason)
    amount = _amount(wish, expected_owed_fen)
    _check_cash(wish, amount)
    desk = _desk(cash_point_id, account_id)
    payment = record(wish, amount, posted_on=posted_on, at=at, idempotency_key=idempotency_key)
    note_backdating(payment, by=by, reason=backdate_reason)
    settle(payment=payment, designated=designated)
    if desk is not None:
        receipts.issue(payment=payment, desk=desk, on=posted_on)
    return _noted(answer(payment), amount, method)


def _noted(taken: Taken, amount: int, method: str) -> Taken:
    audit.record(
        "payment.taken", kind="payment", pk=taken.payment_id, receipt_number=taken.receipt_number,
        amount_fen=amount, method=method,
    )  # fmt: skip
    return taken


def begin(idempotency_key: str, wish: Wish) -> Taken | None:
    """Lock the account; the first answer where this request was answered before."""
    if not 1 <= len(idempotency_key.strip()) <= 64:
        raise KeyMissing(_("An idempotency key of 1 to 64 characters is needed."), field="idempotency_key")
    lock_account(wish.account_id)
    return answered_before(idempotency_key, wish)


def record(wish: Wish, amount_fen: int, *, posted_on: date, at: datetime, idempotency_key: str) -> Payment:
    """Write the payment; KeyReused when a payment of another account has just taken its key."""
    card = charges.account_card(wish.account_id)
    payment = Payment(
        community_id=card.community_id,
        unit_id=card.unit_id,
        account_id=wish.account_id,
        cash_point_id=wish.cash_point_id,
        method=wish.method,
        amount_fen=amount_fen,
        tendered_fen=wish.tendered_fen,
        paid_on=wish.paid_on,
        posted_on=posted_on,
        reference=wish.reference,
        payer_name=wish.payer_name,
        note=wish.note,
        idempotency_key=idempotency_key,
        asked=wish.as_json(),
        taken_by_id=current_user_id(),
        created_at=at,
    )
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        if "payment_taken_once" not in str(error):
            raise
        raise key_reused() from error
    return payment


def check_days(*, paid_on: date, posted_on: date, at: datetime) -> None:
    """paid_on <= posted_on <= the day of `at` in Shanghai; nor is money booked ten years later."""
    if posted_on > timezone.localtime(at).date():
        raise BadDay(_("The business day has not come yet."), field="posted_on")
    if paid_on > posted_on:
        raise BadDay(_("Money cannot have come in after the day it is booked."), field="paid_on")
    if not is_near(paid_on, to=posted_on):
        raise BadDay(_("This day lies more than ten years away. Check the year."), field="paid_on")


def check_dates(wish: Wish, *, posted_on: date, at: datetime, by: StaffMember | None, reason: str) -> None:
    """Days that can be, and that this person may enter."""
    check_days(paid_on=wish.paid_on, posted_on=posted_on, at=at)
    check_value_date(paid_on=wish.paid_on, posted_on=posted_on, method=wish.method, by=by, reason=reason)


def check_amount(amount_fen: int) -> None:
    """More than nothing and less than a mistake."""
    if not 0 < amount_fen <= MAX_FEN:
        raise BadAmount(_("The amount must be more than nothing."), field="amount")


def _amount(wish: Wish, expected_owed_fen: int | None) -> int:
    """What is to be taken: the amount that was named, or what is ticked, or everything open."""
    opened = open_of(wish.account_id, wish.paid_on)
    everything = {charge.charge_id for charge in opened}
    if expected_owed_fen not in (None, sum_of(opened, everything)):
        raise AccountChanged(_("What is owed has just changed. Look again before you take the money."))
    check_open(opened, wish.designated)
    amount = sum_of(opened, wish.designated or everything) if wish.amount_fen is None else wish.amount_fen
    check_amount(amount)
    return amount


def _check_cash(wish: Wish, amount_fen: int) -> None:
    if wish.method not in (Payment.Method.CASH, Payment.Method.TRANSFER):
        raise UnknownMethod(_("Choose cash or transfer."), field="method")
    if wish.method == Payment.Method.CASH and wish.cash_point_id is None:
        raise WrongCashPoint(_("Cash is taken at a cash point."), field="cash_point")
    if wish.tendered_fen is None:
        _check_reference(wish)
        return
    if wish.method != Payment.Method.CASH:
        raise UnknownMethod(_("Change is given for cash only."), field="tendered")
    if not amount_fen <= wish.tendered_fen <= MAX_FEN:
        raise TooLittleTendered(_("The cash tendered is less than the amount."), field="tendered")
    if is_absurd_change(Booked(amount_fen, wish.tendered_fen)):
        message = _("The change would be more than 1,000 yuan. Check the amount received.")
        raise TooMuchTendered(message, field="tendered")


def _check_reference(wish: Wish) -> None:
    """A transfer is found again by the bank's number only."""
    if wish.method == Payment.Method.TRANSFER and not wish.reference.strip():
        message = _("A transfer needs its reference: the bank's transaction number.")
        raise ReferenceMissing(message, field="reference")


def _desk(cash_point_id: int | None, account_id: int) -> CashPoint | None:
    """The desk of the payment; it takes money for its own community only."""
    if cash_point_id is None:
        return None
    desk: CashPoint | None = CashPoint.objects.filter(pk=cash_point_id).first()
    if desk is None:
        raise NotFound(_("There is no such cash point."), field="cash_point")
    if desk.community_id != charges.account_card(account_id).community_id:
        raise WrongCashPoint(_("This cash point belongs to another community."), field="cash_point")
    return desk
