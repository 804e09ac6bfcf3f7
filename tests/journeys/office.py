"""The office in the browser: a window that misses no fault of a page, and the arrears its people come to."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from arrears.cases import services as ladder_walk
from billing.charges.services import issue_bills
from tests.cast import PASSWORD, Company
from tests.databases import ROOT
from tests.ladder import deliver_bills, send
from values.period import Period, add_months, month_end, month_start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

DESK, PHONE = (1366, 768), (360, 740)
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# What stops somebody who cannot see or point; the lesser findings of axe are matters of taste.
RUN_AXE = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"], preload: false});
  return found.violations.filter((each) => ["serious", "critical"].includes(each.impact)).map(
    (each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""
PATIENCE_MS = 15_000
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# What a policy forbids never reaches the page's own script, so the event is told to the console.
LISTENER = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `csp: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
# Chromium writes an error line for every answer that is not a success, refusals in words included.
REFUSAL = re.compile(r"status of 4(09|22) ")


class Window:
    """One person's browser window. Faults of every page seen in it pile up in `faults`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.faults: list[str] = []
        self.keys = 0  # pressed so far; a test sets it back to count an act
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(LISTENER)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        page.on("response", self._answered)

    def open(self, path: str) -> None:
        """Go to an address; anything but a page is a fault."""
        answer = self.page.goto(self.url + path)
        assert answer is not None, path
        assert answer.status == 200, f"{path}: {answer.status}"
        self.look(path)

    def look(self, name: str) -> None:
        """Once the page rests: keep a picture; what is wider than the window is a fault."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_selector("[hx-trigger=load]", state="detached")
        self.shoot(name)
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            self._fault(f"{name}: {wider} pixels too wide")

    def text(self, selector: str = "#content") -> str:
        """What stands in a part of the page."""
        return str(self.page.locator(selector).first.inner_text())

    def sound(self, name: str) -> None:
        """The page rests, fits the window, and is within the reach of who cannot see or point."""
        self.look(name)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        self.faults += [f"axe: {fault} (on {name})" for fault in self.page.evaluate(RUN_AXE)]

    def press(self, *keys: str) -> None:
        """Keys, wherever the cursor is."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, text: str) -> None:
        """A text, key by key, wherever the cursor is."""
        self.press(*text)

    def waits_in(self, selector: str) -> None:
        """Until the cursor stands there."""
        self.page.wait_for_selector(f"{selector}:focus")

    def link(self, selector: str) -> str:
        """The path that a link leads to."""
        return str(self.page.locator(selector).first.get_attribute("href"))

    def log_in(self, username: str, password: str = PASSWORD) -> None:
        """Fill in the log-in and send it."""
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state("load")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not REFUSAL.search(message.text):
            self._fault(f"console: {message.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500 or answer.status in {400, 403, 404}:
            self._fault(f"{answer.status} {answer.url}")

    def _fault(self, text: str) -> None:
        self.faults.append(f"{text} (on {self.page.url})")

    def shoot(self, name: str) -> None:
        """A picture into the folder SHOTS, when there is one."""
        folder = os.environ.get("SHOTS")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        number = len(list(Path(folder).glob("*.png")))
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "home"
        self.page.screenshot(path=str(Path(folder) / f"{number:02}-{plain}.png"), full_page=True)


@contextmanager
def window(browser: Browser, url: str, *, size: tuple[int, int] = DESK) -> Iterator[Window]:
    """A window nobody is logged in at; every fault of the pages seen in it is told when it closes."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=size == PHONE,
        is_mobile=size == PHONE,
        locale="zh-CN",
    )
    opened = Window(context.new_page(), url)
    try:
        yield opened
        assert opened.faults == [], "\n".join(opened.faults)
    finally:
        opened.shoot("closing")
        context.close()


@contextmanager
def staff(browser: Browser, url: str, username: str, *, size: tuple[int, int] = DESK) -> Iterator[Window]:
    """A window with somebody of the company logged in."""
    with window(browser, url, size=size) as mine:
        mine.open("/login/")
        mine.log_in(username)
        yield mine


def today() -> date:
    """The day in Shanghai: the site's doors read the real clock."""
    return timezone.now().astimezone(ZoneInfo("Asia/Shanghai")).date()


def fall_behind(company: Company) -> None:
    """Everybody left the month before last unpaid; the nights since sent reminders and asked for calls."""
    month = month_start(add_months(today(), -2))
    due_on = month_end(month)
    with company.open():
        issued_on = month.replace(day=5)
        period = Period.month(month.year, month.month)
        issue_bills(community_id=company.community.pk, period=period, issued_on=issued_on)
        deliver_bills(issued_on)
        for day in (due_on + timedelta(1), due_on + timedelta(2), today()):
            ladder_walk.walk_ladder(as_of=day)
            send(day)
