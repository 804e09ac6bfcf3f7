"""A value date far back: refused beside the field, or taken from who may, with a reason that stays."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from billing.payments.models import Payment
from billing.payments.services import use_credit
from billing.payments.services.backdating import BackdateReasonMissing, TooFarBack
from tenancy.kernel import clock
from tenancy.people.models import AuditEntry
from tests.money import owe, pay

URL = "/api/v1/payments/"


@pytest.fixture(autouse=True)
def charge(cast):
    with cast.jinxiu.open():
        return owe(cast.jinxiu, 63006, clock.today() - timedelta(days=60)).pk


def _ago(days: int) -> str:
    return (clock.today() - timedelta(days=days)).isoformat()


def _post(cast, log_in, role: str, **body):
    asked = {
        "account": cast.jinxiu.accounts["3-1-1602"].pk, "amount": "100.00", "method": "CASH",
        "cash_point": cast.jinxiu.cash_point.pk, "idempotency_key": "k", "reference": "R1", **body,
    }  # fmt: skip
    return log_in(cast.jinxiu, role).post(URL, asked, content_type="application/json")


@pytest.mark.parametrize(
    ("method", "days", "status"),
    [("CASH", 7, 201), ("CASH", 8, 422), ("TRANSFER", 31, 201), ("TRANSFER", 32, 422)],
)
def test_a_cashier_dates_cash_a_week_back_and_a_transfer_a_month(cast, log_in, method, days, status):
    answer = _post(cast, log_in, "cashier", method=method, paid_on=_ago(days), backdate_reason="银行回单")
    assert answer.status_code == status, answer.content
    if status == 422:
        assert answer.json()["code"] == "payments.too_far_back"
        assert list(answer.json()["errors"]) == ["paid_on"]
        assert answer.json()["params"]["earliest"] == _ago(days - 1)
    with cast.jinxiu.open():
        assert Payment.objects.count() == (status == 201)
        assert not AuditEntry.objects.filter(action="payment.backdated").exists()


def test_finance_dates_further_back_but_says_why_and_it_is_written_down(cast, log_in):
    mute = _post(cast, log_in, "finance", paid_on=_ago(40), backdate_reason=" ")
    assert (mute.status_code, mute.json()["code"]) == (422, "payments.backdate_reason_missing")
    assert list(mute.json()["errors"]) == ["backdate_reason"]
    assert _post(cast, log_in, "finance", paid_on=_ago(40), backdate_reason="补录三月回单").status_code == 201
    with cast.jinxiu.open():
        entry, payment = AuditEntry.objects.get(action="payment.backdated"), Payment.objects.get()
    assert (entry.object_id, entry.user_id) == (payment.pk, cast.jinxiu.people["finance"].pk)
    assert (entry.detail["reason"], entry.detail["paid_on"]) == ("补录三月回单", _ago(40))


def test_nobody_dates_ten_years_back(cast, log_in):
    answer = _post(cast, log_in, "finance", paid_on=_ago(3700), backdate_reason="x")
    assert (answer.status_code, answer.json()["code"]) == (422, "payments.bad_day")


def test_credit_is_not_used_in_the_past_either(cast, log_in):
    with cast.jinxiu.open():
        pay(cast.jinxiu, 70000, paid_on=clock.today(), posted_on=clock.today(), at=clock.now())
        owe(cast.jinxiu, 5000, clock.today() - timedelta(days=60))
    asked = {"account_id": cast.jinxiu.accounts["3-1-1602"].pk, "paid_on": clock.today() - timedelta(days=8),
             "posted_on": clock.today(), "at": clock.now(), "idempotency_key": "c"}  # fmt: skip
    with cast.jinxiu.open("cashier"), pytest.raises(TooFarBack):
        use_credit(**asked, by=cast.jinxiu.staff("cashier"))
    with cast.jinxiu.open("finance"), pytest.raises(BackdateReasonMissing):
        use_credit(**asked, by=cast.jinxiu.staff("finance"))


def _check(client, cast, **more):
    page = client.get("/counter/", {"room": "31602"}).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(account|key|seen)" value="([^"]*)"', page))
    form = {
        **hidden, "method": "CASH", "received": "100", "cash_point": cast.jinxiu.cash_point.pk,
        "charge": re.findall(r'name="charge" id="charge-\d+" value="(\d+)" checked', page), **more,
    }  # fmt: skip
    return page, client.get("/counter/confirm/", form, headers={"HX-Request": "true"})


def test_the_counter_says_it_beside_the_day_and_offers_the_cashier_no_reason(cast, log_in):
    page, answer = _check(log_in(cast.jinxiu, "cashier"), cast, paid_on=_ago(8))
    assert "backdate_reason" not in page
    assert answer.status_code == 422
    assert 'id="id_paid_on_error"' in answer.content.decode()


def test_the_counter_asks_finance_for_the_reason_and_carries_it_to_the_end(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    page, answer = _check(client, cast, paid_on=_ago(20))
    assert "backdate_reason" in page
    assert answer.status_code == 422
    _page, answer = _check(client, cast, paid_on=_ago(20), backdate_reason="补录")
    text = answer.content.decode()
    assert answer.status_code == 200, text
    form = re.search(r'<form method="post" action="/counter/take/".*?</form>', text, re.S)
    assert form
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form[0])
    body = dict(found) | {"charge": [value for name, value in found if name == "charge"]}
    assert client.post("/counter/take/", body, headers={"HX-Request": "true"}).status_code == 200
    with cast.jinxiu.open():
        assert AuditEntry.objects.filter(action="payment.backdated").count() == 1
