"""The ladder in the browser: read by many, changed by the administrator, one per community if wanted."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases.models import Ladder


def text(response):
    return response.content.decode()


def days(**changed):
    asked = {"name": "2026", "active_from": "2026-03-01"}
    first = (1, 2, 16, 31, 61, 91, 91, 91, 91)
    asked |= {f"min_days_{level}": str(day) for level, day in enumerate(first, start=1)}
    return asked | {"period_days_3": "15", "period_days_5": "15", "period_days_7": "15"} | changed


def test_the_ladder_is_read_by_many_and_changed_by_the_administrator(late, english):
    page = text(english(late, "collector").get("/ladder/"))
    assert "Second demand" in page
    assert "/ladder/new/" not in page
    assert english(late, "collector").get("/ladder/new/").status_code == 403
    client = english(late, "company_admin")
    assert 'name="min_days_3" value="16"' in text(client.get("/ladder/new/"))
    done = client.post("/ladder/new/", days(min_days_3="20"), follow=True)
    assert done.status_code == 200
    with late.open():
        made = Ladder.objects.latest("pk")
        assert (made.community_id, made.active_from, made.name) == (None, date(2026, 3, 1), "2026")
        assert made.rungs.get(level=3).min_days == 20
        assert made.rungs.get(level=5).approver == "project_manager"


def test_a_community_gets_a_ladder_of_its_own(cast, late, english):
    client = english(late, "company_admin")
    url = f"/ladder/new/?community={late.community.pk}"
    assert "锦绣花园" in text(client.get(url))
    assert client.post(url, days()).status_code == 302
    with late.open():
        assert Ladder.objects.latest("pk").community_id == late.community.pk
    assert client.get(f"/ladder/new/?community={cast.yunding.community.pk}").status_code == 404
    assert client.get("/ladder/new/?community=x").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"min_days_3": "1"}, "min_days_3"),
        ({"min_days_4": ""}, "min_days_4"),
        ({"period_days_3": "3"}, "period_days_3"),
        ({"active_from": "soon"}, "active_from"),
        ({"name": ""}, "name"),
    ],
)
def test_a_ladder_that_cannot_stand_is_said_beside_its_field(late, english, changed, field):
    with late.open():
        before = Ladder.objects.count()
    response = english(late, "company_admin").post("/ladder/new/", days(**changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    with late.open():
        assert Ladder.objects.count() == before


def test_two_versions_stand_side_by_side_with_what_differs_in_words(late, english):
    client = english(late, "company_admin")
    assert "one version so far" in text(client.get("/ladder/compare/"))
    client.post("/ladder/new/", days(min_days_3="20", period_days_5="10"))
    page = text(client.get("/ladder/compare/"))
    assert "2 rungs differ" in page
    assert "opens 4 days later" in page
    assert "5 days less to pay" in page
    assert "<mark>16</mark>" in page
    assert "<mark>20</mark>" in page
    with late.open():
        first, second = Ladder.objects.order_by("version").values_list("pk", flat=True)
    back = text(client.get(f"/ladder/compare/?before={second}&after={first}"))
    assert "opens 4 days earlier" in back
    same = text(client.get(f"/ladder/compare/?before={first}&after={first}"))
    assert "Both versions ask for the same" in same
    wrong = client.get(f"/ladder/compare/?before=999999&after={first}")
    assert 'id="id_before_error"' in text(wrong)
    assert f"/ladder/compare/?before={first}&amp;after={second}" in text(client.get(f"/ladder/{second}/"))


def test_a_communitys_first_ladder_is_read_against_the_companys(late, english):
    client = english(late, "company_admin")
    client.post(f"/ladder/new/?community={late.community.pk}", days(min_days_4="40"))
    with late.open():
        own = Ladder.objects.get(community=late.community).pk
        company = Ladder.objects.get(community=None).pk
    assert f"/ladder/compare/?before={company}&amp;after={own}" in text(client.get(f"/ladder/{own}/"))
    assert "opens 9 days later" in text(client.get("/ladder/compare/"))
