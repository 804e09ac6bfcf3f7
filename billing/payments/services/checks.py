"""What must hold before money is taken: the day, the amount, the way to pay, the desk. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.charges.queries import OpenCharge
from billing.payments.models import CashPoint, Payment
from billing.payments.queries.preview import check_open, sum_of
from billing.payments.rules.till import Booked, is_absurd_change, is_absurd_credit
from billing.payments.services.backdating import check_value_date
from billing.payments.services.taken import Wish
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from values.near import is_near

# POS has no terminal here, CREDIT is used and never taken.
_TAKEN = frozenset({"CASH", "TRANSFER", "WECHAT", "ALIPAY", "DEBIT"})
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


class ReferenceUsed(Conflict):
    """A transfer with this number of the bank is booked on the account already."""

    code = "payments.reference_used"


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


def check_key(idempotency_key: str) -> None:
    """A key that fits its column and is not blank."""
    if not 1 <= len(idempotency_key.strip()) <= 64:
        raise KeyMissing(_("An idempotency key of 1 to 64 characters is needed."), field="idempotency_key")


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


def amount_of(wish: Wish, opened: Sequence[OpenCharge], expected_owed_fen: int | None) -> int:
    """What is to be taken: the amount that was named, or what is ticked, or everything open."""
    everything = {charge.charge_id for charge in opened}
    if expected_owed_fen not in (None, sum_of(opened, everything)):
        raise AccountChanged(_("What is owed has just changed. Look again before you take the money."))
    check_open(opened, wish.designated)
    amount = sum_of(opened, wish.designated or everything) if wish.amount_fen is None else wish.amount_fen
    check_amount(amount)
    if is_absurd_credit(amount - sum_of(opened, everything)):
        message = _("More than 100,000 yuan would become credit. Check the amount.")
        raise BadAmount(message, field="amount")
    return amount


def check_cash(wish: Wish, amount_fen: int) -> None:
    """A way to pay that there is; cash over a desk, and enough of it."""
    if wish.method not in _TAKEN:
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
    """What came without cash is found again by the bank's or the channel's number only."""
    if wish.method != Payment.Method.CASH and not wish.reference.strip():
        message = _("A transfer needs its reference: the bank's transaction number.")
        raise ReferenceMissing(message, field="reference")


def check_references(wishes: Sequence[Wish]) -> None:
    """The bank gives every transfer a number of its own: twice on one account is the same money twice."""
    numbers = {(wish.account_id, wish.reference) for wish in wishes if wish.method == Payment.Method.TRANSFER}
    if not numbers:
        return
    known = Payment.objects.filter(
        account_id__in={account_id for account_id, _number in numbers},
        reference__in={number for _account_id, number in numbers},
        method=Payment.Method.TRANSFER,
    )
    if numbers & set(known.values_list("account_id", "reference")):
        message = _("A transfer with this number is booked on this account already.")
        raise ReferenceUsed(message, field="reference")


def check_desk(wish: Wish, desks: Mapping[int, CashPoint], *, community_id: int) -> None:
    """A desk takes money for its own community only."""
    if wish.cash_point_id is None:
        return
    desk = desks.get(wish.cash_point_id)
    if desk is None:
        raise NotFound(_("There is no such cash point."), field="cash_point")
    if desk.community_id != community_id:
        raise WrongCashPoint(_("This cash point belongs to another community."), field="cash_point")
