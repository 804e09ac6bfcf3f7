"""Refunds: what may be paid back by which way, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.payments.models import Payment, Refund
from billing.payments.queries.credit import free_credit_of
from tenancy.kernel.errors import NotFound

REFUND: Final = "payment.refund"
MIXED: Final = Payment.Method.MIXED


class Refundable(NamedTuple):
    """A payment whose money may go back: how it came, and how much of it is still here as credit."""

    payment_id: int
    paid_on: date
    method: str
    reference: str
    payer_name: str
    amount_fen: int
    left_fen: int


class RefundRow(NamedTuple):
    """A refund as lists and its page show it."""

    refund_id: int
    account_id: int
    unit_id: int
    unit_code: str
    community_id: int
    party_name: str
    payment_id: int
    method: str
    payer_name: str
    amount_fen: int
    reason: str
    state: str
    approval_id: int
    asked_by: str
    asked_by_id: int
    asked_on: date
    decided_by: str
    decided_by_id: int | None
    paid_by: str
    paid_as_id: int | None
    closed_on: date | None

    @property
    def state_word(self) -> str:
        """The key of its state, among the words."""
        return f"refund.{self.state}"

    @property
    def tone(self) -> str:
        """How its state looks."""
        return {"ASKED": "warn", "APPROVED": "info", "PAID": "good"}.get(self.state, "quiet")


def refundable(account_id: int) -> list[Refundable]:
    """Payments of an account that money may go back to, the newest first; empty without free credit."""
    free = free_credit_of([account_id])[account_id]
    if free <= 0:
        return []
    taken_back = Payment.objects.filter(reverses=OuterRef("pk"))
    came_in = (
        Payment.objects.filter(account_id=account_id, kind=Payment.Kind.RECEIVED)
        .exclude(method=Payment.Method.CREDIT)
        .exclude(Exists(taken_back))
        .order_by("-paid_on", "-pk")
    )
    gone = refunded_of([payment.pk for payment in came_in])
    rows = [
        Refundable(
            payment.pk, payment.paid_on, way_back(payment), payment.reference, payment.payer_name,
            payment.amount_fen, min(free, payment.amount_fen - gone.get(payment.pk, 0)),
        )
        for payment in came_in
    ]  # fmt: skip
    return [row for row in rows if row.left_fen > 0]


def way_back(payment: Payment) -> str:
    """How its money goes back: as it came; of several ways, by the one that brought most."""
    if payment.method != MIXED:
        return str(payment.method)
    most = payment.tenders.order_by("-amount_fen", "pk").first()
    return str(most.method) if most else str(payment.method)


def refunded_of(payment_ids: Collection[int]) -> dict[int, int]:
    """What of payments went back, or waits to, by id."""
    rows = Refund.objects.filter(
        payment_id__in=list(payment_ids), state__in=[*Refund.WAITING, Refund.State.PAID]
    )
    return dict(rows.values_list("payment_id").annotate(fen=Sum("amount_fen")))


def refunds(*, account_ids: Collection[int] | None = None) -> QuerySet[Refund]:
    """Refunds in sight, the newest first; of some accounts, or of all."""
    found = Refund.objects.filter(account__community_id__isnull=False).order_by("-pk")
    return found if account_ids is None else found.filter(account_id__in=list(account_ids))


def refund_rows(page: Collection[Refund]) -> list[RefundRow]:
    """One page of refunds."""
    joined = ("account__unit", "account__party", "payment", "asked_by", "decided_by", "paid_by")
    known = Refund.objects.filter(pk__in=[row.pk for row in page]).select_related(*joined)
    by_id = {row.pk: _row(row) for row in known}
    return [by_id[row.pk] for row in page if row.pk in by_id]


def refund_card(refund_id: int) -> RefundRow:
    """One refund; NotFound where it is not (or not yours)."""
    found = refunds().filter(pk=refund_id).first()
    if found is None:
        raise NotFound(_("There is no such refund."))
    return refund_rows([found])[0]


def _row(refund: Refund) -> RefundRow:
    return RefundRow(
        refund_id=refund.pk,
        account_id=refund.account_id,
        unit_id=refund.account.unit_id,
        unit_code=refund.account.unit.code,
        community_id=refund.account.community_id,
        party_name=refund.account.party.name,
        payment_id=refund.payment_id,
        method=way_back(refund.payment),
        payer_name=refund.payment.payer_name or refund.account.party.name,
        amount_fen=refund.amount_fen,
        reason=refund.reason,
        state=refund.state,
        approval_id=refund.approval_id,
        asked_by=refund.asked_by.name,
        asked_by_id=refund.asked_by_id,
        asked_on=refund.asked_on,
        decided_by=refund.decided_by.name if refund.decided_by else "",
        decided_by_id=refund.decided_by_id,
        paid_by=refund.paid_by.name if refund.paid_by else "",
        paid_as_id=refund.paid_as_id,
        closed_on=refund.closed_on,
    )
