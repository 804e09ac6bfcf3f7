"""The visitor's phone, and what patrol must not see there: names, amounts, phones, classes."""

from __future__ import annotations

import re

import pytest

from arrears.cases.models import Case
from arrears.team.models import Round
from arrears.team.services import Plan, plan_round
from tests import ladder
from tests.ladder import at, document, on
from tests.rounds import DAY, plan, visits_due

SECRETS = (
    "张三",
    "张*",
    "李四",
    "李*",
    "210.02",
    "283.18",
    "21002",
    "13800138000",
    "138****8000",
    "E_REFUSED",
    "E · ",
    "拒交",
)


@pytest.fixture
def due(cast, now):
    with cast.jinxiu.open():
        visits_due(cast.jinxiu)
        Case.objects.update(klass="E_REFUSED")
    now(DAY)
    return cast.jinxiu


@pytest.fixture
def carried(due):
    """Patrol carries two bills of February."""
    with due.open():
        ladder.bill(due, on(1), delivered_on=ladder.date.max)
    with due.open("team_lead"):
        bills = [document(due, "BILL_NOTICE", unit).pk for unit in ("3-1-1602", "3-1-1702")]
        return plan_round(
            plan=Plan(on=on(DAY), main_id=due.people["patrol"].pk, notice_ids=bills),
            as_of=on(DAY),
            at=at(on(DAY), 8),
        ).round_id


@pytest.fixture
def together(due):
    """A round of visits on which patrol goes along."""
    with due.open():
        return plan(due, second="patrol").round_id


def text(answer) -> str:
    return answer.content.decode()


def test_the_visitor_sees_whose_door_it_is_what_to_say_and_what_was_said(due, together, english):
    page = text(english(due, "collector").get(f"/walk/{together}/"))
    for wanted in (
        "3-1-1602",
        "张*",
        "¥210.02",
        "E · refuses",
        "two persons ring together",
        "Undecided",
        'name="signer"',
    ):
        assert wanted in page, wanted
    assert "张三" not in page
    assert "13800138000" not in page
    assert page.index("3-1-1602") < page.index("3-1-1702")


def test_patrol_sees_unit_numbers_and_papers_only(due, carried, together, log_in):
    client = log_in(due, "patrol")
    for round_id in (carried, together):
        page = text(client.get(f"/walk/{round_id}/"))
        assert "3-1-1602" in page
        assert [secret for secret in SECRETS if secret in page] == []
        told = client.get(f"/api/v1/walks/{round_id}/").content.decode()
        assert "3-1-1602" in told
        assert [secret for secret in SECRETS if secret in told] == []
    assert "way" in text(client.get(f"/walk/{carried}/"))
    assert 'data-kind="VISIT"' not in text(client.get(f"/walk/{together}/"))


def test_patrols_route_sheet_names_nobody(due, carried, together, monkeypatch, log_in):
    from arrears.team.documents import rounds as papers

    printed: list[str] = []
    monkeypatch.setattr(papers, "to_pdf", lambda markup: printed.append(markup) or b"%PDF")
    client = log_in(due, "patrol")
    for round_id in (carried, together):
        assert client.get(f"/walk/{round_id}/sheet.pdf").status_code == 200
    log_in(due, "team_lead").get(f"/rounds/{carried}/sheet.pdf")
    assert len(printed) == 3
    for markup in printed:
        assert "3-1-1602" in markup
        assert [secret for secret in SECRETS if secret in markup] == []
    log_in(due, "team_lead").get(f"/rounds/{together}/sheet.pdf")
    assert "张*" in printed[-1]


def test_patrol_has_no_way_to_the_office_pages_of_a_round(due, carried, log_in):
    client = log_in(due, "patrol")
    for path in (
        "/rounds/",
        f"/rounds/{carried}/",
        f"/rounds/{carried}/record.pdf",
        f"/api/v1/rounds/{carried}/",
        f"/api/v1/rounds/{carried}/entries/",
    ):
        assert client.get(path).status_code == 403, path


def test_patrol_walks_its_own_rounds_only(due, log_in):
    with due.open():
        other = plan(due, second="cs_supervisor").round_id
    client = log_in(due, "patrol")
    assert client.get(f"/walk/{other}/").status_code == 404
    assert client.get(f"/api/v1/walks/{other}/").status_code == 404
    assert str(other) not in re.findall(r"/walk/(\d+)/", text(client.get("/walk/")))


def test_my_rounds_are_listed_until_they_are_over(due, carried, english):
    client = english(due, "patrol")
    assert f"/walk/{carried}/" in text(client.get("/walk/"))
    with due.open():
        Round.objects.update(closed_at=at(on(DAY)))
    assert "No round is planned for you." in text(client.get("/walk/"))


def test_who_paid_meanwhile_is_shown_as_paid_without_a_form(due, together, english):
    from tests.money import pay

    with due.open():
        pay(due, 21_002 + 300_00, paid_on=on(DAY), posted_on=on(DAY), at=at(on(DAY), 9))
    page = text(english(due, "collector").get(f"/walk/{together}/"))
    assert "Paid in the meantime" in page
    assert page.count('data-kind="VISIT"') == 2


def test_a_place_is_asked_for_only_where_the_company_keeps_places(due, together, english):
    client = english(due, "collector")
    assert "data-place" not in text(client.get(f"/walk/{together}/"))
    english(due, "company_admin").post("/settings/visit-rounds/", {"keeps_places": "on"})
    page = client.get(f"/walk/{together}/")
    assert "data-place" in text(page)
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
