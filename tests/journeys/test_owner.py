"""An owner's first log-in on a phone: 360 x 740, a code by SMS, what is owed and why, a receipt, no network."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from billing.charges.models import Waiver
from billing.charges.queries import open_charges
from billing.charges.services import issue_bills
from billing.charges.services.waivers import Part, ask_waiver
from billing.payments import services as paying
from tenancy.kernel import clock
from tests import databases
from tests.cast import Company, assemble
from tests.conftest import _point_at
from tests.invoices import ready_to_invoice
from tests.journeys.office import PHONE, Window, fall_behind, today, window
from tests.site import Site, chromium, running
from values.period import Period

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
]
ZHANG, LI = "13800138000", "13900139000"
EXPLAINED = "89.37㎡ × 2.35元/㎡·月 × 1个月 = 210.02元"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """Zhang owes for two months, one of them late, and has paid a part; his home in the other company is clear."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("owner") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                _live(assemble().jinxiu)
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("site")) as served:
            yield served


def _live(company: Company) -> None:
    fall_behind(company)
    _offer(company)
    with company.open("cashier"):
        ready_to_invoice(company)
        month = today().replace(day=1)
        issue_bills(
            community_id=company.community.pk, period=Period.month(month.year, month.month), issued_on=month
        )
        paying.take_payment(
            account_id=company.accounts["3-1-1602"].pk, amount_fen=5000, method="CASH", paid_on=today(),
            posted_on=today(), at=clock.now(), cash_point_id=company.cash_point.pk, idempotency_key="owner",
        )  # fmt: skip


def _offer(company: Company) -> None:
    """Li's late fee is let off if he pays within five days."""
    with company.open("collector"):
        owed = open_charges(account_ids=[company.accounts["3-1-1702"].pk], as_of=today())
        waiver_id = ask_waiver(
            account_id=company.accounts["3-1-1702"].pk, kind="LATE_FEE", reason="首次逾期",
            parts=[Part(charge.charge_id, "LATE_FEE") for charge in owed if charge.late_fee_fen],
            offered_until=today() + timedelta(5), by=company.staff("collector"), on=today(), at=clock.now(),
        )  # fmt: skip
        Waiver.objects.filter(pk=waiver_id).update(state=Waiver.State.OFFERED)


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


# One story: each part stands on what the parts before left on the screen.
def test_an_owners_first_log_in(site: Site, browser: Browser):
    with window(browser, site.url, size=PHONE) as phone:
        he_is_asked_to_log_in(phone)
        a_wrong_code_is_told_kindly(phone, site)
        the_first_screen_says_what_and_by_when(phone)
        he_is_told_how_to_pay(phone)
        a_bill_explains_itself(phone)
        the_receipt_opens(phone)
        the_other_screens(phone)
        without_a_network_he_sees_what_he_saw(phone)
        an_old_key_leads_back_to_where_he_was(phone, site)
        it_speaks_english(phone)
        he_asks_for_an_invoice(phone)
        he_pays_the_coming_months_ahead(phone)
        he_logs_out(phone)


def test_one_tap_from_the_link_to_what_is_owed(site: Site, browser: Browser):
    with window(browser, site.url, size=PHONE) as phone:
        phone.open("/my/")
        phone.page.fill("input[name=phone]", LI)
        phone.page.tap("text=获取验证码")
        phone.page.wait_for_selector("text=秒后可重新获取")
        phone.page.fill("input[name=code]", the_code(site, LI))  # the phone offers it above its keyboard
        phone.page.wait_for_selector(".charge")
        shown = phone.text("main")
        assert re.search(r"待缴金额\s*¥[0-9,.]+", shown)
        assert "120.50㎡ × 2.35元/㎡·月 × 1个月 = 283.18元" in shown
        assert re.search(
            rf"在 {today() + timedelta(5)}\s周.（含当日）前缴清 ¥283\.18，违约金 ¥[0-9.]+ 免收。", shown
        )
        rests(phone, "first-screen")


def he_is_asked_to_log_in(phone: Window) -> None:
    phone.open("/my/bills")
    phone.page.wait_for_selector("input[name=phone]")
    assert phone.page.url.endswith("/my/login?back=/bills")
    rests(phone, "login")
    phone.page.click("text=获取验证码")
    assert "请填写 11 位手机号" in phone.text("main")


def a_wrong_code_is_told_kindly(phone: Window, site: Site) -> None:
    phone.page.fill("input[name=phone]", "138 0013 8000")
    phone.page.click("text=获取验证码")
    phone.page.wait_for_selector("text=秒后可重新获取")
    code = the_code(site)
    phone.page.fill("input[name=code]", f"{(int(code) + 1) % 1_000_000:06}")
    phone.page.wait_for_selector("text=验证码不对")
    rests(phone, "login-wrong-code")
    phone.page.fill("input[name=code]", code)  # the sixth digit logs in
    phone.page.wait_for_url("**/my/bills")
    phone.page.wait_for_selector("ul.rows a")
    rests(phone, "bills")


