"""A round on a phone of 360 x 740: opened once, walked without a network, signed on glass, sent when there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from tests import databases
from tests.cast import assemble
from tests.conftest import _point_at
from tests.journeys.office import PHONE, PICTURE, Window, staff
from tests.ladder import at, document, on
from tests.rounds import DAY, plan, visits_due
from tests.site import Site, chromium, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="no Chromium: CHROMIUM names none"),
]
AFTERNOON = at(on(DAY), 15)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """A round of three doors for the collector, this afternoon, and a demand that patrol carries."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("walk") as name:
        with django_db_blocker.unblock():
            _point_at(name)
            try:
                company = assemble().jinxiu
                with company.open():
                    visits_due(company)
                    plan(company)
                    demand = document(company, "DEMAND", "3-2-201").pk
                    plan(company, main="patrol", task_ids=[], notice_ids=[demand])
            finally:
                _point_at(home)
        with running(name, tmp_path_factory.mktemp("walk"), at=AFTERNOON) as served:
            yield served


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_round_is_walked_without_a_network(site: Site, browser: Browser):
    with staff(browser, site.url, "jinxiu-collector", size=PHONE) as phone:
        phone.page.clock.set_fixed_time(AFTERNOON)
        the_round_opens_on_the_phone(phone)
        with without_a_network(phone):
            it_opens_again_from_the_phone_itself(phone)
            he_saves_a_visit_that_the_owner_signs(phone)
            he_saves_a_visit_with_a_photo(phone)
            a_promise_without_a_day_is_saved_too(phone)
        everything_arrives_and_what_is_wrong_says_why(phone)
        nothing_is_lost_by_loading_again(phone)
        what_was_refused_is_corrected_and_arrives(phone)
        each_was_recorded_once(phone)


def the_round_opens_on_the_phone(phone: Window) -> None:
    phone.open("/walk/")
    phone.page.click("#rounds a")
    phone.page.wait_for_selector(".doors")
    phone.sound("walk")
    assert phone.page.locator(".doors > li").count() == 3
    phone.page.click("summary:has-text('3-1-1602')")
    phone.sound("walk-door")
    heights = phone.page.eval_on_selector_all(
        ".doors button:visible, .doors .choices label:visible, .doors summary:visible",
        "found => found.map((one) => one.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44, "large enough for a thumb"
    phone.page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.open('walk-pages'))"
        ".then((pages) => pages.keys()).then((found) => found.length > 0)"
    )


@contextmanager
def without_a_network(phone: Window) -> Iterator[None]:
    """Offline; that the browser complains about it is no fault of ours."""
    before = list(phone.faults)
    phone.page.context.set_offline(True)
    yield
    phone.page.context.set_offline(False)
    phone.faults[:] = before + [
        fault for fault in phone.faults[len(before) :] if "ERR_INTERNET_DISCONNECTED" not in fault
    ]


def it_opens_again_from_the_phone_itself(phone: Window) -> None:
    phone.page.reload()
    phone.page.wait_for_selector("#offline:not([hidden])")
    assert "3-1-1702" in phone.text("main")
    phone.look("walk-offline")


def he_saves_a_visit_that_the_owner_signs(phone: Window) -> None:
    form = door(phone, "3-1-1602")
    form.locator("input[value=MET_UNDECIDED]").check()
    form.locator("textarea").fill("当面说明欠费明细，业主称下月发工资后交")
    form.locator("input[name=signer_name]").fill("张三")
    sign(phone, form)
    phone.sound("walk-signed")
    form.locator(".btn-primary").click()
    phone.page.wait_for_selector("#queue-count:has-text('1')")


