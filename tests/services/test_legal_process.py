"""Review sheets, limitation, write-offs, settlements, public notices, hand-over to a law firm."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from arrears.cases import services as cases
from arrears.cases.models import Case, ClockEvent
from arrears.legal.models import DocketEntry, Draft, Result, WriteOff
from arrears.legal.queries import review_sheet
from arrears.legal.queries.calendar import court_days
from arrears.legal.queries.endings import evaluations_of, outcome_of, write_offs_of
from arrears.legal.queries.gates import checklist
from arrears.legal.queries.reviews import open_reviews, reviews_of
from arrears.legal.rules.docket import EntryKind as K
from arrears.legal.rules.gates import Act
from arrears.legal.rules.results import Award
from arrears.legal.services import (
    EvaluationRefused,
    GateShut,
    NoReviewOpen,
    NotALawyer,
    NotAReviewer,
    NoteRefused,
    ReviewRefused,
    WriteOffAsked,
    WriteOffRefused,
    ask_write_off,
    evaluate,
    finish_draft,
    mark_filed,
    note_gate,
    raise_alerts,
    save_draft,
    write_review,
)
from arrears.legal.services.filing import FilingRefused
from arrears.legal.services.finishing import DraftNotReady
from arrears.legal.services.gates import SheetMissing
from billing.charges.models import Adjustment, Charge
from notices.models import Notice
from owners.models import Party
from tenancy.people.models import Approval
from tenancy.people.services.approvals import NotYourPart
from tests import ladder
from tests.court import (
    PDF,
    decide,
    file_order,
    happens,
    home_of_the_debtor,
    to_the_court,
    to_the_letter,
    to_the_review,
)
from tests.firms import firm
from tests.ladder import SHANGHAI, at, case, on, walk
from tests.money import pay


@pytest.fixture
def zhang(jinxiu):
    ladder.bill(jinxiu)
    home_of_the_debtor()
    return jinxiu


def written(company, role="project_manager", **changed):
    said = {
        "case_id": case(company).pk, "need": "多次催收无果", "chance": "HIGH", "chance_reason": "合同与送达齐全",
        "advice": "LAWYER_LETTER", "on": on(92),
    } | changed  # fmt: skip
    with company.open(role):
        return write_review(by=company.staff(role), **said)


# -- review sheets -----------------------------------------------------------------------------------


def test_a_review_is_not_approved_without_its_sheet(zhang):
    to_the_review(zhang)
    asked = Approval.objects.get(kind="ladder.LEGAL_REVIEW", decision="PENDING")
    by = zhang.staff("branch_gm")
    said = {"approval_id": asked.pk, "by": by, "approve": True, "reason": "同意", "at": at(on(92))}
    with pytest.raises(SheetMissing), zhang.open("branch_gm"):
        cases.decide(**said)
    written(zhang)
    with zhang.open("branch_gm"):
        assert cases.decide(**said).decision == "APPROVED"


def test_a_review_sheet_is_frozen_with_its_facts_and_another_look_is_the_next_version(zhang):
    to_the_review(zhang)
    written(zhang)
    written(zhang, "legal", chance="LOW", advice="HOLD", on=on(93))
    newest, first = reviews_of(case(zhang).pk)
    assert (first.version, newest.version, newest.chance, first.by) == (
        1,
        2,
        "LOW",
        "jinxiu-project_manager员工",
    )
    assert first.cost_fen == 5_000
    assert first.facts["principal_fen"] == 21_002
    assert {row["code"] for row in first.facts["gates"]} >= {"review_decided", "letter_delivered"}
    assert first.decide_by == date(2026, 5, 18), "ten working days after D91, over the holiday of May"
    assert first.decision == "PENDING"


def test_the_review_waits_in_the_court_calendar_until_the_branch_decides(zhang):
    to_the_review(zhang)
    assert [(row.code, row.last_on) for row in court_days(as_of=on(91))] == [("REVIEW", date(2026, 5, 18))]
    (waits,) = open_reviews()
    assert waits.of.unit_code == "3-1-1602"


def test_only_the_project_manager_and_legal_write_it_while_it_is_asked_for(zhang):
    to_the_review(zhang)
    with pytest.raises(NotAReviewer):
        written(zhang, "branch_gm")
    for missing in ({"need": " "}, {"chance": "SURE"}, {"chance_reason": ""}, {"advice": "SUE"}):
        with pytest.raises(ReviewRefused):
            written(zhang, **missing)


def test_no_sheet_without_an_open_review(zhang):
    to_the_letter(zhang)
    with pytest.raises(NoReviewOpen):
        written(zhang)


# -- limitation and what legal notes ----------------------------------------------------------------


def test_the_clock_of_a_refused_conversion_runs_from_the_end_of_the_procedure(zhang):
    to_the_court(zhang)
    file_order(zhang)
    (event,) = ClockEvent.objects.all()
    assert (event.kind, event.on, event.until) == ("PROCEEDING", on(110), None)
    happens(zhang, K.ACCEPTED, 112)
    happens(zhang, K.ISSUED, 115)
    happens(zhang, K.SERVED, 118)
    from tests.court import objects

    objects(zhang, 120)
    happens(zhang, K.VOID, 125)
    happens(zhang, K.CONVERSION_REFUSED, 130)
    assert Result.objects.get().kind == "REJECTED"
    newest = ClockEvent.objects.latest("pk")
    assert (newest.until, newest.source) == (on(130), event.source)
    (claim,) = review_sheet(case(zhang).pk, as_of=on(140)).claims
    assert claim.clock.last_on == date(2029, 6, 10)


def test_a_claim_barred_by_time_needs_a_lawyers_decision_before_the_letter(zhang):
    to_the_letter(zhang)
    pk = case(zhang).pk
    late = date(2030, 1, 10)
    approval = Approval.objects.get(kind="ladder.LAWYER_LETTER", decision="PENDING")
    moment = datetime.combine(late, time(10), tzinfo=SHANGHAI)
    with pytest.raises(GateShut) as refused, zhang.open("branch_gm"):
        cases.decide(
            approval_id=approval.pk, by=zhang.staff("branch_gm"), approve=True, reason="属实", at=moment
        )
    assert refused.value.params["check"] == "within_limitation"
    with pytest.raises(NoteRefused), zhang.open("legal"):
        note_gate(
            case_id=pk, code="within_limitation", holds=True, reason="x", by=zhang.staff("legal"), on=late,
        )  # fmt: skip
    with zhang.open("legal"):
        cases.record_lawyer_decision(
            charge_ids=[charge.pk for charge in Charge.objects.filter(account__cases=pk)], decision="CLAIM",
            reason="债务人书面认可", by=zhang.staff("legal"), as_of=late,
        )  # fmt: skip
    firm(zhang, agreed=(on(1), date(2031, 12, 31)))
    with zhang.open("branch_gm"):
        cases.decide(
            approval_id=approval.pk, by=zhang.staff("branch_gm"), approve=True, reason="属实", at=moment
        )
    assert Notice.objects.filter(kind="LAWYER_LETTER").exists()


def test_only_legal_notes_what_data_leave_open(zhang):
    to_the_letter(zhang)
    said = {"case_id": case(zhang).pk, "code": "no_arbitration", "holds": True, "reason": "合同无仲裁条款"}
    with pytest.raises(NotALawyer), zhang.open("project_manager"):
        note_gate(**said, by=zhang.staff("project_manager"), on=on(92))


def test_the_review_names_who_decided_it_and_on_which_day(zhang):
    to_the_letter(zhang)
    found = checklist(case(zhang).pk, as_of=on(92)).known
    assert (found.reviewed_by, found.reviewed_on) == ("jinxiu-branch_gm员工", on(91))


def test_the_domicile_that_legal_wrote_into_a_paper_names_the_court(zhang):
    Party.objects.filter(name="张三").update(domicile="")
    to_the_court(zhang)
    pk = case(zhang).pk
    assert checklist(pk, as_of=on(108)).known.court == ""
    decide(zhang, "COURT", "branch_gm", 108)
    draft = Draft.objects.get(kind="PAYMENT_ORDER_APPLICATION")
    given = {"respondents.0.domicile": "浙江省绍兴市越城区延安路1号", "court": "杭州市西湖区人民法院"}
    with zhang.open("legal"):
        version = save_draft(draft_id=draft.pk, version=1, given=given, as_of=on(109))
    assert checklist(pk, as_of=on(109)).known.court == "绍兴市越城区人民法院"
    with pytest.raises(DraftNotReady) as refused, zhang.open("legal"):
        finish_draft(draft_id=draft.pk, version=version, as_of=on(109))
    assert refused.value.params["reason"] == "draft_court_of_another_place"
    with zhang.open("legal"):
        note_gate(
            case_id=pk, code="court_of_domicile", holds=True, reason="经常居住地在西湖区，已居住三年",
            by=zhang.staff("legal"), on=on(109),
        )  # fmt: skip
        finish_draft(draft_id=draft.pk, version=version, as_of=on(109))
    filing = {"case_id": pk, "filed_on": on(110), "as_of": on(110)}
    with pytest.raises(FilingRefused), zhang.open("legal"):
        mark_filed(court="绍兴市越城区人民法院", **filing)
    with zhang.open("legal"):
        mark_filed(court="杭州市西湖区人民法院", **filing)
    assert checklist(pk, as_of=on(110)).barred[Act.PAYMENT_ORDER].code == "not_filed"


def test_what_data_answers_is_noted_by_nobody(zhang):
    to_the_letter(zhang)
    for wrong in ({"code": "visited"}, {"reason": " "}):
        said = {"code": "no_arbitration", "reason": "合同无仲裁条款", "holds": True} | wrong
        with pytest.raises(NoteRefused), zhang.open("legal"):
            note_gate(case_id=case(zhang).pk, by=zhang.staff("legal"), on=on(92), **said)


# -- settlement, alerts --------------------------------------------------------------------------------


def test_a_settlement_in_court_is_paid_and_the_case_ends_as_settled(zhang):
    to_the_court(zhang)
    file_order(zhang)
    happens(zhang, K.ACCEPTED, 112)
    happens(zhang, K.SETTLEMENT, 114, next_on=on(120), award=Award(21_002))
    assert ("SETTLEMENT", on(120)) in [(row.code, row.last_on) for row in court_days(as_of=on(115))]
    assert DocketEntry.objects.latest("pk").result_id is None
    pay(zhang, None, paid_on=on(119), posted_on=on(119), at=at(on(119)))
    pk = case(zhang).pk
    walk(120)
    assert outcome_of(pk) == "SETTLED"


def test_the_night_tells_each_court_day_once_per_stage(zhang):
    to_the_court(zhang)
    file_order(zhang)
    assert raise_alerts(as_of=on(111)) == 0, "four days ahead"
    assert raise_alerts(as_of=on(112)) == 1
    assert raise_alerts(as_of=on(112)) == 0
    assert raise_alerts(as_of=on(115)) == 1, "on the day"
    assert raise_alerts(as_of=on(117)) == 1, "it has passed"
    assert raise_alerts(as_of=on(118)) == 0
    (row,) = court_days(as_of=on(118), code="ACCEPTANCE")
    assert (row.days_over, row.told_on) == (3, on(117))


# -- write-off -----------------------------------------------------------------------------------------


def ask(company, role="project_manager", day=92, **changed):
    said = {"reason": "老人已故无遗产", "file": PDF} | changed
    with company.open(role):
        return ask_write_off(
            case_id=case(company).pk, by=company.staff(role), on=on(day), at=at(on(day)), **said
        )


def answer(company, role, day=93, *, approve=True):
    waiting = Approval.objects.get(kind="legal.write_off", decision="PENDING")
    with company.open(role):
        cases.decide(
            approval_id=waiting.pk, by=company.staff(role), approve=approve, reason="查实", at=at(on(day))
        )


def test_two_people_write_a_debt_off_and_the_case_is_closed_by_it(zhang):
    to_the_letter(zhang)
    pk = case(zhang).pk
    ask(zhang)
    answer(zhang, "branch_gm")
    assert not Adjustment.objects.exists(), "one yes is none"
    assert [row.state_word for row in write_offs_of(pk)] == ["writeoff.WAITS_FINANCE"]
    second = Approval.objects.get(kind="legal.write_off", decision="PENDING").facts["agreed"]
    assert (second["by"], second["reason"]) == (zhang.staff("branch_gm").name, "查实"), (
        "finance reads who agreed"
    )
    answer(zhang, "finance", 94)
    rows = Adjustment.objects.order_by("part")
    assert {(row.kind, row.part) for row in rows} == {("WRITE_OFF", "LATE_FEE"), ("WRITE_OFF", "PRINCIPAL")}
    done = WriteOff.objects.get()
    assert (done.state, done.written_off_fen) == ("DONE", sum(row.amount_fen for row in rows))
    closed = Case.objects.get(pk=pk)
    assert (closed.closed_on, closed.close_reason) == (on(94), "WRITTEN_OFF")
    assert outcome_of(pk) == "WRITTEN_OFF"
    assert not Approval.objects.filter(kind="ladder.LAWYER_LETTER", decision="PENDING").exists()
    assert walk(95).cases_opened == 0
    with zhang.open("project_manager"):
        evaluate(case_id=pk, worked="NO", note="应更早走法律程序", on=on(95))
    assert [row.worked for row in evaluations_of(pk)] == ["NO"]


def test_a_write_off_needs_a_reason_and_is_asked_once_and_rejected_with_a_reason(zhang):
    to_the_letter(zhang)
    with pytest.raises(WriteOffRefused):
        ask(zhang, reason=" ")
    ask(zhang)
    with pytest.raises(WriteOffAsked):
        ask(zhang)
    answer(zhang, "branch_gm", approve=False)
    assert WriteOff.objects.get().state == "REJECTED"
    assert not Adjustment.objects.exists()
    ask(zhang, day=95)


def test_nothing_is_written_off_over_a_dispute(zhang):
    """Less would be written off than two people agreed to, and the case closed over what is disputed."""
    to_the_letter(zhang)
    dispute = {"account_id": zhang.accounts["3-1-1602"].pk, "kind": "DISPUTE", "reason": "渗水"}
    first = cases.set_hold(**dispute, from_on=on(92))
    with pytest.raises(WriteOffRefused):
        ask(zhang)
    cases.release_hold(hold_id=first, released_on=on(92), reason="已答复")
    ask(zhang)
    answer(zhang, "branch_gm")
    second = cases.set_hold(**dispute, from_on=on(93))
    with pytest.raises(WriteOffRefused):
        answer(zhang, "finance", 94)
    assert not Adjustment.objects.exists()
    cases.release_hold(hold_id=second, released_on=on(94), reason="已答复")
    answer(zhang, "finance", 94)
    assert WriteOff.objects.get().state == "DONE"


def test_whoever_asked_is_none_of_the_two(zhang):
    to_the_letter(zhang)
    ask(zhang, "finance")
    answer(zhang, "branch_gm")
    with pytest.raises(NotYourPart):
        answer(zhang, "finance", 94)
    assert not Adjustment.objects.exists()


def test_nothing_is_written_off_that_a_court_has_before_it(zhang):
    to_the_court(zhang)
    file_order(zhang)
    with pytest.raises(WriteOffRefused):
        ask(zhang, day=111)
    happens(zhang, K.WITHDRAWN, 112)
    ask(zhang, day=112)


def test_an_open_case_is_not_evaluated(zhang):
    to_the_letter(zhang)
    with pytest.raises(EvaluationRefused):
        evaluate(case_id=case(zhang).pk, worked="YES", note="x", on=on(92))
