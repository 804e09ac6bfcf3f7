"""The screens of e-invoices: ask from the payment, hand over, read the answer, correct; VAT settings."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.banking.models import Invoice, InvoiceBatch, VatRate
from tenancy.kernel import clock
from tests.banking import AT
from tests.invoices import BLUE, SELLER, ready_to_invoice, results
from tests.money import PAID_ON, owe, pay


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "today", lambda: PAID_ON)
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def payment(cast) -> int:
    with cast.jinxiu.open("finance"):
        ready_to_invoice(cast.jinxiu)
        owe(cast.jinxiu, 252_024, PAID_ON)
        return pay(cast.jinxiu, 252_024).payment_id


def buyer(payment: int, **given: object) -> dict[str, object]:
    return {"payment": payment, "buyer_kind": "PERSON", "buyer_name": "张三"} | given


def asked(cast, client, payment: int) -> Invoice:
    assert client.post(reverse("banking:invoice_ask"), buyer(payment)).status_code == HTTPStatus.FOUND
    with cast.jinxiu.open():
        return Invoice.objects.get()


def test_a_cashier_asks_from_the_payments_page(cast, english, payment):
    client = english(cast.jinxiu, "cashier")
    page = client.get(reverse("payments:payment", args=[payment])).content.decode()
    ask = f"{reverse('banking:invoice_ask')}?payment={payment}"
    assert ask in page
    draft = client.get(ask).content.decode()
    assert "¥142.66" in draft
    assert "人民币贰仟伍佰贰拾元零贰角肆分" in draft
    one = asked(cast, client, payment)
    shown = client.get(reverse("banking:invoice", args=[one.pk])).content.decode()
    assert "*物业管理服务*物业费" in shown
    assert "Withdraw the request" in shown
    assert client.get(reverse("banking:invoice_send")).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("banking:vat")).status_code == HTTPStatus.FORBIDDEN


def test_a_company_without_a_number_stands_beside_its_field(cast, english, payment):
    client = english(cast.jinxiu, "cashier")
    answer = client.post(reverse("banking:invoice_ask"), buyer(payment, buyer_kind="COMPANY"))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "needs its taxpayer number" in answer.content.decode()


@pytest.mark.parametrize("payments", ["?payment=x", "?payment=99999999999999999999", "?payment=0"])
def test_no_payment_is_not_there(cast, english, payments):
    client = english(cast.jinxiu, "cashier")
    assert client.get(reverse("banking:invoice_ask") + payments).status_code == HTTPStatus.NOT_FOUND


def test_an_auditor_sees_and_changes_nothing(cast, english, payment):
    one = asked(cast, english(cast.jinxiu, "cashier"), payment)
    client = english(cast.jinxiu, "auditor")
    page = client.get(reverse("banking:invoice", args=[one.pk])).content.decode()
    assert "Withdraw the request" not in page
    for name in ("invoice_withdraw", "invoice_red", "invoice_file"):
        assert client.post(reverse(f"banking:{name}", args=[one.pk])).status_code == HTTPStatus.FORBIDDEN


def test_finance_hands_over_reads_the_answer_and_corrects(cast, english, payment):
    client = english(cast.jinxiu, "finance")
    one = asked(cast, client, payment)
    send = reverse("banking:invoice_send")
    where = {"community": cast.jinxiu.community.pk, "way": "xlsx"}
    assert one.serial in client.get(send, where).content.decode()
    assert client.post(send, where).status_code == HTTPStatus.FOUND
    with cast.jinxiu.open():
        batch = InvoiceBatch.objects.get()
    answer = reverse("banking:invoice_results", args=[batch.pk])
    wrong = results((one.serial, "1", "2026-05-31", "2520.24", "成功", ""))
    refused = client.post(answer, {"file": SimpleUploadedFile("r.xlsx", wrong)})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "no number of an invoice: 20 digits" in refused.content.decode()
    good = results((one.serial, BLUE, "2026-05-31", "2520.24", "成功", ""))
    assert client.post(answer, {"file": SimpleUploadedFile("r.xlsx", good)}).status_code == HTTPStatus.FOUND
    again = client.post(answer, {"file": SimpleUploadedFile("r.xlsx", good)})
    assert "has its answer already" in again.content.decode()
    assert BLUE in client.get(reverse("payments:payment", args=[payment])).content.decode()
    red = client.post(reverse("banking:invoice_red", args=[one.pk]), {"reason": "抬头有误"})
    assert red.status_code == HTTPStatus.FOUND
    assert "-¥2,520.24" in client.get(red.url).content.decode()
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")
    kept = client.post(reverse("banking:invoice_file", args=[one.pk]), {"file": paper})
    assert kept.status_code == HTTPStatus.FOUND
    for name in ("invoices", "invoice_batches"):
        assert client.get(reverse(f"banking:{name}")).status_code == HTTPStatus.OK
    listed = client.get(reverse("banking:invoices"), {"state": "ISSUED", "words": BLUE}).content.decode()
    assert one.serial in listed
    assert one.serial not in client.get(reverse("banking:invoices"), {"due": "on"}).content.decode()


def test_finance_sets_the_seller_and_a_rate(cast, english):
    client = english(cast.jinxiu, "finance")
    said = {
        "fee_item": cast.jinxiu.items["property"].pk, "from_on": "2026-01-01", "percent": 6, "unit": "月",
        "name": "*物业管理服务*物业费", "tax_code": "3040801000000000000", "basis": "增值税法",
    }  # fmt: skip
    vat = reverse("banking:vat")
    assert client.post(vat, said | {"tax_code": "1"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(vat, said).status_code == HTTPStatus.FOUND
    seller = {"name": "锦绣物业", "tax_number": SELLER, "issuer": "李会计"}
    assert client.post(reverse("banking:vat_seller"), seller | {"tax_number": "1"}).status_code == 422
    assert client.post(reverse("banking:vat_seller"), seller).status_code == HTTPStatus.FOUND
    page = client.get(vat).content.decode()
    assert "3040801000000000000" in page
    assert SELLER in page
    with cast.jinxiu.open():
        assert VatRate.objects.get().percent == 6
