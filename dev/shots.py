"""`make shots ARGS="USER PASSWORD"`: pictures of every screen, at the desk and on a phone, into var/shots."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dev import system
from dev.commands import main_of
from dev.paths import ROOT, VAR
from dev.prepare import ready
from dev.run import choose_port, healthy, services
from dev.say import GivesUp, say
from dev.servers import servers
from dev.supervisor import Supervisor

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = VAR / "shots"
SIZES = {"desk": (1366, 768), "phone": (360, 740)}


def _file(path: str, size: str) -> Path:
    return SHOTS / size / f"{re.sub(r'[^a-z0-9]+', '-', path.lower()).strip('-') or 'home'}.png"


def _links(page: Page, selector: str) -> list[str]:
    found = page.eval_on_selector_all(selector, "links => links.map(link => link.getAttribute('href'))")
    return [link for link in dict.fromkeys(found) if link and link.startswith("/")]


def _shoot(page: Page, base: str, path: str) -> None:
    page.set_viewport_size({"width": SIZES["desk"][0], "height": SIZES["desk"][1]})
    answer = page.goto(base + path)
    page.wait_for_selector("[hx-trigger=load]", state="detached")  # the parts of a page are there too
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(_file(path, size)), full_page=True)
    say(f"{answer.status if answer else '-'} {path} -> {_file(path, 'desk').relative_to(ROOT)}")


def tour(page: Page, base: str, user: str, password: str) -> None:
    """Log in, then take every screen of the navigation and the first record of every list."""
    _shoot(page, base, "/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.click("[type=submit]")
    for path in [*_links(page, ".shell-nav a[href]"), "/style/"]:
        _shoot(page, base, path)
        for record in _links(page, "[data-rows] a[data-open]")[:1]:
            _shoot(page, base, record)


def _touring(port: int, user: str, password: str, browser: str) -> Callable[[Callable[[], bool]], None]:
    def on_start(should_stop: Callable[[], bool]) -> None:
        from playwright.sync_api import sync_playwright

        while not healthy(port):
            if should_stop():
                return
        with sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(locale="zh-CN", color_scheme="light")
            tour(page, f"http://127.0.0.1:{port}", user, password)
            chromium.close()
        raise SystemExit(0)

    return on_start


def main(arguments: list[str]) -> int:
    """Needs the demo's data (run `make run` once) and a log-in of it."""
    ready("dev.shots")
    browser = system.chromium()
    if browser is None or len(arguments) != 2:
        raise GivesUp('needs chromium and a log-in: make shots ARGS="USER PASSWORD"')
    for size in SIZES:
        (SHOTS / size).mkdir(parents=True, exist_ok=True)
    port = choose_port(os.environ.get("PORT"))
    with servers() as env:
        on_start = _touring(port, arguments[0], arguments[1], browser)
        return Supervisor(services(port)[:1], env, str(ROOT)).run(on_start)


if __name__ == "__main__":
    main_of(main)
