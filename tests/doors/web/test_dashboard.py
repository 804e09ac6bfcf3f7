"""The dashboard and the targets as managers see them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from owners.models import Community
from reports.models import Target
from reports.services import keep_figures
from tenancy.kernel import clock
from tenancy.people.models import Membership
from tests.dashboard import worked_example
from tests.house.world import world

BOARD, TARGETS, SET = "/reports/dashboard/", "/reports/targets/", "/reports/targets/set/"
T = date(2026, 6, 30)
MANAGERS = ("project_manager", "branch_gm", "finance", "company_admin", "auditor")


@pytest.fixture
def june(monkeypatch):
    """The doors look at the clock on 2026-06-30 at noon."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 4, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: T)


@pytest.fixture
def example(cast, june):
    with cast.jinxiu.open():
        worked_example(cast.jinxiu)
    return cast.jinxiu


def read(client, path=BOARD, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


@pytest.mark.parametrize("role", MANAGERS)
def test_who_manages_sees_the_rates_with_their_calculation(example, log_in, role):
    shown = read(log_in(example, role))
    assert "71.93%" in shown
    assert "28.22%" in shown
    assert "60.00%" in shown
    assert "¥4,693.68 ÷ ¥6,525.18 = 71.93%" in shown
    assert BOARD in shown[: shown.index("</nav>")]


@pytest.mark.parametrize("role", ["collector", "cashier", "patrol", "team_lead", "legal"])
def test_the_desk_is_not_shown_the_dashboard(cast, log_in, role):
    client = log_in(cast.jinxiu, role)
    assert client.get(BOARD).status_code == HTTPStatus.FORBIDDEN
    assert client.get(TARGETS).status_code == HTTPStatus.FORBIDDEN
    assert BOARD not in client.get("/").content.decode()


def test_a_month_that_is_over_is_looked_at_on_its_last_day(example, log_in):
    client = log_in(example, "project_manager")
    shown = read(client, month="2026-05")
    assert "2026-05-31" in shown
    assert "46.90%" in shown
    assert "2026-06-30" in read(client, month="2026-06")
    assert "2026-06-30" in read(client, month="2027-01"), "nothing is known of months to come"


def test_a_community_narrows_the_page_and_stands_in_the_links(example, log_in):
    with example.open():
        other = Community.objects.create(code="J2", name="锦绣二期").pk
    client = log_in(example, "project_manager")
    assert "71.93%" not in read(client, community=other)
    mine = read(client, community=example.community.pk)
    assert f"/bills/?community={example.community.pk}&amp;state=OVERDUE" in mine


@pytest.mark.parametrize(
    ("name", "value"),
    [("month", "2026-13"), ("month", "x" * 50), ("community", "999999"), ("community", "' OR 1")],
)
def test_a_filter_that_cannot_be_narrows_nothing_and_says_so(example, log_in, name, value):
    answer = log_in(example, "project_manager").get(BOARD, {name: value})
    assert answer.status_code == HTTPStatus.OK
    assert "71.93%" in answer.content.decode()
    assert name in answer.context["form"].errors


def test_the_cells_lead_to_the_rows_behind_them(cast, log_in, monkeypatch):
    things = world(cast.jinxiu)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 2, 20, 4, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 2, 20))
    client = log_in(cast.jinxiu, "project_manager")
    (line,) = client.get(BOARD).context["table"]
    (spot,) = [spot for spot in line.spots if spot.accounts]
    assert (line.code, spot.accounts, spot.yuan) == ("NO_RUNG", 1, "200")
    assert spot.url == f"{reverse('cases:cases')}?rung=NO_RUNG&late_from=16&late_to=30"
    assert reverse("cases:case", args=[things["case_id"]]) in read(client, spot.url)
    away = spot.url.replace("late_from=16", "late_from=21")
    assert reverse("cases:case", args=[things["case_id"]]) not in read(client, away)
    assert reverse("cases:case", args=[things["case_id"]]) not in read(
        client, spot.url.replace("NO_RUNG", "DEMAND")
    )


def test_only_what_the_house_keeps_is_asked_for(example, log_in):
    needs = log_in(example, "project_manager").get(BOARD).context["needs"]
    assert [need.count for need in needs] == [0, 2, 0, 0]


def test_the_page_says_how_old_its_figures_are_and_reckons_anew_when_asked(example, log_in):
    with example.open():
        keep_figures(as_of=T, at=datetime(2026, 6, 29, 21, tzinfo=UTC))
    client = log_in(example, "project_manager")
    shown = read(client)
    assert "2026-06-30 05:00" in shown
    assert "fresh=1" in shown
    assert "2026-06-30 12:00" in read(client, fresh=1)


def test_a_company_without_a_community_is_told_what_comes_first(cast, log_in):
    client = log_in(cast.jinxiu, "project_manager")
    Membership.objects.filter(user=cast.jinxiu.people["project_manager"]).update(community_ids=[0])
    answer = client.get(BOARD)
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["board"].communities == ()


def test_the_page_asks_the_database_the_same_number_of_times_for_much_and_for_little(cast, june, log_in):
    client = log_in(cast.jinxiu, "project_manager")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    asked()
    little = asked()
    with cast.jinxiu.open():
        worked_example(cast.jinxiu)
        for n in range(4):
            Community.objects.create(code=f"J{n}", name=f"锦绣{n}期")
    assert asked() == little
    assert little <= 30


def test_a_manager_lands_on_the_dashboard_and_the_desk_on_its_day(cast, client):
    for role, place in (
        ("project_manager", BOARD),
        ("branch_gm", BOARD),
        ("collector", "/"),
        ("finance", "/"),
    ):
        said = {"username": f"jinxiu-{role}", "password": "demo-password-2026"}
        assert client.post("/login/", said).headers["Location"] == place
        client.post("/logout/")
    said = {"username": "jinxiu-project_manager", "password": "demo-password-2026"}
    assert client.post("/login/?next=/units/", {**said, "next": "/units/"}).headers["Location"] == "/units/"


# -- Targets --------------------------------------------------------------------------------------
def test_a_target_is_set_and_shown_against_what_was_taken(example, log_in):
    client = log_in(example, "finance")
    body = {"community": example.community.pk, "year": 2026, "amount": "120,000"}
    assert client.post(SET, body).headers["Location"] == TARGETS
    assert "¥120,000.00" in read(client, TARGETS)
    assert "¥120,000.00" in read(client)
    assert "¥10,000.00" in read(client), "the month's twelfth"


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", "0"), ("amount", "-5"), ("amount", "much"), ("amount", "9" * 18), ("year", "2031"), ("year", "x"),
     ("community", "999999"), ("community", "")],
)  # fmt: skip
def test_a_target_that_cannot_be_is_answered_beside_its_field(example, log_in, field, value):
    body = {"community": example.community.pk, "year": 2026, "amount": "120000", field: value}
    answer = log_in(example, "finance").post(SET, body)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert field in answer.context["form"].errors
    with example.open():
        assert not Target.objects.exists()


def test_who_only_looks_sets_no_target(example, log_in):
    for role in ("project_manager", "auditor"):
        client = log_in(example, role)
        assert client.post(SET, {}).status_code == HTTPStatus.FORBIDDEN
        assert SET not in read(client, TARGETS)


def test_no_target_is_set_for_a_community_of_another_company(cast, june, log_in):
    body = {"community": cast.yunding.community.pk, "year": 2026, "amount": "5"}
    assert log_in(cast.jinxiu, "finance").post(SET, body).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
