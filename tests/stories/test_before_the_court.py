"""A debt that reaches the court: once objected to and turned into a lawsuit, once in force unopposed."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases import services as cases
from arrears.cases.models import Hold
from arrears.cases.services.decisions import OnHold
from arrears.legal.models import Filing, Result
from arrears.legal.queries import at_court, review_sheet
from arrears.legal.queries.calendar import court_days
from arrears.legal.queries.endings import outcome_of
from arrears.legal.queries.gates import checklist
from arrears.legal.rules.docket import EntryKind as K
from arrears.legal.rules.docket import Ground
from arrears.legal.rules.gates import Act
from arrears.legal.services import (
    EntryRefused,
    GateShut,
    evaluate,
    finish_draft,
    mark_filed,
    note_gate,
    open_draft,
    raise_alerts,
    save_draft,
)
from arrears.legal.services.filing import DraftUnfinished
from owners.models import Party
from tests import ladder
from tests.court import (
    COURT,
    decide,
    file_order,
    happens,
    home_of_the_debtor,
    judged,
    objects,
    to_the_court,
    to_the_letter,
)
from tests.ladder import at, case, document, hand_over, on, steps, walk
from tests.money import pay


@pytest.fixture
def zhang(jinxiu):
    """锦绣 with 张三's January bill, delivered and unpaid."""
    ladder.bill(jinxiu)
    home_of_the_debtor()
    return jinxiu


def write_complaint(case_id, *, on):
    """The complaint instead of the application: what no register knew is written, then it is finished."""
    draft_id = open_draft(case_id=case_id, kind="COMPLAINT", as_of=on)
    given = {
        "jurisdiction": "no", "mediation": "yes", "fact_went_on": "yes", "plaintiff.domicile": "杭州市西湖区文一路1号",
        "plaintiff.legal_representative": "赵总", "plaintiff.credit_code": "91330100MA27000000",
    }  # fmt: skip
    version = save_draft(draft_id=draft_id, version=1, given=given, as_of=on)
    finish_draft(draft_id=draft_id, version=version, as_of=on)


def why_not(company, day):
    """The gate and check that forbid each act, as the checklist tells it on a day."""
    found = checklist(case(company).pk, as_of=on(day))
    return {act.value: (one.gate.value, one.code) for act, one in found.barred.items()}


def days_of(company, day):
    """(code, D) of what counts before the court."""
    return [(row.code, (row.last_on - ladder.DUE).days) for row in court_days(as_of=on(day)) if row.filing_id]


def test_the_order_is_objected_to_becomes_a_lawsuit_a_judgment_and_an_enforcement(zhang):
    the_letter_and_the_filing_are_each_refused_while_their_gate_is_shut(zhang)
    the_order_is_served_and_falls_by_an_objection(zhang)
    the_suit_is_heard_and_won(zhang)
    what_is_unpaid_is_enforced_and_the_case_is_learned_from(zhang)


def the_letter_and_the_filing_are_each_refused_while_their_gate_is_shut(zhang):
    # D92: the letter is proposed. A dispute shuts its gate, and the general manager cannot sign.
    to_the_letter(zhang)
    hold = cases.set_hold(
        account_id=zhang.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(92), reason="渗水"
    )
    assert why_not(zhang, 92)["LAWYER_LETTER"] == ("G6", "no_dispute")
    with pytest.raises(OnHold):
        decide(zhang, "LAWYER_LETTER", "branch_gm", 92)
    cases.release_hold(hold_id=hold, released_on=on(92), reason="已答复")
    decide(zhang, "LAWYER_LETTER", "branch_gm", 92)
    hand_over(document(zhang, "LAWYER_LETTER").pk, on(92))
    assert why_not(zhang, 107)["PAYMENT_ORDER"] == ("G7", "letter_over")

    # D108: the letter's fifteen days are over; the order is approved, but somebody disputes it before it is filed.
    walk(108)
    decide(zhang, "COURT", "branch_gm", 108)
    hold = cases.set_hold(
        account_id=zhang.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(109), reason="渗水"
    )
    filing = {"case_id": case(zhang).pk, "court": COURT, "filed_on": on(109), "as_of": on(109)}
    with pytest.raises(GateShut) as refused, zhang.open("legal"):
        mark_filed(**filing)
    assert refused.value.params == {"gate": "G6", "check": "no_dispute", "act": "PAYMENT_ORDER"}
    cases.release_hold(hold_id=hold, released_on=on(109), reason="已答复")
    with zhang.open("legal"):
        mark_filed(**filing, court_reference="（2026）浙0110民督1号")
    assert review_sheet(case(zhang).pk, as_of=on(109)).claims[0].clock.status == "IN_PROCEEDING"


