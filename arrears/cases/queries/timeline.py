"""What happened to a case or a unit, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from arrears.cases.models import Call, Case, Hold, Promise, Step, Visit
from arrears.cases.queries.timeline_row import TimelineRow
from arrears.cases.queries.unit_events import unit_events, vain_deliveries
from arrears.cases.rules.promises import why_in_doubt
from billing.charges.queries import accounts_of_unit
from billing.payments.queries import payments_of_accounts
from tenancy.people.queries import audit
from values.because import Because

_DECIDED: Final = ("APPROVED", "REJECTED")


def case_timeline(case_id: int, *, limit: int = 200) -> list[TimelineRow]:
    """The history of a case with payments and papers that were not served, the newest first."""
    account_id, handed = vain_deliveries(case_id, limit=limit)
    if account_id is None:
        return []
    return _sorted([*_rows([case_id], {account_id}, limit), *handed], limit)


def unit_timeline(unit_id: int, *, as_of: date | None = None, limit: int = 100) -> list[TimelineRow]:
    """Everything that happened to a unit, the newest first: its cases, money, papers, owners, issues.

    `as_of`: an owner who comes after that day has not come yet.
    """
    case_ids = list(Case.objects.filter(unit_id=unit_id).values_list("pk", flat=True))
    accounts = {row.account_id for row in accounts_of_unit(unit_id)}
    rows = _rows(case_ids, accounts, limit)
    told = {row.notice_id for row in rows if row.notice_id is not None}
    return _sorted([*rows, *unit_events(unit_id, told=told, as_of=as_of, limit=limit)], limit)


def _sorted(rows: Iterable[TimelineRow], limit: int) -> list[TimelineRow]:
    return sorted(rows, key=lambda row: (row.on, row.order), reverse=True)[:limit]


def _rows(case_ids: Collection[int], accounts: Collection[int], limit: int) -> list[TimelineRow]:
    return [
        *_steps(case_ids, limit),
        *_calls(case_ids, limit),
        *_visits(case_ids, limit),
        *_promises(case_ids, limit),
        *_given(case_ids, limit),
        *_holds(accounts, limit),
        *_payments(accounts, limit),
    ]


def _steps(case_ids: Collection[int], limit: int) -> Iterable[TimelineRow]:
    steps = Step.objects.filter(case_id__in=case_ids).order_by("-pk")[:limit]
    for at, pk, on, code, event, why, params, notice_id, approval_id, who, reason in steps.values_list(
        "at", "pk", "on", "code", "event", "because", "because_params", "notice_id", "approval_id",
        "by__name", "approval__reason",
    ):  # fmt: skip
        said = reason or "" if event in _DECIDED else ""
        yield TimelineRow(
            "STEP", on, _same_day(at, on), pk, code, event, Because(why, params), who or "", said=said,
            notice_id=notice_id, approval_id=approval_id,
        )  # fmt: skip


def _calls(case_ids: Collection[int], limit: int) -> Iterable[TimelineRow]:
    calls = Call.objects.filter(case_id__in=case_ids).order_by("-pk")[:limit]
    for pk, at, outcome, reason_code, feedback, promised_on, fen, who, number, rung in calls.values_list(
        "pk", "at", "outcome", "reason_code", "feedback", "promised_on", "overdue_fen", "by__name",
        "contact__masked", "contact_id",
    ):  # fmt: skip
        yield TimelineRow(
            "CALL", timezone.localtime(at).date(), at, pk, outcome, who=who, said=feedback,
            reason_code=reason_code, day=promised_on, amount_fen=fen, number=number or "",
            contact_id=rung,
        )  # fmt: skip


def _visits(case_ids: Collection[int], limit: int) -> Iterable[TimelineRow]:
    visits = Visit.objects.filter(case_id__in=case_ids).order_by("-pk")[:limit]
    for pk, on, result, reason_code, feedback, promised_on, photo_id, who in visits.values_list(
        "pk", "on", "result", "reason_code", "feedback", "promised_on", "photo_id", "by__name"
    ):
        yield TimelineRow(
            "VISIT", on, None, pk, result, who=who, said=feedback, reason_code=reason_code, day=promised_on,
            file_id=photo_id,
        )  # fmt: skip


def _promises(case_ids: Collection[int], limit: int) -> Iterable[TimelineRow]:
    promises = Promise.objects.filter(case_id__in=case_ids).order_by("-pk")[:limit]
    for pk, made_on, promised_on, fen, who, doubt in promises.values_list(
        "pk", "made_on", "promised_on", "amount_fen", "by__name", "doubt"
    ):
        yield TimelineRow(
            "PROMISE", made_on, None, pk, "PROMISE", who=who or "", day=promised_on, amount_fen=fen,
            because=why_in_doubt(doubt, made_on=made_on),
        )  # fmt: skip


def _given(case_ids: Collection[int], limit: int) -> Iterable[TimelineRow]:
    entries = audit.entries(object_kind="case", action="case.assigned").filter(object_id__in=list(case_ids))
    for entry in entries[:limit]:
        on = timezone.localtime(entry.at).date()
        yield TimelineRow(
            "GIVEN", on, entry.at, entry.pk, "GIVEN", who=_name(entry.user), said=entry.detail["given_to"],
        )  # fmt: skip


def _holds(accounts: Collection[int], limit: int) -> Iterable[TimelineRow]:
    holds = Hold.objects.filter(account_id__in=accounts).order_by("-pk")[:limit]
    for hold in holds.select_related("set_by", "released_by"):
        yield TimelineRow(
            "HOLD",
            hold.from_on,
            None,
            hold.pk,
            hold.kind,
            who=_name(hold.set_by),
            said=hold.reason,
            day=hold.to_on,
        )
        if hold.released_on is not None:
            who = _name(hold.released_by)
            said = " · ".join(part for part in (hold.representative, hold.end_reason) if part)
            yield TimelineRow("RELEASE", hold.released_on, None, hold.pk, hold.kind, who=who, said=said)


def _payments(accounts: Collection[int], limit: int) -> Iterable[TimelineRow]:
    for row in payments_of_accounts(accounts, limit=limit):
        yield TimelineRow(
            "PAYMENT", row.posted_on, None, row.payment_id, row.method, who=row.taken_by,
            amount_fen=row.amount_fen, payment_id=row.payment_id,
        )  # fmt: skip


def _same_day(at: datetime, on: date) -> datetime | None:
    """The moment, unless the step is about another day (a delivery recorded later, a night caught up)."""
    return at if timezone.localtime(at).date() == on else None


def _name(user: Any) -> str:
    return "" if user is None else str(user.name)
