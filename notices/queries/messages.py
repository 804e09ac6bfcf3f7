"""What was sent as SMS: the days that count against the caps, and messages of unknown fate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from notices.models import Notice

_S = Notice.State
_DUNNING = (Notice.Kind.REMINDER, Notice.Kind.DEMAND)


def sms_days(account_ids: Collection[int], *, since: date) -> dict[int, tuple[date, ...]]:
    """The days of an account's dunning SMS (caps of rules/plan); one that waits counts as issued."""
    rows = (
        Notice.objects.filter(
            account_id__in=account_ids, channel=Notice.Channel.SMS, kind__in=_DUNNING, issued_on__gte=since
        )
        .exclude(state__in=(_S.WITHDRAWN, _S.SKIPPED, _S.FAILED))
        .values_list("account_id", "sent_at", "issued_on")
    )
    days: dict[int, list[date]] = {}
    for account_id, sent_at, issued_on in rows:
        days.setdefault(account_id, []).append(_local_day(sent_at) or issued_on)
    return {account_id: tuple(sorted(found)) for account_id, found in days.items()}


class Message(NamedTuple):
    """A message that left the house: to which address (masked, of `contact_id`), what it said, what became
    of it.
    """

    notice_id: int
    kind: str
    channel: str
    sent_at: datetime
    masked: str
    contact_id: int | None
    body: str
    state: str
    delivered_on: date | None


def messages_of(account_id: int) -> list[Message]:
    """The messages that an account was sent, oldest first; papers are none."""
    rows = (
        Notice.objects.filter(account_id=account_id, sent_at__isnull=False)
        .exclude(channel=Notice.Channel.PAPER)
        .exclude(state__in=(_S.WITHDRAWN, _S.SKIPPED))
        .order_by("sent_at", "pk")
    )
    fields = (
        "pk",
        "kind",
        "channel",
        "sent_at",
        "contact__masked",
        "contact_id",
        "body",
        "state",
        "delivered_on",
    )
    return [
        Message(pk, kind, channel, sent_at, masked or "", contact_id, body, state, on)
        for pk, kind, channel, sent_at, masked, contact_id, body, state, on in rows.values_list(*fields)
    ]


def unknown_messages(*, limit: int = 200) -> list[tuple[int, str]]:
    """SMS of unknown fate: notice id and the reference the provider knows."""
    rows = Notice.objects.filter(state=_S.UNKNOWN, channel=Notice.Channel.SMS).order_by("pk")
    return [(pk, f"{tenant_id}-{pk}") for pk, tenant_id in rows.values_list("pk", "tenant_id")[:limit]]


def _local_day(moment: datetime | None) -> date | None:
    return None if moment is None else timezone.localtime(moment).date()
