"""The list of payments, a payment, its receipts, the unit's payments."""

from __future__ import annotations

import pytest

from billing.payments.models import Receipt
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests.money import owe, pay


@pytest.fixture
def taken(cast):
    """The cashier took 700.00 for a bill of 630.06 today."""
    today = clock.today()
    with cast.jinxiu.open("cashier"):
        owe(cast.jinxiu, 63006, today)
        return pay(
            cast.jinxiu, 70000, paid_on=today, posted_on=today, at=clock.now(), reference="<b>流水</b>"
        )


def text(response):
    return response.content.decode()


def test_the_list_shows_payments_and_totals(cast, log_in, taken):
    page = text(log_in(cast.jinxiu, "auditor").get("/payments/"))
    assert taken.receipt_number in page
    assert page.count("¥700.00") >= 3
    assert f"/payments/{taken.payment_id}/" in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("?method=CASH", True),
        ("?method=TRANSFER", False),
        ("?words=3-1-1602", True),
        ("?words=3-1-1702", False),
        ("?posted_to=2020-01-01", False),
    ],
)
def test_every_filter_is_in_the_address(cast, log_in, taken, address, shown):
    page = text(log_in(cast.jinxiu, "auditor").get(f"/payments/{address}"))
    assert (taken.receipt_number in page) is shown


def test_a_wrong_filter_is_said_and_loses_nothing(cast, log_in, taken):
    response = log_in(cast.jinxiu, "auditor").get("/payments/?posted_from=gestern&community=x")
    assert response.status_code == 200
    assert text(response).count('class="errors"') == 2


def test_a_payment_says_where_it_went(cast, log_in, taken):
    page = text(log_in(cast.jinxiu, "collector").get(f"/payments/{taken.payment_id}/"))
    for shown in ("物业费", "¥630.06", "¥69.94", taken.receipt_number, "&lt;b&gt;流水"):
        assert shown in page
    assert "/void/" not in page


def test_a_copy_of_a_receipt_is_counted(cast, log_in, taken):
    client = log_in(cast.jinxiu, "cashier")
    for copies in (1, 2):
        response = client.get(f"/receipts/{taken.receipt_id}/receipt.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        with cast.jinxiu.open():
            assert Receipt.objects.get().prints == copies
    assert client.head(f"/receipts/{taken.receipt_id}/receipt.pdf").status_code == 405
    with cast.jinxiu.open():
        assert Receipt.objects.get().prints == 2


def test_a_receipt_is_voided_by_request_and_a_new_one_takes_its_place(cast, log_in, taken):
    client, address = log_in(cast.jinxiu, "finance"), f"/receipts/{taken.receipt_id}/void/"
    assert address in text(client.get(f"/payments/{taken.payment_id}/"))
    page = text(client.post(address, {"reason": "抬头有误"}, follow=True))
    assert address not in page  # it waits
    assert taken.receipt_number in page
    assert client.post(address, {"reason": "再来"}).status_code == 422
    with cast.jinxiu.open():
        asked = Approval.objects.get(kind="receipt.void")
        assert Receipt.objects.get().voided_on is None
    manager = log_in(cast.jinxiu, "project_manager")
    assert taken.receipt_number in text(manager.get(f"/approvals/{asked.pk}/"))
    assert (
        manager.post(f"/approvals/{asked.pk}/", {"decision": "approve", "reason": "同意"}).status_code == 302
    )
    page = text(client.get(f"/payments/{taken.payment_id}/"))
    assert "抬头有误" in page
    assert f"{taken.receipt_number[:-1]}2" in page
    assert client.post(address, {"reason": "再来"}).status_code == 422


def test_a_reprint_is_counted_on_the_payments_page(cast, log_in, taken):
    client = log_in(cast.jinxiu, "cashier")
    for _copy in range(3):
        client.get(f"/receipts/{taken.receipt_id}/receipt.pdf")
    assert "补打2次" in text(client.get(f"/payments/{taken.payment_id}/"))


def test_a_void_without_a_reason_is_refused_beside_the_field(cast, log_in, taken):
    response = log_in(cast.jinxiu, "cashier").post(f"/receipts/{taken.receipt_id}/void/", {})
    assert response.status_code == 422
    assert 'class="errors"' in text(response)


def test_who_takes_no_money_asks_for_no_void(cast, log_in, taken):
    client = log_in(cast.jinxiu, "collector")
    assert client.post(f"/receipts/{taken.receipt_id}/void/", {"reason": "x"}).status_code == 403


def test_the_units_payments(cast, log_in, taken):
    client = log_in(cast.jinxiu, "collector")
    paid = text(client.get(f"/units/{cast.jinxiu.units['3-1-1602'].pk}/payments/"))
    assert taken.receipt_number in paid
    assert "<html" not in paid
    assert "empty-note" in text(client.get(f"/units/{cast.jinxiu.units['3-1-1702'].pk}/payments/"))


def test_finance_opens_a_cash_point(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    wanted = {"community": cast.jinxiu.community.pk, "code": "02", "name": "地库岗亭"}
    assert "地库岗亭" in text(client.post("/settings/cash-points/", wanted, follow=True))
    twice = client.post("/settings/cash-points/", wanted)
    assert twice.status_code == 422
    assert 'class="errors"' in text(twice)
    assert log_in(cast.jinxiu, "cashier").get("/settings/cash-points/").status_code == 403


def test_another_company_finds_nothing(cast, log_in, taken):
    stranger = log_in(cast.yunding, "finance")
    assert taken.receipt_number not in text(stranger.get("/payments/"))
    for address in (f"/payments/{taken.payment_id}/", f"/receipts/{taken.receipt_id}/receipt.pdf"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/receipts/{taken.receipt_id}/void/", {"reason": "x"}).status_code == 404
    with cast.jinxiu.open():
        receipt = Receipt.objects.get()
        assert (receipt.prints, receipt.voided_on) == (0, None)


def test_a_span_that_ends_before_it_begins_is_said_beside_the_day(cast, log_in):
    page = (
        log_in(cast.jinxiu, "cashier")
        .get("/payments/?posted_from=2026-03-02&posted_to=2026-03-01")
        .content.decode()
    )
    assert 'id="id_posted_to_error"' in page
