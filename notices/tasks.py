"""The drain: claim a batch, call out with no transaction open, mark. And the print rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from celery import shared_task
from django.db import transaction

from notices import queries, services
from notices.gateways import Carriers
from notices.gateways.sms import sms_gateway
from notices.rules.sending import Answer, Outgoing
from notices.services.printing import RequestedRound
from tenancy.kernel import clock
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import acting_for
from tenancy.kernel.worker import for_each_tenant
from tenancy.people.services.jobs import Progress

BATCH = 50


@shared_task(queue="notify")
def drain_all() -> int:
    """The timetable's tick: one drain per company."""
    return for_each_tenant(drain)


@shared_task(queue="notify")
def drain(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Send what waits in one company's outbox. `at` is a moment as ISO text; now when absent."""
    return send_waiting(tenant_id=tenant_id, at=datetime.fromisoformat(at) if at else clock.now())


@shared_task(queue="notify")
def ask_unknown(*, tenant_id: int) -> int:
    """Ask the SMS provider what became of the messages nobody knows about."""
    return settle_unknown(tenant_id=tenant_id, at=clock.now())


@shared_task(queue="notify")
def ask_unknown_all() -> int:
    """The timetable's tick: one question round per company."""
    return for_each_tenant(ask_unknown)


@shared_task(queue="pdf")
def print_round(*, tenant_id: int, user_id: int | None, job_id: int, arguments: dict[str, Any]) -> None:
    """Draw a round; its file's id stands in the job's result."""
    with _watched(Progress(job_id, tenant_id)) as (progress, result), acting_for(tenant_id, user_id=user_id):
        file = services.print_round(**_round(arguments), at=clock.now(), progress=progress)
        result |= {"file_id": file.pk, "name": file.name}


def start_round(asked: RequestedRound, *, tenant_id: int, user_id: int | None) -> None:
    """Start the task of a requested round when its job's row is committed."""
    transaction.on_commit(
        lambda: print_round.delay(
            tenant_id=tenant_id, user_id=user_id, job_id=asked.job_id, arguments=asked.arguments
        )
    )


def send_waiting(*, tenant_id: int, at: datetime) -> dict[str, int]:
    """Send until nothing waits: how many per outcome, and per kind and outcome (REMINDER_SENT).

    Every answer is committed before the next call, so a worker that dies leaves one message in doubt at most
    with its gateway; the rest of its batch was never called and is settled by the lease.
    """
    total: Counter[str] = Counter()
    with acting_for(tenant_id):
        services.expire_leases(at=at)
    with Carriers() as carriers:
        while batch := _claim(tenant_id, at):
            for message in batch:
                answer = carriers.send(message)
                _mark(tenant_id, answer, at)
                total.update(_counted(message, answer))
    return dict(total)


def settle_unknown(*, tenant_id: int, at: datetime) -> int:
    """The provider's word on messages of unknown fate; how many it settled."""
    gateway = sms_gateway()
    with acting_for(tenant_id):
        unknown = queries.unknown_messages()
    answers = [gateway.status(notice_id, reference) for notice_id, reference in unknown]
    with acting_for(tenant_id):
        return services.resolve_unknown(answers, at=at)


def _claim(tenant_id: int, at: datetime) -> list[Outgoing]:
    with acting_for(tenant_id):
        return services.claim(at=at, limit=BATCH)


def _mark(tenant_id: int, answer: Answer, at: datetime) -> None:
    with acting_for(tenant_id):
        services.mark_answers([answer], at=at)


def _counted(message: Outgoing, answer: Answer) -> list[str]:
    return [answer.outcome.value, f"{message.kind}_{answer.outcome.value}"]


def _round(arguments: dict[str, Any]) -> dict[str, Any]:
    issued_on = arguments["issued_on"]
    return {**arguments, "issued_on": date.fromisoformat(issued_on) if issued_on else None}


@contextmanager
def _watched(progress: Progress) -> Iterator[tuple[Progress, dict[str, Any]]]:
    """The job's row says how it ended: with the result, with a refusal, or with a crash that goes on."""
    result: dict[str, Any] = {}
    ended = False
    try:
        yield progress, result
        progress.finish(result)
        ended = True
    except Refused as refusal:
        progress.fail(refusal)
        ended = True
    finally:
        if not ended:
            progress.crash()
