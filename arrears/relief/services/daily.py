"""Every night: what begins, is due, is broken, is kept or is over among deferrals, plans and hardships."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from arrears.cases.services.agreed import call_about
from arrears.relief.models import Application, ApplicationCharge, Plan
from arrears.relief.queries.plans import PlanRow, plan_rows
from arrears.relief.rules.applications import (
    DECIDE_WITHIN_DAYS,
    REMIND_DAYS,
    WAITING,
    Kind,
    State,
    deferral_reminds_on,
    lapses_on,
    next_review,
)
from arrears.relief.rules.instalments import Judged, PartState, first_missed, is_kept, reminds_on
from arrears.relief.services.locked import locked, move
from arrears.relief.services.news import DEFERRAL_ENDS, INSTALMENT_DUE, say, tell
from arrears.relief.services.running import break_plan, end, keep, release, start, still_owed
from billing.charges.queries import lowered
from tenancy.people.services import approvals
from values.because import because
from values.fen import yuan

_REVIEW: Final = "REVIEW"
_UNPAID: Final = (PartState.UPCOMING, PartState.GRACE)


def run_relief(*, as_of: date) -> dict[str, int]:
    """The night of a company; a second run of the day changes nothing. Before the ladder walks."""
    done = Counter[str]()
    _lapse(as_of, done)
    _begin(as_of, done)
    _plans(as_of, done)
    _deferrals(as_of, done)
    _hardships(as_of, done)
    return {name: count for name, count in done.items() if count}


def _lapse(as_of: date, done: Counter[str]) -> None:
    """Requests that nobody decided and plans that nobody came to sign do not stand for ever."""
    waited = Q(state__in=WAITING) & (
        Q(asked_on__lt=as_of - timedelta(days=DECIDE_WITHIN_DAYS)) | Q(to_on__lt=as_of)
    )
    unsigned = Q(state=State.APPROVED, sign_by__lt=as_of)
    for application in _of(Application.objects.filter(waited | unsigned)):
        day = lapses_on(
            State(application.state),
            asked_on=application.asked_on,
            sign_by=application.sign_by,
            to_on=application.to_on,
        )
        if day is None or day > as_of:
            continue
        asked = (application.check_request_id, application.grant_request_id)
        approvals.withdraw(approval_ids=[pk for pk in asked if pk is not None])
        unsigned_plan = application.state == State.APPROVED
        move(application, State.LAPSED, on=as_of, why="not_signed" if unsigned_plan else "not_decided")
        tell(application, "已过有效期，如仍有需要请重新申请", event="lapsed", on=as_of)
        done["lapsed"] += 1


def _begin(as_of: date, done: Counter[str]) -> None:
    waits = Application.objects.filter(state=State.APPROVED, kind__in=(Kind.DEFERRAL, Kind.HARDSHIP))
    for application in _of(waits.filter(from_on__lte=as_of)):
        if still_owed(application, as_of=as_of):
            start(application, on=as_of)
            done["begun"] += 1
        else:
            move(application, State.LAPSED, on=as_of, why="paid")


def _plans(as_of: date, done: Counter[str]) -> None:
    running = Application.objects.filter(state=State.RUNNING, kind=Kind.INSTALMENT, started_on__lte=as_of)
    ids = list(running.order_by("pk").values_list("pk", flat=True))
    yesterday = plan_rows(ids, as_of=as_of - timedelta(days=1))
    for application_id, row in plan_rows(ids, as_of=as_of).items():
        if row.is_changed:
            release(locked(application_id), on=as_of, why="charges_changed")
            done["plans_released"] += 1
        elif missed := first_missed(row.parts):
            plan = Plan.objects.get(pk=row.plan_id)
            break_plan(locked(application_id), plan, missed.part, on=as_of)
            done["plans_broken"] += 1
        elif is_kept(yesterday[application_id].parts):
            keep(locked(application_id), on=as_of)
            done["plans_kept"] += 1
        else:
            done["instalment_reminders"] += _remind(application_id, row, as_of)


def _remind(application_id: int, row: PlanRow, as_of: date) -> int:
    """Three days before each instalment of which something is open; once, also when the night came late."""
    due = [one for one in row.parts if one.state in _UNPAID and _is_near(one, as_of)]
    if not due:
        return 0
    application = Application.objects.get(pk=application_id)
    return sum(_remind_of(application, row, one, as_of) for one in due)


def _is_near(judged: Judged, as_of: date) -> bool:
    return reminds_on(judged.part) <= as_of <= judged.part.due_on


def _remind_of(application: Application, row: PlanRow, judged: Judged, as_of: date) -> bool:
    part = judged.part
    fields = {
        "part": f"第{part.number}期" if part.number else "首付款",
        "amount": yuan(part.amount_fen - judged.paid_fen),
        "due_on": part.due_on.isoformat(),
    }
    key = f"{row.plan_id}:{part.number}"
    return say(application, INSTALMENT_DUE, fields, key=key, on=as_of, charge_ids=row.charge_ids)


def _deferrals(as_of: date, done: Counter[str]) -> None:
    running = Application.objects.filter(state=State.RUNNING, kind=Kind.DEFERRAL, started_on__lte=as_of)
    soon = as_of + timedelta(days=REMIND_DAYS)
    applications = list(running.order_by("pk"))
    paid = _paid([one.pk for one in applications], as_of - timedelta(days=1))
    for application in applications:
        if application.pk in paid:
            keep(locked(application.pk), on=as_of)
            done["deferrals_kept"] += 1
        elif application.to_on is not None and application.to_on < as_of:
            end(locked(application.pk), on=as_of)
            done["deferrals_over"] += 1
        elif application.to_on is not None and application.to_on <= soon:
            done["deferral_reminders"] += _remind_end(application, application.to_on, as_of)


def _remind_end(application: Application, to_on: date, as_of: date) -> bool:
    if as_of < deferral_reminds_on(to_on):
        return False
    owed = still_owed(application, as_of=as_of)
    fields = {"amount": yuan(sum(one.owed_fen for one in owed)), "ends_on": to_on.isoformat()}
    ids = [one.charge_id for one in owed]
    return say(application, DEFERRAL_ENDS, fields, key=str(application.pk), on=as_of, charge_ids=ids)


def _hardships(as_of: date, done: Counter[str]) -> None:
    running = Application.objects.filter(state=State.RUNNING, kind=Kind.HARDSHIP, started_on__lte=as_of)
    for application in _of(running.filter(Q(to_on__lt=as_of) | Q(review_on__lte=as_of))):
        if application.to_on is not None and application.to_on < as_of:
            end(application, on=as_of)
            done["hardships_over"] += 1
        elif application.review_on is not None:
            why = because("hardship_review", since=application.started_on, application=application.pk)
            call_about(account_id=application.account_id, on=application.review_on, why=why, kind=_REVIEW)
            application.review_on = next_review(application.review_on, as_of=as_of)
            application.save(update_fields=["review_on"])
            done["reviews"] += 1


def _paid(application_ids: Sequence[int], on: date) -> set[int]:
    """Applications of whose charges nothing was owed at the end of a day."""
    listed: dict[int, list[int]] = defaultdict(list)
    rows = ApplicationCharge.objects.filter(application_id__in=application_ids)
    for application_id, charge_id in rows.values_list("application_id", "charge_id"):
        listed[application_id].append(charge_id)
    moved = lowered({charge_id for ids in listed.values() for charge_id in ids})
    return {
        application_id
        for application_id, ids in listed.items()
        if all(moved[pk].is_reversed or moved[pk].unpaid_fen(on=on) <= 0 for pk in ids)
    }


def _of(found: object) -> list[Application]:
    ids = list(found.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    return [locked(pk) for pk in ids]
