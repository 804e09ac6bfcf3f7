"""Imports in JSON: send, watch, read, confirm; refusals are problems; outsiders find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.charges.models import ImportBatch
from billing.charges.tasks import run_import
from owners.models import Community, Unit
from tests.hc_workbook import hc_workbook

DATA = Path(__file__).parents[2] / "data"
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(run_import, "delay", lambda **message: messages.append(message))
    return messages


def send(client, community, content, **more):
    file = SimpleUploadedFile("register.xlsx", content)
    told = {"kind": "REGISTER", "community_id": community, "as_of": "2025-12-28", "file": file}
    return client.post("/api/v1/imports/", told | more)


def test_a_register_goes_through_the_api_from_upload_to_import(committed, log_in, sent):
    with committed.jinxiu.open():
        community = Community.objects.create(code="J2", name="锦绣二期")
    client = log_in(committed.jinxiu, "finance")
    answer = send(client, community.pk, (DATA / "house-register.xlsx").read_bytes())
    assert answer.status_code == 202
    batch = answer.json()
    assert (batch["state"], batch["counts"]) == ("CHECKING", {})
    here = f"/api/v1/imports/{batch['id']}/"
    too_early = client.post(f"{here}confirm/")
    assert (too_early.status_code, too_early.json()["code"]) == (409, "import.not_now")

    run_import(**sent.pop())
    checked = client.get(here).json()
    assert (checked["state"], checked["counts"]["units"], checked["counts"]["rejected_rows"]) == (
        "CHECKED",
        836,
        7,
    )
    errors = client.get(f"{here}findings/", {"weight": "ERROR", "page_size": 5}).json()
    assert (errors["count"], len(errors["results"])) == (7, 5)
    first = errors["results"][0]
    assert (first["row"], first["column"], first["code"], first["unit"]) == (93, "D", "duplicate", "2-1-901")
    assert first["reason"] not in ("", "duplicate")

    assert client.post(f"{here}confirm/").status_code == 202
    run_import(**sent.pop())
    done = client.get(here).json()
    assert (done["state"], done["done"] == done["total"]) == ("DONE", True)
    with committed.jinxiu.open():
        assert Unit.objects.filter(community=community).count() == 1136
    listed = client.get("/api/v1/imports/").json()
    assert [row["id"] for row in listed["results"]] == [batch["id"]]


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"kind": "POEM"}, 422, "invalid"),
        ({"community_id": 10**9}, 404, "not_found"),
        ({"as_of": "soon"}, 422, "invalid"),
    ],
)
def test_bad_input_is_a_problem(cast, log_in, more, status, code):
    answer = send(log_in(cast.jinxiu, "finance"), cast.jinxiu.community.pk, hc_workbook(), **more)
    assert (answer.status_code, answer.json()["code"], answer["Content-Type"]) == (status, code, PROBLEM)


def test_a_file_that_is_no_workbook_is_a_problem(cast, log_in):
    answer = send(log_in(cast.jinxiu, "finance"), cast.jinxiu.community.pk, b"hello")
    assert (answer.status_code, answer.json()["code"]) == (422, "file.not_accepted")
    assert "file" in answer.json()["errors"]
    with cast.jinxiu.open():
        assert not ImportBatch.objects.exists()


def test_a_broken_workbook_fails_in_the_job_with_its_sentence(committed, log_in, sent):
    client = log_in(committed.jinxiu, "finance")
    batch = send(client, committed.jinxiu.community.pk, b"PK\x03\x04nothing").json()
    run_import(**sent.pop())
    found = client.get(f"/api/v1/imports/{batch['id']}/").json()
    assert (found["state"], found["error_code"]) == ("FAILED", "import.not_a_workbook")
    assert found["error"]


def test_the_role_decides_and_outsiders_find_nothing(cast, log_in, sent):
    batch = send(log_in(cast.jinxiu, "finance"), cast.jinxiu.community.pk, hc_workbook()).json()["id"]
    assert log_in(cast.jinxiu, "collector").get("/api/v1/imports/").status_code == 403
    outsider = log_in(cast.yunding, "finance")
    for path in ("", "findings/"):
        assert outsider.get(f"/api/v1/imports/{batch}/{path}").status_code == 404
    assert outsider.post(f"/api/v1/imports/{batch}/confirm/").status_code == 404
    assert send(outsider, cast.jinxiu.community.pk, hc_workbook()).status_code == 404
    assert outsider.get("/api/v1/imports/").json()["count"] == 0
