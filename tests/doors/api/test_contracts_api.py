"""Contracts, fee items and subscriptions as programs see them."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Contract, Subscription
from billing.charges.services import issue_bills
from owners.models import Community
from values.period import Period

V1 = "/api/v1"
BODY = {
    "name": "前期物业服务合同", "start_on": "2026-01-01", "late_fee_rate": "0.0003", "late_fee_clause": "第十二条",
    "payee_name": "锦绣物业", "payee_bank": "中国银行", "payee_account": "6217000000000000001",
}  # fmt: skip


@pytest.fixture
def second(cast):
    with cast.jinxiu.open():
        return Community.objects.create(code="J2", name="锦绣二期").pk


@pytest.fixture
def billed(cast):
    with cast.jinxiu.open():
        issue_bills(
            community_id=cast.jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        )
        return Contract.objects.get().pk


def get(client, path, **query):
    return client.get(f"{V1}/{path}", query)


def post(client, path, body):
    return client.post(f"{V1}/{path}", body, content_type="application/json")


def patch(client, path, body):
    return client.patch(f"{V1}/{path}", body, content_type="application/json")


def test_a_contract_is_added_read_and_listed(cast, second, log_in):
    client = log_in(cast.jinxiu, "finance")
    made = post(client, "contracts/", {"community": second, **BODY})
    assert made.status_code == 201
    said = made.json()
    assert (said["late_fee_rate"], said["late_fee_text"]) == ("0.00030000", "0.03%（万分之三）")
    assert (said["payee_account"], said["end_on"], said["issue_day"], said["due_day"]) == (
        "****0001",
        None,
        5,
        None,
    )
    assert get(client, f"contracts/{said['id']}/").json() == said
    assert get(client, "contracts/", community=second).json()["results"] == [said]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"late_fee_clause": ""}, 422, "charges.contract_terms_not_valid"),
        ({"late_fee_rate": "0.3"}, 422, "charges.contract_terms_not_valid"),
        ({"end_on": "2026-01-01"}, 422, "charges.contract_terms_not_valid"),
        ({"due_day": 10}, 422, "charges.contract_terms_not_valid"),
        ({"start_on": "soon"}, 422, "invalid"),
        ({"payee_account": ""}, 422, "invalid"),
        ({"community": 999_999_999}, 404, "not_found"),
    ],
)
def test_a_contract_that_cannot_be_is_refused_with_a_code(cast, second, log_in, body, status, code):
    answer = post(log_in(cast.jinxiu, "finance"), "contracts/", {"community": second, **BODY, **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_second_contract_of_the_same_days_conflicts(cast, log_in):
    answer = post(
        log_in(cast.jinxiu, "finance"), "contracts/", {"community": cast.jinxiu.community.pk, **BODY}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "charges.contract_overlaps")


def test_only_what_is_sent_changes_and_terms_in_use_stay(cast, billed, log_in):
    client = log_in(cast.jinxiu, "company_admin")
    before = get(client, f"contracts/{billed}/").json()
    after = patch(client, f"contracts/{billed}/", {"payee_bank": "工商银行"}).json()
    assert after == before | {"payee_bank": "工商银行"}
    refused = patch(client, f"contracts/{billed}/", {"late_fee_rate": "0.0005"})
    assert (refused.status_code, refused.json()["code"]) == (409, "charges.contract_governs")
    assert get(client, f"contracts/{billed}/").json() == after


def test_other_terms_follow_from_a_day_on(cast, billed, log_in):
    client = log_in(cast.jinxiu, "finance")
    body = {name: value for name, value in BODY.items() if name != "payee_account"}
    made = post(
        client, f"contracts/{billed}/next/", body | {"start_on": "2026-02-01", "late_fee_rate": "0.0005"}
    )
    assert (made.status_code, made.json()["payee_account"]) == (201, "****0001")
    assert get(client, f"contracts/{billed}/").json()["end_on"] == "2026-02-01"
    early = post(client, f"contracts/{billed}/next/", body | {"start_on": "2025-01-01"})
    assert (early.status_code, early.json()["code"]) == (409, "charges.contract_governs")


def test_a_fee_item_is_added_once(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    made = post(client, "fee-items/", {"code": "lift", "name": "电梯费"})
    assert (made.status_code, made.json()["bears_late_fee"]) == (201, True)
    again = post(client, "fee-items/", {"code": "lift", "name": "电梯费"})
    assert (again.status_code, again.json()["code"]) == (409, "charges.name_taken")
    assert post(client, "fee-items/", {"code": "!", "name": "x"}).status_code == 422


def test_units_go_on_a_tariff_and_come_off_it(cast, log_in):
    client, path = (
        log_in(cast.jinxiu, "finance"),
        f"tariffs/{cast.jinxiu.tariffs['parking'].pk}/subscriptions/",
    )
    assert [row["unit_code"] for row in get(client, path).json()["results"]] == ["B1-001"]
    body = {"units": ["3-1-1602"], "from_on": "2026-01-01"}
    assert post(client, path, body).json() == {"added": 1, "kept": 0}
    assert post(client, path, body).json() == {"added": 0, "kept": 1}
    unknown = post(client, path, body | {"units": ["9-9-9"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "charges.units_unknown")
    assert post(client, path, body | {"kind": "ROOM"}).status_code == 422
    row = next(row for row in get(client, path).json()["results"] if row["unit_code"] == "3-1-1602")
    end = f"subscriptions/{row['id']}/end/"
    assert post(client, end, {"end_on": "2025-01-01"}).json()["code"] == "charges.subscription_ends_too_early"
    assert post(client, end, {"end_on": "2026-03-01"}).status_code == 204
    assert {row["end_on"] for row in get(client, path).json()["results"]} == {None, "2026-03-01"}


def test_roles_and_the_other_company(cast, billed, log_in):
    collector, stranger = log_in(cast.jinxiu, "collector"), log_in(cast.yunding, "finance")
    with cast.jinxiu.open():
        held = Subscription.objects.first().pk
    tariff = cast.jinxiu.tariffs["property"].pk
    assert get(collector, f"contracts/{billed}/").status_code == 200
    for path, body in (
        ("contracts/", BODY),
        (f"contracts/{billed}/next/", BODY),
        ("fee-items/", {}),
        (f"tariffs/{tariff}/subscriptions/", {}),
        (f"subscriptions/{held}/end/", {}),
    ):
        assert post(collector, path, body).status_code == 403
    assert patch(collector, f"contracts/{billed}/", {}).status_code == 403
    for path in (f"contracts/{billed}/", f"tariffs/{tariff}/subscriptions/"):
        assert get(stranger, path).status_code == 404
    assert patch(stranger, f"contracts/{billed}/", {}).status_code == 404
    assert post(stranger, f"subscriptions/{held}/end/", {"end_on": "2026-03-01"}).status_code == 404
    assert get(stranger, "contracts/").json()["count"] == 1