def he_saves_a_visit_with_a_photo(phone: Window) -> None:
    form = door(phone, "3-1-1702")
    form.locator("input[value=NOBODY_HOME]").check()
    form.locator("input[name=photo]").set_input_files(
        {"name": "door.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    form.locator(".btn-primary").click()
    phone.page.wait_for_selector("#queue-count:has-text('2')")


def a_promise_without_a_day_is_saved_too(phone: Window) -> None:
    form = door(phone, "3-2-201")
    form.locator("input[value=MET_PROMISED]").check()
    assert form.locator("input[name=promised_on]").is_visible()
    form.locator(".btn-primary").click()
    phone.page.wait_for_selector("#queue-count:has-text('3')")
    phone.sound("walk-queue")


def everything_arrives_and_what_is_wrong_says_why(phone: Window) -> None:
    phone.page.click("#send-now")  # it tries again by itself, too
    phone.page.wait_for_selector("[data-badge].good >> nth=1")
    phone.page.wait_for_selector("#queue .refused")
    assert phone.page.locator("#queue-list li").count() == 1
    phone.sound("walk-refused")


def nothing_is_lost_by_loading_again(phone: Window) -> None:
    phone.page.reload()
    phone.page.wait_for_selector("#queue .refused")
    assert phone.page.locator("summary:has-text('3-1-1602') .badge.good").count() == 1


def what_was_refused_is_corrected_and_arrives(phone: Window) -> None:
    phone.page.click("#queue-list button >> nth=0")
    form = door(phone, "3-2-201")
    assert form.locator("input[value=MET_PROMISED]").is_checked()
    form.locator("input[name=promised_on]").fill("2026-03-10")
    form.locator(".btn-primary").click()
    phone.page.wait_for_selector("#queue", state="hidden")


def each_was_recorded_once(phone: Window) -> None:
    round_id = phone.page.url.rstrip("/").rsplit("/", 1)[-1]
    asked = phone.page.context.request.get(f"{phone.url}/api/v1/rounds/{round_id}/entries/")
    rows = asked.json()["results"]
    assert [(row["kind"], row["result"], row["signer_name"]) for row in rows] == [
        ("VISIT", "MET_UNDECIDED", "张三"),
        ("VISIT", "NOBODY_HOME", ""),
        ("VISIT", "MET_PROMISED", ""),
    ]
    assert rows[0]["came_at"].startswith(AFTERNOON.isoformat()[:16])
    signature, photo = (phone.page.context.request.get(f"{phone.url}/files/{row}/") for row in (
        rows[0]["signature"], rows[1]["photo"],
    ))  # fmt: skip
    assert (signature.headers["content-type"], photo.headers["content-type"]) == ("image/png", "image/jpeg")


def test_a_demand_is_signed_for_at_the_door(site: Site, browser: Browser):
    with staff(browser, site.url, "jinxiu-patrol", size=PHONE) as phone:
        phone.page.clock.set_fixed_time(AFTERNOON)
        phone.open("/walk/")
        phone.page.click("#rounds a")
        form = door(phone, "3-2-201", "DELIVERY")
        the_mailbox_is_not_enough_and_says_so(phone, form)
        form = door(phone, "3-2-201", "DELIVERY")
        the_glass_appears_with_a_signature_only(phone, form)
        form.locator("input[name=signer_name]").fill("王芳")
        form.locator("select[name=signer]").select_option("ADULT_CORESIDENT")
        form.locator("input[name=signer_relation]").fill("妻子")
        sign(phone, form)
        phone.sound("walk-demand-signed")
        form.locator(".btn-primary").click()
        phone.page.wait_for_selector("[data-badge].good")
        phone.page.reload()
        assert phone.page.locator(".doors .line.good").count() == 1
        assert phone.page.locator("form[data-kind=DELIVERY]").count() == 0


def the_mailbox_is_not_enough_and_says_so(phone: Window, form: Any) -> None:
    assert not form.locator("p[data-when*=MAILBOX]").is_visible()
    form.locator("input[value='MAILBOX LEFT_WITH_PHOTO']").check()
    assert form.locator("p[data-when*=MAILBOX]").is_visible(), "told before he walks away"
    assert form.locator("input[name=photo][required]").count() == 1, "and asked for the photo at the door"
    form.locator("input[name=photo]").set_input_files(
        {"name": "box.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    form.locator(".btn-primary").click()
    phone.page.wait_for_selector("#lacking:not([hidden])")
    assert phone.page.locator("[data-badge].late").count() == 1
    phone.sound("walk-not-served")


def the_glass_appears_with_a_signature_only(phone: Window, form: Any) -> None:
    form.locator("input[value='HAND REFUSED']").check()
    assert not form.locator("canvas").is_visible()
    form.locator("input[value='HAND SIGNED']").check()
    assert form.locator("canvas").is_visible()
    assert form.locator("input[name=signer_name]").is_visible()


def door(phone: Window, unit: str, kind: str = "VISIT") -> Any:
    """The form of a door, opened."""
    card = phone.page.locator(".doors > li", has_text=unit)
    if card.locator("details.door").get_attribute("open") is None:
        card.locator("summary").first.click()
    return card.locator(f"form[data-kind={kind}]")


def sign(phone: Window, form: Any) -> None:
    """A stroke on the glass."""
    glass = form.locator("canvas")
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    mouse = phone.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 60)
    mouse.down()
    mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    mouse.move(box["x"] + 200, box["y"] + 40, steps=5)
    mouse.up()
