"""A day in the office, in a real browser: gunicorn, a Celery worker and Chromium on a database of their own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from config.demo_register import write_register
from owners.models import Community
from tests import databases
from tests.cast import assemble
from tests.conftest import _point_at
from tests.journeys.office import PHONE, PICTURE, Window, fall_behind, staff, today, window
from tests.site import Site, chromium, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
]
ROWS = 24


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """锦绣 with arrears, served; a second community waits for its register."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("browser") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                jinxiu = assemble().jinxiu
                with jinxiu.open():
                    Community.objects.create(code="J2", name="锦绣二期")
                fall_behind(jinxiu)
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("site")) as served:
            yield served


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


# One story: each part stands on what the parts before left in the books.
def test_a_day_in_the_office(site: Site, browser: Browser, tmp_path: Path):
    somebody_logs_in(browser, site.url)
    with staff(browser, site.url, "jinxiu-cashier") as cashier:
        a_room_is_found_by_its_number(cashier)
        the_month_is_issued(cashier)
        cash_is_taken_by_keyboard(cashier)
        the_rest_of_the_desk(cashier)
    with staff(browser, site.url, "jinxiu-collector") as collector:
        the_call_list_leads_to_the_desk(collector)
        a_paper_is_handed_over(collector)
    with staff(browser, site.url, "jinxiu-project_manager") as manager:
        a_register_comes_in(manager, tmp_path / "register.xlsx")
        a_visit_is_logged(manager)
        the_manager_looks_around(manager)
    with staff(browser, site.url, "jinxiu-company_admin") as admin:
        a_text_is_changed(admin)
    with window(browser, site.url, size=PHONE) as phone:
        the_phone_shows_the_day(phone)


def somebody_logs_in(browser: Browser, url: str) -> None:
    with window(browser, url) as mine:
        mine.open("/")
        assert "/login/" in mine.page.url
        mine.log_in("jinxiu-cashier", "not the password")
        mine.page.wait_for_selector("[role=alert]")
        mine.look("login-refused")
        assert "/login/" in mine.page.url
        mine.log_in("jinxiu-cashier")
        mine.page.wait_for_selector(".shell-nav")
        mine.look("today-cashier")
        assert mine.page.url == f"{url}/"
        mine.press("?")
        assert mine.page.locator("#keyboard-help").is_visible()
        mine.press("Escape")
        assert not mine.page.locator("#keyboard-help").is_visible()


def a_room_is_found_by_its_number(cashier: Window) -> None:
    cashier.page.wait_for_selector("[data-search]")
    cashier.press("/")
    assert cashier.page.evaluate("document.activeElement.matches('[data-search]')")
    cashier.page.keyboard.type("31602")
    cashier.press("Enter")
    cashier.page.wait_for_selector("[data-rows]")
    cashier.look("units-found")
    cashier.press("j", "Enter")
    cashier.page.wait_for_url(re.compile(r"/units/\d+/$"))
    cashier.look("unit-late")
    assert cashier.page.locator("[hx-trigger=load]").count() == 0, "a part of the unit page did not load"
    shown = cashier.text()
    assert "3-1-1602" in shown
    assert "张三" in shown
    assert "210.02" in shown
    assert "13800138000" not in shown


def the_month_is_issued(cashier: Window) -> None:
    cashier.open("/runs/")
    cashier.page.select_option("select[name=community]", label="锦绣花园")
    cashier.page.click("form.filters[action='/runs/'] button")
    cashier.page.wait_for_selector(".figures")
    cashier.look("run-preview")
    assert cashier.text(".figures strong") == "4"
    assert "1,019.98" in cashier.text()  # 210.02 + 283.18 + 226.78 + 300.00
    cashier.page.click("form[method=post][action='/runs/'] button")
    cashier.page.wait_for_url(re.compile(r"/runs/jobs/\d+/$"))
    cashier.page.wait_for_selector("#run-result .figures")
    cashier.look("run-done")
    assert cashier.text("#run-result .figures strong") == "4"
    cashier.page.click("#run-result a.btn-primary")
    cashier.page.wait_for_selector("[data-rows]")
    cashier.look("bills")
    assert cashier.page.locator("[data-rows] > tr").count() == 4
    cashier.open(cashier.link("[data-rows] a[data-open]"))


