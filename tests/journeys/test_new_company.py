"""A company's first day, through its doors alone: community, contract, register, bills, money at the counter."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connections

from config.demo_register import write_register
from tests import databases
from tests.cast import PASSWORD
from tests.conftest import _point_at
from tests.journeys.office import Window, staff, today
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
    """Nothing but what `manage.py create_tenant` makes, served."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("newcomer") as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                call_command(
                    "create_tenant", "qingshan", "青山物业服务有限公司", "--short-name", "青山物业", "--admin", "qing",
                    "--password-stdin", stdout=io.StringIO(),
                )  # fmt: skip
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("site")) as served:
            yield served


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


# One story: each part stands on what the parts before left in the books.
def test_a_new_company_takes_its_first_money(site: Site, browser: Browser, tmp_path: Path):
    with staff(browser, site.url, "qing") as admin:
        a_community_is_opened(admin)
        the_run_leads_to_the_contract(admin)
        the_run_leads_to_the_register(admin, tmp_path / "register.xlsx")
        the_run_leads_to_a_cash_point(admin)
        the_first_bills_are_issued(admin)
        a_second_preview_is_folded(admin)
        the_contract_keeps_its_terms(admin)
        a_fee_is_added_and_put_on_flats(admin)
        a_cashier_is_hired(admin)
    with staff(browser, site.url, "meng") as cashier:
        the_first_money_is_taken(cashier)


def send(window: Window, form: str = "#content form") -> None:
    window.page.click(f"{form} button.btn-primary")
    window.page.wait_for_load_state("load")


def a_community_is_opened(admin: Window) -> None:
    admin.open("/units/")
    admin.open("/communities/")
    admin.open(admin.link("#content a[href='/communities/new/']"))
    for name, value in {"code": "QS", "name": "青山里", "service_phone": "0571-88000000"}.items():
        admin.page.fill(f"[name={name}]", value)
    send(admin)
    admin.look("community")
    assert "青山里" in admin.text()


def preview(admin: Window) -> None:
    admin.open("/runs/")
    admin.page.click("form.filters[action='/runs/'] button")
    admin.page.wait_for_load_state("load")
    admin.look("run")


def the_run_leads_to_the_contract(admin: Window) -> None:
    preview(admin)
    assert admin.page.locator(".notice-line.error:visible").count() == 1
    admin.open(admin.link("#content a[href^='/contracts/new/']"))
    assert "青山里" in admin.text("[name=community] option:checked")
    written = {
        "name": "青山里前期物业服务合同", "number": "QS-2026-01", "start_on": "2020-01-01", "late_fee_rate": "万分之三",
        "payee_name": "青山物业服务有限公司", "payee_bank": "中国银行杭州分行", "payee_account": "1202026219900011122",
    }  # fmt: skip
    for name, value in written.items():
        admin.page.fill(f"[name={name}]", value)
    send(admin)
    admin.look("contract-refused")
    assert "违约金" in admin.text(".has-errors") or "late fee" in admin.text(".has-errors")
    admin.page.fill("[name=late_fee_clause]", "第十二条 逾期按日万分之三支付违约金")
    send(admin)
    admin.page.wait_for_url(re.compile(r"/contracts/\d+/$"))
    admin.look("contract")
    shown = admin.text()
    assert "0.03%" in shown
    assert "万分之三" in shown
    assert "****1122" in shown
    assert "1202026219900011122" not in shown


def the_run_leads_to_the_register(admin: Window, path: Path) -> None:
    preview(admin)
    write_register(path, units=ROWS, seed=5, community_name="青山里", as_of=today(), error_share=0)
    admin.open(admin.link("#content a[href^='/import/?community=']"))
    admin.page.set_input_files("input[name=file]", str(path))
    admin.page.click("form[enctype] button.btn-primary")
    admin.page.wait_for_selector("form[action$='/confirm/'] button")
    admin.page.click("form[action$='/confirm/'] button")
    admin.page.wait_for_selector(".notice-line.good")
    admin.look("register-imported")


