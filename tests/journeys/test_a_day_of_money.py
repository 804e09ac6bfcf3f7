"""A day of money: the cashier opens the till, takes, counts blind and closes; finance books what the bank brought."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from tests import banking, databases, ladder
from tests.cast import assemble
from tests.conftest import _point_at
from tests.journeys.conftest import MORNING
from tests.journeys.office import AXE, Window, staff
from tests.site import Site, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
TILL, DAY, LINE = (
    re.compile(r"/cash/\d+/$"),
    re.compile(r"/reports/days/\d+/"),
    re.compile(r"/transfers/\d+/$"),
)
MARCH = date(2026, 3, 1)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """Both companies have billed March; 云顶 has a bank account."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("money") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                cast = assemble()
                with cast.jinxiu.open():
                    ladder.bill(cast.jinxiu, MARCH)
                with cast.yunding.open():
                    ladder.bill(cast.yunding, MARCH)
                    banking.bank_account(cast.yunding)
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("money"), at=MORNING) as served:
            yield served


# One story: each part stands on what the parts before left in the till.
def test_a_cashiers_day_from_the_float_to_the_closed_report(site: Site, browser: Browser):
    with staff(browser, site.url, "jinxiu-cashier") as cashier:
        cashier.page.on("dialog", lambda dialog: dialog.accept())
        the_till_is_opened_at_the_counter(cashier)
        cash_gives_change(cashier)
        a_card_is_one_key(cashier)
        a_part_in_another_way_is_one_key(cashier)
        the_till_is_counted_blind_and_the_difference_explained(cashier)
        the_day_is_closed(cashier)
    with staff(browser, site.url, "jinxiu-team_lead") as lead:
        the_supervisor_reviews_the_day(lead)


def ask_for(cashier: Window, room: str) -> None:
    """What a room owes, with the cursor where the money goes."""
    cashier.open("/counter/")
    cashier.waits_in("[name=room]")
    cashier.type(room)
    cashier.press("Enter")
    cashier.waits_in("[name=received]")


def taken(cashier: Window) -> None:
    cashier.press("Enter")
    cashier.page.wait_for_selector("[data-receipt]")


def the_till_is_opened_at_the_counter(cashier: Window) -> None:
    ask_for(cashier, "3-1-1602")
    cashier.page.wait_for_selector("button[data-key=o]")
    cashier.sound("counter-without-till")
    cashier.page.fill("#till-opening", "500")
    cashier.press("Enter")
    cashier.page.wait_for_selector(".messages")
    assert "¥500.00" in cashier.text(".messages")
    cashier.page.wait_for_selector("button[data-key=o]", state="detached")


def cash_gives_change(cashier: Window) -> None:
    cashier.waits_in("[name=received]")
    cashier.type("300")
    cashier.press("Enter")
    cashier.waits_in("#confirm button")
    assert "¥300.00" in cashier.text("#confirm")
    taken(cashier)
    assert "¥89.85" in cashier.text(".notice-line.good strong"), "the change"


def a_card_is_one_key(cashier: Window) -> None:
    ask_for(cashier, "B1-001")
    cashier.press("Escape", "3")
    assert cashier.page.is_checked("[name=method][value=POS]")
    cashier.page.fill("[name=reference]", "0402-000017")
    cashier.press("Enter")
    cashier.waits_in("#confirm button")
    assert "0402-000017" in cashier.text("#confirm")
    taken(cashier)


def a_part_in_another_way_is_one_key(cashier: Window) -> None:
    ask_for(cashier, "3-1-1702")
    cashier.press("m")
    cashier.waits_in("[name=also_amount]")
    cashier.type("100")
    cashier.page.select_option("[name=also]", "POS")
    cashier.page.fill("[name=also_reference]", "0402-000018")
    cashier.press("Enter")
    cashier.waits_in("#confirm button")
    cashier.sound("counter-mixed")
    assert "¥100" in cashier.text("#confirm dl")
    taken(cashier)


def the_till_is_counted_blind_and_the_difference_explained(cashier: Window) -> None:
    cashier.open("/cash/")
    cashier.page.click("[data-rows] a")
    cashier.page.wait_for_url(TILL)
    cashier.sound("till-before-the-count")
    assert "893.50" not in cashier.text(), "what should be there is not said before the count"
    cashier.page.fill("[name=n10000]", "8")
    cashier.page.fill("[name=n5000]", "1")
    cashier.page.fill("[name=n1000]", "4")
    cashier.page.fill("[name=n100]", "3")
    cashier.press("Enter")
    cashier.page.wait_for_selector("form[action$='/close/']")
    cashier.sound("till-counted")
    assert "¥893.50" in cashier.text(), "500.00 + 210.15 + 183.35"
    cashier.page.click("form[action$='/close/'] button.btn-primary")
    cashier.page.wait_for_selector("form[action$='/close/'] .errors, form[action$='/close/'] [aria-invalid]")
    cashier.page.fill("form[action$='/close/'] [name=reason]", "找零短款五角")
    cashier.page.click("form[action$='/close/'] button.btn-primary")
    cashier.page.wait_for_selector("form[action$='/close/']", state="detached")
    cashier.sound("till-closed")
    assert "找零短款五角" in cashier.text()


def the_day_is_closed(cashier: Window) -> None:
    cashier.open("/reports/days/")
    cashier.page.click("[data-rows] a")
    cashier.page.wait_for_url(DAY)
    cashier.sound("day-open")
    cashier.page.click("form[action$='/close/'] button")
    cashier.page.wait_for_selector(".messages")
    cashier.sound("day-closed")
    assert "¥793.50" in cashier.text(".figures"), "what came in by every way"


def the_supervisor_reviews_the_day(lead: Window) -> None:
    lead.open("/reports/days/")
    lead.page.click("[data-rows] a")
    lead.page.wait_for_url(DAY)
    assert "找零短款五角" in lead.text()
    lead.page.click("form[action$='/review/'] button")
    lead.page.wait_for_selector("form[action$='/review/']", state="detached")
    lead.sound("day-reviewed")


def test_finance_books_what_the_bank_brought_and_leaves_one_in_suspense(site: Site, browser: Browser):
    content = banking.plain(
        banking.line("S001", "210.02", payer="张三", remark="3-1-1602物业费", on="2026-03-31"),
        banking.line("S002", "88.00", payer="杭州云栖贸易有限公司", remark="代付", on="2026-03-31"),
    )
    with staff(browser, site.url, "yunding-finance") as finance:
        finance.open("/bank/statements/import/")
        file = {"name": "对账单-202603.csv", "mimeType": "text/csv", "buffer": content}
        finance.page.set_input_files("[name=file]", file)
        finance.page.click("#content form button.btn-primary")
        finance.page.wait_for_selector("#statement-result a.btn-primary")
        finance.sound("statement-done")
        finance.page.click("#statement-result a.btn-primary")
        finance.page.wait_for_url(LINE)
        finance.sound("queue-proposed")
        assert "3-1-1602" in finance.text()
        finance.press("c")
        finance.page.wait_for_selector("text=杭州云栖贸易有限公司")
        finance.sound("queue-suspense")
        finance.page.fill("[name=reason]", "不知替谁付，已去电询问")
        finance.page.click("button[data-key=s]")
        finance.page.wait_for_selector("[data-rows]")
        finance.sound("transfers")
        assert "挂账 1" in finance.text(".chips").replace("\n", " ")
