"""Applications: with proof, through the chain, never twice by one person; what each decision leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from arrears.cases.models import ClockEvent, Hold
from arrears.cases.services import JustPaid
from arrears.cases.services.decisions import ReasonMissing
from arrears.relief import services
from arrears.relief.models import Application, Proof
from arrears.relief.rules.applications import Kind
from arrears.relief.services.chain import TermsOver, TwoParts
from billing.charges.models import Contract
from notices.models import Notice
from notices.services import print_notice
from notices.services.texts import TextRefused
from tenancy.kernel.errors import Forbidden, NotFound
from tenancy.people.models import Approval, AuditEntry
from tenancy.people.services.files import FileNotAccepted
from tests.money import owe, pay, still_open
from tests.relief import (
    PROOF,
    ROOM,
    SCAN,
    ask,
    days,
    decide,
    grant,
    night,
    noon,
    plan,
    sign,
    state,
)

DUE, ON = date(2026, 1, 31), date(2026, 3, 1)
TO = date(2026, 5, 31)


@pytest.fixture
def debt(jinxiu):
    """One bill of 2,520.24."""
    return owe(jinxiu, 252_024, DUE)


def wish(**changes):
    asked = {"kind": Kind.DEFERRAL, "reason_code": "HARDSHIP", "statement": "住院", "range": days(ON, TO)}
    return services.Wish(**(asked | changes))


def asked(company, proofs=(PROOF,), **changes):
    with company.open("collector"):
        return services.ask_application(
            account_id=company.accounts[ROOM].pk, wish=wish(**changes), proofs=proofs,
            by=company.staff("collector"), on=ON, at=noon(ON),
        )  # fmt: skip


def test_it_freezes_the_debt_of_the_day_and_waits_for_the_team_lead(jinxiu, debt):
    application = Application.objects.get(pk=asked(jinxiu))
    assert (application.principal_fen, application.late_fee_fen) == (252_024, 2_193)
    request = Approval.objects.get()
    assert (request.kind, request.role, request.decision) == ("relief.check", "team_lead", "PENDING")
    assert request.facts["proofs"][0]["name"] == PROOF.name
    assert request.facts["charges"][0]["late_fee_fen"] == 2_193
    assert Proof.objects.get().file.purpose == "relief"
    assert AuditEntry.objects.filter(action="relief.asked").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": "  "}, "statement"),
        ({"reason_code": "WHIM"}, "reason_code"),
        ({"proofs": ()}, "proofs"),
        ({"proofs": (PROOF,) * 7}, "proofs"),
        ({"range": days(ON)}, "to_on"),
        ({"range": days(ON - timedelta(1), TO)}, "from_on"),
        ({"charge_ids": (10**9,)}, "charges"),
        ({"kind": Kind.INSTALMENT, "plan": plan(1, TO)}, "parts"),
        ({"kind": Kind.INSTALMENT, "plan": plan(6, TO)}, "first_on"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(jinxiu, debt, changes, field):
    with pytest.raises(services.ApplicationRefused) as refused:
        asked(jinxiu, **changes)
    assert refused.value.field == field
    assert not Application.objects.exists()


def test_a_program_is_no_proof(jinxiu, debt):
    with pytest.raises(FileNotAccepted):
        asked(jinxiu, proofs=(services.Upload("x.pdf", b"MZ\x90"),))


def test_nothing_owed_is_nothing_to_ask_for(jinxiu):
    with pytest.raises(services.ApplicationRefused):
        asked(jinxiu)


def test_one_arrangement_at_a_time_but_a_hardship_stands_beside_it(jinxiu, debt):
    asked(jinxiu)
    with pytest.raises(services.ApplicationStands):
        asked(jinxiu, kind=Kind.INSTALMENT, plan=plan(6, date(2026, 3, 31)))
    asked(jinxiu, kind=Kind.HARDSHIP)
    assert Application.objects.count() == 2


def test_a_foreign_account_is_not_found(cast):
    with cast.yunding.open(), pytest.raises(NotFound):
        services.ask_application(
            account_id=cast.jinxiu.accounts[ROOM].pk, wish=wish(), proofs=[PROOF], on=ON, at=noon(ON)
        )


def test_who_asked_neither_checks_nor_grants_and_who_checked_does_not_grant(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", ON, role="project_manager", range=days(ON, TO))
    decide(jinxiu, "team_lead", application_id, ON)
    with pytest.raises(TwoParts):
        decide(jinxiu, "project_manager", application_id, ON)
    assert state(application_id) == "CHECKED"


def test_a_checker_who_is_also_manager_leaves_the_grant_to_another(jinxiu, debt):
    lead = jinxiu.people["team_lead"]
    lead.memberships.update(roles=["team_lead", "project_manager"])
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, TO))
    decide(jinxiu, "team_lead", application_id, ON)
    with pytest.raises(Forbidden):
        decide(jinxiu, "team_lead", application_id, ON)
    decide(jinxiu, "project_manager", application_id, ON)
    assert state(application_id) == "RUNNING"


@pytest.mark.parametrize("step", ["check", "grant"])
def test_every_decision_has_a_reason(jinxiu, debt, step):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, TO))
    role = "team_lead"
    if step == "grant":
        decide(jinxiu, role, application_id, ON)
        role = "project_manager"
    with pytest.raises(ReasonMissing):
        decide(jinxiu, role, application_id, ON, reason=" ")


@pytest.mark.parametrize("role", ["team_lead", "project_manager"])
def test_a_rejection_ends_it_and_the_owner_is_told(jinxiu, debt, role):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, TO))
    if role == "project_manager":
        decide(jinxiu, "team_lead", application_id, ON)
    decide(jinxiu, role, application_id, ON, approve=False, reason="证明不足")
    assert state(application_id) == "REJECTED"
    assert "未获通过" in Notice.objects.get(kind="RELIEF_NEWS").body
    assert not Hold.objects.exists()


def test_more_than_twelve_months_are_the_branchs(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, date(2027, 3, 2)))
    decide(jinxiu, "team_lead", application_id, ON)
    assert Approval.objects.get(kind="relief.grant").role == "branch_gm"
    decide(jinxiu, "branch_gm", application_id, ON)
    assert state(application_id) == "RUNNING"
    assert Approval.objects.get(kind="relief.grant").expires_on == date(2027, 3, 2)


def test_what_was_paid_meanwhile_is_not_granted(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, TO))
    decide(jinxiu, "team_lead", application_id, ON)
    pay(jinxiu, 252_024 + 2_193, key="all", paid_on=ON, posted_on=ON, at=noon(ON))
    with pytest.raises(JustPaid):
        decide(jinxiu, "project_manager", application_id, ON)


def test_days_that_have_gone_by_are_not_granted(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, ON + timedelta(3)))
    decide(jinxiu, "team_lead", application_id, ON)
    with pytest.raises(TermsOver):
        decide(jinxiu, "project_manager", application_id, ON + timedelta(4))


def test_nobody_decided_for_thirty_days_and_nobody_came_to_sign_for_fourteen(jinxiu, debt):
    waiting = ask(jinxiu, "HARDSHIP", ON, range=days(ON))
    unsigned = ask(jinxiu, "INSTALMENT", ON, plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, unsigned, ON)
    assert night(ON + timedelta(14)).get("lapsed") is None
    assert night(ON + timedelta(15)) == {"lapsed": 1}
    assert (state(unsigned), state(waiting)) == ("LAPSED", "ASKED")
    assert night(ON + timedelta(31)) == {"lapsed": 1}
    assert state(waiting) == "LAPSED"
    assert Approval.objects.filter(decision="PENDING").count() == 0


def test_the_owner_takes_it_back_before_it_runs(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", ON, range=days(ON, TO))
    services.withdraw_application(application_id=application_id, on=ON)
    assert state(application_id) == "WITHDRAWN"
    assert Approval.objects.get().decision == "WITHDRAWN"
    with pytest.raises(services.ApplicationMoved):
        services.withdraw_application(application_id=application_id, on=ON)


def test_an_agreement_is_signed_on_the_day_it_was_drawn_up_for(jinxiu, debt):
    application_id = ask(jinxiu, "INSTALMENT", ON, plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, application_id, ON)
    given = {"application_id": application_id, "signer_name": "张三", "scan": SCAN}
    given["by"] = jinxiu.staff("collector")
    tomorrow = ON + timedelta(1)
    with pytest.raises(services.SigningRefused):
        services.sign_plan(**given, signed_on=ON, on=ON)
    first = services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    with pytest.raises(services.SigningRefused):
        services.sign_plan(**given, signed_on=tomorrow, on=tomorrow)
    second = services.draw_up(application_id=application_id, sign_on=tomorrow, on=tomorrow)
    assert Notice.objects.get(pk=first).state == "WITHDRAWN"
    assert Notice.objects.get(pk=second).number == "PLAN-JX-2026-000002", "a void paper keeps its number"
    services.sign_plan(**given, signed_on=tomorrow, on=tomorrow + timedelta(2))
    assert Notice.objects.get(pk=second).state == "DELIVERED"
    assert state(application_id) == "RUNNING"
    assert still_open(jinxiu, TO) == {debt.pk: (252_024, 2_268)}, "frozen at the signing, thirty days"
    event = ClockEvent.objects.get(source__startswith="plan:")
    assert (event.on, event.until) == (tomorrow, date(2026, 8, 31))


def test_money_that_comes_in_between_makes_it_be_drawn_up_anew(jinxiu, debt):
    application_id = ask(jinxiu, "INSTALMENT", ON, plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, application_id, ON)
    services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    pay(jinxiu, 50_000, key="some", paid_on=ON, posted_on=ON, at=noon(ON))
    with pytest.raises(services.FiguresMoved):
        services.sign_plan(
            application_id=application_id, signed_on=ON, signer_name="张三", scan=SCAN,
            by=jinxiu.staff("collector"), on=ON,
        )  # fmt: skip
    sign(jinxiu, application_id, ON)
    assert state(application_id) == "RUNNING"


def test_an_agreement_is_drawn_up_only_if_it_can_be_printed(jinxiu):
    owe(jinxiu, 252_024, DUE, rate="0")
    Contract.objects.update(late_fee_rate=None, late_fee_clause="")
    asked_for = {"plan": plan(6, date(2026, 3, 31)), "statement": "违约金太高，要分期"}
    application_id = ask(jinxiu, "INSTALMENT", ON, **asked_for)
    grant(jinxiu, application_id, ON)
    drawn = services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    assert print_notice(drawn, at=noon(ON)).content_type == "application/pdf", "no late fee is agreed"
    Contract.objects.update(name="逾期停水合同")
    with pytest.raises(TextRefused), transaction.atomic():
        services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    assert Notice.objects.get(kind="INSTALMENT_PLAN", state="QUEUED").pk == drawn


def test_who_has_signed_is_not_asked_to_come_and_sign(jinxiu, debt):
    application_id = ask(jinxiu, "INSTALMENT", ON, plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, application_id, ON)
    news = Notice.objects.get(kind="RELIEF_NEWS")
    assert (news.state, "签署" in news.body) == ("QUEUED", True)
    sign(jinxiu, application_id, ON)
    news.refresh_from_db()
    assert news.state == "WITHDRAWN"
