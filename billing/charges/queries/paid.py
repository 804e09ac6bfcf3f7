"""When charges were paid, and what of them is let off or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import F

from billing.charges.models import Charge, Movement
from billing.charges.queries.open import late_fee_owed


def paid_days(charge_ids: Collection[int]) -> dict[int, dict[date, int]]:
    """Principal that was paid (not let off) by value date, less what was taken back, the oldest first."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = Movement.objects.filter(charge_id__in=list(charge_ids), is_waived=False).order_by("on", "pk")
    for charge_id, on, fen in rows.values_list("charge_id", "on", "principal_fen"):
        found[charge_id][on] = found[charge_id].get(on, 0) + fen
    return {pk: {on: fen for on, fen in days.items() if fen > 0} for pk, days in found.items()}


def let_off_of(charge_ids: Collection[int]) -> dict[int, int]:
    """Principal that nobody has to pay, by charge."""
    return dict(Charge.objects.filter(pk__in=list(charge_ids)).values_list("pk", "waived_fen"))


def paid_of(charge_ids: Collection[int]) -> dict[int, int]:
    """Principal that was paid, not let off, by charge."""
    found = Charge.objects.filter(pk__in=list(charge_ids))
    return dict(found.values_list("pk", F("settled_fen") - F("waived_fen")))


def unpaid_of(charge_ids: Collection[int]) -> dict[int, int]:
    """Principal that is still owed, by charge."""
    found = Charge.objects.filter(pk__in=list(charge_ids))
    return dict(found.values_list("pk", F("amount_fen") - F("settled_fen")))


def late_fee_left(charge_ids: Collection[int], *, as_of: date) -> dict[int, int]:
    """The outstanding late fee of charges as of a day."""
    found = Charge.objects.filter(pk__in=list(charge_ids))
    return {charge.pk: late_fee_owed(charge, as_of=as_of) for charge in found}
