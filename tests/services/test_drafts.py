"""Legal documents from the approved rung to the filed paper: who wrote what, and what it may claim."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from arrears.cases import services as cases
from arrears.cases.models import Task
from arrears.legal.documents.page import draft_page
from arrears.legal.documents.scope import NotAskedFor
from arrears.legal.models import Draft, DraftVersion, Filing
from arrears.legal.queries import court_papers
from arrears.legal.services import (
    draft_withdrawals,
    drop_draft,
    finish_draft,
    mark_filed,
    open_draft,
    reopen_draft,
    save_draft,
)
from arrears.legal.services.drafts import DraftMoved, DraftRefused, DraftStands, DraftThere
from arrears.legal.services.filing import DraftUnfinished
from arrears.legal.services.finishing import DraftNotReady
from billing.charges.models import Contract
from notices.documents.payment_order import PaymentOrderData
from notices.models import Notice
from owners.models import Party
from tenancy.people.models import Approval, AuditEntry
from tests import ladder
from tests.ladder import at, case, document, on, steps, walk
from tests.money import pay
from tests.services.test_filing import climb_to_the_court, decide

HOME = "杭州市西湖区人民法院"
KINDS = Draft.Kind


def draft_of(kind, **more):
    return Draft.objects.filter(kind=kind, **more).latest("pk")


def newest(draft):
    return DraftVersion.objects.filter(draft=draft).latest("number")


def save(company, draft, day=108, **given):
    with company.open("legal"):
        return save_draft(
            draft_id=draft.pk, version=newest(draft).number, given=given.pop("given", given), as_of=on(day)
        )  # fmt: skip


def finish(company, draft, day=108):
    with company.open("legal"):
        return finish_draft(draft_id=draft.pk, version=newest(draft).number, as_of=on(day))


def write(company, kind, day=108):
    with company.open("legal"):
        return Draft.objects.get(pk=open_draft(case_id=case(company).pk, kind=kind, as_of=on(day)))


def line(key):
    (charge_id,) = ladder.Step.objects.latest("pk").charge_ids
    return f"lines.{charge_id}.{key}"


@pytest.fixture
def at_court(jinxiu):
    ladder.bill(jinxiu)
    climb_to_the_court(jinxiu)
    return jinxiu


@pytest.fixture
def approved(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    return at_court


def test_where_nothing_is_missing_the_approval_finishes_the_paper_as_a_version_of_its_draft(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    version = newest(draft)
    assert (draft.state, version.number, version.edits) == ("FINISHED", 1, {})
    assert version.notice_id == draft.notice_id == document(approved, draft.kind).pk
    paper = document(approved, draft.kind).data
    assert PaymentOrderData.from_json(version.data) == PaymentOrderData.from_json(paper)
    assert draft.approval.decided_by.name == "jinxiu-branch_gm员工"


def test_what_is_missing_waits_for_a_person_and_nothing_is_filed_meanwhile(at_court):
    Party.objects.filter(name="张三").update(domicile="")
    decide(at_court, "COURT", "branch_gm", 108)
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    assert (draft.state, draft.notice_id) == ("OPEN", None)
    assert not Notice.objects.filter(kind=draft.kind).exists(), "no number is taken"
    with pytest.raises(DraftUnfinished):
        mark_filed(case_id=case(at_court).pk, court=HOME, filed_on=on(109), as_of=on(109))
    with pytest.raises(DraftNotReady) as refused:
        finish(at_court, draft, 109)
    assert refused.value.params["reason"] == "draft_field_missing"
    assert set(refused.value.params["missing"]) == {"respondents.0.domicile", "court"}
    save(at_court, draft, 110, given={"respondents.0.domicile": "浙江省杭州市余杭区五常大道8号"})
    notice_id = finish(at_court, draft, 110)
    order = PaymentOrderData.from_json(Notice.objects.get(pk=notice_id).data)
    assert (order.court, order.number) == ("杭州市余杭区人民法院", "ORDER-JX-2026-000001")
    assert order.late_fee_fen == round(21002 * 0.0003 * 110), "as of the day it was finished"
    assert steps(at_court)[-1] == ("COURT", "SENT", 110)
    assert Task.objects.get(kind="FILE", done_at=None, cancelled_at=None).notice_id == notice_id
    with at_court.open("legal"):
        filing = Filing.objects.get(
            pk=mark_filed(case_id=case(at_court).pk, court=order.court, filed_on=on(111), as_of=on(111))
        )
    assert filing.claim_fen == order.total_fen


def test_every_save_is_a_version_with_its_author_and_what_changed(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
    save(approved, draft, given={"other_facts": "被申请人曾口头认可欠费。"})
    save(approved, draft, given={"applicant.agent": "法务 王某"})
    rows = DraftVersion.objects.filter(draft=draft).order_by("number")
    assert [(row.number, row.changed) for row in rows] == [
        (1, []), (2, ["other_facts"]), (3, ["applicant.agent"]),
    ]  # fmt: skip
    assert {row.by.name for row in rows[1:]} == {"jinxiu-legal员工"}
    assert newest(draft).edits == {"other_facts": "被申请人曾口头认可欠费。", "applicant.agent": "法务 王某"}
    for change in ("UPDATE legal_draftversion SET number = 9", "DELETE FROM legal_draftversion"):
        from django.db import connection

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_who_saves_what_somebody_saved_meanwhile_is_told(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
        save_draft(draft_id=draft.pk, version=1, given={"other_facts": "甲"}, as_of=on(108))
        for late in (
            lambda: save_draft(draft_id=draft.pk, version=1, given={"other_facts": "乙"}, as_of=on(108)),
            lambda: finish_draft(draft_id=draft.pk, version=1, as_of=on(108)),
            lambda: drop_draft(draft_id=draft.pk, version=1),
        ):
            with pytest.raises(DraftMoved):
                late()


def test_a_claim_may_be_given_up_in_part_and_is_never_raised(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
    with pytest.raises(DraftRefused) as refused:
        save(approved, draft, given={line("principal_fen"): "210.03"})
    assert refused.value.field == line("principal_fen")
    save(approved, draft, given={line("principal_fen"): "200.00", line("late_fee_fen"): "0"})
    order = PaymentOrderData.from_json(Notice.objects.get(pk=finish(approved, draft)).data)
    assert (order.principal_fen, order.late_fee_fen, order.total_fen) == (20_000, 0, 20_000)
    (paper,) = court_papers(as_of=on(108))
    assert (paper.claim_fen, paper.number) == (20_000, "ORDER-JX-2026-000002")
    with approved.open("legal"):
        mark_filed(case_id=case(approved).pk, court=HOME, filed_on=on(109), as_of=on(109))
    assert Filing.objects.get().claim_fen == 20_000


def test_a_claim_that_was_written_before_a_payment_is_cut_to_what_is_left(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
    save(approved, draft, given={line("principal_fen"): "209.00"})
    pay(approved, 15_000, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    walk(110)
    order = PaymentOrderData.from_json(document(approved, draft.kind).data)
    assert order.principal_fen < 21_002 - 14_000, "drawn up anew under the same approval, never above"


def test_the_late_fee_as_courts_grant_it_is_one_choice_away(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    agreed = document(approved, draft.kind).data["late_fee_fen"]
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
    save(approved, draft, late_fee_basis="COURT_SAFE")
    safe = Notice.objects.get(pk=finish(approved, draft)).data["late_fee_fen"]
    assert safe == round(21002 * 0.03 * 1.3 * 108 / 365)
    assert safe < agreed


def test_without_a_clause_no_late_fee_can_be_chosen(at_court):
    Contract.objects.update(late_fee_rate=None, late_fee_clause="")
    decide(at_court, "COURT", "branch_gm", 108)
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    assert document(at_court, draft.kind).data["late_fee_fen"] == 0
    with at_court.open("legal"):
        reopen_draft(draft_id=draft.pk)
    with pytest.raises(DraftRefused):
        save(at_court, draft, late_fee_basis="CONTRACT")


def test_a_threat_in_a_letter_is_refused(at_court):
    with pytest.raises(NotAskedFor):
        write(at_court, KINDS.LAWYER_LETTER)
    draft = draft_of(KINDS.LAWYER_LETTER)
    with pytest.raises(DraftStands), at_court.open("legal"):
        reopen_draft(draft_id=draft.pk)


def test_personal_numbers_that_are_written_by_hand_are_sealed(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
    save(approved, draft, given={"respondents.0.id_number": "330102198505051234"})
    version = newest(draft)
    assert "330102198505051234" not in str(version.edits) + str(version.data)
    data = PaymentOrderData.from_json(Notice.objects.get(pk=finish(approved, draft)).data)
    assert data.respondents[0].id_number == "330102198505051234"


def test_one_document_of_a_kind_is_written_at_a_time(approved):
    draft = write(approved, KINDS.COMPLAINT)
    with pytest.raises(DraftThere):
        write(approved, KINDS.COMPLAINT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(case_id=draft.case_id, kind=KINDS.COMPLAINT, opened_on=on(108))
    drop_draft(draft_id=draft.pk, version=1)
    assert write(approved, KINDS.COMPLAINT).pk != draft.pk


def test_what_was_reopened_and_dropped_leaves_the_finished_paper(approved):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with approved.open("legal"):
        reopen_draft(draft_id=draft.pk)
        drop_draft(draft_id=draft.pk, version=1)
    draft.refresh_from_db()
    assert (draft.state, draft.notice.state) == ("FINISHED", "QUEUED")
    assert [row.action for row in AuditEntry.objects.filter(object_kind="draft").order_by("pk")][-2:] == [
        "draft.reopened", "draft.dropped",
    ]  # fmt: skip


def test_a_draft_whose_rung_was_dropped_is_finished_no_more(at_court):
    Party.objects.filter(name="张三").update(domicile="")
    decide(at_court, "COURT", "branch_gm", 108)
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    save(at_court, draft, given={"respondents.0.domicile": "浙江省杭州市西湖区文三路90号"})
    pay(at_court, None, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    walk(110)
    with pytest.raises(NotAskedFor):
        finish(at_court, draft, 110)
    draft_withdrawals(as_of=on(110))
    draft.refresh_from_db()
    assert draft.state == "DROPPED", "the case left the ladder"


def test_a_dispute_that_came_up_keeps_the_order_from_being_finished(at_court):
    Party.objects.filter(name="张三").update(domicile="")
    decide(at_court, "COURT", "branch_gm", 108)
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    save(at_court, draft, given={"respondents.0.domicile": "浙江省杭州市西湖区文三路90号"})
    cases.set_hold(
        account_id=at_court.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(109), reason="屋顶漏水"
    )
    with pytest.raises(DraftNotReady) as refused:
        finish(at_court, draft, 109)
    assert refused.value.params["reason"] == "draft_disputed"


def unasked(company):
    """The court rung is approved while legal has answered no check."""
    approval = Approval.objects.get(kind="ladder.COURT", decision="PENDING")
    with company.open("branch_gm"):
        cases.decide(
            approval_id=approval.pk,
            by=company.staff("branch_gm"),
            approve=True,
            reason="同意",
            at=at(on(108)),
        )
    return draft_of(KINDS.PAYMENT_ORDER_APPLICATION)


def test_the_paper_asserts_nothing_that_nobody_confirmed_and_is_not_finished_by_itself(at_court):
    draft = unasked(at_court)
    assert draft.state == "OPEN"
    page = draft_page(draft.pk, as_of=on(108))
    (field,) = [one for one in page.fields if one.key == "statement.no_preservation"]
    assert (field.value, field.missing) == (None, True)
    with pytest.raises(DraftNotReady) as refused:
        finish(at_court, draft)
    assert refused.value.params["missing"] == ["statement.no_preservation"]


def test_who_finishes_with_checks_unconfirmed_says_so_and_it_is_written_down(at_court):
    draft = unasked(at_court)
    save(at_court, draft, given={"statement.no_preservation": "yes"})
    with pytest.raises(DraftNotReady) as refused:
        finish(at_court, draft)
    checks = refused.value.params["checks"]
    assert refused.value.params["reason"] == "draft_unconfirmed"
    assert "tariff_displayed" in checks
    assert "no_preservation" not in checks, "the paper answers it"
    with at_court.open("legal"):
        finish_draft(draft_id=draft.pk, version=newest(draft).number, as_of=on(108), goes_on=True)
    said = AuditEntry.objects.get(action="draft.unconfirmed").detail["checks"]
    assert "gate.tariff_displayed" in said


def test_what_legal_noted_at_the_gate_stands_in_the_paper(approved):
    page_fields = {one.key: one.value for one in unfinished(approved).fields}
    assert page_fields["statement.no_preservation"] is True


def unfinished(company):
    draft = draft_of(KINDS.PAYMENT_ORDER_APPLICATION)
    with company.open("legal"):
        reopen_draft(draft_id=draft.pk)
    return draft_page(draft.pk, as_of=on(108))
