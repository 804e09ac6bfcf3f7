"""E-invoices over the API: the same services, typed refusals with rows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.kernel import clock
from tests.banking import AT
from tests.invoices import BLUE, SELLER, ready_to_invoice, results
from tests.money import PAID_ON, owe, pay

URL = "/api/v1/invoices/"


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "today", lambda: PAID_ON)
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def payment(cast) -> int:
    with cast.jinxiu.open("finance"):
        owe(cast.jinxiu, 252_024, PAID_ON)
        return pay(cast.jinxiu, 252_024).payment_id


@pytest.fixture
def finance(cast, log_in):
    with cast.jinxiu.open("finance"):
        ready_to_invoice(cast.jinxiu)
    return log_in(cast.jinxiu, "finance")


def post(client, url, **said):
    return client.post(url, said, content_type="application/json")


def ask(client, payment, **given):
    said = {"payments": [payment], "buyer_kind": "PERSON", "buyer_name": "张三"} | given
    return post(client, URL, **said)


def upload(client, batch, content):
    return client.post(
        f"/api/v1/invoice-batches/{batch}/results/", {"file": SimpleUploadedFile("r.xlsx", content)}
    )


def test_from_the_payment_to_the_red_invoice(cast, finance, payment):
    made = ask(finance, payment)
    assert made.status_code == 201
    said = made.json()
    assert (said["gross"], said["net"], said["tax"]) == ("2520.24", "2377.58", "142.66")
    assert [line["rate"] for line in said["lines"]] == ["6%"]
    assert ask(finance, payment).json()["code"] == "banking.already_invoiced"
    batch = post(finance, "/api/v1/invoice-batches/", community=cast.jinxiu.community.pk).json()
    assert (batch["state"], batch["amount"]) == ("SENT", "2520.24")
    assert finance.get("/api/v1/invoice-batches/").json()["count"] == 1
    bad = upload(finance, batch["id"], results((said["serial"], BLUE, "2026-05-31", "1.00", "成功", "")))
    assert (bad.status_code, bad.json()["code"]) == (422, "banking.statement_bad")
    good = results((said["serial"], BLUE, "2026-05-31", "2520.24", "成功", ""))
    assert upload(finance, batch["id"], good).json() == {"issued": 1, "refused": 0, "amount": "2520.24"}
    assert upload(finance, batch["id"], good).status_code == 409
    [receipt] = finance.get(f"/api/v1/payments/{payment}/").json()["receipts"]
    assert (receipt["exchanged_on"], receipt["invoice_numbers"]) == ("2026-05-31", BLUE)
    shown = finance.get(f"{URL}{said['id']}/").json()
    assert [event["kind"] for event in shown["events"]] == ["REQUESTED", "SENT", "ISSUED"]
    assert (shown["number"], shown["payments"], shown["must_be_corrected"]) == (BLUE, [payment], False)
    red = post(finance, f"{URL}{said['id']}/red/", reason="抬头有误").json()
    assert (red["kind"], red["gross"], red["blue"]) == ("RED", "-2520.24", said["id"])
    off = post(finance, f"{URL}{red['id']}/withdraw/", reason="不用了").json()
    assert off["state"] == "WITHDRAWN"
    file = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")}
    assert finance.post(f"{URL}{said['id']}/file/", file).json()["file"]
    assert finance.get(URL, {"payment": payment, "state": "ISSUED"}).json()["count"] == 1


def test_a_cashier_asks_and_finance_issues(cast, finance, log_in, payment):
    cashier = log_in(cast.jinxiu, "cashier")
    assert ask(cashier, payment).status_code == 201
    where = {"community": cast.jinxiu.community.pk}
    assert post(cashier, "/api/v1/invoice-batches/", **where).status_code == 403
    auditor = log_in(cast.jinxiu, "auditor")
    assert auditor.get(URL).json()["count"] == 1
    assert ask(auditor, payment).status_code == 403


def test_without_a_rate_the_answer_names_the_fee_item(cast, log_in, payment):
    answer = ask(log_in(cast.jinxiu, "finance"), payment)
    assert (answer.status_code, answer.json()["code"]) == (422, "banking.no_vat_rate")


def test_vat_settings(cast, finance):
    said = {
        "fee_item": cast.jinxiu.items["parking"].pk, "from_on": "2026-01-01", "percent": 9, "basis": "增值税法",
        "name": "*经营租赁*停车费", "tax_code": "3040502020000000000",
    }  # fmt: skip
    assert post(finance, "/api/v1/vat-rates/", **said).json()["percent"] == 9
    assert finance.get("/api/v1/vat-rates/").json()["count"] == 2
    seller = {"name": "锦绣物业", "tax_number": SELLER, "issuer": "王"}
    assert post(finance, "/api/v1/invoice-seller/", **seller).status_code == 201
    assert finance.get("/api/v1/invoice-seller/").json()["results"][0]["issuer"] == "王"
    assert post(finance, "/api/v1/invoice-seller/", **seller | {"tax_number": "1"}).status_code == 422
