"""Templates in the browser: what holds, what it says to an owner, a new version, and two beside each other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notices.documents.render import SHEETS
from notices.models import Template
from notices.rules.texts import DEFAULTS
from notices.services import ensure_templates, load_texts
from tenancy.people.models import AuditEntry

BODY = "【{{company}}】{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}。"
REVISE, PREVIEW = "/templates/revise/", "/templates/preview/"


def text(response):
    return response.content.decode()


def entry(**changed):
    return {"kind": "REMINDER", "channel": "SMS", "based_on": "1", "body": BODY} | changed


@pytest.fixture
def company(cast):
    with cast.jinxiu.open():
        ensure_templates()
    return cast.jinxiu


def template_id(company, **where):
    with company.open():
        return Template.objects.filter(kind="REMINDER", channel="SMS", **where).latest("version").pk


def test_every_text_and_every_paper_stands_in_the_list_and_opens(company, english):
    client = english(company, "collector")
    page = text(client.get("/templates/"))
    links = [part.split('"')[0] for part in page.split('data-open href="')[1:]]
    assert len(links) == len(DEFAULTS) + len(SHEETS)
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}
    assert "edition" not in text(client.get("/templates/?channel=SMS")).split("<tbody")[1]


def test_a_company_without_texts_of_its_own_reads_the_products(cast, english):
    client = english(cast.jinxiu, "company_admin")
    page = text(client.get("/templates/standard/?kind=REMINDER&channel=SMS"))
    assert "尊敬的业主" in page
    client.post(REVISE, entry(based_on="0"))
    with cast.jinxiu.open():
        assert Template.objects.get().version == 1
    assert client.get("/templates/standard/?kind=REMINDER&channel=SMS").status_code == 302
    assert client.get("/templates/standard/?kind=X").status_code == 302
    assert client.get("/templates/standard/?kind=PORTAL_CODE&channel=EMAIL").status_code == 404


def test_a_page_shows_the_text_filled_with_an_example_and_what_it_costs(company, english):
    page = text(english(company, "company_admin").get(f"/templates/{template_id(company)}/"))
    assert "【锦绣物业】尊敬的业主：您在锦绣花园3-1-1602" in page
    assert "2 SMS" in page
    assert "{{amount}}" in page
    assert "must be named" in page


def test_a_new_text_is_a_new_version_and_the_old_one_stays(company, english):
    client = english(company, "company_admin")
    done = client.post(REVISE, entry(body=BODY.replace("。", "。\r\n谢谢！")), follow=True)
    assert "v2" in text(done)
    assert company.people["company_admin"].name in text(done)
    with company.open():
        active = load_texts().active["REMINDER", "SMS"]
        assert active.body.endswith("。\n谢谢！")
        assert AuditEntry.objects.get(action="template.revised").detail == {"version": 2}
        first, second = Template.objects.filter(kind="REMINDER", channel="SMS").order_by("version")
        assert (first.is_active, second.is_active) == (False, True)
    old = text(client.get(f"/templates/{first.pk}/"))
    assert "replaced" in old
    assert 'name="body"' not in old
    compared = text(client.get(f"/templates/compare/?before={first.pk}&after={second.pk}"))
    assert "<del>" in compared
    assert "<ins>" in compared


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": BODY + "逾期停水停电"}, "body"),
        ({"body": BODY.replace("{{amount}}", "")}, "body"),
        ({"body": ""}, "body"),
        ({"body": BODY + "字" * 6000}, "body"),
        ({"body": BODY + "\x00"}, "body"),
        ({"channel": "EMAIL", "subject": ""}, "subject"),
        ({"channel": "EMAIL", "subject": "老赖"}, "subject"),
    ],
)
def test_what_must_not_be_said_is_refused_beside_the_field_and_nothing_is_lost(
    company, english, changed, field
):
    response = english(company, "company_admin").post(REVISE, entry(**changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert changed.get("body", "")[:20].replace("\x00", "") in text(response)
    with company.open():
        assert set(Template.objects.values_list("version", flat=True)) == {1}


def test_an_unchanged_text_makes_no_version(company, english):
    standing = DEFAULTS["REMINDER", "SMS"].body
    response = english(company, "company_admin").post(REVISE, entry(body=standing))
    assert response.status_code == 422
    assert "nothing was changed" in text(response)


def test_who_comes_second_is_told_so_and_keeps_his_text(company, english):
    client = english(company, "company_admin")
    assert client.post(REVISE, entry()).status_code == 302
    late = client.post(REVISE, entry(body=BODY + "谢谢。"))
    assert late.status_code == 422
    assert "Somebody saved version 2 meanwhile" in text(late)
    assert "谢谢。" in text(late)


def test_the_preview_fills_counts_and_says_what_is_wrong(company, english):
    client = english(company, "company_admin")
    fine = text(client.post(PREVIEW, entry()))
    assert "【锦绣物业】3-1-1602截至2026-06-10应缴2520.24元" in fine
    assert "1 SMS" in fine
    assert "notice-line" not in fine
    wrong = text(client.post(PREVIEW, entry(body=BODY + "记入征信")))
    assert "credit record" in wrong
    assert "cannot be filled" in text(client.post(PREVIEW, entry(body="{{oops")))
    assert "&lt;script&gt;" in text(client.post(PREVIEW, entry(body=BODY + "<script>")))
    with company.open():
        assert set(Template.objects.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize("role", ["collector", "finance", "auditor"])
def test_who_may_only_look_finds_no_form(company, log_in, role):
    client = log_in(company, role)
    assert 'name="body"' not in text(client.get(f"/templates/{template_id(company)}/"))
    assert client.post(REVISE, entry()).status_code == 403
    assert client.post(PREVIEW, entry()).status_code == 403


def test_the_other_company_finds_nothing(company, cast, log_in):
    client = log_in(cast.yunding, "company_admin")
    pk = template_id(company)
    assert client.get(f"/templates/{pk}/").status_code == 404
    assert client.get(f"/templates/compare/?before={pk}&after={pk}").status_code == 404


def test_versions_of_different_texts_are_not_compared(company, log_in):
    with company.open():
        ids = list(Template.objects.order_by("kind", "channel").values_list("pk", flat=True))
    client = log_in(company, "auditor")
    assert client.get(f"/templates/compare/?before={ids[0]}&after={ids[-1]}").status_code == 404
    assert client.get("/templates/compare/?before=x").status_code == 302


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_papers_wording_is_read_and_seen_as_it_is_printed(company, english, kind):
    client = english(company, "collector")
    page = text(client.get(f"/templates/paper/?kind={kind}"))
    assert SHEETS[kind].edition in page
    assert "锦绣物业服务有限公司" in page
    assert "样张" in page
    drawn = client.get(reverse("notices:template_paper_pdf"), {"kind": kind})
    assert drawn.content.startswith(b"%PDF")
    assert drawn.headers["Content-Type"] == "application/pdf"
