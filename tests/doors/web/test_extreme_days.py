"""Days beyond all reckoning are refused or left aside, never a fault of the house."""

from __future__ import annotations

import pytest

FAR = [
    "from_on=0001-01-01&to_on=9999-12-31",
    "from_on=9999-12-31&to_on=9999-12-31",
    "from_on=0001-01-01&to_on=0001-01-01",
]


@pytest.mark.parametrize("days", FAR)
@pytest.mark.parametrize("path", ["/record/", "/sheets/", "/sheets/ready/", "/week/"])
def test_a_page_with_such_days_shows_what_it_shows_without_them(cast, log_in, path, days):
    client = log_in(cast.jinxiu, "team_lead")
    assert client.get(f"{path}?{days}").status_code == client.get(path).status_code


@pytest.mark.parametrize("days", FAR)
def test_the_api_names_the_field(cast, log_in, days):
    answer = log_in(cast.jinxiu, "team_lead").get(f"/api/v1/record/?{days}")
    assert answer.status_code == 422, answer.content
    assert set(answer.json()["errors"]) <= {"from_on", "to_on"}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_there_is_no_sheet_of_such_a_day(cast, log_in, day):
    key = f"RECORD-{cast.jinxiu.community.pk}-1-{day}"
    assert log_in(cast.jinxiu, "team_lead").get(f"/sheets/{key}/").status_code == 404
