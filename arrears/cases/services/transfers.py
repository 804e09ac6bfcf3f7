"""Nobody is dunned while his money is on its way (G2): the ladder waits three working days for it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F

from arrears.cases.models import Hold
from arrears.cases.queries.transfers import waits
from tenancy.kernel.scope import current_user_id


def hold_for_transfers(*, as_of: date) -> int:
    """Set and release the holds of money on its way; returns how many are new."""
    found = waits(as_of=as_of)
    pending = Hold.objects.filter(kind=Hold.Kind.PAYMENT_PENDING, released_on=None)
    if found.over:
        pending.filter(pk__in=list(found.over)).update(released_on=as_of, released_by_id=current_user_id())
    if not found.new:
        return 0
    accounts = [wait.account_id for wait in found.new]
    # One whose last day is over ended by itself; only its row says it is open still.
    pending.filter(account_id__in=accounts, to_on__lt=as_of).update(
        released_on=F("to_on") + timedelta(days=1)
    )
    rows = [
        Hold(
            account_id=wait.account_id,
            kind=Hold.Kind.PAYMENT_PENDING,
            from_on=as_of,
            to_on=wait.until,
            reason=wait.reason,
        )
        for wait in found.new
    ]
    return len(Hold.objects.bulk_create(rows, ignore_conflicts=True))
