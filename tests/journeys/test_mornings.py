"""What each person does first: the clerk calls, the cashier takes money, the manager looks and decides. Keys are counted."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.office import AXE, PHONE, PICTURE, Window, staff
from tests.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
CASE, PAYMENT = re.compile(r"/calls/\d+/(\?collector=mine)?$"), re.compile(r"/payments/\d+/$")


def test_a_clerk_reaches_the_whole_desk_with_a_finger(morning: Site, browser: Browser):
    with staff(browser, morning.url, "jinxiu-collector", size=PHONE) as phone:
        phone.page.tap(".actions a[data-key=c]")
        phone.page.wait_for_url(CASE)
        phone.sound("desk-phone")
        phone.page.tap("button[data-key=v]")
        phone.page.wait_for_selector("a.number[href='tel:0571-88006864']")
        phone.page.tap("label:has([name=outcome][value=CONNECTED_PROMISED])")
        phone.page.fill("[name=promised_on]", "fri")
        phone.page.fill("[name=feedback]", "周五下班来交。")
        phone.page.tap("label:has([name=outcome][value=CONNECTED_UNDECIDED])")
        save = phone.page.locator("button[data-key=Enter]")
        box = save.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1], "the button that saves is in sight"


def test_a_clerks_morning(morning: Site, browser: Browser):
    with staff(browser, morning.url, "jinxiu-collector") as clerk:
        a_room_is_looked_up(clerk)
        one_key_opens_the_call_desk(clerk)
        a_promise_is_noted_and_the_next_case_stands_there(clerk)


def a_room_is_looked_up(clerk: Window) -> None:
    clerk.page.wait_for_selector("[data-search]")
    clerk.sound("today-clerk")
    clerk.keys = 0
    clerk.press("/")
    clerk.waits_in("[data-search]")
    clerk.type("31702")
    clerk.press("Enter")
    clerk.page.wait_for_selector("[data-rows]")
    clerk.sound("found")
    assert clerk.keys == 7
    clerk.press("j", "Enter")
    clerk.page.wait_for_url(re.compile(r"/units/\d+/$"))
    clerk.sound("unit")
    assert "李四" in clerk.text()
    clerk.page.go_back()
    clerk.page.wait_for_selector("[data-rows]")


def one_key_opens_the_call_desk(clerk: Window) -> None:
    clerk.open("/")
    first = clerk.text("[data-rows] .room")
    clerk.press("c")
    clerk.page.wait_for_url(CASE)
    clerk.sound("desk")
    assert clerk.text("h1 .room") == first
    assert clerk.page.locator("#not-now").count() == 0


def a_promise_is_noted_and_the_next_case_stands_there(clerk: Window) -> None:
    here, room = clerk.page.url, clerk.text("h1 .room")
    clerk.press("v")
    clerk.page.wait_for_selector("a.number[href='tel:0571-88006864']")
    clerk.keys = 0
    clerk.press("1")
    clerk.waits_in("[name=promised_on]")
    clerk.type("fri")
    clerk.press("Enter")
    clerk.page.wait_for_selector(".messages")
    assert clerk.keys == 5, "1, fri, Enter"
    assert room in clerk.text(".messages")
    assert CASE.search(clerk.page.url)
    assert clerk.page.url != here, "the next case stands there"
    clerk.sound("desk-next")
    clerk.open(here.removeprefix(clerk.url).replace("/calls/", "/cases/"))
    clerk.sound("case-promised")
    assert "2026-04-03" in clerk.text(), "fri is tomorrow"


def test_a_cashiers_noon(morning: Site, browser: Browser):
    with staff(browser, morning.url, "jinxiu-cashier") as cashier:
        one_key_opens_the_counter(cashier)
        the_allocation_redraws_when_an_amount_is_typed(cashier)
        cash_is_taken_in_six_keys(cashier)
        the_receipt_is_printed_and_the_room_field_waits(cashier)


def one_key_opens_the_counter(cashier: Window) -> None:
    cashier.page.wait_for_selector("[data-key=t]")
    cashier.sound("today-cashier")
    cashier.press("t")
    cashier.page.wait_for_url("**/counter/")
    cashier.waits_in("[name=room]")
    cashier.sound("counter")


def the_allocation_redraws_when_an_amount_is_typed(cashier: Window) -> None:
    cashier.type("B1-001")
    cashier.press("Enter")
    cashier.waits_in("[name=received]")
    assert cashier.text("#allocation [data-sum=pays]") == "¥600.00"
    cashier.type("100")
    cashier.page.wait_for_selector("#allocation tfoot td.n >> text='¥100.00'")
    cashier.sound("counter-part")
    assert cashier.text("#allocation [data-sum=left]") == "¥500.00", "what stays open"
    cashier.open("/counter/")


def cash_is_taken_in_six_keys(cashier: Window) -> None:
    cashier.waits_in("[name=room]")
    cashier.type("B1-001")
    cashier.keys = 0
    cashier.press("Enter")
    cashier.waits_in("[name=received]")
    cashier.type("700")
    cashier.press("Enter")
    cashier.waits_in("#confirm button")
    cashier.sound("counter-check")
    assert "¥100.00" in cashier.text("#confirm"), "the change is said before the money is taken"
    cashier.press("Enter")
    cashier.page.wait_for_selector("[data-receipt]")
    assert cashier.keys == 6, "Enter, 700, Enter, Enter"
    assert "¥600.00" in cashier.text(".notice-line.good")
    assert "¥100.00" in cashier.text(".notice-line.good strong"), "the change stays in sight"


def the_receipt_is_printed_and_the_room_field_waits(cashier: Window) -> None:
    cashier.waits_in("[name=room]")
    cashier.sound("counter-taken")
    with cashier.page.context.expect_page() as opened:
        cashier.press("Enter")
    opened.value.close()
    answer = cashier.page.request.get(cashier.url + cashier.link("[data-receipt]"))
    assert answer.body().startswith(b"%PDF")
    cashier.waits_in("[name=room]")


def test_a_managers_half_past_eight(morning: Site, browser: Browser):
    with staff(browser, morning.url, "jinxiu-project_manager") as manager:
        a_cell_of_the_table_leads_to_its_rows(manager)
        a_question_comes_before_the_decision(manager)
        with staff(browser, morning.url, "jinxiu-team_lead") as lead:
            the_question_is_answered(lead)
        one_request_is_approved(manager)
    with staff(browser, morning.url, "jinxiu-project_manager", size=PHONE) as phone:
        a_cell_of_the_table_leads_to_its_rows(phone)
        phone.open("/approvals/?decided=true")
        phone.sound("approvals-phone")
        assert "3-1-1602" in phone.text("[data-rows]")


def a_cell_of_the_table_leads_to_its_rows(manager: Window) -> None:
    manager.page.wait_for_url("**/dashboard/**")
    manager.page.wait_for_selector(".heat td a")
    manager.sound("dashboard")
    cell = manager.page.locator(".heat tbody td:not(.total) a").first
    accounts = cell.locator("small").inner_text()
    cell.click()
    manager.page.wait_for_selector("[data-rows]")
    manager.sound("cases-of-a-cell")
    assert manager.text("#list-count") == accounts
    assert manager.page.locator("[data-rows] > tr").count() == int(accounts)
    manager.page.go_back()
    manager.page.wait_for_selector(".heat td a")


def a_question_comes_before_the_decision(manager: Window) -> None:
    manager.open("/approvals/")
    manager.press("j", "Enter")
    manager.page.wait_for_selector("#remarks")
    manager.page.fill("#remarks textarea", "上次上门谁在家？")
    manager.page.click("#remarks button.btn")
    manager.page.wait_for_selector(".messages")
    manager.sound("approval-asked")
    assert "上次上门谁在家？" in manager.text("#remarks")
    manager.open("/reports/dashboard/")


def the_question_is_answered(lead: Window) -> None:
    lead.page.wait_for_selector("a.whole[href^='/approvals/']")
    lead.press("a")
    lead.page.wait_for_selector("[data-rows]")
    lead.press("j", "Enter")
    lead.page.wait_for_selector("#remarks form")
    lead.page.fill("#remarks textarea", "业主的母亲。")
    lead.page.click("#remarks button.btn-primary")
    lead.page.wait_for_selector(".messages")
    lead.sound("approval-answered")
    assert "业主的母亲。" in lead.text("#remarks")


def one_request_is_approved(manager: Window) -> None:
    manager.keys = 0
    manager.press("a")
    manager.page.wait_for_url("**/approvals/**")
    manager.sound("approvals")
    manager.press("j", "Enter")
    manager.page.wait_for_selector("[data-key=a]")
    manager.sound("approval")
    assert "3-1-1602" in manager.text("h1")
    manager.press("a", "Enter")
    manager.page.wait_for_selector(".messages")
    assert manager.keys == 5, "a, j, Enter, a, Enter: the offered reason is seen before it is given"
    manager.sound("approved")
    assert "3-1-1602" in manager.text(".messages")


def test_a_visit_is_logged_at_the_door_on_a_phone(morning: Site, browser: Browser):
    with staff(browser, morning.url, "jinxiu-collector", size=PHONE) as phone:
        phone.sound("today-phone")
        phone.page.tap("a.whole[data-key=v]")
        phone.page.wait_for_url("**/visits/")
        phone.sound("visits-phone")
        phone.page.tap("[data-rows] a[data-open]")
        phone.page.wait_for_selector("input[name=result]")
        phone.sound("visit-phone")
        phone.page.check("input[name=result][value=NOBODY_HOME]")
        photo = {"name": "door.png", "mimeType": "image/png", "buffer": PICTURE}
        phone.page.set_input_files("input[name=photo]", photo)
        phone.page.tap("#content form button.btn-primary")
        phone.page.wait_for_url("**/visits/")
        phone.sound("visit-logged-phone")
        assert phone.page.locator(".messages li").count() == 1


def test_a_cashier_takes_money_with_nothing_but_a_finger(morning: Site, browser: Browser):
    with staff(browser, morning.url, "yunding-cashier", size=PHONE) as phone:
        phone.open("/counter/")
        phone.page.fill("[name=room]", "B1-001")
        phone.page.tap("form:has([name=room]) button")
        phone.page.wait_for_selector("#allocation tfoot")
        phone.sound("counter-phone")
        owed = phone.text("#allocation [data-sum=pays]")
        phone.page.tap("form:has([name=received]) button.btn-primary")
        phone.page.wait_for_selector("#confirm button.btn-primary")
        phone.sound("counter-check-phone")
        assert owed in phone.text("#confirm button.btn-primary")
        phone.page.tap("#confirm button.btn-primary")
        phone.page.wait_for_selector("[data-receipt]")
        phone.sound("counter-taken-phone")
        assert owed in phone.text(".notice-line.good")
