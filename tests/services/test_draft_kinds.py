"""Each legal document for itself: the letter, the complaint, the list of evidence, the withdrawal."""

from __future__ import annotations

import pytest

from arrears.cases.models import Task
from arrears.legal.documents.scope import NotAskedFor
from arrears.legal.models import Draft, Filing, LawFirm, ProcessingAgreement
from arrears.legal.queries import checklist, court_papers
from arrears.legal.rules.results import Days
from arrears.legal.services import draft_withdrawals, mark_filed, record_result, reopen_draft
from arrears.legal.services.drafts import DraftRefused, DraftStands
from arrears.legal.services.finishing import DraftNotReady
from billing.charges.rules.costs import CostKind
from billing.charges.services import book_cost
from notices.documents.complaint import ComplaintData
from notices.documents.evidence_list import EvidenceListData
from notices.documents.lawyer_letter import LawyerLetterData
from notices.documents.withdrawal import WithdrawalData
from notices.models import Notice
from tests import ladder
from tests.firms import firm
from tests.ladder import at, case, document, hand_over, on, steps, walk
from tests.money import pay
from tests.services.test_drafts import HOME, KINDS, draft_of, finish, save, unasked, write
from tests.services.test_filing import climb_to_the_court, climb_to_the_second_demand, decide


@pytest.fixture
def at_court(jinxiu):
    ladder.bill(jinxiu)
    climb_to_the_court(jinxiu)
    return jinxiu


