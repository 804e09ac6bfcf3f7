"""The drain: claim a batch, call out with no transaction open, mark. Print rounds. Log-in codes."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notices import services
from notices.gateways import Carriers
from notices.gateways.sms import sms_gateway
from notices.queries.messages import unknown_messages
from notices.rules import sending, texts
from notices.rules.sending import Answer, Outcome, Outgoing
from notices.services.printing import RequestedRound
from owners.queries.portal import admitted
from tenancy.kernel import clock
from tenancy.kernel.crypto import decrypt, encrypt
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tenancy.kernel.worker import for_each_tenant
from tenancy.people.services import portal
from tenancy.people.services.jobs import Progress, watched
from tenancy.people.tasks import JobTask

BATCH = 50
PORTAL_CODE = "PORTAL_CODE"
log = logging.getLogger(__name__)


@shared_task
def drain_all() -> int:
    """The timetable's tick: one drain per company."""
    return for_each_tenant(drain)


@shared_task
def drain(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Send what waits in one company's outbox. `at` is a moment as ISO text; now when absent."""
    return send_waiting(tenant_id=tenant_id, at=datetime.fromisoformat(at) if at else None)


@shared_task
def ask_unknown(*, tenant_id: int) -> int:
    """Ask the SMS provider what became of the messages nobody knows about."""
    return settle_unknown(tenant_id=tenant_id, at=clock.now())


@shared_task
def ask_unknown_all() -> int:
    """The timetable's tick: one question round per company."""
    return for_each_tenant(ask_unknown)


@shared_task
def send_portal_code(*, request_id: int, phone: str) -> None:
    """Send a log-in code where the phone (encrypted, in hex) is somebody's."""
    number = decrypt(bytes.fromhex(phone))
    if found := _owners_with(number):
        _send_code(number, portal.make_code(request_id=request_id, phone=number, found=found), request_id)
    else:
        portal.make_no_code(request_id=request_id)


@shared_task(base=JobTask)
def print_round(*, tenant_id: int, user_id: int | None, job_id: int, arguments: dict[str, Any]) -> None:
    """Draw a round; its file's id stands in the job's result."""
    with watched(Progress(job_id, tenant_id)) as (progress, result), acting_for(tenant_id, user_id=user_id):
        file = services.print_round(**_round(arguments), at=clock.now(), progress=progress)
        result |= {"file_id": file.pk, "name": file.name}


@shared_task(base=JobTask)
def print_chosen(*, tenant_id: int, user_id: int | None, job_id: int, notice_ids: list[int]) -> None:
    """Draw chosen papers; their file's id stands in the job's result."""
    with watched(Progress(job_id, tenant_id)) as (progress, result), acting_for(tenant_id, user_id=user_id):
        file = services.print_chosen(notice_ids=notice_ids, at=clock.now(), progress=progress)
        result |= {"file_id": file.pk, "name": file.name}


def start_chosen(asked: RequestedRound, *, tenant_id: int, user_id: int | None) -> None:
    """Start the task of requested papers when its job's row is committed."""
    transaction.on_commit(
        lambda: print_chosen.delay(
            tenant_id=tenant_id, user_id=user_id, job_id=asked.job_id, **asked.arguments
        )
    )


def start_round(asked: RequestedRound, *, tenant_id: int, user_id: int | None) -> None:
    """Start the task of a requested round when its job's row is committed."""
    transaction.on_commit(
        lambda: print_round.delay(
            tenant_id=tenant_id, user_id=user_id, job_id=asked.job_id, arguments=asked.arguments
        )
    )


def start_portal_code(request_id: int, phone: str) -> None:
    """Have a code made for a counted request, whoever's phone it is. What comes too late is not sent."""
    message = {"request_id": request_id, "phone": encrypt(phone).hex()}
    lives = portal.CODE_LIVES.total_seconds()
    transaction.on_commit(lambda: send_portal_code.apply_async(kwargs=message, expires=lives))


def send_waiting(
    *, tenant_id: int, at: datetime | None = None, by: Callable[[], Carriers] = Carriers
) -> dict[str, int]:
    """Send until nothing waits: how many per outcome, and per kind and outcome (REMINDER_SENT).

    `at` stands still for a day that is played; without it each message leaves at its own moment, so a long
    drain stops at 21:00. `by` opens the lines.
    Every answer is committed before the next call, so a worker that dies leaves one message in doubt at most
    with its gateway; the rest of its batch was never called and is settled by the lease.
    """
    total: Counter[str] = Counter()
    with acting_for(tenant_id):
        services.expire_leases(at=at or clock.now())
    with by() as carriers:
        while batch := _claim(tenant_id, at or clock.now(), limit=max(BATCH, carriers.at_once)):
            for first in range(0, len(batch), carriers.at_once):
                group = batch[first : first + carriers.at_once]
                total.update(_send(tenant_id, carriers, group, at))
    return dict(total)


def _send(tenant_id: int, carriers: Carriers, group: list[Outgoing], at: datetime | None) -> Counter[str]:
    """Call out for a group with no transaction open, and keep its answers."""
    going = [message for message in group if not _rests(tenant_id, message, at or clock.now())]
    answers = carriers.send_all(going)
    _mark(tenant_id, answers, at or clock.now())
    pairs = zip(going, answers, strict=True)
    return Counter(name for message, answer in pairs for name in _counted(message, answer))


def settle_unknown(*, tenant_id: int, at: datetime) -> int:
    """The provider's word on messages of unknown fate; how many it settled."""
    gateway = sms_gateway()
    with acting_for(tenant_id):
        unknown = unknown_messages()
    answers = [gateway.status(notice_id, reference) for notice_id, reference in unknown]
    with acting_for(tenant_id):
        return services.resolve_unknown(answers, at=at)


def _claim(tenant_id: int, at: datetime, *, limit: int) -> list[Outgoing]:
    with acting_for(tenant_id):
        return services.claim(at=at, limit=limit)


def _rests(tenant_id: int, message: Outgoing, at: datetime) -> bool:
    if message.channel in sending.open_channels(timezone.localtime(at).replace(tzinfo=None)):
        return False
    with acting_for(tenant_id):
        return services.put_back(notice_id=message.notice_id, channel=message.channel, at=at)


def _mark(tenant_id: int, answers: Sequence[Answer], at: datetime) -> None:
    if answers:
        with acting_for(tenant_id):
            services.mark_answers(answers, at=at)


def _counted(message: Outgoing, answer: Answer) -> list[str]:
    return [answer.outcome.value, f"{message.kind}_{answer.outcome.value}"]


def _round(arguments: dict[str, Any]) -> dict[str, Any]:
    issued_on = arguments["issued_on"]
    return {**arguments, "issued_on": date.fromisoformat(issued_on) if issued_on else None}


def _owners_with(phone: str) -> list[portal.Found]:
    found: list[portal.Found] = []
    for tenant_id in Tenant.objects.order_by("pk").values_list("pk", flat=True):
        with acting_for(tenant_id):
            found.extend(portal.Found(tenant_id, party_id) for party_id in admitted(phone))
    return found


def _send_code(phone: str, code: str, request_id: int) -> None:
    fields: dict[str, str | int] = {
        "company": settings.PLATFORM_SIGNATURE,
        "code": code,
        "minutes": int(portal.CODE_LIVES.total_seconds() // 60),
    }
    text = texts.compose(texts.DEFAULTS[PORTAL_CODE, "SMS"], fields, channel="SMS", late_fee_clause=False)
    reference = f"code-{request_id}"
    answer = sms_gateway().send(Outgoing(request_id, "SMS", PORTAL_CODE, phone, "", text.body, reference))
    if answer.outcome is not Outcome.SENT:
        log.warning("log-in code %s was not sent: %s %s", request_id, answer.outcome, answer.code)
