"""The top of a unit's page: how much since when, and one thing to do for who reads it."""

from __future__ import annotations

import pytest

from tenancy.kernel import clock
from tests import ladder
from tests.ladder import on, walk_and_send


@pytest.fixture
def late(cast, monkeypatch):
    """锦绣 on D3: a call is due."""
    monkeypatch.setattr(clock, "today", lambda: on(3))
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk_and_send(2)
    return cast.jinxiu


def test_who_takes_no_money_is_offered_the_call(late, cast, log_in):
    path = f"/units/{late.units['3-1-1602'].pk}/head/"
    with late.open():
        case = ladder.case(late).pk
    shown = log_in(late, "collector").get(path).content.decode()
    assert "¥210.02" in shown
    assert f'href="/calls/{case}/"' in shown
    assert "btn-primary" not in log_in(late, "finance").get(path).content.decode(), (
        "one primary action a page"
    )
    assert log_in(late, "patrol").get(path).status_code == 403
    assert log_in(cast.yunding, "collector").get(path).status_code == 404


def test_a_unit_that_owes_nothing_says_so(cast, log_in):
    unit = cast.jinxiu.units["3-2-201"].pk
    shown = log_in(cast.jinxiu, "auditor").get(f"/units/{unit}/head/").content.decode()
    assert "¥0.00" in shown
    assert "btn" not in shown
