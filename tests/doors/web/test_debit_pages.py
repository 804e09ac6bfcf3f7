"""The screens of direct debit: a mandate, a batch with its reasons, the return, and who may open the files."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from arrears.cases.models import Hold
from billing.banking.models import DebitBatch, Mandate
from billing.payments.models import Payment
from tenancy.kernel import clock
from tests.banking import AT
from tests.money import owe

TODAY = date(2026, 5, 31)
PAPER = b"%PDF-1.7\n%%EOF\n"
HEADER = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.MEDIA_ROOT = str(tmp_path)


def sign(client, room: str, **given: object):
    told = {
        "room": room, "agreement_no": f"AG-{room}", "holder_name": "张三", "bank": "工行", "number": "6222 0000 1111",
        "limit": "1000", "from_on": "2026-01-01", "to_on": "2026-12-31",
        "file": SimpleUploadedFile("授权书.pdf", PAPER),
    }  # fmt: skip
    return client.post(reverse("banking:mandate_add"), told | given)


def returned(batch: DebitBatch, row: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("back.csv", f"{HEADER}\n{batch.number},{row}\n".encode())


def test_from_the_mandate_to_the_return(cast, english):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 21_002, TODAY)
        owe(cast.jinxiu, 28_318, TODAY, unit="3-1-1702")
        Hold.objects.create(
            account=cast.jinxiu.accounts["3-1-1702"], kind="DISPUTE", from_on=TODAY, reason="漏水"
        )
    client = english(cast.jinxiu, "finance")
    assert sign(client, "?").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sign(client, "3-1-1602", limit="-5").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = client.get(sign(client, "3-1-1602").url).content.decode()
    assert "…1111" in page
    assert "62220000" not in page
    sign(client, "3-1-1702")
    asked = {"community": cast.jinxiu.community.pk, "debit_on": TODAY.isoformat(), "profile": "debit-csv"}
    preview = client.get(reverse("banking:batch_make"), asked).content.decode()
    assert "Disputed or held" in preview
    made = client.post(reverse("banking:batch_make"), asked)
    with cast.jinxiu.open():
        batch = DebitBatch.objects.get()
    assert (made.url, batch.items) == (reverse("banking:batch", args=[batch.pk]), 1)
    url = reverse("banking:batch_return", args=[batch.pk])
    bad = client.post(url, {"file": returned(batch, "1,210.02,999.00,00,,S-1,20260531")})
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "another amount than was asked for" in bad.content.decode()
    client.post(url, {"file": returned(batch, "1,210.02,210.02,00,成功,S-1,20260531")})
    again = client.post(url, {"file": returned(batch, "1,210.02,210.02,00,成功,S-9,20260531")})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Debited" in client.get(made.url).content.decode()
    with cast.jinxiu.open():
        assert Payment.objects.get().method == "DEBIT"


def test_a_mandate_is_revoked_and_a_batch_called_off(cast, english):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 21_002, TODAY)
    client = english(cast.jinxiu, "finance")
    sign(client, "3-1-1602")
    asked = {"community": cast.jinxiu.community.pk, "debit_on": TODAY.isoformat(), "profile": "debit-gbk"}
    client.post(reverse("banking:batch_make"), asked)
    with cast.jinxiu.open():
        batch, mandate = DebitBatch.objects.get(), Mandate.objects.get()
    client.post(reverse("banking:batch_call_off", args=[batch.pk]), {"reason": "银行未收"})
    client.post(reverse("banking:mandate_revoke", args=[mandate.pk]), {"reason": "解约"})
    nobody = client.post(reverse("banking:batch_make"), asked)
    assert nobody.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    with cast.jinxiu.open():
        assert DebitBatch.objects.get().state == "CALLED_OFF"
        assert Mandate.objects.get().revoked_on == TODAY


def test_files_with_numbers_of_bank_accounts_open_for_those_who_see_the_bank_only(cast, english):
    client = english(cast.jinxiu, "finance")
    sign(client, "3-1-1602")
    with cast.jinxiu.open():
        url = reverse("people:file", args=[Mandate.objects.get().file_id])
    assert client.get(url).status_code == HTTPStatus.OK
    assert english(cast.jinxiu, "auditor").get(url).status_code == HTTPStatus.OK
    assert english(cast.jinxiu, "collector").get(url).status_code == HTTPStatus.NOT_FOUND


def test_the_api_does_the_same(cast, log_in):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 21_002, TODAY)
    finance = log_in(cast.jinxiu, "finance")
    told = {
        "account": cast.jinxiu.accounts["3-1-1602"].pk, "agreement_no": "AG", "holder_name": "张三", "bank": "工行",
        "number": "6222000011", "limit": "1000.00", "from_on": "2026-01-01", "file": SimpleUploadedFile("a.pdf", PAPER),
    }  # fmt: skip
    made = finance.post("/api/v1/mandates/", told)
    assert (made.status_code, made.json()["tail"]) == (201, "0011")
    asked = {"community": cast.jinxiu.community.pk, "debit_on": TODAY.isoformat(), "profile": "debit-csv"}
    batch = finance.post("/api/v1/debit-batches/", asked, content_type="application/json").json()
    url = f"/api/v1/debit-batches/{batch['id']}/"
    with cast.jinxiu.open():
        sent = DebitBatch.objects.get()
    done = finance.post(f"{url}return/", {"file": returned(sent, "1,210.02,100.00,00,部分,S-1,20260531")})
    assert done.json() == {"booked": 1, "failed": 0, "amount": "100.00"}
    again = finance.post(f"{url}return/", {"file": returned(sent, "1,210.02,100.00,00,部分,S-1,20260531")})
    assert (again.status_code, again.json()["code"]) == (409, "banking.batch_over")
    [item] = finance.get(f"{url}items/").json()["results"]
    assert (item["result"], item["actual"]) == ("SUCCESS", "100.00")
    revoked = finance.post(
        f"/api/v1/mandates/{made.json()['id']}/revoke/", {"reason": "解约"}, content_type="application/json"
    )
    assert revoked.json()["revoked_on"] == "2026-05-31"
    assert log_in(cast.yunding, "finance").get(url).status_code == 404


def test_a_profile_of_ones_own_is_written_line_by_line(cast, english, log_in):
    client = english(cast.jinxiu, "finance")
    url = reverse("banking:debit_profiles")
    given = {
        "code": "local", "name": "本地银行", "encoding": "gb18030", "delimiter": "|", "unit": "fen",
        "out": "seq = 序号\naccount = 账号\nname = 户名\namount = 金额",
        "back": "batch_no=批次\nseq=序号\namount=金额\nactual=实扣\nresult=码\nserial=流水\nday=日期",
        "results": "00 = SUCCESS",
    }  # fmt: skip
    assert client.post(url, given | {"out": "seq"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(url, given | {"out": "seq = 序号"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(url, given).url == url
    assert "本地银行" in client.get(reverse("banking:batch_make")).content.decode()
    api = log_in(cast.jinxiu, "finance")
    [own] = [row for row in api.get("/api/v1/debit-profiles/").json()["results"] if row["code"] == "local"]
    own["code"] = "local-2"
    assert api.post("/api/v1/debit-profiles/", own, content_type="application/json").status_code == 201