def the_run_leads_to_a_cash_point(admin: Window) -> None:
    preview(admin)
    admin.page.wait_for_selector("#content a[href^='/settings/cash-points/']")
    admin.open(admin.link("#content a[href^='/settings/cash-points/']"))
    admin.page.fill("[name=code]", "01")
    admin.page.fill("[name=name]", "前台")
    send(admin)
    admin.look("cash-point")
    assert "青山里" in admin.text(".grid")


def the_first_bills_are_issued(admin: Window) -> None:
    preview(admin)
    assert admin.page.locator("#content a[href^='/settings/cash-points/']").count() == 0
    assert int(admin.text(".figures strong")) > ROWS / 2
    admin.page.click("form[method=post][action='/runs/'] button")
    admin.page.wait_for_url(re.compile(r"/runs/jobs/\d+/$"))
    admin.page.wait_for_selector("#run-result .figures")
    admin.page.click("#run-result a.btn-primary")
    admin.page.wait_for_selector("[data-rows]")
    admin.look("first-bills")
    admin.open(admin.link("[data-rows] a[data-open]"))
    shown = admin.text()
    assert "0.03%" in shown
    assert "0.0003" not in shown


def a_second_preview_is_folded(admin: Window) -> None:
    preview(admin)
    folded = admin.page.locator("#content details:has(summary strong)")
    assert folded.count() >= 1
    folded.last.locator("summary").click()
    admin.look("left-out")
    assert folded.last.locator("tbody tr").count() <= 20


def the_contract_keeps_its_terms(admin: Window) -> None:
    admin.open("/contracts/")
    admin.open(admin.link("[data-rows] a[data-open]"))
    admin.open(admin.link("#content a[href$='/change/'], a[href$='/change/']"))
    assert admin.page.locator("[name=late_fee_rate]").is_disabled()
    admin.page.fill("[name=payee_bank]", "工商银行杭州分行")
    send(admin)
    assert "工商银行杭州分行" in admin.text()
    admin.open(admin.link("a[href$='/next/']"))
    admin.page.fill("[name=late_fee_rate]", "0.02%")
    send(admin)
    admin.look("next-contract")
    assert "万分之二" in admin.text()


def a_fee_is_added_and_put_on_flats(admin: Window) -> None:
    admin.open("/tariffs/")
    admin.open("/fees/")
    for name, value in {"name": "电梯费", "code": "lift"}.items():
        admin.page.fill(f"[name={name}]", value)
    send(admin)
    admin.look("fees")
    admin.open("/tariffs/new/")
    admin.page.select_option("[name=fee_item]", label="电梯费")
    admin.page.select_option("[name=basis]", "FIXED")
    for name, value in {"name": "电梯费标准", "rate": "20"}.items():
        admin.page.fill(f"[name={name}]", value)
    send(admin)
    admin.page.wait_for_url(re.compile(r"/tariffs/\d+/$"))
    admin.look("tariff")
    admin.open(admin.link("a[href$='/units/']:not([href='/units/'])"))
    admin.page.select_option("[name=kind]", "ROOM")
    send(admin, "form[action$='/subscribe/']")
    admin.look("who-pays")
    assert admin.page.locator("tbody tr").count() > ROWS / 2


def a_cashier_is_hired(admin: Window) -> None:
    admin.open("/settings/people/")
    admin.open("/settings/people/add/")
    for name, value in {"name": "孟收", "username": "meng", "password": PASSWORD}.items():
        admin.page.fill(f"[name={name}]", value)
    admin.page.check("[name=roles][value=cashier]")
    admin.page.check("[name=everywhere]")
    send(admin)
    admin.look("people")
    assert "孟收" in admin.text()


def the_first_money_is_taken(cashier: Window) -> None:
    cashier.open("/bills/")
    room = cashier.text("[data-rows] .room")
    cashier.open("/counter/")
    cashier.page.keyboard.type(room)
    cashier.press("Enter")
    cashier.page.wait_for_selector("[name=received]:focus")
    cashier.look("counter")
    cashier.press("Enter")
    cashier.page.wait_for_selector("#confirm button:focus")
    cashier.press("Enter")
    cashier.page.wait_for_selector("a[data-key=p]")
    cashier.look("taken")
    answer = cashier.page.request.get(cashier.url + cashier.link("a[data-key=p]"))
    assert answer.body().startswith(b"%PDF")
