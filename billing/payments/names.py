"""What the audit trail calls a payment, a receipt and a cash point."""

from __future__ import annotations

from collections.abc import Collection

from billing.payments.models import CashPoint, Payment, Receipt


def payments(ids: Collection[int]) -> dict[int, str]:
    """id -> the room it was taken for."""
    return dict(Payment.objects.filter(pk__in=ids).values_list("pk", "unit__code"))


def receipts(ids: Collection[int]) -> dict[int, str]:
    """id -> number."""
    return dict(Receipt.objects.filter(pk__in=ids).values_list("pk", "number"))


def cash_points(ids: Collection[int]) -> dict[int, str]:
    """id -> code and name."""
    found = CashPoint.objects.filter(pk__in=ids).values_list("pk", "code", "name")
    return {pk: f"{code} {name}" for pk, code, name in found}
