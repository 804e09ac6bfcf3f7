"""What was asked for is what is granted and signed: a debt that changed meanwhile is asked for anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services as cases
from arrears.cases.models import Case
from arrears.cases.services import open_dispute, walk_ladder
from arrears.cases.services.closing import close_case
from arrears.cases.services.disputes import Disputed
from arrears.relief import services
from arrears.relief.models import ApplicationCharge
from arrears.relief.queries import application_card, askable, preview
from billing.charges.models import Waiver
from billing.charges.services import ask_waiver
from billing.charges.services.waivers import Part
from tests.money import owe, pay
from tests.relief import ROOM, SCAN, ask, decide, grant, noon, plan, sign, state

DUE, ON = date(2026, 1, 31), date(2026, 3, 1)
FIRST = date(2026, 3, 31)


@pytest.fixture
def debt(jinxiu):
    """One bill of 915.30 without late fee."""
    return owe(jinxiu, 91_530, DUE, rate="0")


def dispute(company, charge, fen=None):
    account_id = company.accounts[ROOM].pk
    open_dispute(account_id=account_id, parts=[Disputed(charge.pk, fen)], reason="漏水", on=ON)


def let_off(company, charge, fen):
    waiver_id = ask_waiver(
        account_id=company.accounts[ROOM].pk, kind="PRINCIPAL", parts=[Part(charge.pk, "PRINCIPAL", fen)],
        reason="漏水", by=company.staff("collector"), on=ON, at=noon(ON),
    )  # fmt: skip
    for role in ("branch_gm", "finance"):
        approval = Waiver.objects.get(pk=waiver_id).approval
        with company.open(role):
            by = company.staff(role)
            cases.decide(approval_id=approval.pk, by=by, approve=True, reason="属实", at=noon(ON))


def asked(company):
    return ask(company, "INSTALMENT", ON, plan=plan(3, FIRST))


def sums(refused):
    return refused.value.params["asked_fen"], refused.value.params["now_fen"]


@pytest.mark.parametrize("role", ["team_lead", "project_manager"])
def test_what_is_disputed_meanwhile_is_neither_checked_nor_granted(jinxiu, debt, role):
    application_id = asked(jinxiu)
    if role == "project_manager":
        decide(jinxiu, "team_lead", application_id, ON)
    dispute(jinxiu, debt, 5_000)
    assert application_card(application_id, as_of=ON).has_moved
    with pytest.raises(services.DebtChanged) as refused:
        decide(jinxiu, role, application_id, ON)
    assert sums(refused) == (91_530, 86_530)
    assert "915.30" in str(refused.value)
    assert "865.30" in str(refused.value)


def test_what_is_let_off_meanwhile_is_neither_drawn_up_nor_signed(jinxiu, debt):
    application_id = asked(jinxiu)
    grant(jinxiu, application_id, ON)
    services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    let_off(jinxiu, debt, 86_500)
    with pytest.raises(services.DebtChanged) as refused:
        services.draw_up(application_id=application_id, sign_on=ON, on=ON)
    assert sums(refused) == (91_530, 5_030)
    with pytest.raises(services.DebtChanged):
        services.sign_plan(
            application_id=application_id, signed_on=ON, signer_name="张三", scan=SCAN,
            by=jinxiu.staff("collector"), on=ON,
        )  # fmt: skip
    assert state(application_id) == "APPROVED"


def test_what_was_paid_or_let_off_before_asking_and_paid_since_keeps_it_the_same_debt(jinxiu, debt):
    pay(jinxiu, 10_000, key="some", paid_on=ON, posted_on=ON, at=noon(ON))
    let_off(jinxiu, debt, 1_000)
    application_id = asked(jinxiu)
    assert ApplicationCharge.objects.get().paid_fen == 10_000
    pay(jinxiu, 20_000, key="more", paid_on=ON, posted_on=ON, at=noon(ON))
    assert not application_card(application_id, as_of=ON).has_moved
    grant(jinxiu, application_id, ON)
    sign(jinxiu, application_id, ON)
    assert state(application_id) == "RUNNING"


def test_what_is_left_after_a_payment_still_fills_the_parts(jinxiu, debt):
    application_id = asked(jinxiu)
    grant(jinxiu, application_id, ON)
    pay(jinxiu, 89_000, key="most", paid_on=ON, posted_on=ON, at=noon(ON))
    with pytest.raises(services.FiguresMoved):
        services.draw_up(application_id=application_id, sign_on=ON, on=ON)


def test_nothing_is_asked_about_what_is_disputed(jinxiu, debt):
    dispute(jinxiu, debt, 5_000)
    account_id = jinxiu.accounts[ROOM].pk
    assert preview(account_id, plan(3, FIRST), as_of=ON).total_fen == 86_530
    application_id = asked(jinxiu)
    grant(jinxiu, application_id, ON)
    sign(jinxiu, application_id, ON)
    assert application_card(application_id, as_of=ON).row.total_fen == 86_530
    other = owe(jinxiu, 50_000, DUE, rate="0")
    dispute(jinxiu, other)
    assert other.pk not in {one.charge_id for one in askable(account_id, as_of=ON)}


def test_no_plan_on_a_closed_case(jinxiu, debt):
    walk_ladder(as_of=ON)
    application_id = asked(jinxiu)
    close_case(Case.objects.get(account=jinxiu.accounts[ROOM]).pk, reason="WRITTEN_OFF", on=ON)
    with pytest.raises(services.DebtChanged):
        decide(jinxiu, "team_lead", application_id, ON + timedelta(1))
