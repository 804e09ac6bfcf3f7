"""Applications for tests: asked for by staff, checked, granted, signed; and the nights in between."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from arrears.cases import services as cases
from arrears.relief import services
from arrears.relief.models import Application, Proof
from arrears.relief.queries.plans import PlanRow, plan_rows
from arrears.relief.rules.applications import Kind, Range
from arrears.relief.rules.instalments import Wanted
from tests.cast import Company
from tests.ladder import send

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROOM = "3-1-1602"
PDF = b"%PDF-1.7 proof"
PROOF = services.Upload("住院证明.pdf", PDF)
SCAN = services.Upload("协议.pdf", b"%PDF-1.7 signed")


def noon(day: date) -> datetime:
    """Midday of a day in Shanghai."""
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)


def ask(
    company: Company, kind: str, on: date, *, unit: str = ROOM, role: str = "collector", **wish: Any
) -> int:
    """The collector writes down what the owner asks for, with his proof."""
    asked = {"reason_code": "HARDSHIP", "statement": "住院治疗，收入减少"} | wish
    with company.open(role):
        return services.ask_application(
            account_id=company.accounts[unit].pk,
            wish=services.Wish(kind=Kind(kind), **asked),
            proofs=[PROOF],
            by=company.staff(role),
            on=on,
            at=noon(on),
        )


def plan(parts: int, first_on: date, down: int = 0) -> Wanted:
    """So many instalments from a day, after so many per cent at the signing."""
    return Wanted(parts, first_on, down)


def days(from_on: date, to_on: date | None = None) -> Range:
    """The days of a deferral or a hardship."""
    return Range(from_on, to_on)


def decide(
    company: Company, role: str, application_id: int, on: date, *, approve: bool = True, reason: str = "属实"
) -> None:
    """Decide whichever request of an application waits, as a role."""
    application = Application.objects.get(pk=application_id)
    with company.open(role):
        cases.decide(
            approval_id=application.grant_request_id or application.check_request_id,
            by=company.staff(role),
            approve=approve,
            reason=reason,
            at=noon(on),
        )


def grant(company: Company, application_id: int, on: date, by: str = "project_manager") -> None:
    """Checked by the team lead and granted on one day."""
    decide(company, "team_lead", application_id, on)
    decide(company, by, application_id, on)


def confirm(company: Company, application_id: int, role: str = "team_lead") -> None:
    """Somebody has seen the owner's signature on the first of the proofs."""
    file_id = Proof.objects.filter(application_id=application_id).values_list("file_id", flat=True)[0]
    with company.open(role):
        services.confirm_form(application_id=application_id, file_id=file_id, by=company.staff(role))


def sign(company: Company, application_id: int, on: date) -> int:
    """Draw the agreement up for the day, and have it signed and scanned."""
    with company.open("collector"):
        services.draw_up(application_id=application_id, sign_on=on, on=on)
        return services.sign_plan(
            application_id=application_id,
            signed_on=on,
            signer_name="张三",
            scan=SCAN,
            by=company.staff("collector"),
            on=on,
        )


def night(day: date) -> dict[str, int]:
    """A night as the timetable makes it: relief, then the ladder; in the morning messages leave."""
    done = services.run_relief(as_of=day)
    cases.walk_ladder(as_of=day)
    send(day)
    return done


def nights(first: date, last: date) -> None:
    """Every night from a day to a day, both inclusive."""
    for n in range((last - first).days + 1):
        night(first + timedelta(n))


def state(application_id: int) -> str:
    """Where an application stands."""
    return str(Application.objects.get(pk=application_id).state)


def judged(application_id: int, day: date) -> PlanRow:
    """The plan of an application as the ledger tells it on a day."""
    return plan_rows([application_id], as_of=day)[application_id]
