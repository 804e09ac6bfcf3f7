"""From the court's answer to a filed enforcement, and back to the ladder when there is nothing to enforce."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrears.cases.models import Hold
from arrears.legal.models import Filing, Result
from arrears.legal.queries import at_court, court_papers, review_sheet
from arrears.legal.rules.results import Award, Days
from arrears.legal.services import mark_filed, record_result
from arrears.legal.services.results import EnforcementFiled, ResultRefused
from notices.documents.enforcement import EnforcementData
from notices.documents.render import render_html
from tenancy.kernel.errors import NotFound
from tests import ladder
from tests.ladder import at, case, document, on, steps, tasks, walk
from tests.money import pay
from tests.services.test_filing import climb_to_the_court, decide

COURT, NUMBER = "杭州市西湖区人民法院", "（2026）浙0110民督1号"
# Served on D115: payable until D130, in force from D131.
AWARD = Award(21002, 680, 1667)


@pytest.fixture
def filed(jinxiu):
    """D110: the payment order of 3-1-1602 lies with the court."""
    ladder.bill(jinxiu)
    climb_to_the_court(jinxiu)
    decide(jinxiu, "COURT", "branch_gm", 108)
    with jinxiu.open("legal"):
        mark_filed(case_id=case(jinxiu).pk, court=COURT, filed_on=on(110), as_of=on(110))
    return jinxiu


def answer(company, kind="PAYMENT_ORDER", day=115, as_of=116, **changed):
    said = {"court": COURT, "case_number": NUMBER, "days": Days(on(day)), "award": AWARD} | changed
    with company.open("legal"):
        return record_result(
            filing_id=Filing.objects.earliest("pk").pk, kind=kind, as_of=on(as_of), **said
        )  # fmt: skip


def test_enforcement_opens_the_day_after_the_days_to_pay_with_its_paper_and_a_task(filed):
    answer(filed)
    walk(130)
    assert steps(filed)[-1] == ("COURT", "TAKEN", 110)
    assert walk(131).steps == {"ENFORCEMENT": 1}
    assert steps(filed)[-1] == ("ENFORCEMENT", "DUE", 131)
    assert ("FILE", on(161)) in tasks(filed)
    notice = document(filed, "ENFORCEMENT_APPLICATION")
    paper = EnforcementData.from_json(notice.data)
    assert (paper.court, paper.instrument, paper.reference) == (COURT, "支付令", NUMBER)
    assert (paper.awarded_fen, paper.paid_fen, paper.unpaid_fen) == (23349, 0, 23349)
    assert paper.effective_on == on(131)
    assert "¥233.49" in render_html(notice)
    assert walk(132).steps == {}


def test_a_second_walk_of_the_day_makes_no_second_application(filed):
    answer(filed)
    walk(131)
    assert walk(131).documents_queued == 0
    assert ladder.Notice.objects.filter(kind="ENFORCEMENT_APPLICATION").count() == 1


def test_the_application_claims_what_of_the_award_is_unpaid(filed):
    answer(filed)
    pay(filed, 10_693, paid_on=on(120), posted_on=on(120), at=at(on(120)))
    walk(131)
    paper = EnforcementData.from_json(document(filed, "ENFORCEMENT_APPLICATION").data)
    found = at_court(case(filed).pk, as_of=on(131)).instrument
    assert paper.unpaid_fen == found.unpaid.total_fen
    assert paper.awarded_fen - paper.paid_fen == paper.unpaid_fen
    assert found.unpaid.late_fee_fen == 0, "what was paid went to the late fee first"
    assert found.unpaid.principal_fen < 21002
    (waiting,) = court_papers(as_of=on(131))
    assert (waiting.claim_fen, waiting.costs_fen, waiting.court) == (paper.unpaid_fen, 1667, COURT)


def test_a_filed_enforcement_claims_the_unpaid_award_and_its_own_fee(filed):
    answer(filed)
    walk(131)
    with filed.open("legal"):
        mark_filed(case_id=case(filed).pk, court=COURT, filed_on=on(133), as_of=on(133))
    filing = Filing.objects.latest("pk")
    assert (filing.kind, filing.claim_fen, filing.fee_fen) == ("ENFORCEMENT", 23349, 5000)
    assert steps(filed)[-1] == ("ENFORCEMENT", "TAKEN", 133)
    assert walk(134).steps == {}
    with pytest.raises(EnforcementFiled):
        answer(filed, as_of=134)


def test_nothing_is_enforced_of_what_was_paid_in_time(filed):
    answer(filed)
    pay(filed, None, paid_on=on(125), posted_on=on(125), at=at(on(125)))
    walk(131)
    assert not ladder.Notice.objects.filter(kind="ENFORCEMENT_APPLICATION").exists()
    assert filed.accounts["3-1-1602"].cases.get().close_reason == "PAID"


def test_a_rejected_claim_is_proposed_again_and_collectors_may_speak(filed):
    answer(filed, "REJECTED", award=Award(), note="材料不齐")
    assert steps(filed)[-1] == ("COURT", "VOID", 116)
    assert Hold.objects.get().released_on == on(116)
    assert walk(117).steps == {"COURT": 1}
    assert steps(filed)[-1] == ("COURT", "PROPOSED", 117)
    assert at_court(case(filed).pk, as_of=on(117)).courses[0].may_follow == ()


def test_an_objection_turns_the_order_into_a_suit_whose_judgment_is_enforced(filed):
    answer(filed, "CONVERTED", day=112, as_of=112, award=Award())
    walk(113)
    assert steps(filed)[-1] == ("COURT", "TAKEN", 110), "the proceeding goes on"
    (course,) = at_court(case(filed).pk, as_of=on(113)).courses
    assert [(one.code, one.days_left) for one in course.deadlines] == [("CONVERSION", 6)]
    answer(filed, "JUDGMENT", day=150, as_of=150, days=Days(on(150), on(166), on(176)))
    walk(176)
    assert steps(filed)[-1][0] == "COURT"
    walk(177)
    assert steps(filed)[-1] == ("ENFORCEMENT", "DUE", 177)
    assert document(filed, "ENFORCEMENT_APPLICATION").data["instrument"] == "民事判决书"


def test_a_correction_counts_instead_and_draws_the_application_up_anew(filed):
    answer(filed)
    walk(131)
    first = document(filed, "ENFORCEMENT_APPLICATION")
    answer(filed, as_of=131, award=Award(21002, 600, 1667))
    assert steps(filed)[-1] == ("ENFORCEMENT", "VOID", 131)
    first.refresh_from_db()
    assert first.state == "WITHDRAWN"
    walk(132)
    assert document(filed, "ENFORCEMENT_APPLICATION").data["awarded_fen"] == 23269


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("PAYMENT_ORDER", {"case_number": " "}, "case_number"),
        ("PAYMENT_ORDER", {"court": " "}, "court"),
        ("PAYMENT_ORDER", {"award": Award()}, "principal_fen"),
        ("PAYMENT_ORDER", {"award": Award(9_999_999)}, "principal_fen"),
        ("PAYMENT_ORDER", {"award": Award(21_002, 8_888_800)}, "late_fee_fen"),
        ("PAYMENT_ORDER", {"award": Award(21_002, 0, 1_668)}, "costs_fen"),
        ("PAYMENT_ORDER", {"days": Days(on(109))}, "served_on"),
        ("PAYMENT_ORDER", {"days": Days(on(117))}, "served_on"),
        ("JUDGMENT", {}, "kind"),
        ("NONSENSE", {}, "kind"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_field(filed, kind, changed, field):
    with pytest.raises(ResultRefused) as refused:
        answer(filed, kind, **changed)
    assert refused.value.field == field
    assert not Result.objects.exists()


def test_the_database_refuses_an_instrument_without_days_and_an_award_without_instrument(filed):
    filing = Filing.objects.get()
    given = {
        "filing": filing,
        "case_id": filing.case_id,
        "court": COURT,
        "case_number": NUMBER,
        "served_on": on(115),
    }
    for wrong in (
        {"kind": "JUDGMENT", "principal_fen": 1},
        {"kind": "REJECTED", "principal_fen": 1},
        {"kind": "REJECTED", "court": ""},
        {"kind": "JUDGMENT", "principal_fen": 1, "effective_on": on(114), "perform_by": on(120)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Result.objects.create(**{**given, **wrong})


def test_a_filed_claim_stops_the_clock_until_the_court_has_answered(filed):
    (claim,) = review_sheet(case(filed).pk, as_of=on(112)).claims
    assert claim.clock.status == "IN_PROCEEDING"
    answer(filed, "WITHDRAWN", award=Award())
    (claim,) = review_sheet(case(filed).pk, as_of=on(116)).claims
    assert claim.clock.anchor_on == on(115)


def test_the_two_years_count_from_the_last_day_to_pay(filed):
    answer(filed)
    (course,) = at_court(case(filed).pk, as_of=on(116)).courses
    assert [(one.code, one.last_on) for one in course.deadlines] == [("OBJECTION", on(130))]
    (course,) = at_court(case(filed).pk, as_of=on(131)).courses
    assert [(one.code, one.last_on) for one in course.deadlines] == [
        ("ENFORCEMENT", on(130).replace(year=2028))
    ]
    (course,) = at_court(case(filed).pk, as_of=on(130).replace(year=2028) + timedelta(3)).courses
    assert [one.days_over for one in course.deadlines] == [3]


def test_a_foreign_filing_is_not_found(filed, cast):
    pk = Filing.objects.get().pk
    with pytest.raises(NotFound):
        record_result(filing_id=pk + 999, kind="REJECTED", court=COURT, days=Days(on(115)), as_of=on(116))


def test_a_claim_says_what_it_leaves_out_and_why(filed):
    from datetime import date

    from arrears.cases.queries import Asked, coverage

    account = filed.accounts["3-1-1602"].pk
    ladder.bill(filed, date(2026, 2, 1))
    ladder.bill(filed, date(2026, 4, 1), delivered_on=on(98))
    ladder.bill(filed, date(2026, 3, 1), delivered_on=date.max)
    found = coverage([Asked(account, Filing.objects.get().charge_ids, on(108))], as_of=on(125))[account]
    assert [charge.charge_id for charge in found.covered] == Filing.objects.get().charge_ids
    assert [one.because.code for one in found.left_out] == [
        "left_out_not_demanded",
        "left_out_bill_undelivered",
        "left_out_bill_late",
    ]
    assert found.left_fen == sum(one.charge.unpaid_fen for one in found.left_out) > 0