def cash_is_taken_by_keyboard(cashier: Window) -> None:
    cashier.open("/counter/")
    cashier.page.keyboard.type("31602")
    cashier.press("Enter")
    cashier.page.wait_for_selector("#take")
    cashier.look("counter-owed")
    assert cashier.text("#allocation").count("210.02") >= 2
    owed = cashier.text("#allocation [data-sum=pays]")
    assert cashier.page.evaluate("document.activeElement.name") == "received"
    cashier.press("Enter")
    cashier.page.wait_for_selector("#confirm button:focus")
    cashier.look("counter-check")
    assert owed in cashier.text("#confirm button.btn-primary")
    cashier.press("Escape")
    cashier.page.wait_for_selector("[name=received]:focus")
    cashier.press("Enter")
    cashier.page.wait_for_selector("#confirm button:focus")
    assert cashier.page.locator("a[data-key=p]").count() == 0, "one Enter has taken the money"
    cashier.press("Enter")
    cashier.page.wait_for_selector("a[data-key=p]")
    cashier.look("counter-taken")
    assert owed in cashier.text(".notice-line.good")
    answer = cashier.page.request.get(cashier.url + cashier.link("a[data-key=p]"))
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
    cashier.page.click(".notice-line.good a[href^='/payments/']")
    cashier.page.wait_for_url(re.compile(r"/payments/\d+/$"))
    cashier.look("payment")
    cashier.page.click("dd a.room")
    cashier.page.wait_for_url(re.compile(r"/units/\d+/$"))
    cashier.look("unit-paid")
    shown = cashier.text()
    assert owed in shown
    assert cashier.page.locator(".late").count() == 0, "the unit still shows a late amount"


def the_rest_of_the_desk(cashier: Window) -> None:
    for path in (
        "/",
        "/payments/",
        "/tariffs/",
        "/cases/",
        "/notices/",
        "/units/",
        "/reports/ageing/",
        "/jobs/",
    ):
        cashier.open(path)


def the_call_list_leads_to_the_desk(collector: Window) -> None:
    collector.open("/calls/")
    listed = collector.text("[data-rows]")
    assert "3-1-1702" in listed
    assert "李四" in listed
    assert "3-1-1602" not in listed, "who has paid is still to be called"
    assert "13900139000" not in listed
    collector.page.click("a[data-open]:has-text('3-1-1702')")
    collector.page.wait_for_url(re.compile(r"/calls/\d+/"))
    collector.look("desk")
    if collector.page.locator("[data-key=l]").count():
        collector.press("l")  # before the first call somebody looks at the case
        collector.page.wait_for_selector("[data-key=l]", state="detached")
    assert "283.18" in collector.text()
    assert "13900139000" not in collector.text()
    if collector.page.locator("#not-now").count():
        shown = collector.text("#not-now")
        assert re.search(r"\d{1,2}:\d{2}", shown), f"it does not say when: {shown}"
        assert collector.page.locator("input[name=outcome]").count() == 0
        return
    collector.press("v")
    collector.page.wait_for_selector("text=13900139000")
    collector.look("desk-number-shown")
    collector.press("2", "Enter")
    collector.page.wait_for_selector(".messages")
    collector.look("desk-saved")


def a_paper_is_handed_over(collector: Window) -> None:
    collector.open("/")
    collector.open("/deliveries/")
    collector.open(collector.link("[data-rows] a[data-open]"))
    collector.open(collector.link("[data-rows] a[data-open]"))
    collector.page.select_option("select[name=method]", "HAND")
    collector.page.select_option("select[name=result]", "SIGNED")
    collector.page.select_option("select[name=receiver]", "OWNER")
    collector.page.fill("input[name=receiver_name]", "张三")
    collector.page.fill("input[name=handed_over_by]", "何军")
    collector.page.click("#content form button.btn-primary")
    collector.page.wait_for_url(re.compile(r"/deliveries/$"))
    collector.look("delivered")
    assert collector.page.locator(".messages li").count() == 1


