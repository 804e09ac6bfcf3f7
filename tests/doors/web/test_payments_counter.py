"""The counter in the browser's words: room, ticks, money received, check, take."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from billing.charges.models import Account, Charge
from billing.payments.models import Payment, Receipt
from billing.payments.services import open_cash_point
from tenancy.kernel import clock
from tests.counter import HTMX, confirmed, fields, taken, text
from tests.money import owe, pay


@pytest.fixture
def bills(cast):
    """Two bills of 630.06: one 100 days late (late fee 18.90), one due in a month."""
    with cast.jinxiu.open():
        late = owe(cast.jinxiu, 63006, clock.today() - timedelta(100)).pk
        return late, owe(cast.jinxiu, 63006, clock.today() + timedelta(30)).pk


@pytest.fixture
def desk(cast, log_in):
    return log_in(cast.jinxiu, "cashier")


def test_the_empty_counter_waits_for_a_room(desk):
    page = text(desk.get("/counter/"))
    assert re.search(r'<input[^>]*name="room"[^>]*autofocus', page)
    assert "</html>" in page


@pytest.mark.parametrize("room", ["31602", "3-1-1602"])
def test_a_room_shows_what_is_owed_oldest_first_all_ticked(desk, bills, room):
    page = text(desk.get("/counter/", {"room": room}))
    ids = [int(found) for found in re.findall(r'value="(\d+)" checked aria-label', page)]
    assert ids == list(bills)
    assert "¥18.90" in page
    assert "¥1,279.02" in page
    assert 'data-key="1"' in page
    assert 'data-key="2"' in page


def test_htmx_gets_the_inside_only(desk, bills):
    page = text(desk.get("/counter/", {"room": "31602"}, headers=HTMX))
    assert page.lstrip().startswith('<div id="counter"')
    assert "<html" not in page


def test_the_keys_after_the_room_are_at_most_six(desk, cast, bills):
    """Enter opens the room and stands in the amount received, Enter checks, Enter takes."""
    page = text(desk.get("/counter/", {"room": "31602"}))
    assert re.search(r'<input type="text" name="received"[^>]*autofocus', page)
    assert page.count(" autofocus") == 1
    checked = text(desk.get("/counter/confirm/", fields(desk.get("/counter/", {"room": "31602"}))))
    assert re.search(r'<button class="btn btn-primary" autofocus>', checked)
    assert "¥1,279.02" in checked
    with cast.jinxiu.open():
        assert Payment.objects.count() == 0, "looking at it has taken it"


@pytest.mark.parametrize(
    ("typed", "amount", "tendered", "shown"),
    [
        ({}, "1279.02", "", "¥1,279.02"),
        ({"received": "1300"}, "1279.02", "1300.00", "¥20.98"),
        ({"received": "500"}, "500.00", "500.00", "¥779.02"),
        ({"received": "1300", "method": "TRANSFER", "reference": "R1"}, "1300.00", "", "¥20.98"),
        ({"received": "1300", "amount": "1300"}, "1300.00", "1300.00", "¥20.98"),
    ],
)
def test_the_check_says_out_what_will_be_taken(desk, bills, typed, amount, tendered, shown):
    form = fields(desk.get("/counter/", {"room": "31602"})) | typed
    said = confirmed(desk, form)
    assert (said["amount"], said["tendered"]) == (amount, tendered)
    assert shown in text(desk.get("/counter/confirm/", form))


def test_back_from_the_check_nothing_typed_is_lost(desk, bills):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {
        "received": "1300",
        "note": "不要丢",
        "change": "1",
    }
    page = text(desk.get("/counter/confirm/", form, headers=HTMX))
    assert 'value="1300"' in page
    assert "不要丢" in page
    assert 'id="confirm"' not in page


def test_a_taken_payment_offers_its_receipt_to_the_empty_room_field_and_leaves_the_room(desk, bills):
    response = taken(desk, fields(desk.get("/counter/", {"room": "31602"})))
    assert response["HX-Push-Url"] == "/counter/"
    assert re.search(r'name="room"[^>]*data-when-empty="\[data-receipt\]"[^>]*autofocus', text(response))
    assert "data-receipt" in text(response).split("<form", 1)[0]


@pytest.mark.parametrize("amount", [{}, {"amount": ""}])
def test_a_payment_without_an_amount_is_refused_beside_the_field(desk, cast, bills, amount):
    said = confirmed(desk, fields(desk.get("/counter/", {"room": "31602"})))
    del said["amount"]
    response = desk.post("/counter/take/", said | amount, headers=HTMX)
    assert response.status_code == 422
    assert re.search(r'name="amount"[^>]*aria-describedby="id_amount_error"', text(response))
    assert 'id="id_amount_error" role="alert"' in text(response)
    with cast.jinxiu.open():
        assert Payment.objects.count() == 0


def test_a_room_nobody_knows_says_what_to_do(desk):
    response = desk.get("/counter/", {"room": "99999"})
    assert response.status_code == 200
    assert "empty-note" in text(response)


def test_changed_ticks_redraw_the_allocation(desk, bills):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"charge": [str(bills[1])]}
    page = text(desk.get("/counter/preview/", form, headers=HTMX))
    assert page.count(" checked") == 1
    assert "¥648.96" in page  # what stays open of the late one


def test_a_typed_amount_redraws_the_allocation_and_the_change(desk, bills):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"amount": "118.90", "received": "200"}
    page = text(desk.get("/counter/preview/", form, headers=HTMX))
    assert "¥530.06" in page
    assert "¥81.10" in page


def test_an_amount_that_is_none_is_said_beside_the_table(desk, bills):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"amount": "abc"}
    page = text(desk.get("/counter/preview/", form, headers=HTMX))
    assert 'role="alert"' in page


def test_the_payment_is_taken_and_the_room_field_waits_again(desk, cast, bills):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"received": "1300"}
    response = taken(desk, form)
    page = text(response)
    assert response.status_code == 200
    with cast.jinxiu.open():
        payment, receipt = Payment.objects.get(), Receipt.objects.get()
        assert (payment.amount_fen, payment.tendered_fen) == (127902, 130000)
        assert payment.taken_by == cast.jinxiu.people["cashier"]
        assert all(charge.settled_fen == 63006 for charge in Charge.objects.all())
    assert receipt.number in page
    assert "¥20.98" in page
    assert re.search(r'name="room" value=""[^>]*autofocus', page)


def test_without_scripts_the_success_line_comes_after_a_redirect(desk, bills):
    said = confirmed(desk, fields(desk.get("/counter/", {"room": "31602"})))
    response = desk.post("/counter/take/", said, follow=True)
    assert response.redirect_chain[0][0].startswith("/counter/?taken=")
    assert "RECEIPT-01-JX-" in text(response)


def test_enter_pressed_twice_is_one_payment(desk, cast, bills):
    said = confirmed(desk, fields(desk.get("/counter/", {"room": "31602"})))
    answers = [desk.post("/counter/take/", said, headers=HTMX) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


def test_a_colleague_was_faster_and_the_cashier_is_told(desk, cast, bills):
    said = confirmed(desk, fields(desk.get("/counter/", {"room": "31602"})))
    with cast.jinxiu.open():
        pay(cast.jinxiu, 64896, paid_on=clock.today(), posted_on=clock.today(), at=clock.now())
    response = desk.post("/counter/take/", said, headers=HTMX)
    page = text(response)
    assert response.status_code == 422
    assert page.lstrip().startswith('<div id="counter"')
    assert f'id="charge-{bills[0]}"' not in page
    assert f'id="charge-{bills[1]}"' in page
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"received": "100", "amount": "200"},
        {"charge": []},
        {"amount": "0"},
        {"received": "0"},
        {"amount": "-5"},
        {"received": "abc"},
        {"amount": "1" + "0" * 13},
        {"method": "GOLD"},
        {"charge": ["x"]},
        {"key": ""},
        {"method": "TRANSFER"},
        {"received": "126012"},
    ],
)
def test_what_cannot_be_taken_is_refused_at_the_check_and_kept(desk, bills, wrong):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"note": "不要丢"} | wrong
    response = desk.get("/counter/confirm/", form, headers=HTMX)
    assert response.status_code == 422
    assert 'id="confirm"' not in text(response)
    assert "不要丢" in text(response)
    assert 'role="alert"' in text(response)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tendered": "100"},
        {"amount": "0"},
        {"amount": "-5"},
        {"paid_on": "2999-01-01"},
        {"method": "GOLD"},
        {"cash_point": "999999"},
        {"charge": ["x"]},
        {"key": ""},
    ],
)
def test_a_refused_payment_keeps_what_was_typed(desk, cast, bills, wrong):
    form = fields(desk.get("/counter/", {"room": "31602"})) | {"note": "不要丢"}
    response = taken(desk, form, **wrong)
    assert response.status_code in (404, 422)
    if response.status_code == 422:
        assert "不要丢" in text(response)
        assert 'role="alert"' in text(response)
    with cast.jinxiu.open():
        assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"method": "TRANSFER"}, "reference", "A transfer needs its reference"),
        ({"received": "99999"}, "received", "The change would be more than 1,000 yuan"),
    ],
)
def test_a_mistyped_sum_and_a_transfer_without_a_number_are_stopped_at_the_check(
    desk, cast, bills, wrong, field, message
):
    desk.cookies["django_language"] = "en"
    form = fields(desk.get("/counter/", {"room": "31602"})) | wrong
    refused = text(desk.get("/counter/confirm/", form, headers=HTMX))
    assert message in refused.split(f'id="id_{field}_error"')[1].split("</ul>")[0]
    api = {
        "account": cast.jinxiu.accounts["3-1-1602"].pk, "amount": "10.00", "idempotency_key": "k",
        "method": wrong.get("method", "CASH"), "cash_point": form["cash_point"], "paid_on": form["paid_on"],
    } | ({"tendered": wrong["received"]} if "received" in wrong else {})  # fmt: skip
    answer = desk.post("/api/v1/payments/", api, content_type="application/json")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["tendered" if field == "received" else field]
    with cast.jinxiu.open():
        assert Payment.objects.count() == 0


def test_what_the_owner_owes_for_his_parking_bay_is_said_with_a_way_there(desk, cast, bills, log_in):
    desk.cookies["django_language"] = "en"
    with cast.jinxiu.open():
        bay = cast.jinxiu.accounts["B1-001"]
        flat = cast.jinxiu.accounts["3-1-1602"]
        if bay.party_id != flat.party_id:
            bay = Account.objects.create(
                community=cast.jinxiu.community, unit=bay.unit, party=flat.party, opened_on=flat.opened_on
            )
        cast.jinxiu.accounts["B1-001"] = bay
    line = "also owes"
    assert line not in text(desk.get("/counter/", {"room": "31602"}))
    with cast.jinxiu.open():
        owe(cast.jinxiu, 8000, clock.today() + timedelta(9), unit="B1-001")
    page = text(desk.get("/counter/", {"room": "31602"}))
    assert f"{line} ¥80.00 for B1-001." in page
    assert f"/counter/?account={bay.pk}" in page
    unit = cast.jinxiu.units["3-1-1602"].pk
    manager = log_in(cast.jinxiu, "project_manager")
    manager.cookies["django_language"] = "en"
    part = text(manager.get(f"/units/{unit}/statement/"))
    assert f"{line} ¥80.00 for B1-001." in part
    assert f'href="/units/{bay.unit_id}/"' in part


def test_several_hits_take_the_cursor_so_that_their_numbers_count(desk, cast):
    page = text(desk.get("/counter/", {"room": "张三"}))
    assert 'data-key="2"' in page
    assert page.count("autofocus") == 1
    assert re.search(r'data-key="1"[^>]*autofocus', page)


def test_taking_money_leaves_an_entry_with_receipt_and_amount(desk, cast, bills, log_in):
    taken(desk, fields(desk.get("/counter/", {"room": "31602"})) | {"received": "100"})
    with cast.jinxiu.open():
        number = Receipt.objects.get().number
    admin = log_in(cast.jinxiu, "company_admin")
    page = text(admin.get("/settings/audit/?action=payment.taken"))
    assert number in page
    assert "¥100.00" in page
    assert "3-1-1602" in page


def test_the_desk_is_remembered(desk, cast, bills):
    with cast.jinxiu.open():
        second = open_cash_point(community_id=cast.jinxiu.community.pk, code="02", name="前台二")
    taken(
        desk, fields(desk.get("/counter/", {"room": "31602"})) | {"cash_point": str(second), "received": "1"}
    )
    assert f'<option value="{second}" selected' in text(desk.get("/counter/", {"room": "31602"}))


def test_credit_is_offered_and_used(desk, cast):
    today = clock.today()
    with cast.jinxiu.open():
        pay(cast.jinxiu, 50000, paid_on=today, posted_on=today, at=clock.now())
        owe(cast.jinxiu, 80000, today + timedelta(3))
    page = text(desk.get("/counter/", {"room": "31602"}))
    action, key = re.search(
        r'action="(/accounts/\d+/credit/)".*?name="key" value="(\w+)"', page, re.S
    ).groups()
    response = desk.post(action, {"key": key}, follow=True)
    assert "¥300.00" in text(response)
    refused = desk.post(action, {"key": "another"})
    assert refused.status_code == 422
    assert "payments.not_enough_credit" not in text(refused)


class TestOutsider:
    """云顶's cashier finds nothing of 锦绣 at the counter."""

    @pytest.fixture
    def stranger(self, cast, log_in):
        return log_in(cast.yunding, "cashier")

    def test_a_foreign_account_or_unit_is_not_there(self, cast, stranger, bills):
        account, unit = cast.jinxiu.accounts["3-1-1602"].pk, cast.jinxiu.units["3-1-1602"].pk
        for address in (
            f"/counter/?account={account}",
            f"/counter/?unit={unit}",
            f"/counter/preview/?account={account}",
            f"/counter/confirm/?account={account}",
            f"/units/{unit}/payments/",
        ):
            assert stranger.get(address).status_code == 404, address

    def test_a_foreign_account_takes_no_money(self, cast, stranger, bills, desk):
        said = confirmed(desk, fields(desk.get("/counter/", {"room": "31602"})))
        assert stranger.post("/counter/take/", said).status_code == 404
        account = cast.jinxiu.accounts["3-1-1602"].pk
        assert stranger.post(f"/accounts/{account}/credit/", {"key": "k"}).status_code == 404

    def test_a_foreign_success_line_is_not_shown(self, cast, stranger):
        with cast.jinxiu.open():
            done = pay(cast.jinxiu, 100)
        assert stranger.get(f"/counter/?taken={done.payment_id}").status_code == 404


@pytest.mark.parametrize("role", ["collector", "project_manager", "auditor"])
def test_who_may_not_take_money_does_not_come_to_the_counter(cast, log_in, role):
    client = log_in(cast.jinxiu, role)
    assert [client.get(path).status_code for path in ("/counter/", "/counter/confirm/")] == [403, 403]
