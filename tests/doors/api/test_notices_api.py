"""The outbox through JSON: what a delivery is worth, papers, rounds, and the other company."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from notices import tasks
from notices.models import Delivery, Notice
from tenancy.people.models import Job
from tests.cast import Cast, Company
from tests.notices_data import queued

DAY = "2026-02-20"


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("door.png", b"\x89PNG\r\n\x1a\n" + b"0" * 9, content_type="image/png")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def paper(company: Company, kind: str = "DEMAND", **changes) -> Notice:
    with company.open():
        return queued(company, kind, **changes)


def post(client, notice: Notice, **changes):
    entry = {
        "method": "HAND", "result": "SIGNED", "on": DAY, "receiver": "OWNER", "handed_over_by": "小李", "receiver_name": "张三",
        "relation": "本人", "waybill": "EA1",
    } | changes  # fmt: skip
    return client.post(f"/api/v1/notices/{notice.pk}/deliveries/", entry)


# What decisions.md says a delivery is worth: delivered, opens gates, interrupts limitation.
YES, NO, ARRIVED = (True, True, True), (False, False, False), (True, False, False)
LEFT, AGREED = (True, True, False), (True, False, True)
MATRIX = [
    ("DEMAND", "HAND", "SIGNED", "OWNER", False, YES),
    ("DEMAND", "HAND", "SIGNED", "ADULT_CORESIDENT", False, YES),
    ("DEMAND", "HAND", "SIGNED", "AGENT", False, YES),
    ("DEMAND", "HAND", "SIGNED", "OTHER", False, NO),
    ("DEMAND", "HAND", "REFUSED", "NONE", True, NO),
    ("DEMAND", "EMS", "SIGNED", "NONE", False, YES),
    ("DEMAND", "EMS", "SIGNED", "OTHER", False, NO),
    ("DEMAND", "EMS", "REFUSED", "NONE", True, YES),
    ("DEMAND", "EMS", "REFUSED", "NONE", False, NO),
    ("DEMAND", "EMS", "ACCEPTED", "NONE", True, NO),
    ("DEMAND", "REGISTERED_MAIL", "RETURNED", "NONE", True, NO),
    ("DEMAND", "MAILBOX", "LEFT_WITH_PHOTO", "NONE", False, NO),
    ("DEMAND", "DOOR_POST", "LEFT_WITH_PHOTO", "NONE", True, NO),
    ("DEMAND", "SMS", "RECEIPT", "NONE", False, ARRIVED),
    ("DEMAND", "WECHAT", "RECEIPT", "NONE", True, AGREED),
    ("DEMAND", "EMAIL", "ACCEPTED", "NONE", True, NO),
    ("DEMAND", "BULLETIN", "LEFT_WITH_PHOTO", "NONE", False, NO),
    ("BILL_NOTICE", "MAILBOX", "LEFT_WITH_PHOTO", "NONE", False, LEFT),
    ("BILL_NOTICE", "DOOR_POST", "LEFT_WITH_PHOTO", "NONE", False, LEFT),
    ("BILL_NOTICE", "BULLETIN", "LEFT_WITH_PHOTO", "NONE", False, NO),
    ("BILL_NOTICE", "SMS", "RECEIPT", "NONE", False, LEFT),
    ("BILL_NOTICE", "HAND", "FAILED", "NONE", False, NO),
]


@pytest.mark.parametrize(("kind", "method", "result", "receiver", "agreed", "worth"), MATRIX)
def test_what_a_delivery_is_worth(cast: Cast, log_in, kind, method, result, receiver, agreed, worth):
    notice = paper(cast.jinxiu, kind)
    entry = {"method": method, "result": result, "receiver": receiver, "agreed_address": agreed}
    if result == "LEFT_WITH_PHOTO":
        entry["photo"] = photo()
    answer = post(log_in(cast.jinxiu, "collector"), notice, **entry)
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert (made["delivered"], made["opens_gates"], made["interrupts"]) == worth
    with cast.jinxiu.open():
        notice.refresh_from_db()
    assert (notice.state == "DELIVERED", notice.gates_open_on == date(2026, 2, 20)) == worth[:2]


def test_a_refused_entry_is_problem_json_beside_its_field(cast, log_in):
    notice = paper(cast.jinxiu)
    client = log_in(cast.jinxiu, "collector")
    answer = post(client, notice, method="DOOR_POST", result="LEFT_WITH_PHOTO", receiver="NONE")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["code"] == "notices.delivery_refused"
    assert list(answer.json()["errors"]) == ["photo"]
    fake = SimpleUploadedFile("door.png", b"<script>", content_type="image/png")
    answer = post(client, notice, method="DOOR_POST", result="LEFT_WITH_PHOTO", receiver="NONE", photo=fake)
    assert answer.json()["code"] == "file.not_accepted"
    with cast.jinxiu.open():
        assert not Delivery.objects.exists()


def test_a_withdrawn_notice_is_a_conflict(cast, log_in):
    notice = paper(cast.jinxiu)
    with cast.jinxiu.open():
        Notice.objects.update(state="WITHDRAWN")
    client = log_in(cast.jinxiu, "collector")
    assert post(client, notice).status_code == 409
    assert client.get(f"/api/v1/notices/{notice.pk}/pdf/").json()["code"] == "notices.not_printable"


def test_the_list_is_filtered_and_the_notice_tells_its_story(cast, log_in):
    demand = paper(cast.jinxiu)
    paper(cast.jinxiu, "BILL_NOTICE")
    client = log_in(cast.jinxiu, "collector")
    post(client, demand)
    rows = client.get("/api/v1/notices/?kind=DEMAND&state=DELIVERED").json()
    assert [(row["id"], row["unit_code"], row["delivered_on"]) for row in rows["results"]] == [
        (demand.pk, "3-1-1602", DAY)
    ]
    assert client.get("/api/v1/notices/?kind=NONSENSE").status_code == 422
    detail = client.get(f"/api/v1/notices/{demand.pk}/").json()
    assert [one["method"] for one in detail["deliveries"]] == ["HAND"]


def test_the_paper_is_a_pdf_and_always_the_same(cast, log_in):
    demand = paper(cast.jinxiu)
    client = log_in(cast.jinxiu, "auditor")
    first = b"".join(client.get(f"/api/v1/notices/{demand.pk}/pdf/").streaming_content)
    again = client.get(f"/api/v1/notices/{demand.pk}/pdf/")
    assert again["Content-Type"] == "application/pdf"
    assert b"".join(again.streaming_content) == first
    assert "催款通知书" in PdfReader(BytesIO(first)).pages[0].extract_text()


def test_a_patrol_reads_unit_codes_and_nothing_else(cast, log_in):
    bill = paper(cast.jinxiu, "BILL_NOTICE")
    client = log_in(cast.jinxiu, "patrol")
    groups = client.get("/api/v1/deliveries/waiting/").json()["results"]
    papers = client.get(f"/api/v1/deliveries/papers/?community={cast.jinxiu.community.pk}&kind=BILL_NOTICE")
    assert [(group["building_name"], group["papers"]) for group in groups] == [("3", 1)]
    assert [row["unit_code"] for row in papers.json()["results"]] == ["3-1-1602"]
    assert "张" not in papers.content.decode()
    assert "amount" not in papers.content.decode()
    assert client.get(f"/api/v1/notices/{bill.pk}/").status_code == 403
    assert post(client, bill).status_code == 201


def test_a_whole_building_is_recorded_at_once(cast, log_in):
    for unit in ("3-1-1602", "3-1-1702", "B1-001"):
        paper(cast.jinxiu, "BILL_NOTICE", unit=unit)
    entry = {
        "community": cast.jinxiu.community.pk, "building": cast.jinxiu.units["3-1-1602"].building_id, "kind": "BILL_NOTICE",
        "method": "MAILBOX", "result": "LEFT_WITH_PHOTO", "on": DAY, "handed_over_by": "保安小王", "photo": photo(),
    }  # fmt: skip
    client = log_in(cast.jinxiu, "patrol")
    assert client.post("/api/v1/deliveries/rounds/", entry).json() == {"count": 2}
    answer = client.post("/api/v1/deliveries/rounds/", {**entry, "photo": photo()})
    assert (answer.status_code, answer.json()["code"]) == (409, "notices.nothing_waits")


def test_a_print_round_is_a_job_whose_result_is_the_file(
    cast, log_in, monkeypatch, django_capture_on_commit_callbacks
):
    for unit in ("3-1-1602", "3-1-1702"):
        paper(cast.jinxiu, "BILL_NOTICE", unit=unit)
    started: list[dict] = []
    monkeypatch.setattr(tasks.print_round, "delay", lambda **arguments: started.append(arguments))
    client = log_in(cast.jinxiu, "project_manager")
    where = {"community": cast.jinxiu.community.pk, "kind": "BILL_NOTICE"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/api/v1/notices/rounds/", where)
    assert answer.status_code == 202
    (arguments,) = started
    with cast.jinxiu.open():
        job = Job.objects.get(pk=answer.json()["job"])
    assert (job.kind, job.arguments, job.pk) == ("notice_round", arguments["arguments"], arguments["job_id"])
    empty = client.post("/api/v1/notices/rounds/", {**where, "kind": "DEMAND"})
    assert (empty.status_code, empty.json()["code"]) == (422, "notices.nothing_to_print")


def test_a_print_task_draws_the_round_and_ends_its_job(committed: Cast, settings, tmp_path):
    company = committed.jinxiu
    with company.open("project_manager") as scope:
        queued(company)
        queued(company, unit="3-1-1702")
        job = Job.objects.create(kind="notice_round", title="x", created_by_id=scope.user_id)
    arguments = {
        "community_id": company.community.pk,
        "building_id": None,
        "kind": "BILL_NOTICE",
        "issued_on": None,
    }
    task = {"tenant_id": company.tenant.pk, "user_id": scope.user_id, "arguments": arguments}
    tasks.print_round(job_id=job.pk, **task)
    with company.open():
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == ("DONE", 2, 2)
        assert job.result["name"].endswith(".pdf")
        Notice.objects.update(state="WITHDRAWN")
        late = Job.objects.create(kind="notice_round", title="x")
    tasks.print_round(job_id=late.pk, **task)
    with company.open():
        late.refresh_from_db()
    assert (late.state, late.error_code) == ("FAILED", "notices.nothing_to_print")


def test_the_other_company_finds_nothing(cast, log_in):
    demand = paper(cast.jinxiu)
    stranger = log_in(cast.yunding, "project_manager")
    assert stranger.get(f"/api/v1/notices/{demand.pk}/").status_code == 404
    assert stranger.get(f"/api/v1/notices/{demand.pk}/pdf/").status_code == 404
    assert post(stranger, demand).status_code == 404
    assert stranger.get("/api/v1/notices/").json()["count"] == 0
    assert stranger.get("/api/v1/deliveries/waiting/").json()["count"] == 0
    where = {"community": cast.jinxiu.community.pk, "kind": "DEMAND"}
    assert stranger.post("/api/v1/notices/rounds/", where).status_code == 404
