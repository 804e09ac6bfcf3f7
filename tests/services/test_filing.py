"""From the demand to the court: approvals by the right roles, the papers, the filing."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases import services
from arrears.cases.models import Hold, Task
from arrears.legal.models import Draft, Filing
from arrears.legal.queries import court_papers, filing_rows, filings, review_sheet
from arrears.legal.queries.exhibits import exhibits, matter
from arrears.legal.queries.gates import checklist
from arrears.legal.rules.exhibits import Audience, Group
from arrears.legal.rules.gates import Act
from arrears.legal.services import finish_draft, mark_filed, save_draft
from arrears.legal.services.filing import FilingRefused, NotToBeFiled, PaperWithdrawn
from billing.charges.models import Account
from billing.payments.services import start_payer
from notices.documents.payment_order import PaymentOrderData
from notices.documents.render import render_html
from owners.models import Party
from owners.services.hand_over import NewHolder
from owners.services.hand_over import hand_over as hand_over_unit
from tenancy.kernel.crypto import encrypt
from tenancy.people.models import Approval
from tests import ladder
from tests.court import answer_for, assess
from tests.ladder import at, call, case, document, hand_over, on, steps, walk, walk_and_send
from tests.money import owe, pay
from values.fen import yuan


def decide(company, kind, role, day, *, approve=True, reason="同意"):
    approval = Approval.objects.get(kind=f"ladder.{kind}", decision="PENDING")
    if kind == "LEGAL_REVIEW":
        assess(company, approval, on(day))
    if approve:
        answer_for(company, kind, on(day))
    with company.open(role):
        services.decide(
            approval_id=approval.pk, by=company.staff(role), approve=approve, reason=reason, at=at(on(day))
        )
    return approval


def climb_to_the_second_demand(company):
    walk_and_send(1)
    walk(2)
    call(company, at(on(2)))
    walk(16)
    hand_over(document(company, "DEMAND").pk, on(16))
    walk(32)
    ladder.visit(company, on(32))
    walk(61)


def climb_to_the_court(company):
    climb_to_the_second_demand(company)
    decide(company, "SECOND_DEMAND", "project_manager", 61)
    hand_over(document(company, "SECOND_DEMAND").pk, on(61))
    walk(91)
    decide(company, "LEGAL_REVIEW", "branch_gm", 91)
    walk(92)
    decide(company, "LAWYER_LETTER", "branch_gm", 92)
    hand_over(document(company, "LAWYER_LETTER").pk, on(92))
    walk(108)


@pytest.fixture
def billed(jinxiu):
    ladder.bill(jinxiu)
    Party.objects.filter(name="张三").update(
        domicile="浙江省杭州市余杭区五常大道8号", id_number=encrypt("330102199001011234")
    )
    return jinxiu


@pytest.fixture
def at_court(billed):
    climb_to_the_court(billed)
    return billed


def test_every_rung_opens_on_its_first_day_when_each_is_taken_at_once(at_court):
    opened = {rung: day for rung, event, day in steps(at_court) if event in ("DUE", "PROPOSED")}
    assert opened == {
        "REMINDER": 1, "CALL": 2, "DEMAND": 16, "VISIT": 32, "SECOND_DEMAND": 61, "LEGAL_REVIEW": 91,
        "LAWYER_LETTER": 92, "COURT": 108,
    }  # fmt: skip


def test_an_approved_second_demand_gets_its_number_refers_to_the_first_and_is_to_be_delivered(billed):
    climb_to_the_second_demand(billed)
    assert not ladder.Notice.objects.filter(kind="SECOND_DEMAND").exists(), "not before it is signed"
    decide(billed, "SECOND_DEMAND", "project_manager", 61)
    notice = document(billed, "SECOND_DEMAND")
    assert notice.number == "DEMAND2-JX-2026-000001"
    assert notice.data["first"]["number"] == "DEMAND-JX-2026-000001"
    assert notice.data["manager"] == "jinxiu-project_manager员工"
    assert {how["how"] for how in notice.data["contacts"]} == {"电话", "上门走访"}
    task = Task.objects.get(
        kind="DELIVER", account=billed.accounts["3-1-1602"], done_at=None, cancelled_at=None
    )
    assert (task.notice_id, task.due_on) == (notice.pk, on(63))


def test_a_rejected_request_makes_nothing_and_is_asked_again_after_thirty_days(billed):
    climb_to_the_second_demand(billed)
    decide(billed, "SECOND_DEMAND", "project_manager", 61, approve=False, reason="先协商")
    assert steps(billed)[-1] == ("SECOND_DEMAND", "REJECTED", 61)
    for day in (62, 75, 90):
        assert walk(day).steps.get("SECOND_DEMAND") is None
    assert walk(91).steps == {"SECOND_DEMAND": 1}
    assert Approval.objects.filter(kind="ladder.SECOND_DEMAND").count() == 2


def test_a_rejection_says_why(billed):
    climb_to_the_second_demand(billed)
    from arrears.cases.services.decisions import ReasonMissing

    with pytest.raises(ReasonMissing):
        decide(billed, "SECOND_DEMAND", "project_manager", 61, approve=False, reason=" ")


@pytest.mark.parametrize("role", ["collector", "team_lead", "branch_gm", "company_admin"])
def test_nobody_else_signs_for_the_project_manager(billed, role):
    from tenancy.people.services.approvals import NotYourPart

    climb_to_the_second_demand(billed)
    with pytest.raises(NotYourPart):
        decide(billed, "SECOND_DEMAND", role, 61)
    assert steps(billed)[-1] == ("SECOND_DEMAND", "PROPOSED", 61)


def test_a_second_decision_finds_it_decided(billed):
    from tenancy.kernel.errors import Conflict

    climb_to_the_second_demand(billed)
    approval = decide(billed, "SECOND_DEMAND", "project_manager", 61)
    with pytest.raises(Conflict), billed.open("project_manager"):
        services.decide(
            approval_id=approval.pk,
            by=billed.staff("project_manager"),
            approve=True,
            reason="属实",
            at=at(on(61)),
        )


def test_nothing_is_approved_for_who_has_paid_or_while_a_hold_stands(billed):
    from arrears.cases.services.decisions import OnHold

    climb_to_the_second_demand(billed)
    hold = services.set_hold(
        account_id=billed.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(61), reason="屋顶漏水"
    )
    with pytest.raises(OnHold):
        decide(billed, "SECOND_DEMAND", "project_manager", 61)
    services.release_hold(hold_id=hold, released_on=on(61), reason="已修好")
    pay(billed, None, paid_on=on(61), posted_on=on(61), at=at(on(61)))
    with pytest.raises(services.JustPaid):
        decide(billed, "SECOND_DEMAND", "project_manager", 61)


def test_a_court_paper_names_nobody_who_bought_the_unit_since(at_court):
    hand_over_unit(unit_id=at_court.units["3-1-1602"].pk, on=on(100), holders=[NewHolder(name="赵六")])
    decide(at_court, "COURT", "branch_gm", 108)
    order = PaymentOrderData.from_json(document(at_court, "PAYMENT_ORDER_APPLICATION").data)
    assert [one.name for one in order.respondents] == ["张三"]


def test_a_court_paper_against_an_occupant_names_the_owner_who_is_liable_with_him(jinxiu):
    unit, day = jinxiu.units["3-1-1602"], date(2026, 1, 2)
    start_payer(
        unit_id=unit.pk, holder=NewHolder(name="租客钱七", phone="13700137000"), from_on=date(2026, 1, 1),
        basis="租赁合同第5条", on=day, at=at(day),
    )  # fmt: skip
    ladder.bill(jinxiu)
    jinxiu.accounts["3-1-1602"] = Account.objects.get(unit=unit, party__name="租客钱七")
    climb_to_the_court(jinxiu)
    decide(jinxiu, "COURT", "branch_gm", 108)
    draft = Draft.objects.get(kind="PAYMENT_ORDER_APPLICATION")
    assert draft.notice_id is None, "nobody knows where he is registered: no court can be named"
    home = {
        "respondents.0.domicile": "浙江省杭州市余杭区五常大道8号", "respondents.0.id_number": "330102198505051234",
    }  # fmt: skip
    with jinxiu.open("legal"):
        version = save_draft(draft_id=draft.pk, version=1, given=home, as_of=on(108))
        finish_draft(draft_id=draft.pk, version=version, as_of=on(108))
    order = PaymentOrderData.from_json(document(jinxiu, "PAYMENT_ORDER_APPLICATION").data)
    assert order.court == "杭州市余杭区人民法院"
    assert [one.name for one in order.respondents] == ["租客钱七", "张三"]
    assert order.respondents[0].phone == "13700137000"


def test_the_payment_order_claims_what_is_covered_before_the_court_of_the_debtors_home(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    notice = document(at_court, "PAYMENT_ORDER_APPLICATION")
    order = PaymentOrderData.from_json(notice.data)
    assert order.court == "杭州市余杭区人民法院"
    assert order.principal_fen == 21002
    assert order.total_fen == 21002 + order.late_fee_fen
    assert order.fee_fen == 1667, "a third of the flat 50 yuan, rounded"
    assert [one.title for one in order.demands] == ["催款通知书", "二次催款通知书", "律师函"]
    debtor = order.respondents[0]
    assert (debtor.name, debtor.sex, debtor.id_number) == ("张三", "男", "330102199001011234")
    assert "330102199001011234" not in str(notice.data), "stored sealed"
    assert "签收送达" not in render_html(notice), "直接送达签收 says it already"
    (paper,) = court_papers(as_of=on(108))
    assert (paper.number, paper.file_by, paper.claim_fen) == (notice.number, on(138), order.total_fen)


def test_filing_takes_the_rung_keeps_the_fee_and_sends_collectors_away(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    with at_court.open("legal"):
        filing_id = mark_filed(
            case_id=case(at_court).pk, court="杭州市余杭区人民法院", filed_on=on(110), as_of=on(111),
            court_reference="（2026）浙0110民督1号",
        )  # fmt: skip
    filing = Filing.objects.get(pk=filing_id)
    order = document(at_court, "PAYMENT_ORDER_APPLICATION").data
    assert (filing.principal_fen, filing.late_fee_fen) == (order["principal_fen"], order["late_fee_fen"])
    assert filing.claim_fen == order["total_fen"] == 21002 + round(21002 * 0.0003 * 108), "as on its day"
    assert filing.fee_fen == order["fee_fen"] == 1667
    assert steps(at_court)[-1] == ("COURT", "TAKEN", 110)
    assert Hold.objects.get().kind == "LEGAL_PROCEEDING"
    assert [row.filed_on for row in filing_rows(list(filings()))] == [on(110)]
    assert court_papers(as_of=on(111)) == []
    walk(112)
    assert steps(at_court)[-1] == ("COURT", "TAKEN", 110), "the next rung waits for an instrument"
    with pytest.raises(services.CallRefused):
        call(at_court, at(on(112)))


def test_the_bundle_calculates_the_claim_as_it_was_filed_and_apart_how_it_stands(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    with at_court.open("legal"):
        filing_id = mark_filed(
            case_id=case(at_court).pk, court="杭州市余杭区人民法院", filed_on=on(110), as_of=on(110)
        )
    owe(at_court, 50_000, on(120))
    pay(at_court, 5_000, paid_on=on(150), posted_on=on(150), at=at(on(150)))
    filing = Filing.objects.get(pk=filing_id)
    about = matter(case(at_court).pk, audience=Audience.COURT, as_of=on(200))
    claim, today = [one for one in exhibits(about) if one.group is Group.CALCULATION]
    assert claim.proves == "诉讼请求金额的计算过程"
    total = claim.content.tables[0].total
    assert total[-3:] == tuple(map(yuan, (filing.principal_fen, filing.late_fee_fen, filing.claim_fen)))
    assert len(claim.content.tables[0].rows) == 1
    assert yuan(filing.claim_fen) in claim.content.notes[0]
    until = claim.content.tables[1].rows[-2][3]
    assert until <= str(on(110)), "calculated to the paper's day, not to the bundle's"
    assert len(today.content.tables[0].rows) == 1
    assert today.content.tables[-1].heading == "另有欠费，不在本次主张之内（单位：元）"
    assert today.content.tables[-1].total[-1] != today.content.tables[0].total[-1]
    assert today.title == f"现时欠费计算表（截至 {on(200)}）"
    assert "不在该申请范围内" in today.content.notes[-1]


def test_nothing_is_filed_before_the_approval_twice_or_in_the_future(at_court):
    given = {"case_id": case(at_court).pk, "court": "杭州市余杭区人民法院", "as_of": on(110)}
    with pytest.raises(NotToBeFiled):
        mark_filed(**given, filed_on=on(110))
    decide(at_court, "COURT", "branch_gm", 108)
    for wrong in ({"filed_on": on(111)}, {"filed_on": on(107)}, {"filed_on": on(109), "court": " "}):
        with pytest.raises(FilingRefused):
            mark_filed(**{**given, **wrong})
    mark_filed(**given, filed_on=on(109))
    with pytest.raises(NotToBeFiled):
        mark_filed(**given, filed_on=on(109))


def test_the_paper_keeps_its_sum_while_what_is_owed_goes_on(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    (paper,) = court_papers(as_of=on(120))
    assert paper.claim_fen == document(at_court, "PAYMENT_ORDER_APPLICATION").data["total_fen"]
    assert paper.owed_fen == 21002 + round(21002 * 0.0003 * 120)
    assert not paper.withdrawn


def test_a_paper_that_a_payment_withdrew_cannot_be_filed(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    pay(at_court, 100, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    (paper,) = court_papers(as_of=on(109))
    assert paper.withdrawn
    with pytest.raises(PaperWithdrawn), at_court.open("legal"):
        mark_filed(case_id=case(at_court).pk, court="杭州市余杭区人民法院", filed_on=on(109), as_of=on(109))
    assert not Filing.objects.exists()


def test_after_a_part_payment_the_application_is_drawn_up_anew_under_the_same_approval(at_court):
    approval = decide(at_court, "COURT", "branch_gm", 108)
    first = document(at_court, "PAYMENT_ORDER_APPLICATION")
    pay(at_court, 10000, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    walk(110)
    assert steps(at_court)[-2:] == [("COURT", "VOID", 110), ("COURT", "DUE", 110)]
    newest = ladder.Step.objects.latest("pk")
    assert (newest.because, newest.approval_id) == ("drawn_up_anew", approval.pk)
    assert not Approval.objects.filter(kind="ladder.COURT", decision="PENDING").exists()
    second = document(at_court, "PAYMENT_ORDER_APPLICATION")
    assert second.number != first.number
    assert second.data["principal_fen"] < first.data["principal_fen"]
    assert ("FILE", on(140)) in ladder.tasks(at_court)
    with at_court.open("legal"):
        mark_filed(case_id=case(at_court).pk, court="杭州市余杭区人民法院", filed_on=on(110), as_of=on(110))
    assert Filing.objects.get().claim_fen == second.data["total_fen"]


def test_a_second_part_payment_draws_it_up_once_more_and_a_hold_between_asks_again(at_court):
    decide(at_court, "COURT", "branch_gm", 108)
    for day in (109, 111):
        pay(at_court, 1000, paid_on=on(day), posted_on=on(day), at=at(on(day)), key=f"k{day}")
        walk(day + 1)
    assert steps(at_court)[-1] == ("COURT", "DUE", 112)
    pay(at_court, 1000, paid_on=on(112), posted_on=on(112), at=at(on(112)), key="k112")
    hold = services.set_hold(
        account_id=at_court.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(112), reason="屋顶漏水"
    )
    walk(113)
    assert steps(at_court)[-1] == ("COURT", "VOID", 113)
    services.release_hold(hold_id=hold, released_on=on(114), reason="已修好")
    walk(115)
    assert steps(at_court)[-1] == ("COURT", "PROPOSED", 115), "things have moved on: it is asked again"


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"principal_fen": 5000}, "more than was approved"), ({"charge_ids": [0]}, "another charge")],
)
def test_what_the_approval_does_not_cover_is_asked_again(at_court, facts, why):
    approval = decide(at_court, "COURT", "branch_gm", 108)
    approval.refresh_from_db()
    Approval.objects.filter(pk=approval.pk).update(facts=approval.facts | facts)
    pay(at_court, 10000, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    walk(110)
    assert steps(at_court)[-1] == ("COURT", "PROPOSED", 110), why


def test_a_signed_letter_and_a_demand_are_drawn_up_anew_as_well(billed):
    walk_and_send(1)
    walk(2)
    call(billed, at(on(2)))
    walk(16)
    pay(billed, 1000, paid_on=on(16), posted_on=on(16), at=at(on(16)))
    walk(17)
    assert steps(billed)[-2:] == [("DEMAND", "VOID", 17), ("DEMAND", "DUE", 17)]
    assert document(billed, "DEMAND").data["principal_fen"] < 21002
    hand_over(document(billed, "DEMAND").pk, on(17))
    walk(33)
    ladder.visit(billed, on(33))
    walk(61)
    decide(billed, "SECOND_DEMAND", "project_manager", 61)
    before = document(billed, "SECOND_DEMAND")
    pay(billed, 1000, paid_on=on(62), posted_on=on(62), at=at(on(62)), key="k62")
    walk(63)
    assert steps(billed)[-2:] == [("SECOND_DEMAND", "VOID", 63), ("SECOND_DEMAND", "DUE", 63)]
    after = document(billed, "SECOND_DEMAND")
    assert after.data["manager"] == before.data["manager"]
    assert after.data["total_fen"] < before.data["total_fen"]
    task = Task.objects.get(
        kind="DELIVER", account=billed.accounts["3-1-1602"], done_at=None, cancelled_at=None
    )
    assert task.notice_id == after.pk


def test_the_review_sheet_shows_proof_clock_and_cost(at_court):
    sheet = review_sheet(case(at_court).pk, as_of=on(108))
    assert Act.PAYMENT_ORDER not in checklist(case(at_court).pk, as_of=on(108)).barred
    assert sheet.principal_fen == 21002
    assert sheet.fees.payment_order_fen == 1667
    (claim,) = sheet.claims
    assert claim.demanded
    assert claim.clock.anchor_on == on(92), "the signed lawyer letter interrupted last"
    assert (sheet.effort.calls, sheet.effort.visits) == (1, 1)


def test_before_it_is_filed_the_bundle_calculates_what_the_paper_claims_and_the_rest_apart(at_court):
    """What was never demanded may not be claimed: it stands by itself, with a total of its own."""
    decide(at_court, "COURT", "branch_gm", 108)
    owe(at_court, 50_000, on(100))
    order = document(at_court, "PAYMENT_ORDER_APPLICATION").data
    about = matter(case(at_court).pk, audience=Audience.COURT, as_of=on(108))
    claim, today = [one for one in exhibits(about) if one.group is Group.CALCULATION]
    assert (claim.proves, today.proves) == ("诉讼请求金额的计算过程", "申请之后的履行情况及现时欠费金额")
    assert claim.content.tables[0].total[-1] == yuan(order["total_fen"])
    assert f"主张 {yuan(order['late_fee_fen'])}" in claim.content.tables[1].rows[-1][3]
    aside = today.content.tables[-1]
    assert (aside.heading, len(aside.rows)) == ("另有欠费，不在本次主张之内（单位：元）", 1)
    assert aside.total[6] == "500.00"


def test_before_there_is_a_paper_the_bundle_calculates_what_may_be_claimed(at_court):
    owe(at_court, 50_000, on(100))
    about = matter(case(at_court).pk, audience=Audience.LAW_FIRM, as_of=on(108))
    (only,) = [one for one in exhibits(about) if one.group is Group.CALCULATION]
    assert only.content.tables[0].total[6] == "210.02"
    assert only.content.tables[-1].total[6] == "500.00"
