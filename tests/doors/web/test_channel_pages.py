"""The screens of channel days: a day, its exceptions, an answer, a review by somebody else."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.banking.models import ChannelException, ChannelFile
from tenancy.kernel import clock
from tests import channels
from tests.banking import AT
from tests.channels import DAY, alipay_row, wechat_row


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "today", lambda: AT.date())
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.MEDIA_ROOT = str(tmp_path)


def send(client, company, content: bytes, *, channel: str = "WECHAT"):
    file = SimpleUploadedFile("bill", content)
    given = {"community": company.community.pk, "channel": channel, "day": DAY.isoformat(), "file": file}
    return client.post(reverse("banking:channel_import"), given)


def test_from_the_file_to_the_closed_exception(cast, english):
    finance = english(cast.jinxiu, "finance")
    answer = send(finance, cast.jinxiu, channels.wechat(wechat_row("LONG", 700, fee=4)))
    page = finance.get(answer.url).content.decode()
    assert "Money without a payment" in page
    assert "¥0.04" in page
    with cast.jinxiu.open():
        pk = ChannelException.objects.get().pk
    refused = finance.post(reverse("banking:answer", args=[pk]), {"reason": "掉单", "closure": ""})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    finance.post(reverse("banking:answer", args=[pk]), {"reason": "掉单", "closure": "已补录"})
    own = finance.get(reverse("banking:exception", args=[pk])).content.decode()
    assert 'value="accept"' not in own
    refused = finance.post(reverse("banking:review", args=[pk]), {"decision": "accept"})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    boss = english(cast.jinxiu, "company_admin")
    assert 'value="accept"' in boss.get(reverse("banking:exception", args=[pk])).content.decode()
    boss.post(reverse("banking:review", args=[pk]), {"decision": "accept"})
    with cast.jinxiu.open():
        assert ChannelException.objects.get().state == "CLOSED"


def test_a_bad_file_names_its_cell_and_changes_nothing(cast, english):
    finance = english(cast.jinxiu, "finance")
    answer = send(finance, cast.jinxiu, channels.wechat(wechat_row("A", 100), 订单总金额="9.00"))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "the summary does not agree with the rows" in answer.content.decode()
    with cast.jinxiu.open():
        assert not ChannelFile.objects.exists()


def test_the_api_tells_the_same(cast, log_in):
    finance = log_in(cast.jinxiu, "finance")
    file = SimpleUploadedFile("bill.zip", channels.alipay(alipay_row("LONG", 700, fee=4)))
    given = {"community": cast.jinxiu.community.pk, "channel": "ALIPAY", "day": DAY.isoformat(), "file": file}
    made = finance.post("/api/v1/channel-days/", given)
    assert (made.status_code, made.json()["counts"], made.json()["fee"]) == (201, {"CHANNEL_ONLY": 1}, "0.04")
    file.seek(0)
    assert finance.post("/api/v1/channel-days/", given).json()["code"] == "banking.channel_day_known"
    url = "/api/v1/channel-exceptions/"
    [found] = finance.get(url, {"state": "OPEN"}).json()["results"]
    said = {"reason": "掉单", "closure": "已补录"}
    finance.post(f"{url}{found['id']}/answer/", said, content_type="application/json")
    own = finance.post(f"{url}{found['id']}/review/", {"accept": True}, content_type="application/json")
    assert (own.status_code, own.json()["code"]) == (403, "banking.same_person")
    boss = log_in(cast.jinxiu, "company_admin")
    closed = boss.post(f"{url}{found['id']}/review/", {"accept": True}, content_type="application/json")
    assert closed.json()["state"] == "CLOSED"
    foreign = log_in(cast.yunding, "finance")
    assert foreign.get(f"{url}{found['id']}/").status_code == 404
