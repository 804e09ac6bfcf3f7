"""Payments over the API: money as yuan text, keys, problems."""

from __future__ import annotations

import pytest

from billing.payments.models import Payment, Receipt
from tenancy.kernel import clock
from tests.money import owe, pay

URL = "/api/v1/payments/"


@pytest.fixture
def charge(cast):
    """One bill of 630.06, due today."""
    with cast.jinxiu.open():
        return owe(cast.jinxiu, 63006, clock.today()).pk


@pytest.fixture
def api(cast, log_in):
    """post(body, key=...) as 锦绣's cashier."""
    client = log_in(cast.jinxiu, "cashier")

    def post(url=URL, *, key="k1", company=cast.jinxiu, **body):
        asked = {
            "account": company.accounts["3-1-1602"].pk,
            "amount": "700.00",
            "method": "CASH",
            "paid_on": clock.today().isoformat(),
            "cash_point": company.cash_point.pk,
        } | body
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(url, asked, content_type="application/json", headers=headers)

    post.client = client
    return post


def test_a_payment_is_taken(cast, api, charge):
    response = api(tendered="1000.00")
    assert response.status_code == 201
    body = response.json()
    assert body.pop("receipt_number").startswith("RECEIPT-01-JX-")
    with cast.jinxiu.open():
        payment, receipt = Payment.objects.get(), Receipt.objects.get()
    assert body == {
        "payment": payment.pk,
        "receipt": receipt.pk,
        "change": "300.00",
        "credit": "69.94",
        "lines": [{"charge": charge, "part": "PRINCIPAL", "amount": "630.06"}],
        "replayed": False,
    }


def test_the_same_key_again_is_the_first_answer(cast, api, charge):
    first, again = api().json(), api()
    assert again.status_code == 200
    assert again.json() == first | {"replayed": True}
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


def test_the_key_may_stand_in_the_body(api, charge):
    first = api(key="", idempotency_key="in the body")
    assert (first.status_code, api(key="in the body").status_code) == (201, 200)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"amount": "700.01", "key": "used"}, 409, "payments.key_reused"),
        ({"key": ""}, 422, "payments.key_missing"),
        ({"idempotency_key": "other"}, 422, "payments.keys_differ"),
        ({"amount": "0.00"}, 422, "payments.bad_amount"),
        ({"amount": 700}, 422, "invalid"),
        ({"amount": "7.001"}, 422, "invalid"),
        ({"method": "CREDIT"}, 422, "invalid"),
        ({"paid_on": "2999-01-01"}, 422, "payments.bad_day"),
        ({"paid_on": "0001-01-01"}, 422, "payments.bad_day"),
        ({"tendered": "1.00"}, 422, "payments.too_little_tendered"),
        ({"designated": [999999999]}, 409, "payments.charge_not_open"),
        ({"expected_owed": "1.00"}, 409, "payments.account_changed"),
        ({"cash_point": None}, 422, "payments.wrong_cash_point"),
        ({"account": 999999999}, 404, "not_found"),
        ({"account": 10**30}, 404, "not_found"),
    ],
)
def test_a_refusal_is_a_problem_with_a_stable_code(cast, api, charge, body, status, code):
    api(key="used")
    response = api(**{"key": "fresh"} | body)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


def test_an_amount_that_is_not_given_is_everything_open(cast, api, charge):
    assert api(amount=None).json()["credit"] == "0.00"
    with cast.jinxiu.open():
        assert Payment.objects.get().amount_fen == 63006


def test_list_and_detail(api, charge):
    made = api().json()
    page = api.client.get(f"{URL}?method=CASH&words=3-1-1602").json()
    assert page["count"] == 1
    row = page["results"][0]
    assert (row["id"], row["amount"], row["unit_code"], row["receipt"]) == (
        made["payment"], "700.00", "3-1-1602", made["receipt"],
    )  # fmt: skip
    assert api.client.get(f"{URL}?method=TRANSFER").json()["count"] == 0
    detail = api.client.get(f"{URL}{made['payment']}/").json()
    assert [(line["part"], line["amount"]) for line in detail["lines"]] == [
        ("PRINCIPAL", "630.06"), ("CREDIT", "69.94"),
    ]  # fmt: skip
    assert detail["receipts"][0]["number"] == made["receipt_number"]
    assert api.client.get(f"{URL}?posted_from=x").status_code == 422


def test_a_preview_writes_nothing(cast, api, charge):
    account = cast.jinxiu.accounts["3-1-1602"].pk
    address = f"/api/v1/accounts/{account}/allocation/"
    body = api.client.get(f"{address}?amount=100.00&tendered=150.00&designated={charge}").json()
    assert (body["owed"], body["left"], body["change"], body["credit"]) == (
        "630.06",
        "530.06",
        "50.00",
        "0.00",
    )
    assert [(line["charge"], line["to_principal"]) for line in body["lines"]] == [(charge, "100.00")]
    assert api.client.get(address).json()["amount"] == "630.06"
    assert api.client.get(f"{address}?amount=-5.00").json()["left"] == "630.06"
    assert api.client.get(f"{address}?paid_on=9999-12-31").status_code == 422
    with cast.jinxiu.open():
        assert Payment.objects.count() == 0


