"""The evidence of a case in one PDF and one archive: order, pages, hashes, watermark, figures, who may."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from arrears.cases.models import Call, Visit
from arrears.legal.models import Bundle
from arrears.legal.queries import checklist
from arrears.legal.queries.exhibits import exhibits, matter, register_part
from arrears.legal.rules.exhibits import Audience, Exhibit, Group, OfFile, Sheet, Table
from arrears.legal.services import NoAgreement, end_agreement, note_gate
from arrears.legal.services.bundle import (
    BundleExpired,
    BundleNotReady,
    BundleRefused,
    make_bundle,
    opened,
    request_bundle,
)
from billing.charges.queries import charge_why, statement
from notices.models import Notice
from notices.services import Photo, record_delivery
from tenancy.kernel.crypto import decrypt
from tenancy.people.models import AuditEntry, Job
from tenancy.people.services import files
from tests.clocks import demand, hand_over, open_case
from tests.firms import agree, firm
from tests.money import owe, pay
from tests.notices_data import contact_of
from values.fen import yuan

DUE = date(2025, 12, 31)
TODAY = date(2026, 5, 31)
AT = datetime(2026, 5, 31, 2, 20, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000201"
    "5fd1e0a50000000049454e44ae426082"
)


@pytest.fixture
def story(jinxiu):
    """A debt with a demand that was signed for, a call, a visit, a part payment."""
    charge = owe(jinxiu, 100_000, DUE)
    owe(jinxiu, 63_006, date(2026, 3, 31))
    case = open_case(jinxiu, date(2026, 1, 1))
    paper = demand(jinxiu, [charge], date(2026, 1, 16))
    hand_over(paper, date(2026, 1, 18), method="EMS", waybill="EZ100", photo=Photo("回执.png", PNG))
    later = demand(jinxiu, [charge], date(2026, 3, 5), kind="SECOND_DEMAND")
    hand_over(later, date(2026, 3, 6))
    Call.objects.create(
        case=case, account=case.account, at=datetime(2026, 1, 3, 2, 0, tzinfo=UTC), outcome="CONNECTED_UNDECIDED",
        overdue_fen=100_000, feedback="说下月再看", by=jinxiu.people["collector"],
    )  # fmt: skip
    Visit.objects.create(
        case=case,
        account=case.account,
        on=date(2026, 2, 20),
        result="NOBODY_HOME",
        by=jinxiu.people["collector"],
    )
    pay(jinxiu, 10_000, paid_on=date(2026, 4, 1))
    return jinxiu, case, charge


def made(company, case, *, audience="COURT", **said):
    """A bundle, put together by the lawyer."""
    given = {"purpose": "支付令申请", "expires_on": TODAY + timedelta(30)} | said
    if audience == "COURT":
        given.setdefault("recipient", "杭州市西湖区人民法院")
    with company.open("legal"):
        asked = request_bundle(
            case_id=case.pk, audience=audience, by=company.staff("legal"), as_of=TODAY, at=AT, **given
        )
        make_bundle(bundle_id=asked.bundle_id, at=AT)
    return Bundle.objects.select_related("pdf", "archive").get(pk=asked.bundle_id)


def heights_of(bundle, text):
    """How high above the foot of its page a text stands, page by page."""
    found = []

    def note(said, matrix, place, _font, _size):
        if "".join(said.split()).startswith(text):
            found.append(matrix[3] * place[5] + matrix[5])

    for page in PdfReader(BytesIO(files.read(bundle.pdf))).pages:
        page.extract_text(visitor_text=note)
    return found


def pages_of(bundle):
    """The text of each page, without blanks."""
    reader = PdfReader(BytesIO(files.read(bundle.pdf)))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def every_page_says_its_number_and_carries_the_watermark(company, bundle, pages):
    name = company.people["legal"].name
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共{bundle.pages}页" in text
        assert name in text
        assert "提供给：杭州市西湖区人民法院" in text
        assert "用途：支付令申请" in text
        assert "有效期至：2026-06-30" in text
        assert "2026-05-3110:20导出" in text


def test_one_pdf_holds_everything_in_order_numbered_and_watermarked_and_its_index_names_the_pages(story):
    bundle = made(*story[:2])
    pages = pages_of(bundle)
    assert len(pages) == bundle.pages
    for part in bundle.contents:
        title = "".join(part["title"].split())
        assert title in pages[part["first_page"] - 1] or part["title"].startswith(("催款", "二次催款"))
        assert any(title in page for page in pages[:5]), "the index names it"
    titles = [part["title"] for part in bundle.contents]
    assert titles[:4] == [
        "物业服务合同及收费标准",
        "业主登记及产权信息",
        "账单及缴费台账",
        "本金及违约金计算表",
    ]
    papers = [title for title in titles if "DEMAND" in title]
    assert [one.split()[0] for one in papers[:1]] == ["催款通知书"]
    assert papers[1].endswith("送达证明")
    assert papers[2].startswith("二次催款通知书")
    assert titles[-1] == "校验值清单"
    ends = [part["first_page"] + part["pages"] for part in bundle.contents]
    assert ends[:-1] == [part["first_page"] for part in bundle.contents[1:]]
    assert ends[-1] == bundle.pages + 1
    every_page_says_its_number_and_carries_the_watermark(story[0], bundle, pages)
    heights = [high for number in range(1, 10) for high in heights_of(bundle, f"第{number}页共")]
    assert len(heights) == min(9, bundle.pages)
    assert all(780 < high < 835 for high in heights), "on the sheet, above what is printed there"


def test_no_blank_receipt_is_bound_but_what_was_signed_and_the_archive_keeps_the_printed_file(story):
    company, case, charge = story
    paper = demand(company, [charge], date(2026, 4, 5))
    drawn = Photo("签字.png", PNG)
    hand_over(paper, date(2026, 4, 6), signature=drawn)
    bundle = made(company, case)
    text = "".join(pages_of(bundle))
    assert "签收人签字" not in text
    assert "□直接送达" not in text
    assert "签字.png（SHA-256" in text
    with zipfile.ZipFile(BytesIO(files.read(bundle.archive))) as archive:
        (name,) = [one for one in archive.namelist() if paper.number in one and "送达" not in one]
        kept = "".join(page.extract_text() for page in PdfReader(BytesIO(archive.read(name))).pages)
    assert "送达回执" in kept


def test_the_hash_list_in_the_pdf_is_that_of_the_files_in_the_archive(story):
    bundle = made(*story[:2])
    text = "".join(pages_of(bundle))
    with zipfile.ZipFile(BytesIO(files.read(bundle.archive))) as archive:
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        listed = dict(
            reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS.txt").decode().splitlines()
        )
    assert listed == {name: digest for name, digest in found.items() if name != "SHA256SUMS.txt"}
    assert found["证据材料（全卷）.pdf"] == bundle.pdf.sha256
    for part in bundle.contents:
        assert found[part["name"]] == part["sha256"]
        assert part["sha256"] in text or part["title"] == "校验值清单"


def test_a_paper_in_the_bundle_is_the_file_that_was_printed_and_is_not_drawn_again(story):
    company, case, _charge = story
    first, second = made(company, case), made(company, case)
    papers = [
        {p["title"]: p["sha256"] for p in one.contents if "通知书" in p["title"]} for one in (first, second)
    ]
    assert papers[0] == papers[1]
    stored = {file.sha256 for file in files.StoredFile.objects.filter(purpose="notice")}
    assert set(papers[0].values()) == stored


def test_the_calculation_sheet_says_the_figures_of_the_statement_to_the_cent(story):
    company, case, charge = story
    bundle = made(company, case)
    part = next(one for one in bundle.contents if one["title"] == "本金及违约金计算表")
    text = "".join(pages_of(bundle)[part["first_page"] - 1 : part["first_page"] - 1 + part["pages"]])
    owed = statement(company.units["3-1-1602"].pk, TODAY).owed
    why = charge_why(charge.pk, as_of=TODAY)
    claimed = why.unpaid_fen + why.late_fee_fen
    for fen in (why.unpaid_fen, why.late_fee_fen, claimed, owed.total_fen - claimed):
        assert yuan(fen) in text
    assert yuan(owed.total_fen) not in text, "what was never demanded is not claimed: it has its own total"
    assert "另有欠费，不在本次主张之内" in text
    for line in why.late_fee_lines:
        assert f"{line.first_on}{line.last_on}" in text
        assert line.exact_yuan in text
    ledger = next(one for one in bundle.contents if one["title"] == "账单及缴费台账")
    assert f"欠缴本金{yuan(owed.principal_fen)}元" in pages_of(bundle)[ledger["first_page"] - 1]


def test_a_court_reads_the_numbers_that_were_rung_and_a_law_firm_masked_ones(story):
    company, case, charge = story
    contact = contact_of(company, "MOBILE")
    number = decrypt(contact.value)
    Call.objects.create(
        case=case, account=case.account, at=datetime(2026, 1, 9, 2, 0, tzinfo=UTC), contact=contact,
        outcome="CONNECTED_UNDECIDED", overdue_fen=100_000, by=company.people["collector"],
    )  # fmt: skip
    text = demand(company, [charge], date(2026, 2, 1), channel="SMS", state="SENT")
    Notice.objects.filter(pk=text.pk).update(contact=contact, sent_at=datetime(2026, 2, 1, 2, tzinfo=UTC))
    court = exhibits(matter(case.pk, audience=Audience.COURT, as_of=TODAY))
    theirs = exhibits(matter(case.pk, audience=Audience.LAW_FIRM, as_of=TODAY))
    for title in ("电话、上门及承诺记录", "短信及电子消息记录"):
        full, masked = (
            str(next(one for one in found if one.title == title).content.tables) for found in (court, theirs)
        )
        assert number in full
        assert contact.masked not in full
        assert contact.masked in masked
        assert number not in masked


def test_a_demand_for_what_was_paid_since_is_no_part_of_the_bundle(story):
    company, case, _charge = story
    old = owe(company, 5_000, date(2025, 6, 30))
    settled = demand(company, [old], date(2025, 8, 1))
    hand_over(settled, date(2025, 8, 2))
    pay(company, None, paid_on=date(2026, 4, 2), key="old", designated=[old.pk])
    titles = [one.title for one in exhibits(matter(case.pk, audience=Audience.COURT, as_of=TODAY))]
    assert not [title for title in titles if settled.number in title]
    assert [title for title in titles if title.startswith("二次催款通知书")]


def test_a_law_firm_reads_identities_masked_and_a_court_in_full(story):
    company, case, _charge = story
    from owners.models import Party
    from tenancy.kernel.crypto import encrypt

    Party.objects.filter(pk=company.parties["张三"].pk).update(id_number=encrypt("330102199001011234"))
    court = "".join(pages_of(made(company, case)))
    bundle = made(company, case, audience="LAW_FIRM", firm_id=firm(company).pk)
    theirs = "".join(pages_of(bundle))
    assert "330102199001011234" in court
    assert "330102199001011234" not in theirs
    assert "3301**********1234" in theirs
    assert "委托处理协议（2026-01-01至2026-12-31）" in theirs
    assert bundle.recipient == "正和律师事务所"
    assert "提供给：正和律师事务所" in theirs


def test_a_law_firm_reads_no_remark_of_the_staff_and_no_third_person(story):
    company, case, charge = story
    paper = demand(company, [charge], date(2026, 4, 5))
    with company.open("legal"):
        record_delivery(
            notice_id=paper.pk, method="HAND", result="SIGNED", on=date(2026, 4, 6), receiver="ADULT_CORESIDENT",
            receiver_name="李小花", relation="配偶", handed_over_by="何军", note="态度恶劣，注意安全", as_of=TODAY,
        )  # fmt: skip
    court = "".join(pages_of(made(company, case)))
    theirs = "".join(pages_of(made(company, case, audience="LAW_FIRM", firm_id=firm(company).pk)))
    assert "李小花" in court
    assert "态度恶劣" in court
    assert "李小花" not in theirs
    assert "李**" in theirs
    assert "态度恶劣" not in theirs


def test_a_copy_for_a_firm_needs_its_own_agreement_on_the_day_counts_as_an_export_and_shuts_with_it(story):
    company, case, _charge = story
    firm(company, "他所")
    late = firm(company, agreed=(date(2026, 1, 1), date(2026, 5, 30))).pk
    with pytest.raises(NoAgreement) as refused:
        made(company, case, audience="LAW_FIRM", firm_id=late)
    assert (refused.value.code, refused.value.params["gate"]) == ("legal.no_agreement", "G11")
    assert not Bundle.objects.exists()
    with company.open("legal"):
        agreement = agree(late, TODAY, date(2026, 12, 31))
    bundle = made(company, case, audience="LAW_FIRM", firm_id=late)
    assert (bundle.firm_id, bundle.agreement_id) == (late, agreement)
    assert AuditEntry.objects.get(action="case.exported").detail["firm"] == "正和律师事务所"
    next_day = TODAY + timedelta(1)
    with company.open("legal"):
        opened(bundle_id=bundle.pk, which="pdf", as_of=TODAY)
        assert copies_check(case, TODAY) == ("PASSED", "gate.copies_covered.passed")
        end_agreement(firm_id=late, agreement_id=agreement, on=next_day)
        with pytest.raises(NoAgreement):
            opened(bundle_id=bundle.pk, which="pdf", as_of=next_day)
        assert copies_check(case, next_day) == ("FAILED", "gate.copies_covered.failed")
        note_gate(
            case_id=case.pk, code="copies_covered", holds=True, reason="已书面确认删除", by=company.staff("legal"),
            on=next_day,
        )  # fmt: skip
        assert copies_check(case, next_day) == ("PASSED", "gate.copies_covered.decided")


def copies_check(case, day):
    found = next(one for one in checklist(case.pk, as_of=day).findings if one.code == "copies_covered")
    assert found.gate == "G11"
    return found.state.value, found.because.code


def test_a_court_is_not_told_what_has_expired_but_a_law_firm_is(jinxiu):
    owe(jinxiu, 100_000, date(2022, 12, 31))
    case = open_case(jinxiu, TODAY)
    assert "届满" not in "".join(pages_of(made(jinxiu, case)))
    theirs = made(jinxiu, case, audience="LAW_FIRM", firm_id=firm(jinxiu).pk)
    assert "2025-12-31" in "".join(pages_of(theirs))


def test_more_evidence_is_registered_in_one_line_and_broken_files_do_not_stop_the_work(story):
    company, case, _charge = story
    with company.open("legal"):
        broken = files.store(
            b"%PDF-1.7\n%%EOF\n", name="坏.pdf", purpose="test", accept=(files.PDF,), community_id=None
        )
        fake = files.store(
            b"\x89PNG\r\n\x1a\n no picture",
            name="坏.png",
            purpose="test",
            accept=files.IMAGES,
            community_id=None,
        )
    sheet = Sheet((Table("报修", ("日期", "内容"), (("2026-01-02", "屋顶漏水已修复"),)),))
    rest = {"group": Group.SERVICE, "proves": "已提供服务", "source": "工单"}
    try:
        register_part(
            "test",
            lambda about: [
                Exhibit(title="服务工单", content=sheet, **rest),
                Exhibit(title="坏文件", content=OfFile(broken.pk), **rest),
                Exhibit(title="坏图片", content=OfFile(fake.pk), **rest),
            ],
        )
        bundle = made(company, case)
    finally:
        register_part("test", lambda about: [])
    titles = [part["title"] for part in bundle.contents]
    assert titles.index("服务工单") > titles.index("电话、上门及承诺记录")
    text = "".join(pages_of(bundle))
    assert "屋顶漏水已修复" in text
    assert "附件“坏.pdf”无法装订" in text
    assert {part["sha256"] for part in bundle.contents} >= {broken.sha256, fake.sha256}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"audience": "LAW_FIRM"}, "firm_id"),
        ({"firm_id": 1}, "firm_id"),
        ({"expires_on": TODAY - timedelta(1)}, "expires_on"),
        ({"expires_on": TODAY + timedelta(366)}, "expires_on"),
    ],
)
def test_nothing_leaves_without_purpose_firm_and_an_end(story, said, field):
    company, case, _charge = story
    with pytest.raises(BundleRefused) as refused:
        made(company, case, **said)
    assert refused.value.field == field
    assert not Bundle.objects.exists()


def test_asking_making_and_opening_stand_in_the_audit_trail_and_an_expired_one_stays_shut(story):
    company, case, _charge = story
    with company.open("legal"):
        asked = request_bundle(
            case_id=case.pk, audience="COURT", purpose="起诉", expires_on=TODAY, by=company.staff("legal"),
            as_of=TODAY, at=AT,
        )  # fmt: skip
        with pytest.raises(BundleNotReady):
            opened(bundle_id=asked.bundle_id, which="pdf", as_of=TODAY)
        make_bundle(bundle_id=asked.bundle_id, at=AT)
        assert opened(bundle_id=asked.bundle_id, which="pdf", as_of=TODAY).content_type == files.PDF
        assert opened(bundle_id=asked.bundle_id, which="zip", as_of=TODAY).content_type == files.ZIP
        with pytest.raises(BundleExpired):
            opened(bundle_id=asked.bundle_id, which="pdf", as_of=TODAY + timedelta(1))
    said = list(
        AuditEntry.objects.filter(action__startswith="bundle.")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert said == ["bundle.asked", "bundle.made", "bundle.opened", "bundle.opened"]
    assert Job.objects.get(pk=asked.job_id).kind == "evidence_bundle"
