"""The till on the screen: opened with one key at the counter, counted blind, closed."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.payments.models import CashSession, Payment
from tenancy.kernel import clock
from tests.counter import HTMX, fields, taken, text
from tests.money import owe
from tests.till import pieces


@pytest.fixture
def desk(cast, log_in):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 63006, clock.today())
    return log_in(cast.jinxiu, "cashier")


@pytest.fixture
def line(cast, desk):
    """The counter's line about its till."""
    url = reverse("payments:counter_till", args=[cast.jinxiu.community.pk])
    return lambda who=desk: text(who.get(f"{url}?account=1", headers=HTMX))


def opened(cast, desk, **given):
    asked = {"cash_point": cast.jinxiu.cash_point.pk, "opening": "500", "back": "/counter/?account=1"}
    return desk.post("/cash/open/", asked | given)


def the_session(cast):
    with cast.jinxiu.open():
        return CashSession.objects.get()


def test_a_till_is_opened_at_the_counter_with_one_key_and_cash_goes_into_it(cast, desk, line):
    assert 'data-key="o"' in line()
    answer = opened(cast, desk)
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/counter/?account=1")
    assert 'data-key="o"' not in line()
    taken(desk, fields(desk.get("/counter/?room=31602")))
    with cast.jinxiu.open():
        assert Payment.objects.get().session_id == the_session(cast).pk


def test_the_counter_says_whose_the_till_is(cast, desk, line, log_in):
    opened(cast, desk)
    assert "jinxiu-cashier" in line(log_in(cast.jinxiu, "finance"))


def test_cash_without_a_session_is_refused_beside_the_method(cast, desk, log_in):
    opened(cast, desk)
    other = log_in(cast.jinxiu, "finance")
    answer = taken(other, fields(other.get("/counter/?room=31602")))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "jinxiu-cashier" in text(answer)


def test_what_should_be_there_shows_after_the_count_only(cast, desk):
    opened(cast, desk)
    url = reverse("payments:till", args=[the_session(cast).pk])
    taken(desk, fields(desk.get("/counter/?room=31602")))
    assert "¥1,130.06" not in text(desk.get(url))
    desk.post(f"{url}count/", {f"n{worth}": number for worth, number in pieces(113000).items()})
    page = text(desk.get(url))
    assert "¥1,130.06" in page
    assert "¥1,130.00" in page
    refused = desk.post(f"{url}close/", {"reason": ""})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert desk.post(f"{url}close/", {"reason": "少收六分"}).status_code == HTTPStatus.FOUND
    assert the_session(cast).reason == "少收六分"


def test_cash_is_handed_to_finance_who_takes_it_to_the_bank(cast, desk, log_in):
    opened(cast, desk)
    url = reverse("payments:till", args=[the_session(cast).pk])
    receiver = cast.jinxiu.people["finance"].pk
    assert (
        desk.post(f"{url}hand-over/", {"to_user": receiver, "amount": "300"}).status_code == HTTPStatus.FOUND
    )
    finance = log_in(cast.jinxiu, "finance")
    page = text(finance.get("/cash/"))
    with cast.jinxiu.open():
        handover = the_session(cast).handovers.get()
    answer_url = reverse("payments:handover_answer", args=[handover.pk])
    assert answer_url in page
    assert desk.post(answer_url, {"answer": "accept"}).status_code == HTTPStatus.FORBIDDEN
    assert finance.post(answer_url, {"answer": "accept"}).status_code == HTTPStatus.FOUND
    slip = {"bank": "中国银行", "slip_number": "77", "amount": "300"}
    deposit_url = reverse("payments:handover_deposit", args=[handover.pk])
    assert desk.post(deposit_url, slip).status_code == HTTPStatus.FORBIDDEN
    assert finance.post(deposit_url, {**slip, "amount": "301"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert finance.post(deposit_url, slip).status_code == HTTPStatus.FOUND


def test_a_deposit_keeps_a_picture_of_its_slip(cast, desk, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    opened(cast, desk)
    url = reverse("payments:till", args=[the_session(cast).pk])
    photo = SimpleUploadedFile("slip.pdf", b"%PDF-1.7\n%%EOF\n")
    slip = {"bank": "中国银行", "slip_number": "78", "amount": "200", "file": photo}
    assert desk.post(f"{url}deposit/", slip).status_code == HTTPStatus.FOUND
    with cast.jinxiu.open():
        assert the_session(cast).deposits.get().file_id
    again = desk.post(f"{url}deposit/", {**slip, "file": "", "slip_number": "79", "amount": "-5"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_back_leads_nowhere_else(cast, desk):
    assert opened(cast, desk, back="https://evil.example/")["Location"].startswith("/cash/")


def test_part_of_it_by_card_is_one_more_step_at_the_counter(cast, desk):
    form = fields(desk.get("/counter/?room=31602"))
    mixed = form | {"received": "500", "also_amount": "200", "also": "POS", "also_reference": "000123"}
    answer = taken(desk, mixed)
    assert answer.status_code == HTTPStatus.OK, text(answer)
    with cast.jinxiu.open():
        payment = Payment.objects.get()
        parts = list(payment.tenders.values_list("method", "amount_fen", "reference"))
    assert parts == [("CASH", 43006, ""), ("POS", 20000, "000123")]
    assert (payment.method, payment.tendered_fen - payment.amount_fen) == ("MIXED", 6994)


def test_a_part_needs_its_number_and_must_leave_something(cast, desk):
    form = fields(desk.get("/counter/?room=31602"))
    for wrong in (
        {"also_amount": "200"},
        {"also_amount": "700", "also_reference": "1"},
        {"also_amount": "-1"},
    ):
        page = desk.get("/counter/confirm/", form | {"also": "POS"} | wrong, headers=HTMX)
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, wrong
