"""Legal documents in the browser's words: the list, the form with what is missing, finish, PDF and Excel."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from arrears.legal.models import Draft, DraftVersion, LawFirm
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule
from notices.models import Notice
from tenancy.people.models import AuditEntry
from tests.doors.web.test_legal_pages import case_id, text
from tests.ladder import on

ANSWERS = {
    "jurisdiction": "no", "mediation": "yes", "plaintiff.domicile": "杭州市西湖区文一路1号",
    "plaintiff.legal_representative": "赵总", "plaintiff.credit_code": "91330100MA27000000",
}  # fmt: skip


def draft(company, kind):
    with company.open():
        return Draft.objects.filter(kind=kind).latest("pk")


def version(company, found):
    with company.open():
        return DraftVersion.objects.filter(draft=found).latest("number").number


def inputs(page):
    """What a browser would send back of the form as it stands."""
    found = {}
    for tag in re.findall(r"<input[^>]*>|<textarea.*?</textarea>|<select.*?</select>", page, re.S):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None:
            continue
        if tag.startswith("<textarea"):
            found[name[1]] = re.sub(r"<[^>]*>", "", tag).strip()
        elif tag.startswith("<select"):
            chosen = re.search(r'<option value="([^"]*)" selected', tag)
            found[name[1]] = chosen[1] if chosen else ""
        elif 'type="radio"' not in tag or " checked" in tag:
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    return found


@pytest.fixture
def writing(court, english):
    """A complaint that legal has begun."""
    client = english(court, "legal")
    answer = client.post(f"/court/{case_id(court)}/documents/new/", {"kind": "COMPLAINT"})
    found = draft(court, "COMPLAINT")
    assert answer.headers["Location"] == f"/court/drafts/{found.pk}/"
    return court, client, found


def save(company, client, found, **given):
    page = client.get(f"/court/drafts/{found.pk}/").content.decode()
    return client.post(f"/court/drafts/{found.pk}/save/", inputs(page) | given, follow=True)


def test_the_case_page_shows_its_documents_and_what_may_be_begun(court, english):
    page = text(english(court, "legal").get(f"/court/{case_id(court)}/documents/"))
    for shown in ("Lawyer letter", "Payment order application", "ORDER-JX-2026-000001", "Write: Complaint",
                  "Write: List of evidence"):  # fmt: skip
        assert shown in page, shown
    looked = text(english(court, "branch_gm").get(f"/court/{case_id(court)}/documents/"))
    assert "Write: " not in looked


def test_the_case_leads_to_the_paper_that_waits_for_a_person(writing):
    company, client, found = writing
    address = f"/court/{case_id(company)}/documents/open/"
    assert client.get(address).headers["Location"] == f"/court/drafts/{found.pk}/"
    client.post(f"/court/drafts/{found.pk}/drop/", {"version": 1})
    assert client.get(address).headers["Location"] == f"/cases/{case_id(company)}/"


def test_the_list_shows_what_is_being_written_first(writing):
    _company, client, found = writing
    page = text(client.get("/court/drafts/"))
    assert page.index("being written") < page.index("ORDER-JX-2026-000001")
    assert "ORDER-JX-2026-000001" not in text(client.get("/court/drafts/?state=OPEN"))
    assert f"/court/drafts/{found.pk}/" in text(client.get("/court/drafts/?kind=COMPLAINT"))


def test_the_form_says_what_is_missing_where_things_come_from_and_masks_numbers(writing):
    _company, client, found = writing
    page = text(client.get(f"/court/drafts/{found.pk}/"))
    for shown in ("Still to be filled:", "Arbitration or a court was agreed", "from the register of owners",
                  "**************1234", "Late fee as courts grant it", "¥2.45"):  # fmt: skip
        assert shown in page, shown
    assert "330102199001011234" not in page


def test_what_is_left_as_it_is_makes_no_edit(writing):
    company, client, found = writing
    assert "Saved as version 2." in text(save(company, client, found))
    with company.open():
        assert DraftVersion.objects.filter(draft=found).latest("number").edits == {}


def test_a_complaint_is_filled_finished_and_printed(writing, settings, tmp_path):
    company, client, found = writing
    settings.MEDIA_ROOT = str(tmp_path)
    done = save(company, client, found, **ANSWERS, note="补齐原告信息")
    page = text(done)
    assert "Saved as version 2." in page
    assert "Nothing is missing." in page
    assert "edited by" in page
    finished = client.post(
        f"/court/drafts/{found.pk}/finish/", {"version": version(company, found)}, follow=True
    )
    assert "COMPLAINT-JX-2026-000001" in text(finished)
    with company.open():
        notice = Notice.objects.get(kind="COMPLAINT")
    pdf = PdfReader(BytesIO(b"".join(client.get(f"/notices/{notice.pk}/pdf/").streaming_content)))
    said = "".join("".join(one.extract_text() for one in pdf.pages).split())
    for shown in ("民事起诉状", "330102199001011234", "91330100MA27000000", "是否愿意先行调解：是☑"):
        assert shown in said, shown
    assert "¥216.89" in text(client.get("/court/")), "the suit waits to be filed in place of the order"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fact_other": "将停水停电"}, "This must not be said"),
        ({"fact_service_from": "gestern"}, "Write a day such as"),
        ({"fact_location": "长" * 201}, "200"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field_and_nothing_is_kept(writing, given, said):
    company, client, found = writing
    answer = save(company, client, found, **given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'id="id_{next(iter(given))}_error"' in text(answer)
    assert version(company, found) == 1


def test_a_claim_above_what_is_owed_is_refused_beside_its_field(writing):
    company, client, found = writing
    page = client.get(f"/court/drafts/{found.pk}/").content.decode()
    key = next(name for name in inputs(page) if name.endswith(".principal_fen"))
    answer = save(company, client, found, **{key: "210.03"})
    assert answer.status_code == 422
    assert "More than is owed" in text(answer)


def test_who_comes_late_is_told(writing):
    company, client, found = writing
    page = client.get(f"/court/drafts/{found.pk}/").content.decode()
    save(company, client, found, fact_other="甲")
    late = client.post(f"/court/drafts/{found.pk}/save/", inputs(page) | {"fact_other": "乙"})
    assert late.status_code == 422
    assert "Somebody saved or finished" in text(late)
    for act in ("finish", "drop"):
        assert client.post(f"/court/drafts/{found.pk}/{act}/", {"version": "x"}).status_code in (409, 422)


def test_an_incomplete_one_is_not_finished_and_says_why(writing):
    _company, client, found = writing
    answer = client.post(f"/court/drafts/{found.pk}/finish/", {"version": 1})
    assert answer.status_code == 422
    assert "This field must be filled." in text(answer)


def test_a_draft_is_looked_at_as_a_pdf_and_that_is_written_down(writing):
    company, client, found = writing
    for address in (f"/court/drafts/{found.pk}/pdf/", f"/court/drafts/{found.pk}/pdf/?version=1"):
        pdf = client.get(address)
        assert pdf["Content-Type"] == "application/pdf"
        said = "".join("".join(one.extract_text() for one in PdfReader(BytesIO(pdf.content)).pages).split())
        assert "（草稿）" in said
        assert "330102199001011234" in said
    assert client.get(f"/court/drafts/{found.pk}/pdf/?version=9").status_code == 404
    with company.open():
        assert AuditEntry.objects.filter(action="draft.revealed", object_id=found.pk).count() == 2


def test_the_list_of_evidence_is_a_workbook_too(court, english):
    client = english(court, "legal")
    client.post(f"/court/{case_id(court)}/documents/new/", {"kind": "EVIDENCE_LIST"})
    found = draft(court, "EVIDENCE_LIST")
    page = text(client.get(f"/court/drafts/{found.pk}/"))
    assert "records of the service" in page
    book = BytesIO(client.get(f"/court/drafts/{found.pk}/evidence.xlsx").content)
    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["序号", "编号", "证据名称"]
    assert {row[1] for row in rows[2:]} >= {"E6", "E9", "E13"}
    other = draft(court, "LAWYER_LETTER")
    assert client.get(f"/court/drafts/{other.pk}/evidence.xlsx").status_code == 404


def test_a_finished_one_is_reopened_dropped_and_stands_again(court, english):
    client, found = english(court, "legal"), draft(court, "PAYMENT_ORDER_APPLICATION")
    page = text(client.post(f"/court/drafts/{found.pk}/reopen/", follow=True))
    assert "It can be edited again." in page
    client.post(f"/court/drafts/{found.pk}/drop/", {"version": version(court, found)})
    with court.open():
        found.refresh_from_db()
    assert found.state == "FINISHED"
    letter = draft(court, "LAWYER_LETTER")
    refused = client.post(f"/court/drafts/{letter.pk}/reopen/")
    assert refused.status_code == 409
    assert "was handed over" in text(refused)


def test_another_company_finds_none_and_who_does_not_write_only_reads(writing, cast, english):
    company, _client, found = writing
    stranger = english(cast.yunding, "legal")
    assert stranger.get(f"/court/drafts/{found.pk}/").status_code == 404
    assert stranger.post(f"/court/drafts/{found.pk}/finish/", {"version": 1}).status_code == 404
    reader = english(company, "branch_gm")
    page = text(reader.get(f"/court/drafts/{found.pk}/"))
    assert '<fieldset class="sheet" disabled>' in page
    assert "Save as a new version" not in page
    assert reader.post(f"/court/drafts/{found.pk}/save/", {}).status_code == 403
    assert reader.get(f"/court/drafts/{found.pk}/pdf/").status_code == 403


@pytest.mark.parametrize(
    ("claim", "days", "sums"),
    [
        ("18650.40", "90", ("¥266.26", "¥133.13", "¥88.75", "¥179.76", "¥293.74")),
        ("8200", "", ("¥50.00", "¥25.00", "¥16.67")),
        ("126000.00", "", ("¥2,820.00", "¥1,410.00", "¥940.00")),
    ],
)
def test_s13_the_calculator_says_what_a_court_costs(cast, english, claim, days, sums):
    page = text(english(cast.jinxiu, "legal").get("/court/fees/", {"claim": claim, "days": days}))
    assert [one for one in sums if one not in page] == []
    assert "estimate" in page
    assert "not noted yet" in page


def test_the_threshold_of_small_claims_is_dated_and_of_a_place(cast, english):
    with cast.jinxiu.open("company_admin"):
        add_local_rule(
            kind=LocalKind.AVERAGE_WAGE, value="133,045", from_on=on(-30), basis="浙江省统计局",
            community_id=cast.jinxiu.community.pk,
        )  # fmt: skip
    client, place = english(cast.jinxiu, "legal"), cast.jinxiu.community.pk
    for claim, said in (
        ("66522.50", "one instance decides"),
        ("66523", "if both agree"),
        ("266091", "too high"),
    ):
        assert said in text(client.get("/court/fees/", {"claim": claim, "community": place}))
    assert "133045" in text(client.get("/local-rules/"))


@pytest.mark.parametrize("wrong", ["", "0", "-5", "viel", "1" * 30])
def test_a_claim_that_is_none_is_refused(cast, english, wrong):
    answer = english(cast.jinxiu, "legal").get("/court/fees/", {"claim": wrong})
    assert answer.status_code == 422
    assert "Write an amount in yuan" in text(answer) or "20" in text(answer)


def test_a_law_firm_is_entered_and_its_agreement_watched(cast, english):
    from tests.firms import agree

    client = english(cast.jinxiu, "legal")
    given = {"name": "浙江某律师事务所", "lawyer": "钱律师", "licence": "133", "is_active": "on"}
    assert client.post("/settings/law-firms/new/", given).status_code == 302
    assert "no data may be given" in text(client.get("/settings/law-firms/"))
    again = client.post("/settings/law-firms/new/", given)
    assert again.status_code == 422
    assert "there already" in text(again)
    with cast.jinxiu.open():
        firm = LawFirm.objects.get()
    address = f"/settings/law-firms/{firm.pk}/"
    assert client.post(f"{address}edit/", given | {"licence": "134"}).status_code == 302
    with cast.jinxiu.open("legal"):
        agree(firm.pk, date(2026, 1, 1), date(2099, 12, 31))
    assert "2099-12-31" in text(client.get("/settings/law-firms/"))
    renamed = client.post(f"{address}edit/", given | {"name": "他所"})
    assert renamed.status_code == 422
    assert "Its agreement names it" in text(renamed)
    assert english(cast.yunding, "legal").get(address).status_code == 404
