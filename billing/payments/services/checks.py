"""What must hold before money is taken: the day, the amount, the way to pay, the desk. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges.queries import OpenCharge
from billing.payments.models import CashPoint, Payment
from billing.payments.queries.offered import sum_of
from billing.payments.queries.preview import check_open
from billing.payments.rules.till import Booked, is_absurd_change, is_absurd_credit
from billing.payments.services.backdating import check_value_date
from billing.payments.services.taken import Wish
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from values.near import is_near

MAX_FEN = 10**12  # ten billion yuan: beyond any payment, well within the column and the capitals
_M = Payment.Method
# Ways in which new money comes: credit is no new money, and a mixed payment says its parts.
WAYS: Final = frozenset({_M.CASH, _M.POS, _M.TRANSFER, _M.WECHAT, _M.ALIPAY, _M.DEBIT})
_REFERENCE_MISSING: Final[Mapping[str, Promise]] = {
    _M.TRANSFER: gettext_lazy("A transfer needs its reference: the bank's transaction number."),
    _M.POS: gettext_lazy("A card payment needs its reference: the number on the terminal's slip."),
    _M.WECHAT: gettext_lazy("What came through a channel needs the channel's number."),
    _M.ALIPAY: gettext_lazy("What came through a channel needs the channel's number."),
    _M.DEBIT: gettext_lazy("A direct debit needs its reference: the bank's transaction number."),
}


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


class BadTenders(Refused):
    """Parts of a mixed payment that are not two, or do not add up to it."""

    code = "payments.bad_tenders"


class ReferenceMissing(Refused):
    """A transfer without the number of the bank, or a card payment without that of the terminal."""

    code = "payments.reference_missing"


class ReferenceUsed(Conflict):
    """A payment with this number of the bank or terminal is booked on the account already."""

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
    amount = asked_fen(wish, opened)
    check_amount(amount)
    if is_absurd_credit(amount - sum_of(opened, everything)):
        message = _("More than 100,000 yuan would become credit. Check the amount.")
        raise BadAmount(message, field="amount")
    return amount


def asked_fen(wish: Wish, opened: Sequence[OpenCharge]) -> int:
    """The amount as it was named, or the sum of what is to be paid."""
    if wish.amount_fen is not None:
        return wish.amount_fen
    said = sum(part.amount_fen for part in wish.tenders)
    return said or sum_of(opened, wish.designated or {charge.charge_id for charge in opened})


def check_cash(wish: Wish, amount_fen: int) -> None:
    """Ways to pay that there are; cash over a desk, and enough of it."""
    if wish.method == Payment.Method.MIXED or wish.tenders:
        _check_tenders(wish, amount_fen)
    elif wish.method not in WAYS:
        raise UnknownMethod(_("Choose cash, POS or transfer."), field="method")
    if wish.takes_cash and wish.cash_point_id is None:
        raise WrongCashPoint(_("Cash is taken at a cash point."), field="cash_point")
    if wish.tendered_fen is None or wish.tenders:
        _check_references(wish)
    if wish.tendered_fen is not None:
        _check_tendered(wish, amount_fen, wish.tendered_fen)


def _check_tendered(wish: Wish, amount_fen: int, tendered_fen: int) -> None:
    """Enough was given, and in cash where there is change."""
    if not wish.takes_cash:
        raise UnknownMethod(_("Change is given for cash only."), field="tendered")
    if not amount_fen <= tendered_fen <= MAX_FEN:
        raise TooLittleTendered(_("The cash tendered is less than the amount."), field="tendered")
    if is_absurd_change(Booked(amount_fen, tendered_fen)):
        message = _("The change would be more than 1,000 yuan. Check the amount received.")
        raise TooMuchTendered(message, field="tendered")


def _check_tenders(wish: Wish, amount_fen: int) -> None:
    """Two ways at least, each with a sum of its own; together the payment."""
    if wish.method != Payment.Method.MIXED or len(wish.tenders) < 2:
        raise BadTenders(_("A mixed payment has two ways to pay or more."), field="tenders")
    if any(part.method not in WAYS for part in wish.tenders):
        raise UnknownMethod(_("Choose cash, POS or transfer."), field="tenders")
    if any(part.amount_fen <= 0 for part in wish.tenders):
        raise BadAmount(_("The amount must be more than nothing."), field="tenders")
    if sum(part.amount_fen for part in wish.tenders) != amount_fen:
        raise BadTenders(_("The parts do not add up to the amount."), field="tenders")


def _check_references(wish: Wish) -> None:
    """What came over a bank or a terminal is found again by its number only."""
    for part in wish.parts:
        if part.method in _REFERENCE_MISSING and not part.reference.strip():
            raise ReferenceMissing(str(_REFERENCE_MISSING[part.method]), field="reference")


def check_references(wishes: Sequence[Wish]) -> None:
    """A bank and a terminal number what they book: twice on one account is the same money twice."""
    numbers = {
        (wish.account_id, part.method, part.reference)
        for wish in wishes
        for part in wish.parts
        if part.method in _REFERENCE_MISSING
    }
    if not numbers:
        return
    wanted = {
        "account_ids": sorted({account_id for account_id, _way, _number in numbers}),
        "references": sorted({number for _account_id, _way, number in numbers}),
    }
    if numbers & set(sql.rows("billing.payments", "references_booked", wanted)):
        message = _("A payment with this number is booked on this account already.")
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
