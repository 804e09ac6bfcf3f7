"""Thursday, 2 April 2026, 9:35, in both companies, served; and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from owners.models import Community
from tests import databases, ladder
from tests.cast import Company, assemble
from tests.conftest import _point_at
from tests.ladder import at, hand_over, on
from tests.site import Site, chromium, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MORNING = at(on(61), 9, 35)  # the bill of January is 61 days late


@pytest.fixture(scope="session")
def morning(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """锦绣 has calls due and a second demand for its manager to sign; 云顶 is two days late and has still to bill April."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("morning") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                cast = assemble()
                _live(cast.jinxiu)
                ladder.look(cast.jinxiu, at(on(61), 9))
                with cast.yunding.open():
                    ladder.bill(cast.yunding, date(2026, 3, 1))
                    ladder.walk_and_send(60)
                    ladder.walk_and_send(61)
                ladder.look(cast.yunding, at(on(61), 9))
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("morning"), at=MORNING) as served:
            yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium; every window in it has its own cookies. While it runs this process reads no database."""
    with chromium() as opened:
        yield opened


def _live(company: Company) -> None:
    """Nobody paid January. Zhang was called, sent a demand and visited; the others were only reminded."""
    with company.open():
        Community.objects.create(code="J2", name="锦绣二期")
        ladder.bill(company)
        ladder.walk_and_send(1)
        ladder.walk_and_send(2)
        ladder.call(company, at(on(2)))
        ladder.walk(16)
        hand_over(ladder.document(company, "DEMAND").pk, on(16))
        ladder.walk(32)
        ladder.visit(company, on(32))
        ladder.bill(company, date(2026, 3, 1))
        ladder.walk_and_send(61)
