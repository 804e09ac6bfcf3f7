"""A late company at a set hour, and readers of English, for the tests of its pages."""

from __future__ import annotations

import pytest

from arrears.cases import services
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.court import answer_for, assess
from tests.ladder import at, call, document, hand_over, look, on, walk, walk_and_send


@pytest.fixture
def now(monkeypatch):
    """now(D, hour, minute) sets the clock of the doors; four in the afternoon lies in every window."""

    def set_to(days: int, hour: int = 16, minute: int = 0):
        monkeypatch.setattr(clock, "now", lambda: at(on(days), hour, minute))
        monkeypatch.setattr(clock, "today", lambda: on(days))

    return set_to


@pytest.fixture
def late(cast, now):
    """锦绣 on D2: the bill of January is unpaid, calls are due."""
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk_and_send(2)
    now(2)
    return cast.jinxiu


@pytest.fixture
def case(late):
    """The case of 3-1-1602."""
    with late.open():
        return ladder.case(late)


@pytest.fixture
def desk(late, now, log_in):
    """A collector who reads English at the desk on D3, 2026-02-03, a Tuesday."""
    now(3)
    look(late, at(on(3), 9))
    client = log_in(late, "collector")
    client.cookies["django_language"] = "en"
    return client


def approve(company, kind, role, day):
    approval = Approval.objects.get(kind=f"ladder.{kind}", decision="PENDING")
    if kind == "LEGAL_REVIEW":
        assess(company, approval, on(day))
    answer_for(company, kind, on(day))
    with company.open(role):
        services.decide(
            approval_id=approval.pk, by=company.staff(role), approve=True, reason="同意", at=at(on(day))
        )


@pytest.fixture
def court(cast, now):
    """锦绣 on D109: the payment order of 3-1-1602 is approved and waits to be filed."""
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        walk_and_send(1)
        walk(2)
        call(company, at(on(2)))
        walk(16)
        hand_over(document(company, "DEMAND").pk, on(16))
        walk(32)
        ladder.visit(company, on(32))
        walk(61)
        approve(company, "SECOND_DEMAND", "project_manager", 61)
        hand_over(document(company, "SECOND_DEMAND").pk, on(61))
        walk(91)
        approve(company, "LEGAL_REVIEW", "branch_gm", 91)
        walk(92)
        approve(company, "LAWYER_LETTER", "branch_gm", 92)
        hand_over(document(company, "LAWYER_LETTER").pk, on(92))
        walk(108)
        approve(company, "COURT", "branch_gm", 108)
    now(109)
    return company


@pytest.fixture
def english(log_in):
    """english(company, role) -> a client that reads English, so that the test can."""

    def signed_in(company, role):
        client = log_in(company, role)
        client.cookies["django_language"] = "en"
        return client

    return signed_in