def test_credit_is_seen_and_used(cast, api):
    api()
    with cast.jinxiu.open():
        owe(cast.jinxiu, 5000, clock.today())
    address = f"/api/v1/accounts/{cast.jinxiu.accounts['3-1-1602'].pk}/credit/"
    assert api.client.get(address).json()["held"] == "700.00"
    used = api(address, key="use", amount=None)
    assert (used.status_code, used.json()["receipt"], used.json()["receipt_number"]) == (201, None, "")
    body = api.client.get(address).json()
    assert (body["held"], [entry["amount"] for entry in body["entries"]]) == ("650.00", ["-50.00", "700.00"])
    assert api(address, key="more", amount=None).json()["code"] == "payments.nothing_to_pay"


@pytest.mark.parametrize("accept", ["application/pdf", "*/*", "application/json"])
def test_a_receipt_is_a_pdf(api, charge, accept):
    made = api().json()
    response = api.client.get(f"/api/v1/receipts/{made['receipt']}/pdf/", headers={"Accept": accept})
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_a_receipt_that_is_not_there_is_a_problem_even_as_pdf(api):
    response = api.client.get("/api/v1/receipts/999999999/pdf/", headers={"Accept": "application/pdf"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_void_is_asked_for_over_the_api(cast, api, charge, log_in):
    made = api().json()
    address = f"/api/v1/receipts/{made['receipt']}/void/"
    asked = api(address, reason="抬头有误")
    assert asked.status_code == 201
    again = api(address, reason="x")
    assert (again.status_code, again.json()["code"]) == (409, "payments.void_asked")
    manager = log_in(cast.jinxiu, "project_manager")
    decided = manager.post(
        f"/api/v1/approvals/{asked.json()['approval']}/decision/",
        {"approve": True, "reason": "同意"},
        content_type="application/json",
    )
    assert decided.status_code == 200, decided.content
    void = api(address, reason="x")
    assert (void.status_code, void.json()["code"]) == (409, "payments.receipt_void")
    assert manager.post(address, {"reason": "x"}, content_type="application/json").status_code == 403


def test_desks_and_days(cast, api, charge):
    api()
    assert [desk["code"] for desk in api.client.get("/api/v1/cash-points/").json()] == ["01"]
    assert api.client.get(f"{URL}day-totals/").json() == [
        {"posted_on": clock.today().isoformat(), "method": "CASH", "count": 1, "amount": "700.00"}
    ]


def test_a_desk_is_opened_by_who_may(cast, api, log_in):
    body = {"community": cast.jinxiu.community.pk, "code": "02", "name": "前台二"}
    admin = log_in(cast.jinxiu, "company_admin")
    made = admin.post("/api/v1/cash-points/", body, content_type="application/json")
    assert made.status_code == 201
    taken = admin.post("/api/v1/cash-points/", body, content_type="application/json")
    assert (taken.status_code, taken.json()["code"]) == (409, "payments.cash_point_code_taken")
    refused = api.client.post("/api/v1/cash-points/", body | {"code": "03"}, content_type="application/json")
    assert refused.status_code == 403


def test_who_may_only_look_takes_nothing(cast, charge, log_in, api):
    api.client = None
    auditor = log_in(cast.jinxiu, "auditor")
    body = {
        "account": cast.jinxiu.accounts["3-1-1602"].pk, "amount": "1.00", "method": "TRANSFER",
        "paid_on": clock.today().isoformat(), "idempotency_key": "k",
    }  # fmt: skip
    assert auditor.get(URL).status_code == 200
    assert auditor.post(URL, body, content_type="application/json").status_code == 403


def test_another_company_finds_nothing(cast, log_in):
    today = clock.today()
    with cast.jinxiu.open():
        taken = pay(cast.jinxiu, 100, paid_on=today, posted_on=today, at=clock.now())
    stranger = log_in(cast.yunding, "cashier")
    account = cast.jinxiu.accounts["3-1-1602"].pk
    for address in (
        f"{URL}{taken.payment_id}/",
        f"/api/v1/receipts/{taken.receipt_id}/pdf/",
        f"/api/v1/accounts/{account}/credit/",
        f"/api/v1/accounts/{account}/allocation/",
    ):
        assert stranger.get(address).status_code == 404
    body = {
        "account": account, "amount": "1.00", "method": "TRANSFER", "paid_on": today.isoformat(),
        "idempotency_key": "k",
    }  # fmt: skip
    assert stranger.post(URL, body, content_type="application/json").status_code == 404
    assert stranger.get(URL).json()["count"] == 0


def test_a_payment_may_come_in_several_ways(cast, log_in):
    cashier = log_in(cast.jinxiu, "cashier")
    body = {
        "account": cast.jinxiu.accounts["3-1-1602"].pk,
        "tenders": [
            {"method": "CASH", "amount": "400.00"},
            {"method": "POS", "amount": "600.00", "reference": "000123"},
        ],
        "tendered": "450.00",
        "paid_on": clock.today().isoformat(),
        "cash_point": cast.jinxiu.cash_point.pk,
        "idempotency_key": "mixed",
    }
    wrong = cashier.post(
        "/api/v1/payments/",
        body | {"amount": "999.00", "idempotency_key": "w"},
        content_type="application/json",
    )
    assert wrong.json()["code"] == "payments.bad_tenders"
    made = cashier.post("/api/v1/payments/", body, content_type="application/json")
    assert made.json()["change"] == "50.00"
    detail = cashier.get(f"/api/v1/payments/{made.json()['payment']}/").json()
    assert (detail["method"], detail["amount"]) == ("MIXED", "1000.00")
    assert [part["method"] for part in detail["tenders"]] == ["CASH", "POS"]
