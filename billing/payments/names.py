"""What the audit trail calls a payment, a receipt, a cash point, a cash session and a deposit."""

from __future__ import annotations

from collections.abc import Collection

from billing.payments.models import CashDeposit, CashPoint, CashSession, DayClose, Payment, Receipt


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


def cash_sessions(ids: Collection[int]) -> dict[int, str]:
    """id -> desk, day and cashier."""
    found = CashSession.objects.filter(pk__in=ids).values_list(
        "pk", "cash_point__name", "day", "cashier__name"
    )
    return {pk: f"{desk} {day.isoformat()} {who}" for pk, desk, day, who in found}


def cash_deposits(ids: Collection[int]) -> dict[int, str]:
    """id -> bank and slip."""
    found = CashDeposit.objects.filter(pk__in=ids).values_list("pk", "bank", "slip_number")
    return {pk: f"{bank} {slip}" for pk, bank, slip in found}


def day_closes(ids: Collection[int]) -> dict[int, str]:
    """id -> community and day."""
    found = DayClose.objects.filter(pk__in=ids).values_list("pk", "community__name", "day")
    return {pk: f"{place} {day.isoformat()}" for pk, place, day in found}
