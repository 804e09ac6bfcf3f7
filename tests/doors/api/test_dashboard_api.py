"""The dashboard and the targets as programs see them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tenancy.kernel import clock
from tests.dashboard import worked_example

BOARD, TARGETS = "/api/v1/reports/dashboard/", "/api/v1/reports/targets/"


@pytest.fixture
def example(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 4, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 6, 30))
    with cast.jinxiu.open():
        worked_example(cast.jinxiu)
    return cast.jinxiu


def post(client, body):
    return client.post(TARGETS, body, content_type="application/json")


def test_the_dashboard_gives_the_same_figures_as_the_page(example, log_in):
    said = log_in(example, "project_manager").get(BOARD).json()
    rates = {row["code"]: row for row in said["rates"]}
    assert rates["current_rate"] == {
        "code": "current_rate", "rate": "71.93", "part": 469_368, "whole": 652_518, "is_money": True,
        "last_month": "46.90", "last_year": "0.00", "mom_pp": "25.03", "yoy_pp": "71.93",
    }  # fmt: skip
    assert rates["household_rate"]["rate"] == "60.00"
    assert (said["as_of"], said["day"]["amount"]) == ("2026-06-30", "0.00")
    assert set(said["needs"]) == {"approvals", "undelivered", "nights_behind", "unsigned"}
    assert [row["rung"] for row in said["heat"]] == ["NO_CASE"]
    assert said["heat"][0]["total"] == {"bucket": "", "accounts": 2, "overdue": "5651.50"}


def test_a_past_day_and_a_community_narrow_it(example, log_in):
    client = log_in(example, "project_manager")
    said = client.get(BOARD, {"as_of": "2026-05-31", "community": example.community.pk}).json()
    assert (said["as_of"], said["rates"][0]["rate"], said["heat"]) == ("2026-05-31", "46.90", None)
    assert client.get(BOARD, {"as_of": "2027-01-01"}).json()["as_of"] == "2026-06-30"


@pytest.mark.parametrize(
    ("query", "status"), [({"community": 999_999}, 404), ({"community": "x"}, 422), ({"as_of": "soon"}, 422)]
)
def test_what_cannot_be_asked_is_refused(example, log_in, query, status):
    assert log_in(example, "project_manager").get(BOARD, query).status_code == status


def test_the_other_company_does_not_find_the_community(cast, example, log_in):
    client = log_in(cast.yunding, "project_manager")
    assert client.get(BOARD, {"community": example.community.pk}).status_code == 404


def test_the_desk_is_refused(example, log_in):
    assert log_in(example, "collector").get(BOARD).status_code == 403
    assert post(log_in(example, "project_manager"), {}).status_code == 403


def test_a_target_is_set_and_listed(example, log_in):
    client = log_in(example, "finance")
    made = post(client, {"community": example.community.pk, "year": 2026, "amount": "120000.00"})
    assert made.status_code == 201
    assert made.json() | {"id": 0} == {
        "id": 0, "community": example.community.pk, "community_name": "锦绣花园", "year": 2026,
        "from_on": "2026-06-30", "amount": "120000.00", "holds": True,
    }  # fmt: skip
    assert client.get(TARGETS, {"year": 2026}).json()["results"] == [made.json()]
    assert client.get(TARGETS, {"year": 2025}).json()["results"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"amount": "0.00"}, 422, "reports.target_not_valid"),
        ({"amount": 5}, 422, "invalid"),
        ({"year": 2031}, 422, "reports.target_not_valid"),
        ({"community": 999_999_999}, 404, "not_found"),
    ],
)
def test_a_target_that_cannot_be_is_refused_with_a_code(example, log_in, body, status, code):
    answer = post(
        log_in(example, "finance"),
        {"community": example.community.pk, "year": 2026, "amount": "120000.00", **body},
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)