def a_register_comes_in(manager: Window, path: Path) -> None:
    write_register(path, units=ROWS, seed=3, community_name="锦绣二期", as_of=today(), error_share=0.1)
    manager.open("/import/")
    manager.page.select_option("select[name=community]", label="J2 锦绣二期")
    manager.page.set_input_files("input[name=file]", str(path))
    manager.page.click("form[enctype] button.btn-primary")
    manager.page.wait_for_url(re.compile(r"/import/\d+/$"))
    manager.page.wait_for_selector("form[action$='/confirm/']")
    manager.look("import-preview")
    units = int(manager.text(".figures strong"))
    assert 0 < units <= ROWS
    manager.page.click("form[action$='/confirm/'] button")
    manager.page.wait_for_selector(".notice-line.good")
    manager.look("import-done")
    manager.page.click(".notice-line.good a")
    manager.page.wait_for_selector("[data-rows]")
    manager.look("units-imported")
    assert manager.page.locator("[data-rows] a[data-open]").count() >= units


def a_visit_is_logged(manager: Window) -> None:
    manager.open("/visits/")
    manager.open("/cases/")
    manager.page.click("a[data-open]:has-text('3-1-1702')")
    manager.page.wait_for_url(re.compile(r"/cases/\d+/$"))
    manager.look("case")
    number = manager.page.url.rstrip("/").rpartition("/")[2]
    manager.open(f"/visits/{number}/")
    manager.page.check("input[name=result][value=NOBODY_HOME]")
    photo = {"name": "door.png", "mimeType": "image/png", "buffer": PICTURE}
    manager.page.set_input_files("input[name=photo]", photo)
    manager.page.click("#content form button.btn-primary")
    manager.page.wait_for_url(re.compile(r"/visits/$"))
    manager.look("visit-logged")
    assert manager.page.locator(".messages li").count() == 1
    manager.open(f"/cases/{number}/")
    assert manager.link("a[href*='/visits/'][href$='record.pdf']"), "its record shows the photo"


def the_manager_looks_around(manager: Window) -> None:
    for path in ("/", "/approvals/", "/court/", "/ladder/", "/settings/audit/", "/settings/people/"):
        manager.open(path)
    assert manager.page.locator(".shell-nav a").count() > 10
    the_board_is_walked_by_keyboard(manager)


def the_board_is_walked_by_keyboard(manager: Window) -> None:
    manager.open("/board/")
    room = manager.page.locator("a.square").first
    room.focus()
    line = manager.text("[data-board-line]")
    assert line == room.get_attribute("aria-label")
    manager.press("ArrowDown")
    assert manager.text("[data-board-line]") != line
    manager.press("Enter")
    manager.page.wait_for_url(re.compile(r"/units/\d+/$"))


def a_text_is_changed(admin: Window) -> None:
    text = "【{{company}}】{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}。"
    admin.open("/templates/standard/?kind=REMINDER&channel=SMS")
    admin.page.fill("[name=body]", f"{text}逾期停水。")
    admin.page.wait_for_selector("#preview .notice-line")
    assert "停水" in admin.text("#preview .notice-line")
    admin.page.fill("[name=body]", text)
    admin.page.wait_for_selector("#preview .notice-line", state="detached")
    assert "【锦绣物业】3-1-1602截至" in admin.text("#preview")
    admin.page.click("#revise button")
    admin.page.wait_for_selector(".messages .success")
    assert re.search(r"/templates/\d+/$", admin.page.url)


def the_phone_shows_the_day(phone: Window) -> None:
    phone.open("/login/")
    phone.log_in("jinxiu-collector")
    phone.page.wait_for_selector("#content")
    phone.look("today-phone")
    assert "B1-001" in phone.text()
    assert "3-1-1602" not in phone.text(), "who has paid is still to be called"
