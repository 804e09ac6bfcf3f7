"""A thousand rows and very long names in a real browser, at the desk and on a phone, by keyboard and by tick."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from django.urls import reverse

from tenancy.people.models import Membership
from tests import databases
from tests.cast import assemble
from tests.conftest import _point_at
from tests.crowd import crowd
from tests.doors.web.test_lists import LISTS
from tests.journeys.office import DESK, PHONE, Window, today, window
from tests.site import Site, chromium, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
]
ROW, STICKY = 36, 46


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """锦绣 with a thousand of everything; its administrator plays every part that a list may ask for."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("lists") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                jinxiu = assemble().jinxiu
                with jinxiu.open("company_admin"):
                    crowd(jinxiu, 1_000, as_of=today())
                roles = ["company_admin", "project_manager", "team_lead", "finance", "legal", "collector"]
                Membership.objects.filter(user=jinxiu.people["company_admin"]).update(roles=roles)
            finally:
                _point_at(home)
        databases.analyze(name)
        with running(name, tmp_path_factory.mktemp("site")) as served:
            yield served


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


# The text itself, not its cell: a long text beside it makes the whole row high.
MANY_LINES = """cells => cells.filter(cell => {
  const text = document.createRange();
  text.selectNodeContents(cell);
  return text.getBoundingClientRect().height > 60;
}).map(cell => cell.innerText).slice(0, 3)"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_list_pushes_the_page_wide_or_breaks_a_name(site: Site, browser: Browser, size: tuple[int, int]):
    with window(browser, site.url, size=size) as mine:
        mine.open("/login/")
        mine.log_in("jinxiu-company_admin")
        for name in sorted(LISTS):
            mine.open(reverse(name))
            _names_stand_on_one_line(mine, name)


def test_a_list_is_worked_by_keyboard_and_by_ticks(site: Site, browser: Browser):
    with window(browser, site.url) as mine:
        mine.open("/login/")
        mine.log_in("jinxiu-company_admin")
        mine.open("/notices/")
        bar = mine.page.locator("#bulk")
        assert not bar.is_visible()
        mine.press("j", "x", "j", "x")
        assert mine.text("[data-ticked]") == "2"
        mine.look("ticked")
        mine.press("X")
        assert mine.text("[data-ticked]") == "50"
        mine.page.check("[data-tick-matching]")
        assert mine.text("[data-ticked]") == "1000"
        mine.look("all-that-match")
        mine.press("k", "x")
        assert not mine.page.is_checked("[data-tick-matching]"), "not all of them any more"
        mine.press("?")
        mine.look("keys")
        assert "x" in mine.text("#keyboard-help")
        mine.press("Escape")
        mine.press("d")
        mine.page.wait_for_url("**/deliveries/chosen/")
        mine.look("delivery-chosen")
        assert "49" in mine.text("h1")
        mine.open("/bills/?state=OVERDUE&q=9-1-0007")
        mine.look("bills-narrowed")
        mine.page.click(".chip-save summary")
        mine.page.fill(".chip-save [name=name]", "九号楼逾期")
        mine.press("Enter")
        mine.page.wait_for_selector(".chip-saved")
        mine.look("filter-saved")
        mine.open("/bills/?month=2001-01")
        mine.look("no-match")
        mine.open("/bills/")
        mine.page.evaluate("window.scrollTo(0, 900)")
        top = mine.page.locator("thead th").first.bounding_box()
        assert top is not None
        assert abs(top["y"] - STICKY) < 3, "the header stays under the bar"
        with mine.page.expect_download() as workbook:
            mine.page.click(".page-head [action$='/lists/export/'] button")
        assert workbook.value.suggested_filename.endswith(".xlsx")


def _names_stand_on_one_line(mine: Window, name: str) -> None:
    """Every name, room and number is as high as one line."""
    broken = mine.page.eval_on_selector_all(
        ".list td:is(.name, .room, .number, .date, .n)",
        MANY_LINES,
    )
    assert broken == [], name
