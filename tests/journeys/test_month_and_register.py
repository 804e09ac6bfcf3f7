"""A month goes out through its steps, second look included; a register with a mistake is mended and comes in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.journeys.office import AXE, PICTURE, Window, staff
from tests.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `make run` first"),
]
STATES = "steps => steps.map(step => step.className.replace('step-', ''))"
TITLES = ("楼栋", "单元", "房号", "建筑面积（㎡）", "业主姓名", "联系电话1", "收费标准\n（元/㎡·月）")
ROWS = (
    ("1", "1", "101", 89.37, "陈晨", "13800001001", 2.35),
    ("1", "1", "102", 0, "周舟", "13800001002", 2.35),
    ("1", "1", "201", 120.5, "吴越", "13800001003", 2.35),
)
MENDED = tuple((*row[:3], 96.5, *row[4:]) if row[3] == 0 else row for row in ROWS)


def test_a_month_goes_out_step_by_step(morning: Site, browser: Browser):
    with staff(browser, morning.url, "yunding-cashier") as cashier:
        the_month_is_previewed(cashier)
        a_second_look_is_asked_for(cashier)
        with staff(browser, morning.url, "yunding-project_manager") as manager:
            the_second_look_is_given(manager)
            the_bills_are_issued(cashier)
            the_papers_are_printed(cashier)
            the_papers_are_put_into_the_mailboxes(manager)
        every_step_is_done(cashier)


def states(window: Window) -> list[str]:
    """The steps of the month, in order."""
    return list(window.page.eval_on_selector_all(".run-steps ol > li", STATES))


def the_month_is_previewed(cashier: Window) -> None:
    cashier.open("/runs/")
    cashier.page.click("form.filters[action='/runs/'] button")
    cashier.page.wait_for_selector("#run-preview")
    cashier.sound("run-preview")
    assert states(cashier)[:2] == ["DONE", "DONE"]
    assert "LATER" in states(cashier)
    assert cashier.text("#run-preview strong") == "4"


def a_second_look_is_asked_for(cashier: Window) -> None:
    cashier.page.click("form[action='/runs/release/'] button")
    cashier.page.wait_for_selector(".messages")
    cashier.sound("run-asked")
    assert cashier.page.locator("form#run-issue").count() == 0, "nothing goes out before the answer"


def the_second_look_is_given(manager: Window) -> None:
    manager.open("/approvals/")
    manager.press("j", "Enter")
    manager.page.wait_for_selector("[data-key=a]")
    manager.sound("run-approval")
    assert "¥1,019.98" in manager.text()
    manager.press("a", "Enter")
    manager.page.wait_for_selector(".messages")


def the_bills_are_issued(cashier: Window) -> None:
    cashier.page.reload()
    cashier.page.dblclick("form#run-issue button")  # a second click issues nothing twice
    cashier.page.wait_for_url(re.compile(r"/runs/jobs/\d+/$"))
    cashier.page.wait_for_selector("#run-result .figures")
    cashier.sound("run-done")
    assert cashier.text("#run-result .figures strong") == "4"
    cashier.page.click("#run-result a.btn-primary")
    cashier.page.wait_for_selector("[data-rows]")
    cashier.sound("bills")
    assert cashier.text("#list-count") == "4"


def the_papers_are_printed(cashier: Window) -> None:
    cashier.open("/notices/?kind=BILL_NOTICE&state=QUEUED")
    cashier.press("X", "p")
    cashier.page.wait_for_selector(".job-bar:not([hx-trigger])")
    cashier.sound("papers-printed")


def the_papers_are_put_into_the_mailboxes(manager: Window) -> None:
    for _round in ("building 3", "the garage"):
        manager.open("/deliveries/")
        manager.sound("deliveries")
        manager.open(manager.link("[data-rows] a[data-open]"))
        manager.sound("delivery-round")
        manager.page.fill("input[name=handed_over_by]", "何军")
        photo = {"name": "mailbox.png", "mimeType": "image/png", "buffer": PICTURE}
        manager.page.set_input_files("input[name=photo]", photo)
        manager.page.click("#content form[enctype] button.btn-primary")
        manager.page.wait_for_selector(".messages")


def every_step_is_done(cashier: Window) -> None:
    cashier.open("/runs/")
    cashier.page.click("form.filters[action='/runs/'] button")
    cashier.page.wait_for_selector(".run-steps")
    cashier.sound("run-over")
    assert set(states(cashier)) == {"DONE"}


def test_a_register_with_a_mistake_is_mended_and_comes_in(morning: Site, browser: Browser, tmp_path: Path):
    with staff(browser, morning.url, "jinxiu-finance") as finance:
        a_file_that_is_none_is_refused_beside_the_field(finance)
        the_mistake_is_shown_in_words(finance, written(tmp_path / "register.xlsx", ROWS))
        the_mended_file_comes_in(finance, written(tmp_path / "register-2.xlsx", MENDED))


def written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A register of these rows."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("房产台账")
    for number, row in enumerate((TITLES, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def upload(finance: Window, path: Path) -> None:
    finance.open("/import/")
    finance.page.select_option("select[name=community]", label="J2 锦绣二期")
    finance.page.set_input_files("input[name=file]", str(path))
    finance.page.click("form[enctype] button.btn-primary")


def a_file_that_is_none_is_refused_beside_the_field(finance: Window) -> None:
    finance.open("/import/")
    finance.page.select_option("select[name=community]", label="J2 锦绣二期")
    text = {"name": "register.xlsx", "mimeType": "text/plain", "buffer": "不是表格".encode()}
    finance.page.set_input_files("input[name=file]", text)
    finance.page.click("form[enctype] button.btn-primary")
    finance.page.wait_for_selector(".errors")
    finance.sound("import-refused")
    assert finance.page.input_value("select[name=community]") != "", "what was chosen stays"


def the_mistake_is_shown_in_words(finance: Window, path: Path) -> None:
    upload(finance, path)
    finance.page.wait_for_url(re.compile(r"/import/\d+/$"))
    finance.page.wait_for_selector(".chips")
    finance.sound("import-rejected")
    line = finance.text("[data-rows] > tr")
    assert "1-1-102" in line
    assert "面积" in line
    with finance.page.expect_download() as sheet:
        finance.page.click(".page-head .actions a >> nth=0")
    assert sheet.value.suggested_filename.endswith(".xlsx")


def the_mended_file_comes_in(finance: Window, path: Path) -> None:
    upload(finance, path)
    finance.page.wait_for_selector("form[action$='/confirm/'] button")
    finance.sound("import-preview")
    assert finance.page.locator(".figures strong.late").count() == 0, "no row is rejected"
    finance.page.click("form[action$='/confirm/'] button")
    finance.page.wait_for_selector(".notice-line.good")
    finance.sound("import-done")
    finance.page.click(".notice-line.good a")
    finance.page.wait_for_selector("[data-rows]")
    finance.sound("units-imported")
    assert finance.text("#list-count") == "3"
    assert "周舟" in finance.text("[data-rows]")
