"""A paper that was handed over today: the case says so at once, and the record stays as it is."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Promise
from notices.models import Delivery
from tests import ladder
from tests.ladder import document, on, walk

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 32


@pytest.fixture
def demanded(late, now):
    """On D16 a demand waits to be handed over."""
    with late.open():
        ladder.call(late, ladder.at(on(2)))
        walk(16)
        paper, case = document(late, "DEMAND").pk, ladder.case(late).pk
    now(16)
    return late, paper, case


def text(response):
    return response.content.decode()


def entry(**changed):
    signed = {"method": "HAND", "result": "SIGNED", "receiver": "OWNER", "receiver_name": "张三"}
    return signed | {"on": on(16).isoformat(), "handed_over_by": "何军"} | changed


def test_the_case_shows_the_delivery_and_asks_for_none_any_more(demanded, english):
    company, paper, case = demanded
    client = english(company, "collector")
    before = text(client.get(f"/cases/{case}/"))
    assert f"/deliveries/{paper}/" in before
    assert "Record the delivery" in before
    assert client.post(f"/deliveries/{paper}/", entry()).status_code == 302
    after = text(client.get(f"/cases/{case}/"))
    assert "Record the delivery" not in after
    assert f"/deliveries/{paper}/" not in after
    assert ">delivered<" in after


def test_a_second_record_says_that_the_first_one_stands(demanded, english):
    company, paper, _case = demanded
    client = english(company, "collector")
    assert "counts as delivered since" not in text(client.get(f"/deliveries/{paper}/"))
    client.post(f"/deliveries/{paper}/", entry())
    assert f"counts as delivered since {on(16)}" in text(client.get(f"/deliveries/{paper}/"))
    again = text(client.post(f"/deliveries/{paper}/", entry(result="REFUSED"), follow=True))
    assert f"Recorded beside the delivery of {on(16)}" in again
    assert "stays on the list" not in again


def test_the_promises_of_today_lead_to_their_cases(demanded, english):
    company, _paper, case = demanded
    client = english(company, "collector")
    page = text(client.get("/"))
    assert f"/cases/?promised_on={on(16)}" in page
    with company.open():
        called = ladder.case(company)
        Promise.objects.create(
            case=called, account=called.account, made_on=on(10), promised_on=on(16), amount_fen=1
        )
    assert f"/cases/{case}/" in text(client.get(f"/cases/?promised_on={on(16)}"))
    assert f"/cases/{case}/" not in text(client.get(f"/cases/?promised_on={on(17)}"))


def test_nobody_receives_what_goes_into_a_mailbox_and_somebody_everything_else(demanded, english):
    company, paper, _case = demanded
    client = english(company, "collector")
    form = text(client.get(f"/deliveries/{paper}/"))
    assert f'value="{company.people["collector"].name}"' in form, "who hands it over is known"
    bare = entry(receiver="", receiver_name="")
    refused = client.post(f"/deliveries/{paper}/", bare)
    assert (refused.status_code, 'id="id_receiver_error"' in text(refused)) == (422, True)
    left = bare | {
        "method": "MAILBOX",
        "result": "LEFT_WITH_PHOTO",
        "photo": SimpleUploadedFile("a.jpg", JPEG),
    }
    assert client.post(f"/deliveries/{paper}/", left).status_code == 302
    with company.open():
        assert Delivery.objects.get(notice_id=paper).receiver == "NONE"
