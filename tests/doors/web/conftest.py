"""A late company at a set hour, and readers of English, for the tests of its pages."""

from __future__ import annotations

import pytest

from tenancy.kernel import clock
from tests import ladder
from tests.ladder import at, on, walk_and_send


@pytest.fixture
def now(monkeypatch):
    """now(D) sets the clock of the doors to that day at four in the afternoon."""

    def set_to(days: int):
        monkeypatch.setattr(clock, "now", lambda: at(on(days)))
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
def english(log_in):
    """english(company, role) -> a client that reads English, so that the test can."""

    def signed_in(company, role):
        client = log_in(company, role)
        client.cookies["django_language"] = "en"
        return client

    return signed_in
