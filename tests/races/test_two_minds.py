"""An owner takes back what is being decided at that moment: one of them comes first, nobody fails."""

from __future__ import annotations

import pytest

from arrears.cases import services as cases
from arrears.cases.services import Disputed
from arrears.relief import services
from arrears.relief.models import Application, Ticket
from arrears.relief.services import NewTicket
from billing.charges.models import Charge
from tenancy.kernel.errors import Refused
from tests import ladder
from tests.ladder import on
from tests.races.test_two_walkers import at_once, inside
from tests.relief import ROOM, ask, days, noon

ROUNDS = 6


@pytest.fixture
def company(committed):
    jinxiu = committed.jinxiu
    with jinxiu.open():
        ladder.bill(jinxiu)
    return jinxiu


def deciding(company, approval_id, role, day, *, approve):
    def act():
        by = company.staff(role)
        return cases.decide(approval_id=approval_id, by=by, approve=approve, reason="属实", at=noon(day))

    return inside(company, act, role)


def test_a_withdrawal_beside_a_decision_on_the_application(company):
    for n in range(ROUNDS):
        day = on(3 + n)
        with company.open():
            pk = ask(company, "DEFERRAL", day, range=days(day, on(60)))
            approval_id = Application.objects.get(pk=pk).check_request_id
        taking = inside(
            company, lambda pk=pk, day=day: services.withdraw_application(application_id=pk, on=day)
        )
        decided, taken = at_once(deciding(company, approval_id, "team_lead", day, approve=True), taking)
        assert taken is None, "checked or not, it may be taken back"
        assert decided is not None
        with company.open():
            assert Application.objects.get(pk=pk).state == "WITHDRAWN"


def test_a_late_answer_beside_the_decision_of_the_project_manager(company):
    with company.open():
        charge = Charge.objects.get(account=company.accounts[ROOM]).pk
    for n in range(ROUNDS):
        day = on(3 + 40 * n)
        with company.open("collector"):
            entry = NewTicket(department="ENGINEERING", subject="漏水", description="")
            account_id = company.accounts[ROOM].pk
            ticket_id = services.open_dispute_ticket(
                account_id=account_id, parts=[Disputed(charge)], entry=entry, on=day
            )
        later = on(3 + 40 * n + 25)
        with company.open():
            services.settle_tickets(as_of=later, at=noon(later))
            asked_id = Ticket.objects.get(pk=ticket_id).asked_id

        def answer(ticket_id=ticket_id, later=later):
            by = company.staff("team_lead")
            said = {"finding": "UNFOUNDED", "text": "已核实", "by": by, "on": later, "at": noon(later)}
            return services.answer_ticket(ticket_id=ticket_id, **said)

        done = at_once(
            deciding(company, asked_id, "project_manager", later, approve=True),
            inside(company, answer, "team_lead"),
        )
        assert sum(isinstance(one, Refused) for one in done) == 1, done
        with company.open():
            if Ticket.objects.get(pk=ticket_id).state != "CLOSED":
                services.reply_to_answer(ticket_id=ticket_id, text="", accepts=True, on=later, at=noon(later))
