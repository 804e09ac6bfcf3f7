"""The page of the day and the ageing report, as people see them."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO

import pytest
from django.urls import NoReverseMatch, reverse
from python_calamine import load_workbook

from tenancy.kernel import clock
from tenancy.kernel.permissions import Role
from tenancy.people.models import JobRun
from tests.house.world import world


@pytest.fixture
def things(cast) -> dict[str, object]:
    return world(cast.jinxiu)


def _titles(answer) -> list[str]:
    return [card.title for card in answer.context["cards"]]


@pytest.mark.parametrize("role", list(Role))
def test_the_day_opens_for_every_role(cast, log_in, things, role):
    assert log_in(cast.jinxiu, role).get("/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (
            "collector",
            [
                *(
                    "Calls due",
                    "Promises due today",
                    "Visits due",
                    "My rounds",
                    "Papers to deliver",
                    "Taken today",
                ),
                "Sheets returned to you",
            ],
        ),
        ("cashier", ["Promises due today", "Taken today", "Days not closed"]),
        ("patrol", ["My rounds", "Papers to deliver"]),
        (
            "branch_gm",
            [
                *("Promises due today", "Taken today", "Days not closed"),
                *("Decisions that wait for you", "Sheets to sign", "Court papers and reviews"),
            ],
        ),
    ],
)
def test_a_role_is_shown_what_it_does_in_the_order_of_the_work(cast, english, role, titles):
    assert _titles(english(cast.jinxiu, role).get("/")) == titles


@pytest.mark.parametrize(
    ("role", "keys"), [("collector", {"c": "/calls/"}), ("cashier", {"t": "/counter/"}), ("patrol", {})]
)
def test_one_key_starts_the_days_work(cast, english, things, role, keys):
    answer = english(cast.jinxiu, role).get("/")
    starts = {start.key: start.url for start in answer.context["starts"]}
    assert starts.keys() == keys.keys()
    assert all(starts[key].startswith(place) for key, place in keys.items())
    if role == "collector":
        assert starts["c"] == f"/calls/{things['case_id']}/", "the first case that is due"


def test_no_key_starts_calls_when_none_is_due(cast, english):
    assert english(cast.jinxiu, "collector").get("/").context["starts"] == []


def test_the_desk_sees_the_next_calls_with_amount_and_reason(cast, english, things):
    page = english(cast.jinxiu, "collector").get("/").content.decode()
    assert "3-1-1602" in page
    assert "¥200.02" in page
    assert "Next calls" in page


def test_a_patrol_sees_no_name_and_no_amount(cast, english, things):
    page = english(cast.jinxiu, "patrol").get("/").content.decode()
    assert "张三" not in page
    assert "¥" not in page


def test_the_other_company_sees_an_empty_day(cast, english, things):
    answer = english(cast.yunding, "collector").get("/")
    assert {card.count for card in answer.context["cards"]} == {0}
    assert "3-1-1602" not in answer.content.decode()


def test_a_night_that_failed_or_stayed_away_is_seen(cast, english):
    today = clock.today()
    for job, state, day in (
        ("ladder", "FAILED", today),
        ("bills", "DONE", today.replace(year=today.year - 1)),
    ):
        JobRun.objects.create(
            tenant=cast.jinxiu.tenant, job=job, day=day, state=state, started_at=clock.now()
        )
    answer = english(cast.jinxiu, "project_manager").get("/")
    assert [(n.job, n.state, n.is_late) for n in answer.context["today"].nights] == [
        ("bills", "DONE", True),
        ("ladder", "FAILED", False),
    ]
    assert "Failed" in answer.content.decode()


def test_the_night_of_another_company_is_not_shown(cast, english):
    JobRun.objects.create(
        tenant=cast.yunding.tenant,
        job="ladder",
        day=clock.today(),
        started_at=clock.now(),
        result={"error": "x"},
    )
    assert english(cast.jinxiu, "project_manager").get("/").context["today"].nights == []


def test_the_navigation_offers_what_the_role_may_open_and_marks_the_place(cast, english):
    answer = english(cast.jinxiu, "auditor").get("/settings/audit/")
    urls = {item["url"]: item["here"] for group in answer.context["nav"] for item in group["items"]}
    assert urls["/settings/audit/"] is True
    assert "/settings/keys/" not in urls
    assert 'aria-current="page"' in answer.content.decode()


def test_the_search_box_leads_to_the_search_over_everything(cast, english):
    try:
        units = reverse("reports:search")
    except NoReverseMatch:
        pytest.fail("reports:search is gone, and the search box with it")
    page = english(cast.jinxiu, "cashier").get("/").content.decode()
    assert f'action="{units}"' in page
    assert 'name="q"' in page


def test_the_ageing_page_adds_up_and_exports_what_it_shows(cast, english, things):
    client = english(cast.jinxiu, "finance")
    page = client.get("/reports/ageing/")
    total = page.context["report"].total
    assert (total.total_fen, total.accounts_overdue) == (20_002, 1)
    sheet = client.get("/reports/ageing.xlsx")
    assert "attachment" in sheet.headers["Content-Disposition"]
    rows = load_workbook(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    named = {row[0]: row for row in rows}
    assert named["锦绣花园"][1:4] == [1.0, 200.02, 200.02]
    assert named["Total"][1:4] == [1.0, 200.02, 200.02]


def test_the_api_tells_the_same_in_yuan(cast, log_in, things):
    client = log_in(cast.jinxiu, "finance")
    total = client.get("/api/v1/reports/ageing/").json()["total"]
    assert total["overdue"] == "200.02"
    assert sum(float(amount) for amount in total["buckets"].values()) == pytest.approx(200.02)
    other = client.get(f"/api/v1/reports/ageing/?community={cast.yunding.community.pk}").json()
    assert (other["rows"], other["total"]["total"]) == ([], "0.00")
    day = client.get("/api/v1/reports/today/").json()
    assert day["calls"] == {"count": 1, "amount": "0.00"}
    assert day["next_calls"][0]["reason_code"] == "due"
