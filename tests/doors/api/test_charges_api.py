"""Runs, bills, charges, accounts, tariffs and statements as programs see them."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Bill, Charge, TariffVersion
from billing.charges.services import issue_bills
from tenancy.people.models import Job
from values.period import Period

JANUARY = Period.month(2026, 1)
V1 = "/api/v1"


@pytest.fixture
def billed(cast):
    """锦绣花园 with its bills of January 2026."""
    with cast.jinxiu.open():
        issue_bills(community_id=cast.jinxiu.community.pk, period=JANUARY, issued_on=date(2026, 1, 5))
    return cast.jinxiu


def get(client, path, **query):
    return client.get(f"{V1}/{path}", query)


def post(client, path, body):
    return client.post(f"{V1}/{path}", body, content_type="application/json")


def bill_of(company, unit="3-1-1602"):
    with company.open():
        return Bill.objects.get(account=company.accounts[unit])


def test_a_preview_counts_to_the_fen_and_writes_nothing(cast, log_in):
    answer = get(
        log_in(cast.jinxiu, "finance"), "runs/preview/",
        community=cast.jinxiu.community.pk, month="2026-01", issued_on="2026-01-05",
    )  # fmt: skip
    said = answer.json()
    assert (said["bills"], said["total"], said["before"], said["reasons"]) == (4, "1019.98", "0.00", {})
    assert {item["fee_item"]: item["amount"] for item in said["items"]} == {
        "物业费": "719.98",
        "停车费": "300.00",
    }
    with cast.jinxiu.open():
        assert Bill.objects.count() == 0


def test_a_preview_of_the_next_month_shows_the_difference(billed, log_in):
    with billed.open():
        TariffVersion.objects.create(
            tariff=billed.tariffs["property"], from_on=date(2026, 2, 1), rate_micro=2_450_000
        )
    said = get(
        log_in(billed, "finance"), "runs/preview/",
        community=billed.community.pk, month="2026-02", issued_on="2026-02-05",
    ).json()  # fmt: skip
    assert (said["before"], said["difference"]) == ("1019.98", "30.64")
    assert said["changes"][0] == {
        "unit": "3-1-1702", "before": "283.18", "amount": "295.23", "difference": "12.05", "reasons": ["price"],
    }  # fmt: skip
    assert len(said["changes"]) == 3


def test_issuing_answers_a_job_to_watch(cast, log_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        answer = post(
            log_in(cast.jinxiu, "finance"),
            "runs/",
            {"community": cast.jinxiu.community.pk, "month": "2026-01"},
        )
    assert answer.status_code == 202
    with cast.jinxiu.open():
        assert Job.objects.get(pk=answer.json()["job"]).kind == "bill_run"
    assert len(waiting) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"month": "2026-01"}, 422, "invalid"),
        ({"community": 0, "month": "2026-01"}, 422, "invalid"),
        ({"community": 999_999, "month": "2026-01"}, 404, "not_found"),
        ({"community": 1, "month": "January"}, 422, "invalid"),
    ],
)
def test_a_run_that_cannot_be_is_refused_with_a_code(cast, log_in, body, status, code):
    answer = post(log_in(cast.jinxiu, "finance"), "runs/", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_run_without_a_contract_is_refused_with_its_own_code(cast, log_in):
    answer = post(
        log_in(cast.jinxiu, "finance"), "runs/", {"community": cast.jinxiu.community.pk, "month": "2019-01"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "charges.no_contract")


def test_runs_are_listed_with_their_totals(billed, log_in):
    client = log_in(billed, "finance")
    (run,) = get(client, "runs/").json()["results"]
    assert (run["bills"], run["amount"], run["period"]["text"]) == (4, "1019.98", "2026年1月")
    assert get(client, f"runs/{run['id']}/").json() == run
    assert get(client, "runs/", community=0).status_code == 422


def test_bills_are_filtered_and_paged(billed, log_in):
    client = log_in(billed, "collector")
    assert get(client, "bills/").json()["count"] == 4
    page = get(client, "bills/", page_size=1).json()
    assert (page["count"], len(page["results"])) == (4, 1)
    (bill,) = get(client, "bills/", q="3-1-1602").json()["results"]
    assert (bill["amount"], bill["state"], bill["unit_code"]) == ("210.02", "OVERDUE", "3-1-1602")
    assert get(client, "bills/", unit=billed.units["B1-001"].pk).json()["results"][0]["amount"] == "300.00"
    assert get(client, "bills/", state="NONSENSE").status_code == 422


def test_a_bill_carries_the_calculation_of_its_charges(billed, log_in):
    said = get(log_in(billed, "collector"), f"bills/{bill_of(billed).pk}/").json()
    (charge,) = said["charges"]
    assert charge["lines"] == [
        {
            "month": "2026-01", "days": 31, "days_in_month": 31, "basis": "AREA", "area_m2": "89.37",
            "rate": "2.35", "surcharge": "0.00", "quantity": "", "amount": "210.02",
        }
    ]  # fmt: skip
    assert charge["late_fee_rate"] == "0.0003"


def test_a_charge_is_explained_as_of_any_day(billed, log_in):
    with billed.open():
        charge = Charge.objects.get(unit=billed.units["3-1-1602"])
    client = log_in(billed, "collector")
    on_time = get(client, f"charges/{charge.pk}/", as_of="2026-01-31").json()
    assert (on_time["late_fee"], on_time["late_fee_lines"]) == ("0.00", [])
    late = get(client, f"charges/{charge.pk}/", as_of="2026-02-10").json()
    assert late["late_fee"] == "0.63"
    assert late["late_fee_lines"][0] == {
        "first_on": "2026-02-01", "last_on": "2026-02-10", "unpaid": "210.02", "days": 10, "free_days": 0,
        "exact": "0.63006",
    }  # fmt: skip


def test_a_bill_is_taken_back_once(billed, log_in):
    client, bill = log_in(billed, "finance"), bill_of(billed)
    answer = post(client, f"bills/{bill.pk}/void/", {"reason": "面积有误"})
    assert (answer.status_code, answer.json()["bill"]["state"]) == (200, "VOID")
    again = post(client, f"bills/{bill.pk}/void/", {"reason": "面积有误"})
    assert (again.status_code, again.json()["code"]) == (409, "charges.already_void")
    assert post(log_in(billed, "collector"), f"bills/{bill.pk}/void/", {"reason": "x"}).status_code == 403


def test_an_account_says_what_it_owes_as_of_a_day(billed, log_in):
    client, account = log_in(billed, "collector"), billed.accounts["3-1-1602"]
    said = get(client, f"accounts/{account.pk}/", as_of="2026-02-10").json()
    assert said["owed"] == {
        "principal": "210.02", "late_fee": "0.63", "total": "210.65", "overdue": "210.02",
        "oldest_due_on": "2026-01-31", "months": 1,
    }  # fmt: skip
    assert [charge["unpaid"] for charge in said["charges"]] == ["210.02"]
    (row,) = get(client, "accounts/", unit=account.unit_id).json()["results"]
    assert (row["id"], row["party_name"]) == (account.pk, "张三")


def test_a_statement_is_of_the_whole_unit(billed, log_in):
    unit = billed.units["3-1-1602"]
    said = get(log_in(billed, "collector"), f"units/{unit.pk}/statement/", as_of="2026-02-10").json()
    assert said["owed"]["total"] == "210.65"
    assert said["accounts"][0]["open"][0]["days_late"] == 10


def test_tariffs_and_contracts_are_listed(cast, log_in):
    client = log_in(cast.jinxiu, "collector")
    tariffs = {row["name"]: row for row in get(client, "tariffs/").json()["results"]}
    assert (tariffs["物业费标准"]["versions"][0]["rate"], tariffs["物业费标准"]["units"]) == ("2.35", 3)
    assert {row["code"] for row in get(client, "fee-items/").json()["results"]} == {"property", "parking"}
    (contract,) = get(client, "contracts/").json()["results"]
    assert contract["late_fee_rate"] == "0.00030000"


def test_a_price_is_added_from_a_day_on(billed, log_in):
    client, tariff = log_in(billed, "finance"), billed.tariffs["property"]
    path = f"tariffs/{tariff.pk}/versions/"
    made = post(client, path, {"from_on": "2026-02-01", "rate": "2.45"})
    assert made.status_code == 201
    assert [version["rate"] for version in made.json()["versions"]] == ["2.45", "2.35"]
    early = post(client, path, {"from_on": "2026-01-10", "rate": "2.45"})
    assert (early.status_code, early.json()["code"]) == (409, "charges.tariff_already_billed")
    assert early.json()["params"] == {"billed_to": "2026-02-01"}
    assert post(client, path, {"from_on": "2026-03-01", "rate": "-1"}).status_code == 422
    assert post(log_in(billed, "collector"), path, {}).status_code == 403


def test_a_tariff_is_added_once(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    body = {
        "community": cast.jinxiu.community.pk, "fee_item": cast.jinxiu.items["property"].pk, "name": "商铺",
        "basis": "AREA", "from_on": "2026-01-01", "rate": "4.80", "surcharge": "5.50", "cycle_months": 3,
    }  # fmt: skip
    made = post(client, "tariffs/new/", body)
    assert made.status_code == 201
    assert made.json()["versions"][0]["surcharge"] == "5.50"
    assert post(client, "tariffs/new/", body).json()["code"] == "charges.name_taken"


@pytest.mark.parametrize("body", [{"fee_item": 999_999_999}, {"community": 999_999_999}])
def test_a_tariff_needs_a_fee_item_and_a_community_of_ones_own(cast, log_in, body):
    good = {
        "community": cast.jinxiu.community.pk, "fee_item": cast.jinxiu.items["property"].pk, "name": "商铺",
        "basis": "AREA", "from_on": "2026-01-01", "rate": "4.80",
    }  # fmt: skip
    assert post(log_in(cast.jinxiu, "finance"), "tariffs/new/", good | body).status_code == 404


def test_the_other_company_finds_nothing(billed, cast, log_in):
    client = log_in(cast.yunding, "company_admin")
    with billed.open():
        charge = Charge.objects.get(unit=billed.units["3-1-1602"])
        run_id = Bill.objects.get(pk=charge.bill_id).run_id
    paths = [
        f"bills/{charge.bill_id}/", f"charges/{charge.pk}/", f"accounts/{charge.account_id}/", f"runs/{run_id}/",
        f"units/{charge.unit_id}/statement/", f"tariffs/{billed.tariffs['property'].pk}/",
    ]  # fmt: skip
    assert {path: get(client, path).status_code for path in paths} == dict.fromkeys(paths, 404)
    assert get(client, "bills/").json()["count"] == 0
    assert post(client, f"bills/{charge.bill_id}/void/", {"reason": "x"}).status_code == 404