def the_first_screen_says_what_and_by_when(phone: Window) -> None:
    phone.page.click("nav.tabs a >> text=首页")
    phone.page.wait_for_selector(".charge")
    shown = phone.text("main")
    owed = re.search(r"待缴金额\s*¥([0-9,.]+)", shown)
    assert owed
    units = phone.page.evaluate(
        """async () => (await (await fetch("/api/portal/v1/units/", {headers: {
            Authorization: "Bearer " + JSON.parse(localStorage.getItem("portal.key")).token}})).json())"""
    )
    assert round(sum(float(unit["owed"]["total"]) for unit in units), 2) == float(owed[1].replace(",", ""))
    assert "已过缴费截止日" in shown
    assert EXPLAINED in shown
    assert phone.page.locator(".owed .main-button").count() == 1
    assert not re.search(r"起诉|法院|征信|停水|停电|黑名单|曝光", shown)
    rests(phone, "home")


def he_is_told_how_to_pay(phone: Window) -> None:
    owed = phone.text(".owed-sum").removeprefix("¥")
    phone.page.click("text=怎么缴费")
    phone.page.wait_for_selector("text=收款户名")
    shown = phone.text("main")
    assert "6217 0000 0000 0000 001" in shown
    assert "锦绣花园 3-1-1602 B1-001" in shown  # one transfer for both
    assert f"¥{owed}" in shown
    assert "0571-88000000" in shown
    phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.page.click("[aria-label='复制 银行账号']")
    phone.page.wait_for_selector("text=已复制")
    assert phone.page.evaluate("navigator.clipboard.readText()") == "6217000000000000001"
    rests(phone, "pay")
    phone.page.click("[aria-label=返回]")
    phone.page.wait_for_selector(".owed")


def a_bill_explains_itself(phone: Window) -> None:
    phone.page.click("nav.tabs a >> text=账单")
    phone.page.click("ul.rows a >> nth=0")
    phone.page.wait_for_selector(".charge")
    assert "怎么算的" in phone.text("main")
    rests(phone, "bill")


def the_receipt_opens(phone: Window) -> None:
    phone.open("/my/payments")
    phone.page.click("ul.rows a >> nth=0")
    phone.page.wait_for_selector("text=打开收据")
    rests(phone, "payment")
    # The viewer is another page: until the phone has come to it, it cannot be sent anywhere else.
    with phone.page.expect_navigation(url=re.compile(r"receipt\.pdf\?ticket=")):
        phone.page.click("text=打开收据")
    answer = phone.page.context.request.get(phone.page.url)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")


def the_other_screens(phone: Window) -> None:
    phone.open("/my/notices")
    phone.page.wait_for_selector("text=缴款通知书")
    rests(phone, "notices")
    phone.open("/my/me")
    phone.page.wait_for_selector("text=138****8000")
    assert ZHANG not in phone.text("main")
    rests(phone, "me")
    phone.open("/my/")
    phone.page.wait_for_selector(".charge")
    phone.page.click("ul.rows a >> nth=-1")
    phone.page.wait_for_selector("text=没有待缴的费用")
    rests(phone, "unit-clear")
    with forgiven(phone, "404"):
        phone.open("/my/units/999999")
        phone.page.wait_for_selector("text=没有找到这一页")
    rests(phone, "missing")
    phone.open("/my/no/such/place")
    rests(phone, "nowhere")


def without_a_network_he_sees_what_he_saw(phone: Window) -> None:
    phone.open("/my/")
    phone.page.wait_for_selector(".charge")
    phone.page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
    )
    with forgiven(phone, "ERR_INTERNET_DISCONNECTED"):
        phone.page.context.set_offline(True)
        phone.page.reload()
        phone.page.wait_for_selector(".offline")
        assert re.search(r"当前没有网络，显示的是 \d{4}-\d\d-\d\d \d\d:\d\d 的数据", phone.text(".offline"))
        assert EXPLAINED in phone.text("main")
        rests(phone, "offline")
    phone.page.context.set_offline(False)
    phone.page.click(".offline button")
    phone.page.wait_for_selector(".offline", state="detached")