@pytest.fixture
def approved(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    return at_court


ANSWERS = {"jurisdiction": "no", "mediation": "yes", "fact_went_on": "yes"}


@pytest.fixture
def complaint(approved):
    draft = write(approved, KINDS.COMPLAINT)
    company = {"plaintiff.domicile": "杭州市西湖区文一路1号", "plaintiff.legal_representative": "赵总",
               "plaintiff.credit_code": "91330100MA27000000"}  # fmt: skip
    save(approved, draft, given=ANSWERS | company)
    return approved, draft


def climb_to_the_letter(company):
    climb_to_the_second_demand(company)
    decide(company, "SECOND_DEMAND", "project_manager", 61)
    hand_over(document(company, "SECOND_DEMAND").pk, on(61))
    walk(91)
    decide(company, "LEGAL_REVIEW", "branch_gm", 91)
    walk(92)
    decide(company, "LAWYER_LETTER", "branch_gm", 92)


@pytest.fixture
def letter(jinxiu):
    known = firm(jinxiu, "浙江某律师事务所")
    LawFirm.objects.filter(pk=known.pk).update(licence="13301201010000001", phone="0571-87000000")
    ladder.bill(jinxiu)
    climb_to_the_letter(jinxiu)
    return jinxiu


def test_the_letter_is_written_by_the_firm_that_has_an_agreement(letter):
    data = LawyerLetterData.from_json(document(letter, "LAWYER_LETTER").data)
    assert (data.firm.name, data.firm.lawyer, data.firm.licence) == (
        "浙江某律师事务所", "钱律师", "13301201010000001",
    )  # fmt: skip
    assert data.id_last4 == "1234"
    assert "330102199001011234" not in str(data)
    assert [text.split("（")[0] for text in data.attachments] == ["催款通知书", "二次催款通知书"]


def test_a_letter_that_no_lawyer_writes_is_not_finished(letter):
    draft = draft_of(KINDS.LAWYER_LETTER)
    with letter.open("legal"):
        reopen_draft(draft_id=draft.pk)
        LawFirm.objects.update(is_active=False)
    with pytest.raises(DraftNotReady) as refused:
        finish(letter, draft, 92)
    assert set(refused.value.params["missing"]) == {"firm.name", "firm.lawyer", "firm.licence"}


def test_a_firm_whose_agreement_ran_out_is_given_nothing(letter):
    draft = draft_of(KINDS.LAWYER_LETTER)
    with letter.open("legal"):
        reopen_draft(draft_id=draft.pk)
        ProcessingAgreement.objects.update(until=on(80))
    save(letter, draft, 92, firm="浙江某律师事务所（钱律师）")
    with pytest.raises(DraftNotReady) as refused:
        finish(letter, draft, 92)
    assert refused.value.params["reason"] == "draft_firm_without_agreement"


def test_a_rewritten_letter_takes_the_place_of_the_first_until_it_is_handed_over(letter):
    draft, first = draft_of(KINDS.LAWYER_LETTER), document(letter, "LAWYER_LETTER")
    with letter.open("legal"):
        reopen_draft(draft_id=draft.pk)
    for threat in ("将公布您的姓名", "后果自负"):
        with pytest.raises(DraftRefused):
            save(letter, draft, 92, other_facts=threat)
    save(
        letter,
        draft,
        92,
        other_facts="贵我双方曾于三月协商。",
        period_days="20",
        letter_number="浙某律函〔2026〕8号",
    )
    second = Notice.objects.get(pk=finish(letter, draft, 92))
    first.refresh_from_db()
    assert (first.state, first.reason_code) == ("WITHDRAWN", "replaced")
    assert (second.number, second.data["period_days"]) == ("LETTER-JX-2026-000002", 20)
    assert steps(letter)[-1] == ("LAWYER_LETTER", "SENT", 92)
    walk(93)
    assert steps(letter)[-1] == ("LAWYER_LETTER", "SENT", 93 - 1), "the night leaves the new one alone"
    hand_over(second.pk, on(94))
    walk(95)
    assert steps(letter)[-1] == ("LAWYER_LETTER", "TAKEN", 94)
    with pytest.raises(DraftStands), letter.open("legal"):
        reopen_draft(draft_id=draft.pk)


def test_the_complaint_names_every_co_owner_and_asks_until_payment(complaint):
    company, draft = complaint
    data = ComplaintData.from_json(Notice.objects.get(pk=finish(company, draft)).data)
    assert data.claims.principal_fen == 21_002
    assert (data.claims.until_paid, data.claims.court_costs, data.mediation) == (True, True, True)
    assert "催款通知书及签收凭证" in data.facts.evidence, "as it was handed over"
    assert not any(name in data.facts.evidence for name in ("公示照片", "面积证明", "合同", "邮寄凭证"))
    assert data.copies == len(data.defendants) + 1
    assert data.defendants[0].id_number == "330102199001011234"
    assert data.facts.standard.endswith("元/㎡·月")
    assert "催款通知书" in data.facts.demands
    assert "第五百八十五条" in data.facts.basis
    assert data.court == HOME


def test_the_complaint_takes_the_place_of_the_application_and_is_filed_as_a_suit(complaint):
    company, draft = complaint
    order = document(company, "PAYMENT_ORDER_APPLICATION")
    notice_id = finish(company, draft)
    order.refresh_from_db()
    assert order.state == "WITHDRAWN"
    (paper,) = court_papers(as_of=on(108))
    assert (paper.notice_id, paper.fee_fen) == (notice_id, 5000), "a suit costs the whole fee"
    with company.open("legal"):
        mark_filed(case_id=case(company).pk, court=HOME, filed_on=on(109), as_of=on(109))
    filing = Filing.objects.get()
    assert (filing.kind, filing.fee_fen) == ("COMPLAINT", 5000)
    assert steps(company)[-1] == ("COURT", "TAKEN", 109)


def test_a_complaint_that_lacks_what_the_form_asks_is_not_finished(approved):
    draft = write(approved, KINDS.COMPLAINT)
    with pytest.raises(DraftNotReady) as refused:
        finish(approved, draft)
    assert {"jurisdiction", "mediation"} <= set(refused.value.params["missing"])


def test_costs_are_claimed_with_their_proof(at_court):
    account = at_court.accounts["3-1-1602"].pk
    book_cost(
        account_id=account,
        kind=CostKind.EMS,
        amount_fen=2_200,
        incurred_on=on(62),
        reference="EMS 1033",
        on=on(62),
    )
    decide(at_court, "COURT", "branch_gm", 108)
    order = document(at_court, "PAYMENT_ORDER_APPLICATION").data
    assert order["costs_fen"] == 0, "an application claims them only when a person ticks them"
    draft = write(at_court, KINDS.COMPLAINT)
    company = {
        "plaintiff.domicile": "杭州",
        "plaintiff.legal_representative": "赵总",
        "plaintiff.credit_code": "91",
    }
    save(at_court, draft, given=ANSWERS | company)
    data = ComplaintData.from_json(Notice.objects.get(pk=finish(at_court, draft)).data)
    assert [(one.name, one.reference, one.amount_fen) for one in data.claims.costs] == [
        ("邮寄费", "EMS 1033", 2_200)
    ]
    assert data.total_fen == data.principal_fen + data.late_fee_fen + 2_200
    with at_court.open("legal"):
        mark_filed(case_id=case(at_court).pk, court=HOME, filed_on=on(109), as_of=on(109))
    filing = Filing.objects.get()
    assert filing.claim_fen == filing.principal_fen + filing.late_fee_fen + 2_200


def test_the_list_of_evidence_knows_what_is_there_and_can_be_edited(approved):
    draft = write(approved, KINDS.EVIDENCE_LIST)
    save(
        approved,
        draft,
        given={
            "items.E11.listed": "yes",
            "items.E2.listed": "yes",
            "items.E11.pages": "24",
            "items.E4.place": "档案柜2",
        },
    )
    data = EvidenceListData.from_json(Notice.objects.get(pk=finish(approved, draft)).data)
    items = {item.code: item for item in data.items}
    assert {"E2", "E8", "E9", "E10", "E11", "E13"} <= items.keys()
    assert not {"E4", "E5"} & items.keys(), "no photo and no proof of the area lie here: nobody ticked them"
    assert not {"E12", "E14"} & items.keys(), "no promise, no cost"
    assert items["E13"].name.startswith("律师函及签收凭证"), "it was handed over, not posted"
    assert "DEMAND-JX-2026-000001" in items["E9"].name
    assert items["E11"].pages == "24"
    pay(approved, 100, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    assert Notice.objects.get(kind="EVIDENCE_LIST").state == "QUEUED", "a list stays true whatever is paid"


def filed(company):
    with company.open("legal"):
        return mark_filed(
            case_id=case(company).pk,
            court=HOME,
            filed_on=on(109),
            as_of=on(109),
            court_reference="（2026）浙0106民督1号",
        )


def test_who_pays_while_the_order_is_pending_has_it_withdrawn(approved):
    filed(approved)
    assert draft_withdrawals(as_of=on(110)) == 0
    pay(approved, None, paid_on=on(111), posted_on=on(111), at=at(on(111)))
    walk(112)
    assert draft_withdrawals(as_of=on(112)) == 1
    assert draft_withdrawals(as_of=on(112)) == 0
    draft = draft_of(KINDS.PAYMENT_ORDER_WITHDRAWAL)
    task = Task.objects.get(kind="FILE", done_at=None, cancelled_at=None)
    assert (task.because, task.due_on) == ("paid_before_service", on(112))
    data = WithdrawalData.from_json(Notice.objects.get(pk=finish(approved, draft, 112)).data)
    assert (data.reference, data.application) == ("（2026）浙0106民督1号", "ORDER-JX-2026-000001")
    assert "已付清" in data.reason
    assert [one.name for one in data.respondents] == ["张三"]
    with approved.open("legal"):
        record_result(
            filing_id=Filing.objects.get().pk, kind="WITHDRAWN", court=HOME, days=Days(on(115)), as_of=on(115)
        )
    assert not Task.objects.filter(kind="FILE", done_at=None, cancelled_at=None).exists()


def test_after_the_courts_answer_nothing_is_withdrawn(approved):
    filing_id = filed(approved)
    draft = Draft.objects.get(pk=write(approved, KINDS.PAYMENT_ORDER_WITHDRAWAL, 110).pk)
    with approved.open("legal"):
        record_result(filing_id=filing_id, kind="REJECTED", court=HOME, days=Days(on(111)), as_of=on(111))
    with pytest.raises(DraftNotReady) as refused:
        finish(approved, draft, 112)
    assert refused.value.params["reason"] == "draft_answered"
    with pytest.raises(NotAskedFor):
        write(approved, KINDS.PAYMENT_ORDER_WITHDRAWAL, 112)


def evidence_gate(company, day):
    found = next(
        one for one in checklist(case(company).pk, as_of=on(day)).findings if one.code == "evidence_complete"
    )
    return found.state.value, found.because.params.get("missing", "")


def test_the_gate_and_the_list_of_evidence_speak_of_the_same_items(at_court):
    """Nothing that the list leaves out is complete: the contract, the tariff, the area, the service."""
    unasked(at_court)
    assert evidence_gate(at_court, 108) == ("UNKNOWN", "E1、E2、E4 +2"), "E5 and E11; no credit code is known"
    draft = write(at_court, KINDS.EVIDENCE_LIST)
    assert evidence_gate(at_court, 108)[0] == "UNKNOWN"
    everything = {f"items.E{n}.listed": "yes" for n in range(1, 12)}
    save(at_court, draft, given=everything)
    assert evidence_gate(at_court, 108) == ("PASSED", "")
    save(at_court, draft, given={"items.E4.listed": "no"})
    assert evidence_gate(at_court, 108) == ("UNKNOWN", "E4")
