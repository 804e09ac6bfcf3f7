"""Every page of the staff in Chromium at 1366 x 768: no error, nothing the policy forbids, nothing too wide, axe content."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
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
ROLES_THAT_LOOK = (
    Role.COMPANY_ADMIN,
    Role.PROJECT_MANAGER,
    Role.FINANCE,
    Role.LEGAL,
    Role.COLLECTOR,
    Role.CASHIER,
)
# Pages that show more when they are asked something.
ASKED = {
    "payments:counter": "?unit={unit_id}",
    "reports:search": "?q=31602",
    "notices:template_standard": "?kind=PRE_DUE&channel=SMS",
    "notices:template_compare": "?before={template_id}&after={template_id}",
    "notices:template_paper": "?kind=DEMAND",
}
RUN_AXE = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"]});
  return found.violations.filter((each) => ["serious", "critical"].includes(each.impact)).map(
    (each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""


IN_THE_DARK = frozenset({
    "people:style", "reports:today", "owners:unit", "charges:bill", "cases:case", "payments:counter", "charges:tariff",
    "notices:template", "people:company_data",
})  # fmt: skip
TOO_TALL = "(nav => nav.scrollHeight - nav.clientHeight)(document.querySelector('.shell-nav'))"
VISIBLE_KEYS = "keys => keys.filter(key => key.getClientRects().length).map(key => key.dataset.key)"


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


def _look_at(window: Window, path: str) -> bool:
    """False for a part of a page, a sheet or a paper: they are seen elsewhere."""
    from playwright.sync_api import Error

    try:
        answer = window.page.goto(window.url + path)
    except Error as download:
        if "Download is starting" not in str(download):
            raise
        return False
    assert answer is not None
    if answer.status == 286 or not window.page.locator("main.shell-page").count():
        return False
    if answer.status != 200:
        window._fault(f"{path}: {answer.status}")
    window.look(path)
    window.faults += [f"axe: {fault} (on {path})" for fault in window.page.evaluate(RUN_AXE)]
    return True


def _walk(
    browser: Browser, site: Site, things: dict[str, Any], *, scheme: str, only: Collection[str]
) -> tuple[int, list[str]]:
    """(pages seen, their faults): all of them, or `only` some doors."""
    seen, faults = 0, []
    for role, found in _pages().items():
        chosen = [door for door in found if not only or door.name in only]
        if not chosen:
            continue
        with staff(browser, site.url, f"jinxiu-{role.value}") as window:
            window.page.emulate_media(color_scheme=scheme)
            window.page.add_init_script(path=str(AXE))
            for door in chosen:
                seen += _look_at(window, door.url(things) + ASKED.get(door.name, "").format(**things))
            faults += window.faults
            window.faults = []
    return seen, faults


def test_every_page_is_sound_and_within_everybodys_reach(served, browser):
    site, things = served
    seen, faults = _walk(browser, site, things, scheme="light", only=())
    assert faults == [], "\n".join(faults)
    assert seen > 40


def test_in_the_dark_everything_can_still_be_read(served, browser):
    site, things = served
    seen, faults = _walk(browser, site, things, scheme="dark", only=IN_THE_DARK)
    assert faults == [], "\n".join(faults)
    assert seen == len(IN_THE_DARK)


def test_the_navigation_of_every_role_fits_into_the_window(served, browser):
    site, _things = served
    for role in (Role.COMPANY_ADMIN, Role.PROJECT_MANAGER):
        with staff(browser, site.url, f"jinxiu-{role.value}") as window:
            window.open("/")
            assert window.page.evaluate(TOO_TALL) <= 0, role


def test_a_number_explains_itself_in_the_panel_and_esc_leads_back(served, browser):
    site, things = served
    with staff(browser, site.url, "jinxiu-project_manager") as window:
        window.open(f"/units/{things['unit_id']}/")
        why = window.page.locator("[data-panel]").first
        why.focus()
        window.press("Enter")
        window.page.wait_for_selector("#side-panel[open] .sheet")
        window.shoot("panel")
        assert "210.02" in window.text("#side-panel-body")
        window.press("Escape")
        assert not window.page.locator("#side-panel").is_visible()
        assert window.page.evaluate("document.activeElement.matches('[data-panel]')")


def test_the_help_names_every_key_of_the_page(served, browser):
    site, things = served
    with staff(browser, site.url, "jinxiu-project_manager") as window:
        window.open(f"/calls/{things['case_id']}/")
        offered = window.page.eval_on_selector_all("[data-key]", VISIBLE_KEYS)
        window.press("?")
        listed = window.page.eval_on_selector_all(
            "[data-page-keys] kbd", "keys => keys.map(key => key.textContent)"
        )
        window.shoot("keys")
        assert offered
        assert set(offered) == set(listed)


def test_a_session_that_ends_in_a_form_gives_the_form_back_as_it_was(served, browser):
    site, things = served
    with staff(browser, site.url, "jinxiu-project_manager") as window:
        window.open(f"/visits/{things['case_id']}/")
        window.page.fill("[name=feedback]", "业主说下周回来。")
        window.page.context.clear_cookies(name="sessionid")
        window.page.click("main form[method=post] .btn-primary")
        window.page.wait_for_url("**/login/**")
        window.log_in("jinxiu-project_manager")
        window.page.wait_for_selector("#kept-form")
        window.look("form-came-back")
        assert window.page.input_value("[name=feedback]") == "业主说下周回来。"
        assert window.page.locator("[data-kept-filled]").is_visible()
