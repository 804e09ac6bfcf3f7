"""The only look at the clock. Rules and services are told the day; doors ask here."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """Today in Asia/Shanghai."""
    return timezone.localdate()
