"""What an invoice of some payments would say, and what of their money stands on none, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.banking.models import InvoicePart
from billing.banking.queries.vat import rates
from billing.banking.rules.invoice import (
    Amount,
    Left,
    Line,
    NoRate,
    Paid,
    Rate,
    given_back,
    lines_of,
    sort_out,
    total,
)
from billing.payments.queries import payment_detail
from billing.payments.queries.invoicing import MoneyRow, money_of, still_paid
from tenancy.kernel.errors import Conflict, Refused


class NoVatRate(Refused):
    """A fee item without a rate of VAT cannot be invoiced."""

    code = "banking.no_vat_rate"


class NotInvoiceable(Conflict):
    """The payment was taken back, takes something back itself, or gives back what was invoiced."""

    code = "banking.not_invoiceable"


class AlreadyInvoiced(Conflict):
    """All of it stands on an invoice."""

    code = "banking.already_invoiced"


class NothingToInvoice(Refused):
    """Credit, deposits and money of others are no income."""

    code = "banking.nothing_to_invoice"


class ManyAccounts(Refused):
    """One invoice has one buyer: its payments are of one account."""

    code = "banking.many_accounts"


class LeftOut(NamedTuple):
    """Money that stands on no invoice."""

    fee_item: str
    amount_fen: int
    why: Left


class Draft(NamedTuple):
    """An invoice as it would be."""

    account_id: int
    community_id: int
    community_code: str
    community_name: str
    unit_id: int
    unit_code: str
    party_name: str
    payment_ids: tuple[int, ...]
    payments: dict[int, int]
    amounts: dict[int, int]
    lines: tuple[Line, ...]
    left: tuple[LeftOut, ...]
    amount: Amount
    items: dict[int, str]


def draft(payment_ids: Sequence[int]) -> Draft:
    """The lines of an invoice of these payments.

    Raises NotFound, ManyAccounts, NotInvoiceable, AlreadyInvoiced, NothingToInvoice, NoVatRate.
    """
    found = [payment_detail(pk) for pk in dict.fromkeys(payment_ids)]
    if not found:
        raise NothingToInvoice(_("Choose a payment."), field="payments")
    first = found[0]
    if any(one.account_id != first.account_id for one in found):
        raise ManyAccounts(_("One invoice is for one account: choose payments of one."), field="payments")
    if any(not one.is_received or one.reversed for one in found):
        raise NotInvoiceable(_("Money that was taken back cannot be invoiced."), field="payments")
    money = money_of([one.payment_id for one in found])
    live = _live([row.allocation_id for row in money])
    taken, left = _sorted(money, live)
    _refuse_nothing(taken, live)
    lines = lines_of(taken)
    _refuse_given_back(money, [one for one, _rate in taken])
    names = {row.fee_item_id: row.fee_item for row in money if row.fee_item_id is not None}
    by_id = {row.allocation_id: row for row in money}
    return Draft(
        first.account_id, first.community_id, first.community_code, first.community_name, first.unit_id,
        first.unit_code, first.party_name, tuple(one.payment_id for one in found),
        {pk: row.payment_id for pk, row in by_id.items()}, {pk: row.amount_fen for pk, row in by_id.items()},
        tuple(lines),
        tuple(LeftOut(by_id[one.allocation_id].fee_item, one.amount_fen, why) for one, why in left),
        total(lines), names,
    )  # fmt: skip


def _sorted(
    money: Sequence[MoneyRow], live: frozenset[int]
) -> tuple[list[tuple[Paid, Rate]], list[tuple[Paid, Left]]]:
    paid = [
        Paid(
            row.allocation_id, row.payment_id, row.paid_on, row.part, row.amount_fen, row.fee_item_id,
            row.revenue, row.period,
        )
        for row in money
    ]  # fmt: skip
    try:
        return sort_out(paid, rates(), invoiced=live)
    except NoRate as error:
        name = next(row.fee_item for row in money if row.fee_item_id == error.fee_item_id)
        text = _("%(item)s has no rate of VAT on %(day)s: enter it in the VAT settings first.")
        raise NoVatRate(text % {"item": name, "day": error.on.isoformat()}, field="payments") from error


def _refuse_nothing(taken: Sequence[object], live: frozenset[int]) -> None:
    if taken:
        return
    if live:
        raise AlreadyInvoiced(_("This money stands on an invoice already."), field="payments")
    text = _("Nothing of it is income that can be invoiced: credit, deposits and money of others are not.")
    raise NothingToInvoice(text, field="payments")


def _refuse_given_back(money: Sequence[MoneyRow], taken: Sequence[Paid]) -> None:
    """A charge is invoiced with what is still paid on it, no more: a release took some back."""
    charges = {row.allocation_id: row.charge_id for row in money if row.charge_id is not None}
    ids = {charges[one.allocation_id] for one in taken}
    rows = InvoicePart.objects.filter(is_live=True, red=None, allocation__charge_id__in=ids)
    sums = rows.order_by("allocation__charge_id").values_list("allocation__charge_id")
    asked = {pk: int(fen) for pk, fen in sums.annotate(fen=Sum("amount_fen"))}
    for one in taken:
        charge_id = charges[one.allocation_id]
        asked[charge_id] = asked.get(charge_id, 0) + one.amount_fen
    if given_back(asked, still_paid(ids)):
        text = _("More would be invoiced than is still paid. Correct the earlier invoice by a red one first.")
        raise NotInvoiceable(text, field="payments")


def _live(allocation_ids: Sequence[int]) -> frozenset[int]:
    found = InvoicePart.objects.filter(is_live=True, allocation_id__in=allocation_ids)
    return frozenset(found.values_list("allocation_id", flat=True))
