"""What is sent twice happens once; a session that ends in the middle of a form gives the form back."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.office import AXE, DESK, PHONE, Window, staff
from tests.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
# The same request once more, as a browser that was told to "send again" would send it.
AGAIN = """async ([url, body]) => (await fetch(url, {method: "POST", body, headers: {
  "Content-Type": "application/x-www-form-urlencoded",
  "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content}})).status"""


def to_the_check(cashier: Window, room: str, received: str = "") -> None:
    """At the counter: the room, what lies on it, one look at what will be taken."""
    cashier.open("/counter/")
    cashier.waits_in("[name=room]")
    cashier.type(room)
    cashier.press("Enter")
    cashier.waits_in("[name=received]")
    cashier.type(received)
    cashier.press("Enter")
    cashier.waits_in("#confirm button")


def to_the_desk(clerk: Window, room: str) -> str:
    """At the call desk with the case of a room; the case's number."""
    clerk.open("/cases/")
    clerk.page.click(f"a[data-open]:has-text('{room}')")
    clerk.page.wait_for_url(re.compile(r"/cases/\d+/$"))
    number = clerk.page.url.rstrip("/").rpartition("/")[2]
    clerk.open(f"/calls/{number}/")
    return number


def taken(cashier: Window, room: str) -> int:
    """How many payments there are for a room."""
    cashier.open(f"/payments/?words={room}")
    return int(cashier.text("#list-count"))


def test_money_that_is_sent_twice_is_taken_once(morning: Site, browser: Browser):
    with staff(browser, morning.url, "yunding-cashier") as cashier:
        to_the_check(cashier, "3-2-201")
        with cashier.page.expect_request("**/counter/take/") as sent:
            cashier.page.dblclick("#confirm form[method=post] button")
        cashier.page.wait_for_selector("[data-receipt]")
        assert taken(cashier, "3-2-201") == 1, "a double click"
        cashier.page.evaluate(AGAIN, [sent.value.url, sent.value.post_data])
        assert taken(cashier, "3-2-201") == 1, "the same request again"


def test_a_call_that_is_sent_twice_is_noted_once(morning: Site, browser: Browser):
    with staff(browser, morning.url, "yunding-collector") as clerk:
        number = to_the_desk(clerk, "3-1-1602")
        clerk.press("2")
        clerk.page.fill("[name=feedback]", "说下周再看。")
        with clerk.page.expect_request(lambda asked: asked.method == "POST") as sent:
            clerk.page.dblclick("button[data-key=Enter]")
        clerk.page.wait_for_selector(".messages")
        clerk.page.evaluate(AGAIN, [sent.value.url, sent.value.post_data])
        clerk.open(f"/cases/{number}/")
        assert clerk.text().count("说下周再看。") == 1


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_session_that_ends_at_the_counter_gives_the_counter_back(
    morning: Site, browser: Browser, size: tuple[int, int]
):
    with staff(browser, morning.url, "yunding-cashier", size=size) as cashier:
        to_the_check(cashier, "3-1-1702", "300")
        figures = cashier.page.inner_text("#allocation .figures")
        cashier.page.context.clear_cookies(name="sessionid")
        cashier.press("Enter")
        cashier.page.wait_for_url("**/login/**")
        cashier.sound("session-over")
        cashier.log_in("yunding-cashier")
        cashier.page.wait_for_selector("[data-kept-filled]:visible")
        expect(cashier.page.locator("#allocation .figures")).to_have_text(figures, use_inner_text=True)
        cashier.sound("counter-came-back")
        assert cashier.page.input_value("[name=received]") == "300.00"
        assert "3-1-1702" in cashier.text("#counter")
        cashier.waits_in("[name=received]")
        assert taken(cashier, "3-1-1702") == 0


def test_a_session_that_ends_at_the_call_desk_gives_the_call_back(morning: Site, browser: Browser):
    with staff(browser, morning.url, "yunding-collector") as clerk:
        to_the_desk(clerk, "3-1-1702")
        clerk.press("1")
        clerk.type("+3")
        clerk.page.fill("[name=feedback]", "说周末转账。")
        clerk.page.context.clear_cookies(name="sessionid")
        clerk.page.click("button[data-key=Enter]")
        clerk.page.wait_for_url("**/login/**")
        clerk.log_in("yunding-collector")
        clerk.page.wait_for_selector("[data-kept-filled]:visible")
        clerk.sound("desk-came-back")
        assert clerk.page.input_value("[name=promised_on]") == "+3"
        assert clerk.page.input_value("[name=feedback]") == "说周末转账。"
        assert clerk.page.is_checked("[name=outcome][value=CONNECTED_PROMISED]")
        clerk.press("Escape")
        clerk.page.click("button[data-key=Enter]")
        clerk.page.wait_for_selector(".messages")
