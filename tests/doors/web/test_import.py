"""Import in the browser: upload, preview, confirm, done; the worker is called as the broker would call it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from billing.charges.models import Charge, ImportBatch, ImportLine
from billing.charges.tasks import run_import
from owners.models import Community, Unit
from tenancy.kernel import clock
from tenancy.people.models import Job
from tests.hc_workbook import hc_workbook

DATA = Path(__file__).parents[2] / "data"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def sent(monkeypatch):
    """What the doors hand to the worker."""
    messages = []
    monkeypatch.setattr(run_import, "delay", lambda **message: messages.append(message))
    return messages


def upload(client, community, content=None, *, name="house-register.xlsx", kind="REGISTER"):
    content = (DATA / name).read_bytes() if content is None else content
    file = SimpleUploadedFile(name, content, content_type=XLSX)
    told = {"kind": kind, "community": community.pk, "as_of": "2025-12-28", "file": file}
    return client.post("/import/", told)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def garden(cast):
    with cast.jinxiu.open():
        return Community.objects.create(code="J2", name="锦绣二期")


def work(sent):
    run_import(**sent.pop())


def test_a_register_is_uploaded_previewed_confirmed_and_done(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    assert 'enctype="multipart/form-data"' in page(client.get("/import/"))
    there = upload(client, community)["Location"]
    assert re.fullmatch(r"/import/\d+/", there)
    waiting = page(client.get(there))
    assert f'hx-get="{there}state/"' in waiting
    assert "/confirm/" not in waiting
    assert client.get(f"{there}state/").headers.get("HX-Refresh") is None
    assert client.post(f"{there}confirm/").status_code == 409

    (message,) = sent
    assert (message["commit"], message["tenant_id"]) == (False, committed.jinxiu.tenant.pk)
    work(sent)
    assert client.get(f"{there}state/")["HX-Refresh"] == "true"
    preview = page(client.get(there))
    for figure in ("836", "300", "86", "22", "29"):
        assert f"<strong>{figure}</strong>" in preview
    assert "3-2-802" in preview
    assert "2-1-302" in page(client.get(f"{there}?weight=WARNING"))
    with committed.jinxiu.open():
        assert not Unit.objects.filter(community=community).exists()

    assert client.post(f"{there}confirm/")["Location"] == there
    assert client.post(f"{there}confirm/").status_code == 409
    work(sent)
    done = page(client.get(there))
    assert f"/units/?community={community.pk}" in done
    assert "/confirm/" not in done
    assert client.post(f"{there}confirm/").status_code == 409
    with committed.jinxiu.open():
        assert Unit.objects.filter(community=community).count() == 1136
        history = Unit.history.filter(community_id=community.pk).values_list("history_user_id", flat=True)
        assert set(history) == {committed.jinxiu.people["cashier"].pk}
        job = Job.objects.order_by("pk").last()
        assert (job.state, job.done == job.total, job.result["created"]) == ("DONE", True, 1136)
    assert "house-register.xlsx" in page(client.get("/import/"))


def test_arrears_come_in_the_same_way(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "finance")
    for name, kind in (("house-register.xlsx", "REGISTER"), ("arrears-list.xlsx", "ARREARS")):
        there = upload(client, community, name=name, kind=kind)["Location"]
        work(sent)
        preview = page(client.get(there))
        client.post(f"{there}confirm/")
        work(sent)
    assert "¥848815.35" in preview
    with committed.jinxiu.open():
        assert Charge.objects.filter(kind="OPENING", community=community).count() == 3213


def test_the_findings_are_a_workbook_with_reasons_in_words(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    there = upload(client, community)["Location"]
    work(sent)
    answer = client.get(f"{there}findings/?weight=ERROR")
    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"].startswith("attachment")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 7
    assert [row[2] for row in rows[1:]] == [93, 119, 199, 376, 449, 593, 712]
    assert all(row[7] and row[7] != "area_zero" for row in rows[1:])
    everything = client.get(f"{there}findings/").content
    assert len(CalamineWorkbook.from_filelike(BytesIO(everything)).get_sheet_by_index(0).to_python()) > 18


def test_the_same_file_again_shows_that_there_is_nothing_to_import(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    for _time in range(2):
        there = upload(client, community, hc_workbook(), name="hc.xlsx")["Location"]
        work(sent)
        shown = page(client.get(there))
        if "/confirm/" in shown and 'class="btn btn-primary"' in shown.split("/confirm/")[1]:
            client.post(f"{there}confirm/")
            work(sent)
    assert 'class="btn btn-primary"' not in shown.split("/confirm/")[1]
    with committed.jinxiu.open():
        assert Unit.objects.filter(community=community).count() == 6


def test_a_file_of_the_wrong_kind_fails_with_a_sentence_and_nothing_is_kept(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    there = upload(client, community, name="arrears-list.xlsx", kind="REGISTER")["Location"]
    work(sent)
    assert 'data-code="import.no_register"' in page(client.get(there))
    with committed.jinxiu.open():
        assert Job.objects.get().state == "FAILED"
        assert not ImportLine.objects.exists()
    assert client.post(f"{there}confirm/").status_code == 409


def test_a_crash_is_a_failed_job_and_the_next_try_may_succeed(committed, log_in, sent, monkeypatch):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    there = upload(client, community, hc_workbook(), name="hc.xlsx")["Location"]
    work(sent)
    client.post(f"{there}confirm/")
    message = sent.pop()
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("billing.charges.services.import_batches._keep_lines", lambda *_a: 1 / 0)
        run_import(**message)
    with committed.jinxiu.open():
        assert not Unit.objects.filter(community=community).exists()
        assert Job.objects.order_by("pk").last().error_code == "crashed"
    client.post(f"{there}confirm/")
    work(sent)
    with committed.jinxiu.open():
        assert Unit.objects.filter(community=community).count() == 6
        assert ImportBatch.objects.get().committed_at


def test_a_message_that_comes_twice_imports_once(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    there = upload(client, community, hc_workbook(), name="hc.xlsx")["Location"]
    work(sent)
    client.post(f"{there}confirm/")
    (message,) = sent
    run_import(**message)
    run_import(**message)
    with committed.jinxiu.open():
        assert ImportBatch.objects.get().counts["created"] == 6
        assert set(Job.objects.values_list("state", flat=True)) == {"DONE"}


def test_a_check_that_is_stopped_says_so_and_writes_nothing(committed, log_in, sent):
    community, client = garden(committed), log_in(committed.jinxiu, "cashier")
    there = upload(client, community, hc_workbook(), name="hc.xlsx")["Location"]
    with committed.jinxiu.open():
        job_id = Job.objects.get().pk
    client.post(f"/jobs/{job_id}/cancel/")
    work(sent)
    text = page(client.get(there))
    assert 'data-code="job.cancelled"' in text
    assert ">job.cancelled" not in text
    with committed.jinxiu.open():
        assert Job.objects.get().state == "CANCELLED"
        assert ImportBatch.objects.get().checked_at is None


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"no workbook", "a.xlsx"), (b"PK\x03\x04broken", "a.xlsx"), (b"", "a.xlsx"), (b"%PDF-1.7", "a.pdf")],
)
def test_what_is_no_workbook_is_refused_beside_the_field(cast, log_in, sent, content, name):
    response = upload(log_in(cast.jinxiu, "cashier"), cast.jinxiu.community, content, name=name)
    assert response.status_code == 422
    assert 'id="id_file_error"' in response.content.decode()
    with cast.jinxiu.open():
        assert not ImportBatch.objects.exists()


def test_a_collector_may_not_import_and_a_stranger_is_asked_to_log_in(cast, log_in, client):
    assert log_in(cast.jinxiu, "collector").get("/import/").status_code == 403
    assert client.get("/import/").status_code == 302


def test_an_outsider_finds_nothing_of_this_company(cast, log_in, sent):
    upload(log_in(cast.jinxiu, "cashier"), cast.jinxiu.community, hc_workbook(), name="hc.xlsx")
    with cast.jinxiu.open():
        batch = ImportBatch.objects.get().pk
    outsider = log_in(cast.yunding, "cashier")
    for path in ("", "state/", "findings/"):
        assert outsider.get(f"/import/{batch}/{path}").status_code == 404
    assert outsider.post(f"/import/{batch}/confirm/").status_code == 404
    assert "hc.xlsx" not in page(outsider.get("/import/"))
    assert upload(outsider, cast.jinxiu.community, hc_workbook(), name="x.xlsx").status_code == 422


def test_the_day_and_the_community_must_be_told(cast, log_in):
    response = log_in(cast.jinxiu, "cashier").post("/import/", {"kind": "REGISTER", "as_of": "soon"})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'id="id_as_of_error"' in text
    assert 'id="id_community_error"' in text


def test_the_day_the_file_speaks_of_is_today_unless_told(cast, log_in):
    assert f'value="{clock.today()}' in page(log_in(cast.jinxiu, "cashier").get("/import/"))
