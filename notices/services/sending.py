"""Claim a batch with a lease, mark what the gateways answered, and settle what a dead worker left."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from notices.models import Attempt, Notice
from notices.rules import sending
from notices.rules.sending import Answer, Mark, Outgoing
from notices.services import caps
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt
from values.because import because

LEASE = timedelta(minutes=10)
_USABLE = ("GOOD", "UNCHECKED")
_FITS = {"SMS": "MOBILE", "EMAIL": "EMAIL"}


def claim(*, at: datetime, limit: int = 50) -> list[Outgoing]:
    """Take waiting messages for this worker, oldest first, only on channels that may leave at this hour.

    Commit before calling a gateway: from then on a payment cannot withdraw them. A message whose contact is
    gone or void is skipped with the reason stored; one too many for its account (caps) waits again.
    """
    channels = sending.open_channels(timezone.localtime(at).replace(tzinfo=None))
    params = {"at": at, "lease_until": at + LEASE, "channels": list(channels), "limit": limit}
    ids = [pk for (pk,) in sql.rows("notices", "claim", params)]
    claimed = Notice.objects.select_related("contact").filter(pk__in=ids).order_by("pk")
    unreachable = {notice.pk: code for notice in claimed if (code := _why_unreachable(notice))}
    late = caps.over_the_cap([notice for notice in claimed if notice.pk not in unreachable], at=at)
    skips = {pk: Mark("SKIPPED", because=because(code)) for pk, code in unreachable.items()}
    if skips or late:
        _write({**skips, **late}, {}, at=at, from_states=("SENDING",))
        _uncount(late)
    return [_outgoing(notice) for notice in claimed if notice.pk not in skips and notice.pk not in late]


def put_back(*, notice_id: int, channel: str, at: datetime) -> bool:
    """A claimed message whose channel has come to rest meanwhile waits for the morning. False: it may go."""
    mark = caps.resting(channel, at=at)
    if mark is None:
        return False
    _write({notice_id: mark}, {}, at=at, from_states=("SENDING",))
    _uncount([notice_id])
    return True


def mark_answers(answers: Sequence[Answer], *, at: datetime) -> int:
    """Record every call and what it makes of its notice. Returns how many notices were still ours."""
    tries = dict(
        Notice.objects.filter(pk__in=[answer.notice_id for answer in answers]).values_list("pk", "attempts")
    )
    marks = {
        answer.notice_id: sending.mark(answer, attempts=tries[answer.notice_id], at=at) for answer in answers
    }
    Attempt.objects.bulk_create([_attempt(answer, at) for answer in answers])
    provider_ids = {answer.notice_id: answer.provider_id for answer in answers}
    return _write(marks, provider_ids, at=at, from_states=("SENDING",))


def expire_leases(*, at: datetime) -> int:
    """What a worker claimed and never answered: an e-mail waits again, an SMS becomes UNKNOWN."""
    lost = Notice.objects.select_for_update(skip_locked=True).filter(
        state=Notice.State.SENDING, lease_until__lt=at
    )
    answers = [
        sending.expired(notice.channel, attempts=notice.attempts)._replace(notice_id=notice.pk)
        for notice in lost
    ]
    return mark_answers(answers, at=at) if answers else 0


def resolve_unknown(answers: Sequence[Answer], *, at: datetime) -> int:
    """What the provider reports about messages of unknown fate: only SENT and FAILED settle them."""
    sure = [one for one in answers if one.outcome in (sending.Outcome.SENT, sending.Outcome.FAILED)]
    marks = {one.notice_id: sending.mark(one, attempts=1, at=at) for one in sure}
    Attempt.objects.bulk_create([_attempt(one, at) for one in sure])
    provider_ids = {one.notice_id: one.provider_id for one in sure}
    return _write(marks, provider_ids, at=at, from_states=("UNKNOWN",))


def write_failed(answer: Answer, *, at: datetime, from_states: Sequence[str]) -> bool:
    """A message that did not arrive after all; whether it still stood in one of these states."""
    mark = sending.mark(answer, attempts=1, at=at)
    if not _write({answer.notice_id: mark}, {}, at=at, from_states=from_states):
        return False
    Attempt.objects.bulk_create([_attempt(answer, at)])
    return True


def _uncount(notice_ids: Collection[int]) -> None:
    # Nothing was tried: the hand-out by `claim` is no attempt.
    Notice.objects.filter(pk__in=list(notice_ids)).update(attempts=F("attempts") - 1)


def _write(
    marks: dict[int, Mark], provider_ids: dict[int, str], *, at: datetime, from_states: Sequence[str]
) -> int:
    reasons = [mark.because for mark in marks.values()]
    params = {
        "at": at,
        "from_states": list(from_states),
        "ids": list(marks),
        "states": [mark.state for mark in marks.values()],
        "not_before": [mark.not_before for mark in marks.values()],
        "provider_ids": [provider_ids.get(pk, "") for pk in marks],
        "reason_codes": [reason.code if reason else "" for reason in reasons],
        "reason_params": [json.dumps(dict(reason.params) if reason else {}) for reason in reasons],
    }
    return len(sql.rows("notices", "mark", params))


def _why_unreachable(notice: Notice) -> str:
    contact = notice.contact
    if contact is None:
        return "no_channel"
    if contact.kind != _FITS[notice.channel]:
        return "contact_does_not_fit"
    return "" if contact.state in _USABLE else "contact_void"


def _outgoing(notice: Notice) -> Outgoing:
    assert notice.contact is not None  # noqa: S101 - checked by _why_unreachable
    return Outgoing(
        notice_id=notice.pk,
        channel=notice.channel,
        kind=notice.kind,
        to=decrypt(notice.contact.value),
        subject=notice.subject,
        body=notice.body,
        reference=f"{notice.tenant_id}-{notice.pk}",
        attempts=notice.attempts,
    )


def _attempt(answer: Answer, at: datetime) -> Attempt:
    return Attempt(
        notice_id=answer.notice_id,
        at=at,
        outcome=answer.outcome.value,
        provider_id=answer.provider_id,
        detail={"code": answer.code, "detail": answer.detail} if answer.code else {},
    )