def the_order_is_served_and_falls_by_an_objection(zhang):
    # The court's days run one after the other.
    assert days_of(zhang, 109)[0] == ("ACCEPTANCE", 114)
    happens(zhang, K.ACCEPTED, 112)
    assert days_of(zhang, 112) == [("ISSUE", 127)]
    happens(zhang, K.ISSUED, 120)
    assert days_of(zhang, 120) == [("SERVICE", 150)]
    happens(zhang, K.SERVED, 125)
    assert days_of(zhang, 125) == [("OBJECTION", 140)]

    # 张三 writes that the roof leaks: that is an objection, and the order cannot come into force.
    objects(zhang, 130)
    with pytest.raises(EntryRefused):
        happens(zhang, K.EFFECTIVE, 141)
    happens(zhang, K.VOID, 135)
    assert days_of(zhang, 135) == [("CONVERSION", 142)]
    happens(zhang, K.CONVERTED, 136)
    course = at_court(case(zhang).pk, as_of=on(136)).courses[0]
    assert course.filing.filed_on == on(109), "deemed sued on the day of the application"


def the_suit_is_heard_and_won(zhang):
    # A suit: hearing, judgment, fifteen days for an appeal, in force.
    happens(zhang, K.HEARING_SET, 140, next_on=on(170), place="第三法庭 9:30")
    assert ("HEARING", 170) in days_of(zhang, 140)
    happens(zhang, K.HEARING_HELD, 170)
    judged(zhang, 180)
    assert days_of(zhang, 180) == [("APPEAL", 195)]
    with pytest.raises(EntryRefused):
        happens(zhang, K.EFFECTIVE, 195)
    happens(zhang, K.EFFECTIVE, 196)
    found = at_court(case(zhang).pk, as_of=on(206 + 90)).instrument
    assert (found.kind, found.award.total_fen) == ("JUDGMENT", 26_502)
    assert found.interest_fen == round(21_002 * 0.000175 * 90), "doubled interest from the day after"


def what_is_unpaid_is_enforced_and_the_case_is_learned_from(zhang):
    found = at_court(case(zhang).pk, as_of=on(207)).instrument
    # Unpaid: enforcement opens, and its two years are told ahead.
    assert walk(207).steps == {"ENFORCEMENT": 1}
    last_on = date(2028, found.perform_by.month, found.perform_by.day)
    assert days_of(zhang, 207)[-1][0] == "ENFORCEMENT"
    told = raise_alerts(as_of=date.fromordinal(last_on.toordinal() - 60))
    assert told == 1
    assert raise_alerts(as_of=date.fromordinal(last_on.toordinal() - 59)) == 0, "each stage is told once"
    with zhang.open("legal"):
        mark_filed(case_id=case(zhang).pk, court=COURT, filed_on=on(210), as_of=on(210))
    assert days_of(zhang, 210) == [], "the two years are kept"
    assert steps(zhang)[-1] == ("ENFORCEMENT", "TAKEN", 210)

    # He pays at last: the case ends as paid under a judgment, and is learned from.
    pay(zhang, None, paid_on=on(220), posted_on=on(220), at=at(on(220)))
    closed = case(zhang).pk
    walk(221)
    assert outcome_of(closed) == "JUDGMENT"
    with zhang.open("project_manager"):
        evaluate(case_id=closed, worked="YES", helped="COURT", note="起诉后才付", on=on(222))


