"""What relief knows as evidence: applications with decisions, signed plans, objections with their findings."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from arrears.cases.models import ClockEvent
from arrears.cases.queries.subjects import late_charges
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.disputes import Disputed
from arrears.cases.services.papers import Order
from arrears.legal.documents.evidence_list import found
from arrears.legal.documents.material import gather
from arrears.legal.queries.exhibits import exhibits, matter
from arrears.legal.rules.evidence import EvidenceCode
from arrears.legal.rules.exhibits import Audience, Group, OfFile, OfForm
from arrears.relief.models import Plan, Proof
from arrears.relief.services import (
    NewTicket,
    answer_ticket,
    note_ticket,
    open_dispute_ticket,
    open_ticket,
    print_as_asked,
)
from notices.services import Photo
from tenancy.people.services import files
from tests.clocks import open_case
from tests.money import owe
from tests.relief import ask, confirm, days, decide, grant, noon, plan, sign

ASKED, SIGNED, TODAY = date(2026, 3, 10), date(2026, 3, 15), date(2026, 4, 10)
PNG = b"\x89PNG\r\n\x1a\n roof"


@pytest.fixture
def debt(jinxiu):
    """A debt with its case; a deferral was asked for and refused, then a plan was signed."""
    owe(jinxiu, 504_048, date(2025, 12, 31))
    case = open_case(jinxiu, date(2026, 1, 5))
    refused = ask(jinxiu, "DEFERRAL", date(2026, 2, 10), range=days(date(2026, 2, 10), date(2026, 5, 31)))
    confirm(jinxiu, refused)
    decide(jinxiu, "team_lead", refused, date(2026, 2, 11), reason="内部意见：上年已失信")
    decide(jinxiu, "project_manager", refused, date(2026, 2, 12), approve=False, reason="证明不足")
    asked = ask(jinxiu, "INSTALMENT", ASKED, plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, asked, date(2026, 3, 12))
    sign(jinxiu, asked, SIGNED)
    return jinxiu, case


def parts_of(case, group, audience=Audience.COURT, day=TODAY):
    return [one for one in exhibits(matter(case.pk, audience=audience, as_of=day)) if one.group is group]


def cells(exhibit):
    return " ".join(text for table in exhibit.content.tables for row in table.rows for text in row)


def test_applications_stand_in_their_order_with_the_decision_that_was_told_and_the_signed_plan(debt):
    _company, case = debt
    shown = parts_of(case, Group.RELIEF)
    assert [one.on for one in shown] == sorted(one.on for one in shown)
    scan, parts = shown[-2], shown[-1]
    form, deferral = shown[0], shown[1]
    assert isinstance(form.content, OfForm)
    assert "时效中断" in form.proves
    assert "时效中断" not in shown[2].proves, "nobody saw the owner's signature on this one"
    assert "证明不足" in cells(deferral)
    assert "内部意见" not in cells(deferral), "an opinion on the way is the house's own"
    assert "2026-02-10 至 2026-05-31" in cells(deferral)
    assert scan.content == OfFile(Plan.objects.get().scan_id)
    assert scan.on == SIGNED
    assert len(parts.content.tables[0].rows) == 6


@pytest.mark.parametrize("audience", list(Audience))
def test_nobody_reads_what_the_owner_proved_his_application_with(debt, audience):
    _company, case = debt
    account_id, proof = case.account_id, Proof.objects.order_by("pk").first()
    charge_ids = [one.charge_id for one in late_charges([account_id], as_of=TODAY)[account_id]]
    note_clock_event(
        account_id=account_id, charge_ids=charge_ids, kind="ACKNOWLEDGEMENT", on=ASKED,
        source=f"application:{proof.application_id}", file_id=proof.file_id,
    )  # fmt: skip
    shown = exhibits(matter(case.pk, audience=audience, as_of=TODAY))
    handed_in = set(Proof.objects.values_list("file_id", flat=True))
    bound = {one.content.file_id for one in shown if isinstance(one.content, OfFile)}
    assert handed_in
    assert not bound & handed_in, "the evidence of an acknowledgement is the form, in old rows too"
    assert sum(isinstance(one.content, OfForm) for one in shown) == 2


def test_the_form_of_an_application_counts_the_proofs_without_naming_them(debt):
    company, _case = debt
    with company.open("legal"):
        pdf = print_as_asked(application_id=Proof.objects.order_by("pk")[0].application_id, on=TODAY)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert "缓缴申请表" in text
    assert "共1份，仅供办理本申请" in text
    assert "内部意见" not in text
    assert "提交方式：业主提出，物业服务人员登记" in text


def test_an_application_leaves_no_file_of_the_owner_on_the_clock(debt):
    assert not ClockEvent.objects.filter(source__startswith="application:", file__isnull=False).exists()


def test_what_came_after_the_day_of_the_bundle_is_not_in_it(debt):
    _company, case = debt
    assert parts_of(case, Group.RELIEF, day=date(2026, 2, 9)) == []
    assert len(parts_of(case, Group.RELIEF, day=date(2026, 3, 1))) == 2, "its form and its record"


def test_an_objection_stands_with_its_finding_and_files_and_without_internal_notes(jinxiu):
    charge = owe(jinxiu, 100_000, date(2025, 12, 31))
    case = open_case(jinxiu, date(2026, 1, 5))
    picture = [Photo("漏水.png", PNG)]
    said = NewTicket(department="ENGINEERING", subject="屋顶漏水", description="卧室渗水", papers=picture)
    with jinxiu.open("team_lead"):
        ticket_id = open_dispute_ticket(
            account_id=jinxiu.accounts["3-1-1602"].pk, parts=[Disputed(charge.pk, None)], entry=said,
            on=date(2026, 2, 2),
        )  # fmt: skip
        note_ticket(ticket_id=ticket_id, text="内部备注：已派人查看", on=date(2026, 2, 3))
        answer_ticket(
            ticket_id=ticket_id, finding="UNFOUNDED", text="已现场核实，未见漏水。", by=jinxiu.staff("team_lead"),
            on=date(2026, 2, 6), at=noon(date(2026, 2, 6)),
        )  # fmt: skip
    record, photo = parts_of(case, Group.SERVICE, Audience.LAW_FIRM)
    assert "内部备注" in cells(parts_of(case, Group.SERVICE)[0]), "a court may read what was done"
    assert "已现场核实，未见漏水。" in cells(record)
    assert "1000.00" in cells(record)
    assert "内部备注" not in cells(record)
    assert isinstance(photo.content, OfFile)
    assert record.on == photo.on == date(2026, 2, 2)


def test_service_done_in_his_room_in_his_time_is_part_of_the_bundle(jinxiu):
    owe(jinxiu, 100_000, date(2025, 12, 31))
    case = open_case(jinxiu, date(2026, 1, 5))
    with jinxiu.open("team_lead"):
        for on in (date(2026, 2, 2), date(1999, 2, 2)):
            entry = NewTicket(department="ENGINEERING", subject=f"报修 {on.year}", description="水管漏水")
            open_ticket(unit_id=jinxiu.units["3-1-1602"].pk, entry=entry, on=on)
    (record,) = parts_of(case, Group.SERVICE)
    assert record.title == "服务及处理记录 报修 2026"
    assert "已按约履行服务义务" in record.proves


def test_the_list_of_evidence_names_plan_and_applications_with_the_hash_of_what_was_signed(debt):
    company, case = debt
    charges = tuple(late_charges([case.account_id], as_of=TODAY)[case.account_id])
    order = Order(case.pk, case.account_id, company.community.pk, "COURT", charges)
    item = found(gather(order, as_of=TODAY))[EvidenceCode.E12]
    scan = files.StoredFile.objects.get(pk=Plan.objects.get().scan_id)
    assert item.is_there
    assert item.hash == scan.sha256
    assert (
        item.detail
        == "2026-03-15 签订的分期还款协议；分期申请 1 份（2026-03-10）；缓交申请 1 份（2026-02-10）"
    )
