"""The answer of a payment, and how a retry gets the same one (idempotency keys)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from billing.payments.models import Allocation, Payment, Receipt
from tenancy.kernel.errors import Conflict


class KeyReused(Conflict):
    """The idempotency key belongs to another payment."""

    code = "payments.key_reused"


class TakenLine(NamedTuple):
    """What of a charge was paid. part: LATE_FEE or PRINCIPAL."""

    charge_id: int
    part: str
    amount_fen: int


class Taken(NamedTuple):
    """A payment that was taken. A retry with the same key gets it again, with `replayed` set."""

    payment_id: int
    receipt_number: str
    receipt_id: int | None
    change_fen: int
    lines: tuple[TakenLine, ...]
    credit_fen: int
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a request asks for. It is stored with the payment, so that a retry can be told from another one.

    The posting day is not part of it: a retry after midnight is still the same request.
    """

    account_id: int
    amount_fen: int | None
    method: str
    paid_on: date
    cash_point_id: int | None = None
    designated: Collection[int] = ()
    tendered_fen: int | None = None
    reference: str = ""
    payer_name: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is stored: days as text, ticks in order."""
        return {**asdict(self), "paid_on": self.paid_on.isoformat(), "designated": sorted(self.designated)}


def answered_before(idempotency_key: str, wish: Wish) -> Taken | None:
    """The first answer to this key; None when it is new, KeyReused when it asked for something else."""
    payment = Payment.objects.filter(idempotency_key=idempotency_key).first()
    if payment is None:
        return None
    if payment.asked != wish.as_json():
        raise key_reused()
    return answer(payment)._replace(replayed=True)


def key_reused() -> KeyReused:
    """The refusal of a key that stands for something else."""
    return KeyReused(_("This idempotency key belongs to another payment."), field="idempotency_key")


def answer(payment: Payment) -> Taken:
    """What was taken, read back from what is stored."""
    stored = list(
        Allocation.objects.filter(payment_id=payment.pk)
        .order_by("pk")
        .values_list("charge_id", "part", "amount_fen")
    )
    receipt = Receipt.objects.filter(payment_id=payment.pk).order_by("pk").first()
    return Taken(
        payment_id=payment.pk,
        receipt_number=receipt.number if receipt else "",
        receipt_id=receipt.pk if receipt else None,
        change_fen=0 if payment.tendered_fen is None else payment.tendered_fen - payment.amount_fen,
        lines=tuple(TakenLine(*row) for row in stored if row[1] != Allocation.Part.CREDIT),
        credit_fen=sum(fen for _charge, part, fen in stored if part == Allocation.Part.CREDIT),
    )
