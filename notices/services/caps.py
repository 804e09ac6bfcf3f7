"""Caps and hours of messages, looked at once more when one is about to leave (L-S5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from notices.models import Notice
from notices.rules.plan import CAP_DAYS, Channel, refuse_sms, send_at
from notices.rules.sending import Mark
from tenancy.kernel import sql
from values import windows
from values.because import Because

DUNNING = (Notice.Kind.REMINDER, Notice.Kind.DEMAND)
_S = Notice.State
# FAILED did not ring; what waits has not rung yet.
_RANG = (_S.SENDING, _S.SENT, _S.DELIVERED, _S.UNKNOWN)


def over_the_cap(claimed: Sequence[Notice], *, at: datetime) -> dict[int, Mark]:
    """Which of the claimed SMS would be one too many for their account: they wait for the next free day.

    What was queued on different days may come to leave on one: after a stop, or a row of retries.
    """
    accounts = {one.pk: account for one in claimed if _is_dunning(one) and (account := one.account_id)}
    if not accounts:
        return {}
    # Two workers with messages of one account count one after the other, each seeing what the other took.
    sql.rows("notices", "lock_caps")
    today = timezone.localtime(at).date()
    rang = _days_rung(set(accounts.values()), but=set(accounts), today=today)
    late: dict[int, Mark] = {}
    for pk, account in accounts.items():
        refusal = refuse_sms(rang.setdefault(account, []), as_of=today)
        if refusal is None:
            rang[account].append(today)
        else:
            late[pk] = Mark("QUEUED", _opening(str(refusal.params["next_on"])), refusal)
    return late


def resting(channel: str, *, at: datetime) -> Mark | None:
    """A message whose channel rests at this hour waits for the morning. None: it may go."""
    local = timezone.localtime(at).replace(tzinfo=None)
    refusal: Because | None = windows.may_message(local) if channel == Channel.SMS else None
    if refusal is None:
        return None
    return Mark("QUEUED", timezone.make_aware(send_at(Channel.SMS, local)), refusal)


def _is_dunning(notice: Notice) -> bool:
    return notice.channel == Channel.SMS and notice.kind in DUNNING


def _days_rung(account_ids: Collection[int], *, but: Collection[int], today: date) -> dict[int, list[date]]:
    since = timezone.make_aware(datetime.combine(today - timedelta(days=CAP_DAYS), time.min))
    rows = (
        Notice.objects.filter(
            account_id__in=account_ids, channel=Channel.SMS, kind__in=DUNNING, state__in=_RANG
        )
        .exclude(pk__in=but)
        .annotate(called_at=Max("gateway_attempts__at"))
        .values_list("account_id", "sent_at", "called_at")
    )
    days: dict[int, list[date]] = {}
    for account_id, sent_at, called_at in rows:
        moment = sent_at or called_at  # neither: another worker holds it right now
        if moment is None or moment >= since:
            days.setdefault(account_id, []).append(timezone.localtime(moment).date() if moment else today)
    return days


def _opening(day: str) -> datetime:
    return timezone.make_aware(send_at(Channel.SMS, datetime.combine(date.fromisoformat(day), time.min)))
