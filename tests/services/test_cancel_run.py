"""A whole run is taken back in one go: only unpaid, only when somebody else agreed, and the days are free again."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from billing.charges.models import Bill, Charge, Run
from billing.charges.queries.runs import CancelState, cancel_of
from billing.charges.services import (
    Settlement,
    ask_cancel,
    cancel_run,
    issue_bills,
    void_bill,
)
from billing.charges.services.cancel import CancelAsked, NotAgreed, NothingToCancel, ReasonMissing, RunPaid
from notices.models import Notice
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tenancy.people.services import approvals
from tenancy.people.services.approvals import NotYourPart
from tests.money import settle_charges
from values.period import Period

JANUARY = Period.month(2026, 1)
NOW = datetime.fromisoformat("2026-01-06T02:00:00+00:00")
TODAY = date(2026, 1, 6)


@pytest.fixture
def billed(cast):
    """锦绣花园 with its bills of January, and the run."""
    company = cast.jinxiu
    with company.open("finance"):
        issued = issue_bills(community_id=company.community.pk, period=JANUARY, issued_on=date(2026, 1, 5))
    return company, issued.run_id


def ask(company, run_id, role="finance", reason="单价录错"):
    with company.open(role):
        return ask_cancel(run_id=run_id, reason=reason, by=company.staff(role), at=NOW)


def decide(company, approval_id, role="project_manager", *, approve=True):
    with company.open(role):
        approvals.decide(
            approval_id=approval_id, by=company.staff(role), approve=approve, reason="同意", decided_at=NOW
        )


def test_all_bills_are_reversed_once_somebody_else_agreed_and_the_days_are_billed_anew(billed):
    company, run_id = billed
    decide(company, ask(company, run_id))
    with company.open("finance"):
        assert cancel_run(run_id=run_id, on=TODAY) == 4
        assert not Charge.objects.filter(reversed_on=None).exists()
        assert set(Bill.objects.values_list("voided_on", "void_reason")) == {(TODAY, "单价录错")}
        assert set(Notice.objects.values_list("state", flat=True)) == {"WITHDRAWN"}
        assert AuditEntry.objects.filter(action="run.cancelled", object_id=run_id).count() == 1
        again = issue_bills(community_id=company.community.pk, period=JANUARY, issued_on=TODAY)
        assert again.bills == 4
        numbers = list(Bill.objects.order_by("pk").values_list("number", flat=True))
        assert numbers[4] == "BILL-JX-2026-000005"


def test_nothing_happens_before_somebody_agrees_or_when_he_refuses(billed):
    company, run_id = billed
    with company.open("finance"), pytest.raises(NotAgreed):
        cancel_run(run_id=run_id, on=TODAY)
    approval_id = ask(company, run_id)
    with company.open("finance"), pytest.raises(NotAgreed):
        cancel_run(run_id=run_id, on=TODAY)
    decide(company, approval_id, approve=False)
    with company.open("finance"):
        assert cancel_of(run_id).state is CancelState.REJECTED
        with pytest.raises(NotAgreed):
            cancel_run(run_id=run_id, on=TODAY)


def test_who_asks_does_not_decide_and_a_manager_asks_his_superior(billed):
    company, run_id = billed
    approval_id = ask(company, run_id, "project_manager")
    with pytest.raises(NotYourPart):
        decide(company, approval_id, "project_manager")
    decide(company, approval_id, "branch_gm")


def test_a_run_with_a_payment_is_not_taken_back(billed):
    company, run_id = billed
    with company.open("finance"):
        charge = Charge.objects.order_by("pk")[0]
        settle_charges(changes=[Settlement(charge.pk, principal_fen=100)], paid_on=TODAY)
    with pytest.raises(RunPaid):
        ask(company, run_id)


def test_a_payment_between_the_answer_and_the_act_stops_it(billed):
    company, run_id = billed
    decide(company, ask(company, run_id))
    with company.open("finance"):
        charge = Charge.objects.order_by("pk")[0]
        settle_charges(changes=[Settlement(charge.pk, principal_fen=100)], paid_on=TODAY)
        with pytest.raises(RunPaid):
            cancel_run(run_id=run_id, on=TODAY)
        assert Charge.objects.filter(reversed_on=None).count() == 4


def test_asking_needs_a_reason_a_standing_bill_and_happens_once(billed):
    company, run_id = billed
    with pytest.raises(ReasonMissing):
        ask(company, run_id, reason=" ")
    with pytest.raises(NotFound):
        ask(company, 0)
    ask(company, run_id)
    with pytest.raises(CancelAsked):
        ask(company, run_id)


def test_a_run_whose_bills_were_all_taken_back_one_by_one_has_nothing_left(billed):
    company, run_id = billed
    with company.open("finance"):
        for bill in Bill.objects.all():
            void_bill(bill_id=bill.pk, reason="错", voided_on=TODAY)
        assert Run.objects.count() == 1
    with pytest.raises(NothingToCancel):
        ask(company, run_id)
