"""The pages of the outbox: what staff see, what a patrol sees, and what is recorded by hand."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notices import tasks
from notices.models import Notice
from tests.cast import Cast, Company
from tests.notices_data import message, queued

DAY = "2026-02-20"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("door.png", b"\x89PNG\r\n\x1a\n" + b"0" * 9, content_type="image/png")


def paper(company: Company, kind: str = "DEMAND", **changes) -> Notice:
    with company.open():
        return queued(company, kind, **changes)


def round_url(company: Company, kind: str = "BILL_NOTICE", issued_on: str = "2026-01-05") -> str:
    building = company.units["3-1-1602"].building_id
    return f"/deliveries/round/?community={company.community.pk}&building={building}&kind={kind}&issued_on={issued_on}"


def test_the_outbox_is_filtered_counted_and_names_are_masked(cast: Cast, log_in):
    paper(cast.jinxiu, number="DEMAND-JX-2026-000001")
    with cast.jinxiu.open():
        message(cast.jinxiu)
        Notice.objects.filter(kind="REMINDER").update(state="FAILED", reason_code="contact_void")
    client = log_in(cast.jinxiu, "collector")
    everything = client.get("/notices/").content.decode()
    assert "3-1-1602" in everything
    assert "张*" in everything
    assert "张三" not in everything
    failed = client.get("/notices/?state=FAILED").content.decode()
    assert "DEMAND-JX-2026-000001" not in failed
    assert "contact_void" not in failed
    assert "QUEUED" in failed, "the other states stay on offer"
    assert "DEMAND-JX-2026-000001" in client.get("/notices/?kind=DEMAND&channel=PAPER").content.decode()
    assert client.get("/notices/?kind=nonsense").status_code == 200


def test_an_empty_outbox_says_what_will_be_there(cast, log_in):
    page = log_in(cast.jinxiu, "collector").get("/notices/")
    assert "empty-note" in page.content.decode()


def test_a_notice_shows_its_paper_and_its_deliveries(cast, log_in):
    demand = paper(cast.jinxiu)
    client = log_in(cast.jinxiu, "collector")
    page = client.get(f"/notices/{demand.pk}/").content.decode()
    assert f"/notices/{demand.pk}/pdf/" in page
    assert f"/deliveries/{demand.pk}/" in page
    pdf = client.get(f"/notices/{demand.pk}/pdf/")
    assert (pdf["Content-Type"], pdf["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_a_message_shows_its_text_and_its_tries(cast, log_in):
    with cast.jinxiu.open():
        notice = message(cast.jinxiu)
    page = log_in(cast.jinxiu, "auditor").get(f"/notices/{notice.pk}/").content.decode()
    assert notice.body in page
    assert f"/deliveries/{notice.pk}/" not in page


def test_the_unit_page_gets_its_notices(cast, log_in):
    demand = paper(cast.jinxiu)
    unit = cast.jinxiu.units["3-1-1602"].pk
    fragment = log_in(cast.jinxiu, "collector").get(f"/units/{unit}/notices/").content.decode()
    assert f"/notices/{demand.pk}/" in fragment
    assert "<html" not in fragment
    assert log_in(cast.yunding, "collector").get(f"/units/{unit}/notices/").status_code == 404


def test_a_patrol_sees_units_and_no_names(cast, log_in):
    bill = paper(cast.jinxiu, "BILL_NOTICE")
    client = log_in(cast.jinxiu, "patrol")
    pages = [
        client.get(url).content.decode()
        for url in ("/deliveries/", round_url(cast.jinxiu), f"/deliveries/{bill.pk}/")
    ]
    assert "3-1-1602" in pages[1]
    assert "3-1-1602" in pages[2]
    for page in pages:
        assert not re.search(r"张三|张\*|210\.02|/notices/rounds/", page)
    assert client.get("/notices/").status_code == 403
    assert client.get(f"/notices/{bill.pk}/pdf/").status_code == 403


def test_all_of_a_building_goes_into_the_mailboxes_today(cast, log_in):
    for unit in ("3-1-1602", "3-1-1702"):
        paper(cast.jinxiu, "BILL_NOTICE", unit=unit)
    client = log_in(cast.jinxiu, "patrol")
    entry = {
        "method": "MAILBOX",
        "result": "LEFT_WITH_PHOTO",
        "on": DAY,
        "handed_over_by": "保安小王",
        "note": "",
    }
    refused = client.post(round_url(cast.jinxiu), entry)
    assert refused.status_code == 422
    assert "保安小王" in refused.content.decode(), "nothing that was typed is lost"
    assert client.post(round_url(cast.jinxiu), {**entry, "photo": photo()}).status_code == 302
    with cast.jinxiu.open():
        assert set(Notice.objects.values_list("state", flat=True)) == {"DELIVERED"}
    assert "empty-note" in client.get("/deliveries/").content.decode()
    assert client.post(round_url(cast.jinxiu), {**entry, "photo": photo()}).status_code == 422


def test_a_signature_is_recorded_with_who_signed_as_what(cast, log_in):
    demand = paper(cast.jinxiu)
    client = log_in(cast.jinxiu, "collector")
    entry = {
        "method": "HAND",
        "result": "SIGNED",
        "on": DAY,
        "handed_over_by": "小李",
        "receiver": "ADULT_CORESIDENT",
    }
    refused = client.post(f"/deliveries/{demand.pk}/", entry)
    assert refused.status_code == 422
    done = client.post(f"/deliveries/{demand.pk}/", {**entry, "receiver_name": "张小三", "relation": "儿子"})
    assert done.status_code == 302
    with cast.jinxiu.open():
        assert Notice.objects.get(pk=demand.pk).gates_open_on.isoformat() == DAY
    page = client.get(f"/notices/{demand.pk}/").content.decode()
    assert "儿子" in page
    assert "张**" in page


def test_a_building_is_printed_as_a_job(cast, log_in, monkeypatch, django_capture_on_commit_callbacks):
    paper(cast.jinxiu, "BILL_NOTICE")
    started: list[dict] = []
    monkeypatch.setattr(tasks.print_round, "delay", lambda **arguments: started.append(arguments))
    client = log_in(cast.jinxiu, "collector")
    where = {
        "community": cast.jinxiu.community.pk, "building": cast.jinxiu.units["3-1-1602"].building_id, "kind": "BILL_NOTICE",
        "issued_on": "2026-01-05",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/notices/rounds/", where)
    assert answer["Location"] == f"/jobs/{started[0]['job_id']}/"
    nothing = client.post("/notices/rounds/", {**where, "kind": "DEMAND"}, follow=True)
    assert "messages" in nothing.content.decode()
    assert len(started) == 1


def test_what_is_not_there_is_not_there(cast, log_in):
    demand = paper(cast.jinxiu)
    stranger, own = log_in(cast.yunding, "collector"), log_in(cast.jinxiu, "collector")
    for url in (f"/notices/{demand.pk}/", f"/notices/{demand.pk}/pdf/", f"/deliveries/{demand.pk}/"):
        assert stranger.get(url).status_code == 404
    assert "3-1-1602" not in stranger.get("/notices/").content.decode()
    assert stranger.get(round_url(cast.jinxiu, "DEMAND", "2026-02-16")).status_code in (200, 404)
    assert "3-1-1602" not in stranger.get(round_url(cast.jinxiu, "DEMAND", "2026-02-16")).content.decode()
    assert own.get("/deliveries/round/?community=x").status_code == 404
    with cast.jinxiu.open():
        sms = message(cast.jinxiu)
    assert own.get(f"/deliveries/{sms.pk}/").status_code == 404


def test_a_unit_shows_its_latest_eight_notices_and_leads_to_all(cast, log_in):
    for number in range(1, 11):
        paper(cast.jinxiu, number=f"DEMAND-JX-2026-{number:06}", unique_key=f"demand-{number}")
    client, unit = log_in(cast.jinxiu, "project_manager"), cast.jinxiu.units["3-1-1602"].pk
    part = client.get(f"/units/{unit}/notices/").content.decode()
    assert part.count("data-open") == 8
    assert "DEMAND-JX-2026-000010" in part
    assert "DEMAND-JX-2026-000002" not in part
    assert f'href="/notices/?unit={unit}"' in part
    everything = client.get(f"/notices/?unit={unit}").content.decode()
    assert everything.count("data-open href") == 10
    other = cast.jinxiu.units["3-1-1702"].pk
    assert "data-open href" not in client.get(f"/notices/?unit={other}").content.decode()


def test_an_untouched_form_records_nothing_and_asks_for_what_a_person_must_say(cast, log_in):
    demand = paper(cast.jinxiu)
    client = log_in(cast.jinxiu, "collector")
    url = f"/deliveries/{demand.pk}/"
    page = client.get(url).content.decode()
    for name in ("method", "result", "receiver"):
        assert '<option value="" selected>—</option>' in page.split(f'name="{name}"')[1].split("</select>")[0]
    refused = client.post(url, {"on": DAY})
    assert refused.status_code == 422
    for name in ("method", "result", "receiver"):
        assert f'id="id_{name}_error"' in refused.content.decode()
    with cast.jinxiu.open():
        assert Notice.objects.get(pk=demand.pk).state == "QUEUED"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({}, "receiver_name"),
        ({"receiver_name": "张三", "handed_over_by": ""}, "handed_over_by"),
        ({"receiver": "NONE"}, "receiver"),
        ({"method": "EMS"}, "waybill"),
        ({"method": "MAILBOX", "receiver_name": "张三"}, "result"),
    ],
)
def test_a_delivery_that_cannot_be_true_is_refused_beside_the_field(cast, log_in, entry, field):
    demand = paper(cast.jinxiu)
    said = {
        "method": "HAND",
        "result": "SIGNED",
        "on": DAY,
        "receiver": "OWNER",
        "handed_over_by": "小李",
    } | entry
    refused = log_in(cast.jinxiu, "collector").post(f"/deliveries/{demand.pk}/", said)
    assert refused.status_code == 422
    assert f'id="id_{field}_error"' in refused.content.decode()
    api = {**said, "receiver_name": said.get("receiver_name", "")}
    answer = log_in(cast.jinxiu, "collector").post(f"/api/v1/notices/{demand.pk}/deliveries/", api)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_what_lies_in_a_mailbox_names_no_receiver_and_a_day_no_hour(cast, log_in):
    bill = paper(cast.jinxiu, "BILL_NOTICE")
    client = log_in(cast.jinxiu, "collector")
    left = {"method": "MAILBOX", "result": "LEFT_WITH_PHOTO", "on": DAY, "handed_over_by": "小李"}
    refused = client.post(f"/deliveries/{bill.pk}/", {**left, "receiver": "OWNER", "photo": photo()})
    assert 'id="id_receiver_error"' in refused.content.decode()
    assert (
        client.post(f"/deliveries/{bill.pk}/", {**left, "receiver": "NONE", "photo": photo()}).status_code
        == 302
    )
    page = client.get(f"/notices/{bill.pk}/").content.decode()
    row = page.split("小李")[0].rsplit("<tr>", 1)[1]
    assert "Owner" not in row
    assert "业主" not in row
    assert "00:00" not in page
    assert f"<dd>{DAY}</dd>" in page
