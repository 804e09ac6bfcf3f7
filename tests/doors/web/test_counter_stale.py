"""At the counter: what was right a minute ago is not offered again, and what cannot be is stopped at the check."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from billing.payments.models import Payment
from tenancy.kernel import clock
from tests.counter import HTMX, confirmed, fields, taken, text
from tests.money import owe


@pytest.fixture
def bill(cast):
    """One bill of 630.06, 100 days late (late fee 18.90)."""
    with cast.jinxiu.open():
        return owe(cast.jinxiu, 63006, clock.today() - timedelta(100)).pk


@pytest.fixture
def desk(cast, log_in):
    return log_in(cast.jinxiu, "cashier")


def standing(page: str, name: str) -> str:
    """What stands in a field of the counter."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, page
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_the_sum_of_a_colleague_who_was_faster_is_not_offered_again(desk, cast, bill):
    one, other = fields(desk.get("/counter/?room=31602")), fields(desk.get("/counter/?room=31602"))
    seen = confirmed(desk, other | {"received": "700"})
    assert taken(desk, one | {"received": "700"}).status_code == 200
    late = desk.post("/counter/take/", seen, headers=HTMX)
    assert late.status_code == 422
    page = text(late)
    assert [standing(page, name) for name in ("amount", "received")] == ["", ""]
    again = fields(late)
    assert desk.get("/counter/confirm/", again, headers=HTMX).status_code == 422, (
        "one more Enter takes nothing"
    )
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


def test_a_day_to_come_is_stopped_at_the_check(desk, bill):
    form = fields(desk.get("/counter/?room=31602"))
    to_come = (clock.today() + timedelta(9)).isoformat()
    form |= {"method": "TRANSFER", "reference": "T1", "paid_on": to_come}
    answer = desk.get("/counter/confirm/", form, headers=HTMX)
    page = text(answer)
    assert (answer.status_code, 'id="id_paid_on_error"' in page, 'id="confirm"' in page) == (422, True, False)
    assert standing(page, "amount") == "", "what that day would have cost is not remembered"


def test_what_was_only_worked_out_is_worked_out_again_after_a_refusal(desk, bill):
    form = fields(desk.get("/counter/?room=31602")) | {"method": "TRANSFER", "reference": "T1"}
    step = confirmed(desk, form)
    assert (step["amount"], step["typed"]) == ("648.96", "")
    refused = desk.post("/counter/take/", step | {"reference": ""}, headers=HTMX)
    assert (refused.status_code, standing(text(refused), "amount")) == (422, "")
    typed = confirmed(desk, form | {"amount": "100"})
    refused = desk.post("/counter/take/", typed | {"reference": ""}, headers=HTMX)
    assert (refused.status_code, standing(text(refused), "amount")) == (422, "100")


@pytest.mark.parametrize(("amount", "status"), [("100648.96", 200), ("100648.97", 422), ("999999999", 422)])
def test_a_transfer_that_can_only_be_mistyped_is_stopped_at_the_check(desk, bill, amount, status):
    form = fields(desk.get("/counter/?room=31602")) | {
        "method": "TRANSFER",
        "reference": "T1",
        "amount": amount,
    }
    assert desk.get("/counter/confirm/", form, headers=HTMX).status_code == status


def test_credit_is_seen_where_nothing_is_owed(desk, cast, bill, log_in):
    taken(
        desk,
        fields(desk.get("/counter/?room=31602")) | {"method": "TRANSFER", "reference": "T1", "amount": "700"},
    )
    assert "¥51.04" in text(desk.get("/counter/?room=31602"))
    unit = cast.jinxiu.units["3-1-1602"].pk
    assert "¥51.04" in text(log_in(cast.jinxiu, "collector").get(f"/units/{unit}/head/"))


def test_the_banks_number_on_another_account_is_said_at_the_check(desk, cast, bill):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 5000, clock.today(), unit="3-1-1702")
    taken(
        desk,
        fields(desk.get("/counter/?room=31602")) | {"method": "TRANSFER", "reference": "T7", "amount": "700"},
    )
    form = fields(desk.get("/counter/?room=3-1-1702")) | {"method": "TRANSFER"}
    warned = text(desk.get("/counter/confirm/", form | {"reference": "T7"}, headers=HTMX))
    assert re.search(r"3-1-1602[^<]*¥700\.00", warned)
    other = text(desk.get("/counter/confirm/", form | {"reference": "T8"}, headers=HTMX))
    assert "¥700.00" not in other
