"""Every page in Chromium, at the desk and on a phone: no error, nothing the policy forbids, nothing too wide, axe content."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from tenancy.kernel import clock
from tenancy.kernel.permissions import ROLES, Permission, Role
from tenancy.people.services import portal
from tests import databases
from tests.cast import Company, assemble
from tests.conftest import _point_at
from tests.house.doors import Door, doors
from tests.house.world import world
from tests.journeys.office import AXE, DESK, PHONE, RUN_AXE, Window, staff, window
from tests.site import Site, running

if TYPE_CHECKING:
    pass

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
ZHANG = "13800138000"
OWNERS = (
    "", "units/{unit_id}", "pay/{unit_id}", "bills", "bills/{bill_id}", "payments", "payments/{payment_id}", "notices",
    "me", "no/such/place",
)  # fmt: skip
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
COLOURS_REST = "Promise.allSettled(document.getAnimations().map(each => each.finished))"
# axe, of the page's own content; its frame is the same on every page and looked at once.
AXE_INSIDE = RUN_AXE.replace("axe.run(document", "axe.run(document.querySelector('main')")
IN_THE_DARK = frozenset({
    "people:style", "reports:today", "owners:unit", "charges:bill", "cases:case", "payments:counter", "charges:tariff",
    "notices:template", "people:company_data", "reports:dashboard",
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
                things["key"] = _key(jinxiu)
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("site")) as site:
            yield site, things


def _key(company: Company) -> dict[str, str]:
    """What the owner's phone keeps once the code was right."""
    found = portal.Found(company.tenant.pk, company.parties["张三"].pk)
    asked = portal.ask_for_code(phone=ZHANG, address="127.0.0.1", at=clock.now())
    code = portal.make_code(request_id=asked, phone=ZHANG, found=[found])
    key = portal.log_in(phone=ZHANG, code=code, at=clock.now())
    return {"token": key.text, "expires_at": key.expires_at.isoformat()}


def _looker(permission: Permission) -> Role | None:
    return next((role for role in ROLES_THAT_LOOK if permission in ROLES[role]), None)


def _pages() -> dict[Role, list[Door]]:
    found = defaultdict(list)
    for door in doors():
        closed = door.is_api or door.permission in (Permission.PUBLIC, Permission.OWNER)
        paper = door.route.rstrip("/").endswith(("pdf", "zip", ".xlsx")) or door.name == "people:file"
        if not closed and not paper and "get" in door.methods:
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
    return True


def _look_around(window: Window, path: str, *, is_dark_too: bool) -> None:
    """As the page opened, then at the other size. The next page opens at that one, which spares a turn."""
    opened_at = DESK if _is_at_desk(window) else PHONE
    for width, height in (opened_at, PHONE if opened_at == DESK else DESK):
        if (width, height) != opened_at:
            window.page.set_viewport_size({"width": width, "height": height})
        window.look(f"{path} {width}")
        if not _is_at_desk(window):
            continue
        window.faults += [f"axe: {fault} (on {path})" for fault in window.page.evaluate(AXE_INSIDE)]
        if is_dark_too:
            _look_in_the_dark(window, path)


def _is_at_desk(window: Window) -> bool:
    return window.page.viewport_size == {"width": DESK[0], "height": DESK[1]}


def _look_in_the_dark(window: Window, path: str) -> None:
    window.page.emulate_media(color_scheme="dark")
    window.page.wait_for_selector("html[data-bs-theme=dark]")
    window.page.evaluate(COLOURS_REST)
    window.faults += [f"axe: {fault} (on {path}, dark)" for fault in window.page.evaluate(RUN_AXE)]
    window.page.emulate_media(color_scheme="light")
    window.page.wait_for_selector("html[data-bs-theme=light]")


def _walk(window: Window, chosen: list[Door], things: dict[str, Any]) -> tuple[int, int]:
    """(pages seen, in the dark also) of what one role opens, all in one window."""
    seen = dark = 0
    window.faults += [f"axe: {fault} (on the first page)" for fault in window.page.evaluate(RUN_AXE)]
    for door in chosen:
        path = door.url(things) + ASKED.get(door.name, "").format(**things)
        if not _look_at(window, path):
            continue
        seen += 1
        dark += door.name in IN_THE_DARK
        _look_around(window, path, is_dark_too=door.name in IN_THE_DARK)
    return seen, dark


# One walk, at the desk, on a phone and in the dark: opening the pages is what takes the time.
def test_every_page_is_sound_and_within_everybodys_reach(served, browser):
    site, things = served
    seen, dark, faults = 0, 0, []
    for role, chosen in _pages().items():
        with window(browser, site.url) as mine:
            mine.page.add_init_script(path=str(AXE))
            mine.open("/login/")
            mine.log_in(f"jinxiu-{role.value}")
            pages, in_the_dark = _walk(mine, chosen, things)
            seen, dark = seen + pages, dark + in_the_dark
            faults += mine.faults
            mine.faults = []
    assert faults == [], "\n".join(faults)
    assert seen > 40
    assert dark == len(IN_THE_DARK)


def test_every_screen_of_an_owner_is_sound_on_a_phone_and_at_a_desk(served, browser):
    site, things = served
    with window(browser, site.url, size=PHONE) as mine:
        mine.page.add_init_script(path=str(AXE))
        mine.open("/my/login")
        mine.page.wait_for_selector("input[name=phone]")
        mine.sound("owner-login")
        mine.page.evaluate("key => localStorage.setItem('portal.key', JSON.stringify(key))", things["key"])
        for path in OWNERS:
            mine.open(f"/my/{path}".format(**things))
            mine.page.wait_for_selector("main :is(h1, h2, p)")
            mine.page.wait_for_selector(".van-skeleton", state="detached")
            mine.sound(path)
            mine.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
            mine.look(f"{path} desk")
            mine.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


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
