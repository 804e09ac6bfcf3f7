"""Take money for an account: the server computes everything, the same key is answered once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from billing.payments.services.take_payments import Asked, take_payments
from billing.payments.services.taken import Taken, TenderPart, Wish
from tenancy.kernel.permissions import StaffMember


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
    tenders: Sequence[TenderPart] = (),
    expected_owed_fen: int | None = None,
    by: StaffMember | None = None,
    backdate_reason: str = "",
) -> Taken:
    """Take a payment, allocate it (民法典 560, 561), number its receipt.

    `amount_fen` None: what the ticked charges owe, all of them where none is ticked. `paid_on` is the value
    date, `posted_on` the business day; neither may lie after `at`. `designated`: what was ticked; () is no
    designation. `expected_owed_fen`: what the cashier saw, else AccountChanged. The same key with the same
    content gets the first answer, else KeyReused. `tenders`: the parts
    of a MIXED payment. `by`: who enters it, for early dates (services.backdating).
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
        tenders=tuple(tenders),
    )
    asked = Asked(idempotency_key, wish, expected_owed_fen)
    return take_payments([asked], posted_on=posted_on, at=at, by=by, backdate_reason=backdate_reason)[0]