def test_an_order_that_nobody_objects_to_comes_into_force_and_is_paid(zhang):
    to_the_court(zhang)
    assert why_not(zhang, 108) == {}
    file_order(zhang)
    happens(zhang, K.ACCEPTED, 112)
    happens(zhang, K.ISSUED, 118)
    happens(zhang, K.SERVED, 120)
    # He comes to the counter and says that he cannot pay: no objection, and the order stands.
    objects(zhang, 125, Ground.CANNOT_PAY)
    with pytest.raises(EntryRefused):
        happens(zhang, K.EFFECTIVE, 135)
    happens(zhang, K.EFFECTIVE, 136)
    result = Result.objects.get()
    assert (result.kind, result.served_on, result.perform_by) == ("PAYMENT_ORDER", on(120), on(135))
    assert result.costs_fen == 1_667, "the fee of an order that stands is the debtor's"
    assert Hold.objects.get(kind="LEGAL_PROCEEDING").released_on is None
    pay(zhang, None, paid_on=on(134), posted_on=on(137), at=at(on(137)))
    walk(138)
    assert steps(zhang)[-1][0] == "COURT", "paid in time: nothing to enforce"


def test_an_order_that_cannot_be_served_is_void_and_the_three_years_start_again(zhang):
    to_the_court(zhang)
    file_order(zhang)
    happens(zhang, K.ACCEPTED, 112)
    happens(zhang, K.ISSUED, 118)
    with pytest.raises(EntryRefused):
        happens(zhang, K.NOT_SERVED, 148)
    happens(zhang, K.NOT_SERVED, 149)
    assert steps(zhang)[-1] == ("COURT", "VOID", 149), "the court is proposed again"
    (claim,) = review_sheet(case(zhang).pk, as_of=on(149)).claims
    assert claim.clock.last_on == date(2029, 6, 29), "three years from the end of the proceeding"


def test_whoever_cannot_be_found_is_sued_and_not_asked_by_order(zhang):
    to_the_court(zhang)
    with zhang.open("legal"):
        note_gate(
            case_id=case(zhang).pk, code="debtor_not_missing", holds=False, reason="下落不明",
            by=zhang.staff("legal"), on=on(108),
        )  # fmt: skip
    assert why_not(zhang, 108)["PAYMENT_ORDER"] == ("G7", "debtor_not_missing")
    decide(zhang, "COURT", "branch_gm", 108)
    given = {"case_id": case(zhang).pk, "court": COURT, "filed_on": on(109), "as_of": on(109)}
    with pytest.raises(DraftUnfinished), zhang.open("legal"):
        mark_filed(**given)
    # The complaint takes the place of the application, and that is filed.
    with zhang.open("legal"):
        write_complaint(case(zhang).pk, on=on(109))
        mark_filed(**given)
    assert Filing.objects.get().kind == "COMPLAINT"


def test_without_an_identity_number_there_is_no_definite_defendant(zhang):
    to_the_court(zhang)
    Party.objects.filter(name="张三").update(id_number=b"")
    decide(zhang, "COURT", "branch_gm", 108)
    assert why_not(zhang, 108)["COMPLAINT"] == ("G8", "identity_known")
    with pytest.raises(DraftUnfinished), zhang.open("legal"):
        mark_filed(case_id=case(zhang).pk, court=COURT, filed_on=on(109), as_of=on(109))


def test_every_act_is_refused_by_the_first_gate_that_is_shut_on_every_day_of_the_climb(zhang):
    to_the_court(zhang)
    pk = case(zhang).pk
    first_open = {}
    for day in range(1, 109):
        found = checklist(pk, as_of=on(day))
        for act in (*found.open_acts, *found.to_confirm):
            first_open.setdefault(act, day)
    # The list reads papers as they stand today; only the days to pay are told for each day.
    assert first_open[Act.PAYMENT_ORDER] == 108
    assert first_open[Act.COMPLAINT] == 108
