"""What was granted begins and ends: the late fee pauses, the ladder waits, and both go on afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.services.agreed import ask_demand_again, call_about
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.holds import end_granted, hold_granted
from arrears.relief.models import Application, ApplicationCharge, Plan, PlanCharge
from arrears.relief.rules.applications import Kind, State
from arrears.relief.rules.instalments import Part
from arrears.relief.services.locked import ApplicationMoved, locked, move
from arrears.relief.services.news import tell
from billing.charges import services as charges
from billing.charges.queries import OpenCharge, open_charges
from tenancy.kernel.errors import Refused
from values.because import because

# A hardship without an end: the pause is cut when it is over, and no agreement reaches further.
_NO_END: Final = date(2099, 12, 31)


class NeedsReason(Refused):
    """Whoever ends what was granted says why."""

    code = "relief.needs_reason"


def still_owed(application: Application, *, as_of: date) -> list[OpenCharge]:
    """What it is about, as far as it is unpaid on a day."""
    rows = ApplicationCharge.objects.filter(application=application)
    listed = set(rows.values_list("charge_id", flat=True))
    found = open_charges(account_ids=[application.account_id], as_of=as_of)
    return [charge for charge in found if charge.charge_id in listed]


def start(application: Application, *, on: date) -> None:
    """A deferral or a hardship begins; its account is locked."""
    first_on = application.from_on or on
    if application.spares_late_fee:
        last_on = application.to_on or _NO_END
        application.pause_ids = pause(application, still_owed(application, as_of=on), first_on, last_on, on)
    hold_granted(
        account_id=application.account_id,
        kind=application.kind,
        from_on=max(first_on, application.asked_on),
        to_on=application.to_on,
        reason=application.statement[:300],
        agreed_days=[application.to_on] if application.kind == Kind.DEFERRAL and application.to_on else [],
    )
    move(application, State.RUNNING, on=on, pause_ids=application.pause_ids)


def pause(
    application: Application, owed: Sequence[OpenCharge], first_on: date, last_on: date, on: date
) -> list[int]:
    """No late fee on these days; the pauses' ids."""
    if not owed:
        return []
    return charges.pause_late_fee(
        charge_ids=[charge.charge_id for charge in owed],
        first_on=first_on,
        last_on=last_on,
        reason=_("Granted on application %(number)d") % {"number": application.pk},
        on=on,
    )


def keep(application: Application, *, on: date) -> None:
    """All of it is paid: the hold ends, the night closes the case."""
    end_granted(account_id=application.account_id, kind=application.kind, on=on)
    move(application, State.KEPT, on=on, why="paid")
    if application.kind == Kind.INSTALMENT:
        tell(application, "约定的各期款项已全部付清，感谢您的配合", event="kept", on=on)


def end(application: Application, *, on: date) -> None:
    """Its last day is over. What was deferred is demanded anew, with days to pay of its own (6.1)."""
    end_granted(account_id=application.account_id, kind=application.kind, on=on)
    move(application, State.ENDED, on=on, why="over")
    if application.kind == Kind.DEFERRAL:
        why = because("deferral_over", to_on=application.to_on)
        ask_demand_again(account_id=application.account_id, on=on, why=why)


def break_plan(application: Application, plan: Plan, missed: Part, *, on: date) -> None:
    """An instalment was missed: the balance is due at once, the late fee runs again, the ladder goes on.

    It runs from the day after the missed due day, or where that was agreed from the signing. The clock of
    limitation no longer waits for the last instalment: from now on it counts from the missed one.
    """
    resumes_after = missed.due_on if application.mode == Application.Mode.RESUME else plan.signed_on
    _end_pauses(application, plan.signed_on, resumes_after)
    end_granted(account_id=application.account_id, kind=application.kind, on=on)
    listed = PlanCharge.objects.filter(plan=plan).values_list("charge_id", flat=True)
    note_clock_event(
        account_id=application.account_id,
        charge_ids=list(listed),
        kind="ACKNOWLEDGEMENT",
        on=plan.signed_on,
        until=max(missed.due_on, plan.signed_on),
        source=f"plan:{plan.pk}",
        evidence=_("Instalment agreement, broken"),
        file_id=plan.scan_id,
    )
    move(application, State.BROKEN, on=on, why="missed")
    why = because("plan_broken", part=missed.number, due_on=missed.due_on)
    call_about(account_id=application.account_id, on=on, why=why)
    part = f"第{missed.number}期" if missed.number else "首付款"
    tell(application, f"因{part}逾期未付已终止，未还款项现已全部到期", event="broken", on=on)


def release(application: Application, *, on: date, why: str) -> None:
    """It ends before its time: what it was about has changed, or is granted no more."""
    _end_pauses(application, application.started_on or on, on)
    end_granted(account_id=application.account_id, kind=application.kind, on=on)
    move(application, State.RELEASED, on=on, why=why)
    tell(application, "已提前终止，如有疑问请与我们联系", event="released", on=on)


def release_application(*, application_id: int, reason: str, on: date) -> None:
    """A manager ends what runs, and says why. Raises NotFound, NeedsReason, ApplicationMoved."""
    if not reason.strip():
        raise NeedsReason(_("Write the reason."), field="reason")
    application = locked(application_id)
    if application.state != State.RUNNING:
        raise ApplicationMoved(_("This application has moved on since. Reload the page."))
    release(application, on=on, why=reason.strip()[:40])


def _paused_until(application: Application) -> date:
    plan = Plan.objects.filter(application=application).first()
    if plan is not None:
        last_due_on: date = plan.last_due_on
        return last_due_on + timedelta(days=plan.grace_days)
    return application.to_on or _NO_END


def _end_pauses(application: Application, signed_on: date, last_on: date) -> None:
    last_on = min(last_on, _paused_until(application))
    for pause_id in application.pause_ids:
        if last_on <= signed_on and application.kind == Kind.INSTALMENT:
            charges.drop_pause(pause_id=pause_id)
        else:
            charges.end_pause(pause_id=pause_id, last_on=last_on)
    application.pause_ids = []
    application.save(update_fields=["pause_ids"])
