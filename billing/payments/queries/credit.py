"""An account's credit: what it holds and how it moved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import F, Sum

from billing.charges import queries as charges
from billing.payments.models import CreditEntry, Refund


class CreditRow(NamedTuple):
    """One movement: plus from a payment, minus when used."""

    payment_id: int
    posted_on: date
    amount_fen: int


class CreditCard(NamedTuple):
    """An account's credit and how it came about, newest first."""

    account_id: int
    held_fen: int
    entries: tuple[CreditRow, ...]


def credit_card(account_id: int) -> CreditCard:
    """The credit of one account; NotFound when there is no such account."""
    charges.account_card(account_id)
    return CreditCard(account_id, credit_of([account_id])[account_id], tuple(credit_history(account_id)))


def credit_of(account_ids: Collection[int]) -> dict[int, int]:
    """What each account holds, in fen; accounts without credit stand there with 0."""
    found = CreditEntry.objects.filter(account_id__in=account_ids).values_list("account_id")
    return dict.fromkeys(account_ids, 0) | dict(found.annotate(fen=Sum("amount_fen")))


def free_credit_of(account_ids: Collection[int]) -> dict[int, int]:
    """What each account holds that is not to be paid back: a refund that waits keeps its money."""
    kept = Refund.objects.filter(account_id__in=account_ids, state__in=Refund.WAITING)
    reserved = dict(kept.values_list("account_id").annotate(fen=Sum("amount_fen")))
    return {pk: held - reserved.get(pk, 0) for pk, held in credit_of(account_ids).items()}


def accounts_with_credit(*, limit: int) -> list[int]:
    """Accounts that hold credit, those with the most first."""
    held = CreditEntry.objects.values_list("account_id").annotate(fen=Sum("amount_fen")).filter(fen__gt=0)
    return [account_id for account_id, _fen in held.order_by("-fen", "account_id")[:limit]]


def credit_history(account_id: int) -> list[CreditRow]:
    """Every movement of an account's credit, newest first."""
    rows = (
        CreditEntry.objects.filter(account_id=account_id)
        .annotate(posted_on=F("payment__posted_on"))
        .order_by("-pk")
        .values_list("payment_id", "posted_on", "amount_fen")
    )
    return [CreditRow(*row) for row in rows]
