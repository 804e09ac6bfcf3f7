"""A late company at a set hour, and readers of English, for the tests of its pages."""

from __future__ import annotations

import pytest

from tenancy.kernel import clock
from tests import ladder
from tests.court import decide, to_the_court
from tests.ladder import at, look, on, walk_and_send


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


@pytest.fixture
def court(cast, now):
    """锦绣 on D109: the payment order of 3-1-1602 is approved and waits to be filed."""
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        to_the_court(company)
        decide(company, "COURT", "branch_gm", 108)
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
