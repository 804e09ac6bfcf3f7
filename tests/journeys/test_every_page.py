"""Every page of the staff in Chromium at 1366 x 768: no error, nothing the policy forbids, nothing too wide, axe content."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from tenancy.kernel.permissions import ROLES, Permission, Role
from tests import databases
from tests.cast import assemble
from tests.conftest import _point_at
from tests.databases import ROOT
from tests.house.doors import Door, doors
from tests.house.world import world
from tests.journeys.office import Window, staff
from tests.site import Site, chromium, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
LONG_NAME = "欧阳慕容·阿卜杜热依木·买买提江（代理人：上海锦绣年华物业服务有限公司）"
# Who looks: the first of these that may. Together they may see everything.
ROLES_THAT_LOOK = (Role.COMPANY_ADMIN, Role.PROJECT_MANAGER, Role.FINANCE, Role.LEGAL, Role.COLLECTOR, Role.CASHIER)
# Pages that show more when they are asked something.
ASKED = {
    "payments:counter": "?unit={unit_id}",
    "reports:search": "?q=31602",
}
RUN_AXE = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"]});
  return found.violations.filter((each) => ["serious", "critical"].includes(each.impact)).map(
    (each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Site, dict[str, Any]]]:
    """锦绣 with one thing of every kind, and an owner whose name is too long for any column."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("every") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                jinxiu = assemble().jinxiu
                things = world(jinxiu)
                with jinxiu.open():
                    jinxiu.parties["张三"].name = LONG_NAME
                    jinxiu.parties["张三"].save()
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("site")) as site:
            yield site, things


@pytest.fixture(scope="module")
def browser(served) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def _looker(permission: Permission) -> Role | None:
    return next((role for role in ROLES_THAT_LOOK if permission in ROLES[role]), None)


def _pages() -> dict[Role, list[Door]]:
    found = defaultdict(list)
    for door in doors():
        closed = door.is_api or door.permission in (Permission.PUBLIC, Permission.OWNER)
        if not closed and "get" in door.methods and door.name != "people:file":
            role = _looker(door.permission)
            assert role is not None, f"nobody looks at {door.name}"
            found[role].append(door)
    return found


def _is_page(window: Window, path: str) -> bool:
    """A whole page; fragments, sheets and papers are seen elsewhere."""
    answer = window.page.request.get(window.url + path)
    return answer.headers.get("content-type", "").startswith("text/html") and "<html" in answer.text()


def _look_at(window: Window, path: str) -> None:
    window.open(path)
    for fault in window.page.evaluate(RUN_AXE):
        window._fault(f"axe: {fault}")


def _walk(browser: Browser, site: Site, things: dict[str, Any], *, dark: bool) -> tuple[int, list[str]]:
    seen, faults = 0, []
    for role, found in _pages().items():
        with staff(browser, site.url, f"jinxiu-{role.value}") as window:
            window.page.emulate_media(color_scheme="dark" if dark else "light")
            window.page.add_init_script(path=str(AXE))
            for door in found:
                path = door.url(things) + ASKED.get(door.name, "").format(**things)
                if _is_page(window, path):
                    _look_at(window, path)
                    seen += 1
            faults += window.faults
            window.faults = []
    return seen, faults


DARK = ("people:style", "reports:today", "owners:unit", "charges:bill", "cases:case", "payments:counter", "charges:tariff")


def test_every_page_is_sound_and_within_everybodys_reach(served, browser):
    site, things = served
    seen, faults = _walk(browser, site, things, dark=False)
    assert faults == [], "\n".join(faults)
    assert seen > 40
