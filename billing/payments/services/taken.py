"""The answer of a payment, and how a retry gets the same one (idempotency keys)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from billing.payments.models import Allocation, Payment, Receipt
from tenancy.kernel.errors import Conflict

_RECEIPT: Final = ("payment_id", "pk", "number")


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


class TenderPart(NamedTuple):
    """One way of several in which a payment comes."""

    method: str
    amount_fen: int
    reference: str = ""


MIXED: Final = Payment.Method.MIXED.value


def all_tendered(cash_fen: int | None, tenders: Sequence[TenderPart]) -> int | None:
    """All that was given, when the cash among it is known: the change is what goes beyond the amount."""
    if cash_fen is None:
        return None
    return cash_fen + sum(part.amount_fen for part in tenders if part.method != Payment.Method.CASH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a request asks for. It is stored with the payment, so that a retry can be told from another one.

    The posting day is not part of it: a retry after midnight is still the same request. `tenders`: the parts
    of a MIXED payment; `tendered_fen` is then all that was given, cash and the rest.
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
    tenders: tuple[TenderPart, ...] = ()

    @property
    def takes_cash(self) -> bool:
        """Whether notes and coins go into a till."""
        return any(part.method == Payment.Method.CASH for part in self.parts)

    @property
    def parts(self) -> tuple[TenderPart, ...]:
        """Each way to pay; the amount of a single one is that of the payment."""
        return self.tenders or (TenderPart(self.method, self.amount_fen or 0, self.reference),)

    def as_json(self) -> dict[str, Any]:
        """As it is stored: days as text, ticks in order; tenders only where there are some."""
        said = {field: getattr(self, field) for field in self.__slots__ if field != "tenders"}
        said |= {"paid_on": self.paid_on.isoformat(), "designated": sorted(self.designated)}
        return said | ({"tenders": [list(part) for part in self.tenders]} if self.tenders else {})


def answered_before(wishes: Mapping[str, Wish]) -> dict[str, Taken]:
    """The first answers to those of the keys that are known; KeyReused when one asked for something else."""
    known = list(Payment.objects.filter(idempotency_key__in=list(wishes)))
    if any(payment.asked != wishes[payment.idempotency_key].as_json() for payment in known):
        raise key_reused()
    found = answers(known)
    return {one.idempotency_key: found[one.pk]._replace(replayed=True) for one in known}


def key_reused() -> KeyReused:
    """The refusal of a key that stands for something else."""
    return KeyReused(_("This idempotency key belongs to another payment."), field="idempotency_key")


def answer(payment: Payment) -> Taken:
    """What was taken, read back from what is stored."""
    return answers([payment])[payment.pk]


def answers(payments: Sequence[Payment]) -> dict[int, Taken]:
    """The same for many, by payment id; a payment's first receipt is the one it was answered with."""
    if not payments:
        return {}
    ids = [payment.pk for payment in payments]
    stored = Allocation.objects.filter(payment_id__in=ids).order_by("pk")
    lines: dict[int, list[TakenLine]] = {pk: [] for pk in ids}
    for payment_id, *line in stored.values_list("payment_id", "charge_id", "part", "amount_fen"):
        lines[payment_id].append(TakenLine(*line))
    issued = Receipt.objects.filter(payment_id__in=ids).order_by("-pk")
    receipts = {payment_id: (pk, number) for payment_id, pk, number in issued.values_list(*_RECEIPT)}
    return {payment.pk: _read(payment, lines[payment.pk], receipts.get(payment.pk)) for payment in payments}


def _read(payment: Payment, stored: Sequence[TakenLine], receipt: tuple[int, str] | None) -> Taken:
    credit = [line for line in stored if line.part == Allocation.Part.CREDIT]
    lines = [line for line in stored if line.part != Allocation.Part.CREDIT]
    return said_of(payment, lines, sum(line.amount_fen for line in credit), receipt)


def said_of(
    payment: Payment, lines: Sequence[TakenLine], credit_fen: int, receipt: tuple[int, str] | None
) -> Taken:
    """The answer of a payment that went so; `receipt`: its id and number."""
    return Taken(
        payment_id=payment.pk,
        receipt_number=receipt[1] if receipt else "",
        receipt_id=receipt[0] if receipt else None,
        change_fen=0 if payment.tendered_fen is None else payment.tendered_fen - payment.amount_fen,
        lines=tuple(lines),
        credit_fen=credit_fen,
    )
