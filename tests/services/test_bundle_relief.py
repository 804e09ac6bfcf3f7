"""What relief knows as evidence: applications with decisions, signed plans, objections with their findings."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases.queries.subjects import late_charges
from arrears.cases.services.disputes import Disputed
from arrears.cases.services.papers import Order
from arrears.legal.documents.evidence_list import found
from arrears.legal.documents.material import gather
from arrears.legal.queries.exhibits import exhibits, matter
from arrears.legal.rules.evidence import EvidenceCode
from arrears.legal.rules.exhibits import Audience, Group, OfFile
from arrears.relief.models import Plan
from arrears.relief.services import NewTicket, answer_ticket, note_ticket, open_dispute_ticket
from notices.services import Photo
from tenancy.people.services import files
from tests.clocks import open_case
from tests.money import owe
from tests.relief import ask, days, decide, grant, noon, plan, sign

ASKED, SIGNED, TODAY = date(2026, 3, 10), date(2026, 3, 15), date(2026, 4, 10)
PNG = b"\x89PNG\r\n\x1a\n roof"


@pytest.fixture
def debt(jinxiu):
    """A debt with its case; a deferral was asked for and refused, then a plan was signed."""
    owe(jinxiu, 504_048, date(2025, 12, 31))
    case = open_case(jinxiu, date(2026, 1, 5))
    refused = ask(jinxiu, "DEFERRAL", date(2026, 2, 10), range=days(date(2026, 2, 10), date(2026, 5, 31)))
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
    deferral, scan, parts = shown[0], shown[-2], shown[-1]
    assert "证明不足" in cells(deferral)
    assert "内部意见" not in cells(deferral), "an opinion on the way is the house's own"
    assert "2026-02-10 至 2026-05-31" in cells(deferral)
    assert scan.content == OfFile(Plan.objects.get().scan_id)
    assert scan.on == SIGNED
    assert len(parts.content.tables[0].rows) == 6
    proofs = [one for one in shown if one.title.startswith("申请证明材料")]
    assert len(proofs) == 2


def test_a_law_firm_reads_that_he_asked_but_not_his_proof_of_illness(debt):
    _company, case = debt
    titles = [one.title for one in parts_of(case, Group.RELIEF, Audience.LAW_FIRM)]
    assert len(titles) == 4
    assert not any(title.startswith("申请证明材料") for title in titles)


def test_what_came_after_the_day_of_the_bundle_is_not_in_it(debt):
    _company, case = debt
    assert parts_of(case, Group.RELIEF, day=date(2026, 2, 9)) == []
    assert len(parts_of(case, Group.RELIEF, day=date(2026, 3, 1))) == 2


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
