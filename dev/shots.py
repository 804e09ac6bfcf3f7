"""`make shots`: pictures of every screen, at the desk, on a phone and in the dark, into var/shots."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dev import system
from dev.commands import main_of
from dev.paths import PYTHON, ROOT, VAR
from dev.prepare import ready
from dev.run import choose_port, fill, healthy, services
from dev.say import GivesUp, say
from dev.servers import servers
from dev.supervisor import Supervisor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOTS = VAR / "shots"
SIZES = {"desk": (1366, 768), "phone": (360, 740)}
PASSWORD = "demo-2026-wuye"  # noqa: S105 - the demo's, printed at every start
# Whose navigation is walked; a screen that an earlier one has is not taken again.
PEOPLE = ("jingli", "qiantai", "lingban", "caiwu", "fawu", "admin", "xunluo", "shenji")
IN_THE_DARK = ("/", "/style/", "/reports/dashboard/", "/calls/", "/cases/")
PORTAL = ("/my/", "/my/bills", "/my/payments", "/my/notices", "/my/me")


class Tour(NamedTuple):
    """Where the pictures are taken, and of which screens they were taken already."""

    base: str
    taken: set[str]


def _file(path: str, size: str) -> Path:
    return SHOTS / size / f"{re.sub(r'[^a-z0-9]+', '-', path.lower()).strip('-') or 'home'}.png"


def _links(page: Page, selector: str) -> list[str]:
    found = page.eval_on_selector_all(selector, "links => links.map(link => link.getAttribute('href'))")
    return [link for link in dict.fromkeys(found) if link and link.startswith("/")]


def _shoot(
    page: Page, tour: Tour, path: str, *, sizes: tuple[str, ...] = tuple(SIZES), name: str = ""
) -> None:
    page.set_viewport_size({"width": SIZES[sizes[0]][0], "height": SIZES[sizes[0]][1]})
    answer = page.goto(tour.base + path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise GivesUp(f"{path} answers {answer.status if answer else 'nothing'}: there is nothing to look at")
    page.wait_for_selector("[hx-trigger=load]", state="detached")  # the parts of a page are there too
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(_file(name or path, size)), full_page=True)
    say(path)


def _log_in(page: Page, tour: Tour, user: str, password: str) -> None:
    page.goto(tour.base + "/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".shell-nav")


def _screens(page: Page, tour: Tour) -> Iterator[str]:
    """Every screen of the navigation, what its page leads to, and the first record of every list."""
    for path in _links(page, ".shell-nav a[href]"):
        if path not in tour.taken:
            yield path
            yield from _links(page, "[data-rows] a[data-open]")[:1]


def staff(browser: Browser, tour: Tour, user: str, password: str) -> None:
    """All that one person can reach from the navigation and nobody before could."""
    page = browser.new_page(locale="zh-CN", color_scheme="light")
    _log_in(page, tour, user, password)
    for path in _screens(page, tour):
        kind = re.sub(r"\d+", "n", path)
        if not {path, kind} & tour.taken:
            tour.taken.update((path, kind))
            _shoot(page, tour, path)
    page.close()


def dark(browser: Browser, tour: Tour) -> None:
    """Some screens by night, and the design system in both lights."""
    page = browser.new_page(locale="zh-CN", color_scheme="light")
    _shoot(page, tour, "/login/")
    _log_in(page, tour, PEOPLE[0], PASSWORD)
    _shoot(page, tour, "/style/")
    page.emulate_media(color_scheme="dark")
    for path in IN_THE_DARK:
        _shoot(page, tour, path, sizes=("desk",), name=f"{path}dark")
    page.emulate_media(color_scheme="light", media="print")
    _shoot(page, tour, "/style/", sizes=("desk",), name="/style/print")
    page.close()


def portal(browser: Browser, tour: Tour, phone: str) -> None:
    """What an owner sees: the log-in by a code, the five places, the first unit, bill and payment."""
    page = browser.new_page(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True)
    _shoot(page, tour, "/my/login", sizes=("phone",))
    page.fill("input[name=phone]", phone)
    before = len(_codes(phone))
    page.click("text=获取验证码")
    page.fill("input[name=code]", _code(phone, before))
    page.wait_for_url("**/my/")
    for path in PORTAL:
        _shoot(page, tour, path, sizes=("phone",))
        for record in _links(page, "ul.rows a[href], a[href*='/units/'], a[href*='/pay/']")[:2]:
            _shoot(page, tour, record, sizes=("phone",))
            page.goto(tour.base + path, wait_until="networkidle")
    page.close()


def _codes(phone: str) -> list[str]:
    """The codes that were sent to the phone, the newest last: the demo's gateway writes to the outbox."""
    files = sorted((VAR / "outbox" / "sms").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    found = [re.search(r"\d{6}", line["text"]) for line in lines if line["to"] == phone]
    return [code.group() for code in found if code]


def _code(phone: str, before: int) -> str:
    """The code that comes after so many others."""
    for _ in range(100):
        codes = _codes(phone)
        if len(codes) > before:
            return codes[-1]
        time.sleep(0.2)
    raise GivesUp(f"no code came for {phone}")


def _owner(env: dict[str, str]) -> str:
    """The phone of an owner of the demo who owes something."""
    command = [str(PYTHON), "manage.py", "demo", "--logins"]
    said = subprocess.run(
        command, env={**os.environ, **env}, cwd=ROOT, check=True, capture_output=True, text=True
    )
    found = re.search(r"^\s+(1\d{10})\b", said.stdout, re.MULTILINE)
    if found is None:
        raise GivesUp("this database has no owner of the demo who can log in")
    return found.group(1)


def _touring(port: int, phone: str, executable: str) -> Callable[[Callable[[], bool]], None]:
    def on_start(should_stop: Callable[[], bool]) -> None:
        from playwright.sync_api import sync_playwright

        while not healthy(port):
            if should_stop():
                return
        tour = Tour(f"http://127.0.0.1:{port}", set())
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
            for user in PEOPLE:
                staff(browser, tour, user, PASSWORD)
            dark(browser, tour)
            portal(browser, tour, phone)
            browser.close()
        raise SystemExit(0)

    return on_start


def main(arguments: list[str]) -> int:
    """Of the demo, which is made first where there is none."""
    ready("dev.shots")
    executable = system.chromium()
    if executable is None or arguments:
        raise GivesUp("needs chromium; it takes no arguments")
    for size in SIZES:
        (SHOTS / size).mkdir(parents=True, exist_ok=True)
    port = choose_port(os.environ.get("PORT"))
    with servers() as env:
        fill(env)
        on_start = _touring(port, _owner(env), executable)
        return Supervisor(services(port)[:2], env, str(ROOT)).run(on_start)


if __name__ == "__main__":
    main_of(main)
