"""The doors of a message's fate: the notice's page, its API, and the provider's signed call back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from notices.gateways.receipts import Signature, sign
from notices.models import Delivery, Notice
from tenancy.kernel import clock
from tests.notices_data import message

URL = "/api/v1/sms/receipts/"
SECRET = "the-provider-signs-with-this"


@pytest.fixture
def in_doubt(cast) -> Notice:
    with cast.jinxiu.open():
        notice = message(cast.jinxiu, issued_on=clock.today())
        Notice.objects.filter(pk=notice.pk).update(state="UNKNOWN")
    return notice


def _state(cast) -> str:
    with cast.jinxiu.open():
        return Notice.objects.get().state


def _found(**more: str) -> dict[str, str]:
    return {"outcome": "DELIVERED", "on": clock.today().isoformat(), "note": "回执 8812", **more}


def test_the_page_offers_the_form_to_who_may_and_takes_the_answer(cast, log_in, in_doubt):
    client, url = log_in(cast.jinxiu, "collector"), f"/notices/{in_doubt.pk}/"
    assert f"{url}fate/" in client.get(url).content.decode()
    assert f"{url}fate/" not in log_in(cast.jinxiu, "auditor").get(url).content.decode()
    assert client.post(f"{url}fate/", _found()).headers["Location"] == url
    assert _state(cast) == "DELIVERED"
    assert f"{url}fate/" not in client.get(url).content.decode()


@pytest.mark.parametrize("wrong", [{"note": ""}, {"outcome": "MAYBE"}, {"on": "2999-01-01"}])
def test_the_page_keeps_what_was_typed_when_it_refuses(cast, log_in, in_doubt, wrong):
    answer = log_in(cast.jinxiu, "collector").post(f"/notices/{in_doubt.pk}/fate/", _found(**wrong))
    assert answer.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
    assert _state(cast) == "UNKNOWN"


@pytest.mark.parametrize(("role", "status"), [("collector", 200), ("patrol", 403), ("auditor", 403)])
def test_the_api_takes_it_from_the_same_people(cast, log_in, in_doubt, role, status):
    answer = log_in(cast.jinxiu, role).post(
        f"/api/v1/notices/{in_doubt.pk}/fate/", _found(outcome="FAILED"), content_type="application/json"
    )
    assert answer.status_code == status
    assert _state(cast) == ("FAILED" if status == 200 else "UNKNOWN")


def test_the_other_company_finds_no_such_message_and_a_second_answer_comes_too_late(cast, log_in, in_doubt):
    url, kind = f"/api/v1/notices/{in_doubt.pk}/fate/", {"content_type": "application/json"}
    assert log_in(cast.yunding, "collector").post(url, _found(), **kind).status_code == 404
    client = log_in(cast.jinxiu, "collector")
    assert client.post(url, {}, **kind).status_code == 422
    assert client.post(url, _found(), **kind).status_code == 200
    again = client.post(url, _found(outcome="FAILED"), **kind)
    assert (again.status_code, again.json()["code"]) == (409, "notices.fate_known")


@pytest.fixture
def provider(settings: Any):
    """provider(reference, ...) -> the answer to a receipt signed as the provider signs."""
    settings.SMS_RECEIPT_SECRET, settings.SMS_HTTP_KEY = SECRET, "jinxiu"

    def call(reference: str, *, secret: str = SECRET, age: int = 0, key: str = "jinxiu", **more: str) -> Any:
        told = {"reference": reference, "status": "DELIVERED", "at": clock.now().isoformat(), **more}
        body = json.dumps(told).encode()
        sent = Signature(key, str(int(clock.now().timestamp()) - age), "n1", "")
        signature = sign(secret, sent, method="POST", path=URL, body=body)
        headers = {"X-Key": key, "X-Time": sent.moment, "X-Nonce": "n1", "X-Signature": signature}
        return Client().post(URL, body, content_type="application/json", headers=headers)

    return call


def test_the_provider_reports_an_arrival_twice_and_it_counts_once(cast, in_doubt, provider):
    reference = f"{cast.jinxiu.tenant.pk}-{in_doubt.pk}"
    assert [provider(reference).json() for _turn in range(2)] == [{"changed": True}, {"changed": False}]
    with cast.jinxiu.open():
        assert Delivery.objects.count() == 1
    assert _state(cast) == "DELIVERED"


@pytest.mark.parametrize("wrong", [{"secret": "another"}, {"age": 301}, {"age": -301}, {"key": "other"}])
def test_who_signs_wrongly_or_late_is_turned_away(cast, in_doubt, provider, wrong):
    answer = provider(f"{cast.jinxiu.tenant.pk}-{in_doubt.pk}", **wrong)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert _state(cast) == "UNKNOWN"


def test_without_a_secret_nobody_is_the_provider(cast, in_doubt, provider, settings):
    settings.SMS_RECEIPT_SECRET = ""
    assert provider(f"{cast.jinxiu.tenant.pk}-{in_doubt.pk}", secret="").status_code == 401


@pytest.mark.parametrize("headers", [{}, {"X-Time": "²"}, {"X-Time": "9" * 400}])
def test_a_stranger_without_a_signature_is_turned_away(db, settings, headers):
    settings.SMS_RECEIPT_SECRET = SECRET
    answer = Client().post(URL, "{}", content_type="application/json", headers=headers)
    assert answer.status_code == 401


def test_a_changed_body_breaks_the_signature(cast, in_doubt, settings):
    settings.SMS_RECEIPT_SECRET = SECRET
    sent = Signature("", str(int(clock.now().timestamp())), "n", "")
    signature = sign(SECRET, sent, method="POST", path=URL, body=b"{}")
    headers = {"X-Time": sent.moment, "X-Nonce": "n", "X-Signature": signature}
    assert Client().post(URL, "{ }", content_type="application/json", headers=headers).status_code == 401


@pytest.mark.parametrize("reference", ["code-7", "999999-1", "nonsense", "1-999999999999999999"])
def test_a_receipt_for_nothing_of_ours_is_taken_and_changes_nothing(cast, in_doubt, provider, reference):
    answer = provider(reference)
    assert (answer.status_code, answer.json()) == (200, {"changed": False})
    assert _state(cast) == "UNKNOWN"


def test_one_companys_reference_with_anothers_number_finds_nothing(cast, in_doubt, provider):
    assert provider(f"{cast.yunding.tenant.pk}-{in_doubt.pk}").json() == {"changed": False}


def test_a_signed_receipt_that_makes_no_sense_is_refused(in_doubt, provider):
    assert provider("1-1", status="PERHAPS").status_code == 422
