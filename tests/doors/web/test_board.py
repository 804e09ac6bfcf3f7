"""The building board on the screen and over the API: who sees it, what it says, how it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from tenancy.kernel import clock
from tests.money import owe

TODAY = date(2026, 3, 2)


@pytest.fixture
def owing(cast, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with cast.jinxiu.open():
        owe(cast.jinxiu, 21_002, date(2026, 1, 20))
    return cast.jinxiu


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_square_tells_its_line_and_opens_the_unit(owing, log_in):
    text = page(log_in(owing, "project_manager").get("/board/"))
    unit = owing.units["3-1-1602"].pk
    assert f'class="square state-DAYS_31_90" href="/units/{unit}/"' in text
    assert "3-1-1602 · 张三" in text
    assert "¥210.02" in text
    assert "2026-01-20" in text
    assert '<th scope="row">17</th>' in text


def test_a_state_is_told_in_words_too(owing, log_in):
    client = log_in(owing, "project_manager")
    client.post("/language/", {"language": "en"})
    text = page(client.get("/board/"))
    for words in ("31 to 90 days late", "Empty or unsold", "<small>90d</small>", "Building 3"):
        assert words in text


def test_whose_role_may_not_see_contacts_sees_no_whole_name(owing, log_in):
    text = page(log_in(owing, "auditor").get("/board/"))
    assert "张*" in text
    assert "张三" not in text


def test_bays_are_a_part_of_their_own(owing, log_in):
    text = page(log_in(owing, "cashier").get(f"/board/?community={owing.community.pk}&building=bays"))
    assert "B1-001" in text
    assert "3-1-1602" not in text


def test_a_patrol_has_no_board(owing, log_in):
    assert log_in(owing, "patrol").get("/board/").status_code == 403
    assert log_in(owing, "patrol").get("/api/v1/board/?community=1").status_code == 403


@pytest.mark.parametrize("asked", ["community=x", "community=999999999", "community=1&building=" + "9" * 30])
def test_what_cannot_be_read_is_said_beside_the_field(owing, log_in, asked):
    answer = log_in(owing, "collector").get(f"/board/?{asked}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_other_company_has_a_board_of_its_own(cast, owing, log_in):
    text = page(log_in(cast.yunding, "collector").get("/board/"))
    assert "云顶苑" in text
    assert f"/units/{owing.units['3-1-1602'].pk}/" not in text
    theirs = f"community={owing.community.pk}"
    assert log_in(cast.yunding, "collector").get(f"/board/?{theirs}").status_code == 422
    assert log_in(cast.yunding, "collector").get(f"/api/v1/board/?{theirs}").status_code == 404


def test_a_building_that_is_not_there_is_not_found(owing, log_in):
    where = f"community={owing.community.pk}&building=999999"
    assert log_in(owing, "collector").get(f"/board/?{where}").status_code == 404
    assert log_in(owing, "collector").get(f"/api/v1/board/?{where}").status_code == 404


def test_a_program_reads_the_same_board(owing, log_in):
    answer = log_in(owing, "collector").get(f"/api/v1/board/?community={owing.community.pk}")
    told = answer.json()
    assert answer.status_code == 200
    assert told["part"] | {"key": "", "name": ""} == {
        "key": "", "name": "", "units": 3, "owing": 1, "overdue": "210.02",
    }  # fmt: skip
    (square,) = [unit for unit in told["units"] if unit["code"] == "3-1-1602"]
    assert (square["state"], square["people"], square["since"]) == ("DAYS_31_90", ["张三"], "2026-01-20")
    assert told["counts"]["EMPTY"] == 1


@pytest.mark.parametrize("asked", ["", "community=x", "community=1&building=castle"])
def test_a_program_is_told_what_it_asked_wrongly(owing, log_in, asked):
    assert log_in(owing, "collector").get(f"/api/v1/board/?{asked}").status_code == 422
