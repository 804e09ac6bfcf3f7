"""The till over JSON: the same use cases, the same refusals."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.till import pieces
from values.fen import yuan


@pytest.fixture
def send(cast, log_in):
    """send(name, *args, **body) as the cashier, or another role."""

    def sent(name, *args, role="cashier", **body):
        url = reverse(f"payments_api:{name}", args=args)
        return log_in(cast.jinxiu, role).post(url, body, content_type="application/json")

    return sent


def test_a_day_of_a_till(cast, send):
    desk = cast.jinxiu.cash_point.pk
    made = send("tills", cash_point=desk, opening="500.00")
    assert made.status_code == HTTPStatus.CREATED
    pk = made.json()["session"]["id"]
    taken = send("tills", cash_point=desk, role="finance")
    assert (taken.status_code, taken.json()["code"]) == (HTTPStatus.CONFLICT, "payments.till_taken")
    assert made.json()["expected"] is None
    deposit = send("till_deposit", pk, bank="中国银行", slip_number="1", amount="300.00")
    assert deposit.json()["deposits"][0]["amount"] == "300.00"
    early = send("till_close", pk)
    assert early.json()["code"] == "payments.not_counted"
    counted = send("till_count", pk, pieces=[
        {"worth": yuan(worth), "number": number} for worth, number in pieces(19950).items()
    ])  # fmt: skip
    assert (counted.json()["expected"], counted.json()["difference"]) == ("200.00", "-0.50")
    refused = send("till_close", pk)
    assert (refused.status_code, refused.json()["code"]) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "payments.difference_unexplained",
    )
    assert send("till_close", pk, reason="少找五角").status_code == HTTPStatus.OK
    assert send("till_close", pk, reason="x").json()["code"] == "payments.till_closed"


def test_a_hand_over_has_two_confirmations(cast, send):
    pk = send("tills", cash_point=cast.jinxiu.cash_point.pk, opening="500.00").json()["session"]["id"]
    to_user = cast.jinxiu.people["finance"].pk
    offered = send("till_hand_over", pk, to_user=to_user, amount="500.00").json()["handovers"][0]
    assert send("handover_answer", offered["id"], accept=True).status_code == HTTPStatus.FORBIDDEN
    done = send("handover_answer", offered["id"], accept=True, role="finance")
    assert done.status_code == HTTPStatus.NO_CONTENT
    slip = {"bank": "中国银行", "slip_number": "9", "amount": "500.00"}
    deposit = send("handover_deposit", offered["id"], role="finance", **slip)
    assert deposit.status_code == HTTPStatus.NO_CONTENT
