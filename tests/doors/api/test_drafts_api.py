"""Legal documents through the API: the same services, money as yuan text."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.legal.models import Draft
from tests.doors.web.test_legal_pages import case_id


@pytest.fixture
def api(court, log_in):
    return log_in(court, "legal")


def send(client, method, path, body=None):
    return getattr(client, method)(f"/api/v1/{path}", body or {}, content_type="application/json")


@pytest.fixture
def complaint(court, api):
    answer = send(api, "post", f"cases/{case_id(court)}/legal-documents/", {"kind": "COMPLAINT"})
    assert answer.status_code == 201
    return answer.json()["draft"]


def fields(page):
    return {one["key"]: one for section in page["sections"] for one in section["fields"]}


def test_a_document_is_begun_read_written_and_finished(court, api, complaint):
    page = api.get(f"/api/v1/legal-documents/{complaint}/").json()
    assert (page["state"], page["version"], page["principal"], page["claim"]) == (
        "OPEN",
        1,
        "210.02",
        "216.89",
    )
    assert {one["code"] for one in page["unready"]} == {"draft_field_missing"}
    known = fields(page)
    assert known["defendants.0.id_number"]["value"] == "**************1234"
    assert known["defendants.0.name"]["source"] == "OWNERS"
    given = {
        "jurisdiction": "no", "mediation": "yes", "plaintiff.domicile": "杭州", "plaintiff.credit_code": "91",
        "plaintiff.legal_representative": "赵总",
    }  # fmt: skip
    page = send(api, "patch", f"legal-documents/{complaint}/", {"version": 1, "fields": given}).json()
    assert (page["version"], page["unready"]) == (2, [])
    assert fields(page)["mediation"]["edited"]
    assert set(page["versions"][0]["changed"]) == set(given)
    done = send(api, "post", f"legal-documents/{complaint}/finish/", {"version": 2})
    assert done.status_code == 201
    page = api.get(f"/api/v1/legal-documents/{complaint}/").json()
    assert (page["state"], page["notice"]) == ("FINISHED", done.json()["notice"])
    rows = api.get("/api/v1/legal-documents/?state=FINISHED").json()["results"]
    assert rows[0]["number"] == "COMPLAINT-JX-2026-000001"
    papers = api.get("/api/v1/court-papers/").json()["results"]
    assert papers[0]["fee"] == "50.00"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"version": 1, "fields": {"fact_other": "后果自负"}}, 422, "legal.draft_refused"),
        ({"version": 1, "fields": {"nonsense": "x"}}, 422, "legal.draft_refused"),
        ({"version": 7, "fields": {}}, 409, "legal.draft_moved"),
        ({"fields": {}}, 422, None),
        ({"version": 1, "fields": ["x"]}, 422, None),
        ({"version": 1, "fields": {"fact_other": None}}, 422, None),
    ],
)
def test_what_cannot_be_is_refused(api, complaint, body, status, code):
    answer = send(api, "patch", f"legal-documents/{complaint}/", body)
    assert answer.status_code == status, answer.content
    if code:
        assert answer.json()["code"] == code


def test_an_incomplete_document_says_which_fields_are_missing(api, complaint):
    answer = send(api, "post", f"legal-documents/{complaint}/finish/", {"version": 1})
    assert answer.status_code == 422
    assert answer.json()["code"] == "legal.draft_not_ready"
    assert {"jurisdiction", "mediation"} <= set(answer.json()["params"]["missing"])


def test_what_is_not_the_time_for_is_refused_and_a_second_one_points_to_the_first(court, api, complaint):
    path = f"cases/{case_id(court)}/legal-documents/"
    again = send(api, "post", path, {"kind": "COMPLAINT"})
    assert (again.status_code, again.json()["params"]["draft"]) == (409, complaint)
    for kind in ("LAWYER_LETTER", "PAYMENT_ORDER_WITHDRAWAL"):
        assert send(api, "post", path, {"kind": kind}).json()["code"] == "legal.draft_not_asked_for"
    assert send(api, "post", path, {"kind": "LOVE_LETTER"}).status_code == 422


def test_reopen_and_drop(court, api):
    with court.open():
        pk = Draft.objects.get(kind="PAYMENT_ORDER_APPLICATION").pk
    assert send(api, "post", f"legal-documents/{pk}/reopen/").json()["state"] == "OPEN"
    assert send(api, "post", f"legal-documents/{pk}/drop/", {"version": 1}).json()["state"] == "FINISHED"


def test_s13_through_the_api(api):
    found = api.get("/api/v1/court-fees/?claim=18650.40&days=90").json()
    assert (found["acceptance"], found["summary"], found["payment_order"]) == ("266.26", "133.13", "88.75")
    assert (found["enforcement"], found["doubled_interest"], found["small_claim"]) == (
        "179.76",
        "293.74",
        None,
    )
    far = "claim=1.00&community=" + "9" * 30
    for wrong in ("claim=0.00", "claim=-1.00", "claim=x", "", "claim=1.00&days=-1", far):
        assert api.get(f"/api/v1/court-fees/?{wrong}").status_code == 422


def test_law_firms(api):
    made = send(api, "post", "law-firms/", {"name": "某所", "lawyer": "钱律师"})
    assert (made.status_code, made.json()["agreed"]) == (201, False)
    pk = made.json()["firm"]
    changed = send(api, "put", f"law-firms/{pk}/", {"name": "某所", "lawyer": "孙律师"}).json()
    assert changed["lawyer"] == "孙律师"
    paper = SimpleUploadedFile("协议.pdf", b"%PDF-1.7 agreement")
    signed = {
        "purpose": "代理诉讼",
        "scope": "姓名、欠费",
        "from_on": "2026-01-01",
        "until": "2030-12-31",
        "file": paper,
    }
    agreement = api.post(f"/api/v1/law-firms/{pk}/agreements/", signed)
    assert agreement.status_code == 201
    assert api.get(f"/api/v1/law-firms/{pk}/").json()["agreed_until"] == "2030-12-31"
    (row,) = api.get(f"/api/v1/law-firms/{pk}/agreements/").json()["results"]
    ended = api.post(f"/api/v1/law-firms/{pk}/agreements/{row['agreement']}/end/")
    assert (ended.status_code, row["ended_on"]) == (204, None)
    assert api.get(f"/api/v1/law-firms/{pk}/").json()["agreed"] is False
    assert send(api, "post", "law-firms/", {"name": " ", "lawyer": "x"}).status_code == 422
    assert len(api.get("/api/v1/law-firms/").json()["results"]) == 2
