"""Failed log-ins, as the lock of the log-in counts them."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum


def failures_from(address: str, *, at: datetime) -> int:
    """How often any name failed from a network address within the pause of AXES_COOLOFF_TIME (hours)."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(ip_address=address or None, attempt_time__gt=since)
    return tries.aggregate(failed=Sum("failures_since_start"))["failed"] or 0