def an_old_key_leads_back_to_where_he_was(phone: Window, site: Site) -> None:
    phone.open("/my/payments")
    phone.page.wait_for_selector("ul.rows a")
    key = phone.page.evaluate("localStorage.getItem('portal.key')")
    phone.page.evaluate(
        "localStorage.setItem('portal.key', JSON.stringify({token: 'old', expires_at: '2099-01-01T00:00:00Z'}))"
    )
    with forgiven(phone, "401"):
        phone.page.reload()
        phone.page.wait_for_selector("text=请重新登录")
    rests(phone, "login-expired")
    assert "back=/payments" in phone.page.url
    phone.page.fill("input[name=phone]", ZHANG)
    with forgiven(phone, "429"):  # the first code was asked for less than a minute ago
        phone.page.click("text=获取验证码")
        phone.page.wait_for_selector("text=验证码刚刚发过")
    rests(phone, "login-too-many")
    phone.page.evaluate("key => localStorage.setItem('portal.key', key)", key)
    phone.open("/my/payments")
    phone.page.wait_for_selector("ul.rows a")


def it_speaks_english(phone: Window) -> None:
    phone.open("/my/me")
    phone.page.click("text=English")
    phone.page.wait_for_selector("text=Log out")
    rests(phone, "me-english")
    phone.page.click("nav.tabs a >> text=Home")
    phone.page.wait_for_selector(".charge")
    assert phone.page.evaluate("document.documentElement.lang") == "en"
    assert "89.37㎡ × ¥2.35/㎡·month × 1 month = ¥210.02" in phone.text("main")
    rests(phone, "home-english")
    phone.page.click("text=How to pay")
    phone.page.wait_for_selector("text=Bank transfer")
    rests(phone, "pay-english")
    phone.open("/my/me")
    phone.page.click("text=中文")
    phone.page.wait_for_selector("text=退出登录")


def he_asks_for_an_invoice(phone: Window) -> None:
    phone.open("/my/payments")
    phone.page.click("ul.rows a >> nth=0")
    phone.page.click("text=申请发票（¥50.00）")
    phone.page.check("input[name=buyer_kind][value=COMPANY]")
    phone.page.fill("input[name=buyer_name]", "杭州云栖贸易有限公司")
    rests(phone, "invoice-form")
    phone.page.click("text=提交申请")
    phone.page.wait_for_selector("[role=alert]:has-text('纳税人识别号')")
    phone.page.fill("input[name=buyer_tax_number]", "91330106MA2A0B1C2D")
    phone.page.click("text=提交申请")
    phone.page.wait_for_selector("text=已申请，等待开具")
    rests(phone, "invoice-asked")
    assert "申请发票" not in phone.text("main")


def he_pays_the_coming_months_ahead(phone: Window) -> None:
    phone.open("/my/")
    phone.page.click("ul.rows a >> nth=0")
    phone.page.click("text=预缴以后的费用")
    phone.page.wait_for_selector(".sheet-sum")
    phone.page.click("text=3 个月")
    phone.page.wait_for_selector(".sheet-sum:has-text('¥630.06')")
    rests(phone, "ahead")
    phone.page.click("text=确认，出预缴账单")
    phone.page.wait_for_url(re.compile(r"/my/bills/\d+$"))
    phone.page.wait_for_selector(".charge >> nth=2")
    assert "¥630.06" in phone.text("main")
    rests(phone, "ahead-billed")
    phone.page.go_back()
    phone.page.click("text=预缴以后的费用")
    phone.page.wait_for_selector("text=已有一张预缴账单待缴")
    rests(phone, "ahead-waits")
    phone.open("/my/me")
    phone.page.wait_for_selector("text=退出登录")


def he_logs_out(phone: Window) -> None:
    phone.page.click("text=退出登录")
    phone.page.wait_for_selector("input[name=phone]")
    assert [
        name for name in phone.page.evaluate("Object.keys(localStorage)") if name.startswith("portal.")
    ] == []


def rests(phone: Window, name: str) -> None:
    """Once the page rests: a picture, nothing too wide, nothing that a screen reader or weak eyes stumble over."""
    phone.sound(f"owner-{name}")


def the_code(site: Site, number: str = ZHANG) -> str:
    """The newest code that was sent to a phone."""
    for _ in range(100):
        lines = [
            json.loads(line)
            for file in sorted((site.folder / "outbox" / "sms").glob("*.jsonl"))
            for line in file.read_text("utf-8").splitlines()
        ]
        texts = [line["text"] for line in lines if line["to"] == number]
        if texts and (found := re.search(r"\b\d{6}\b|\d{6}", texts[-1])):
            return found.group()
        time.sleep(0.2)
    raise AssertionError("no code was sent")


@contextmanager
def forgiven(phone: Window, text: str) -> Iterator[None]:
    """Here this fault must happen, and only here."""
    before = len(phone.faults)
    yield
    phone.page.wait_for_timeout(200)
    new = phone.faults[before:]
    assert any(text in fault for fault in new), f"{text} did not happen"
    phone.faults[before:] = [fault for fault in new if text not in fault]
