"""A paper and its form are written by one pen: what may be written over the data, and what may not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.legal.rules.edits import read_edits
from arrears.legal.rules.evidence import EVIDENCE, EvidenceCode, lacking
from arrears.legal.rules.pen import Kind, Pen, Source
from arrears.legal.rules.ready import COMPLAINT, LETTER, ORDER, WITHDRAWAL, Standing, unready
from values.fen import yuan


def written(edits=None):
    pen = Pen(edits or {})
    pen.section("claims")
    pen.money("principal", 21_002)
    pen.section("facts")
    pen.text("facts", "", Source.PERSON)
    pen.day("handover_on", date(2022, 3, 1), Source.OWNERS)
    pen.yes("mediation", None, Source.PERSON, required=True)
    pen.choose("firm", "", Source.FIRM, ("甲所", "乙所"))
    return pen


def read(given_, *, before=None, clause=True, to_a_court=True):
    pen = written(before)
    return read_edits(pen.fields, given_, before=before or {}, late_fee_clause=clause, to_a_court=to_a_court)


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**8))
def test_no_claim_ever_exceeds_what_is_owed(wanted, owed):
    pen = Pen({"principal": wanted})
    assert 0 <= pen.money("principal", owed) <= owed


@given(st.integers(0, 10**8))
def test_a_claim_is_read_down_to_nothing_and_refused_above_what_is_owed(fen):
    found = read({"principal": yuan(fen)})
    if fen > 21_002:
        assert [one.because.code for one in found.faults] == ["draft_beyond_owed"]
    else:
        assert not found.faults
        assert written(found.edits).fields[0].value == fen


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"principal": "-1.00"}, "draft_no_amount"),
        ({"principal": "viel"}, "draft_no_amount"),
        ({"handover_on": "gestern"}, "draft_no_day"),
        ({"handover_on": "2026-02-30"}, "draft_no_day"),
        ({"mediation": "vielleicht"}, "draft_not_yes_or_no"),
        ({"firm": "丙所"}, "draft_no_choice"),
        ({"facts": "长" * 2001}, "draft_too_long"),
        ({"number": "LETTER-JX-2026-000009"}, "draft_no_such_field"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused_by_its_name(given_, code):
    found = read(given_)
    assert [(one.key, one.because.code) for one in found.faults] == [(next(iter(given_)), code)]
    assert found.edits == {}


@pytest.mark.parametrize(
    "text", ["再不付款就停水停电", "将您列入征信黑名单", "罚款500元", "我们会通知您的单位领导", "后果自负"]
)
def test_a_threat_is_refused_in_every_free_text(text):
    for to_a_court in (True, False):
        found = read({"facts": text}, to_a_court=to_a_court)
        assert [one.because.code for one in found.faults] == ["draft_forbidden"]


def test_a_court_may_be_asked_what_an_owner_may_not_be_told():
    text = "申请冻结被告银行存款"
    assert not read({"facts": text}, to_a_court=True).faults
    assert read({"facts": text}, to_a_court=False).faults


def test_without_a_clause_no_letter_speaks_of_a_late_fee():
    assert read({"facts": "另请求违约金"}, clause=False, to_a_court=False).faults
    assert not read({"facts": "另请求违约金"}, clause=True, to_a_court=False).faults


def test_what_says_the_same_as_the_data_is_no_edit_and_what_is_not_given_stays():
    assert read({"principal": "210.02", "handover_on": "2022-03-01", "mediation": ""}).edits == {}
    kept = read({"principal": "200.00"}, before={"facts": "补充"})
    assert kept.edits == {"facts": "补充", "principal": 20_000}
    assert read({"facts": ""}, before={"facts": "补充"}).edits == {}


def test_an_empty_secret_leaves_the_number_as_it_is():
    pen = Pen({})
    pen.secret("id_number", "330102199001011234", Source.OWNERS)
    asked = {"before": {}, "late_fee_clause": True, "to_a_court": True}
    assert read_edits(pen.fields, {"id_number": ""}, **asked).edits == {}
    assert read_edits(pen.fields, {"id_number": "X1"}, **asked).edits == {"id_number": "X1"}


def test_a_choice_that_is_gone_falls_back_to_the_data():
    assert [one.value for one in written({"firm": "丙所"}).fields if one.kind is Kind.CHOICE] == [""]


def test_two_fields_of_one_name_are_a_fault_of_the_author():
    pen = Pen({})
    pen.line("court", "", Source.COURT)
    with pytest.raises(ValueError, match="court"):
        pen.line("court", "", Source.COURT)


def codes(kind, fields=(), **standing):
    return [one.because.code for one in unready(kind, fields, Standing(**standing))]


def test_what_must_be_there_is_asked_for_and_nothing_is_claimed_of_nothing():
    fields = written().fields
    assert codes(COMPLAINT, fields, principal_fen=1) == ["draft_field_missing"]
    assert codes(COMPLAINT, written({"mediation": False}).fields, principal_fen=1) == []
    assert codes(COMPLAINT, principal_fen=0) == ["draft_nothing_claimed"]


@pytest.mark.parametrize("kind", [LETTER, ORDER, COMPLAINT])
def test_an_objection_or_a_plan_stops_every_claim(kind):
    assert codes(kind, principal_fen=1, disputed=True) == ["draft_disputed"]
    assert codes(kind, principal_fen=1, held=True) == ["draft_held"]


def test_no_data_go_to_a_firm_without_an_agreement():
    assert codes(LETTER, principal_fen=1, firm_chosen=True) == ["draft_firm_without_agreement"]
    assert codes(LETTER, principal_fen=1, firm_chosen=True, firm_agreed=True) == []


def order_fields(court, domicile="浙江省杭州市余杭区五常大道8号", residence="", denied=False):
    pen = Pen({"statement.not_missing": False} if denied else {})
    pen.line("respondents.0.domicile", domicile, Source.OWNERS)
    pen.line("respondents.0.residence", residence, Source.OWNERS)
    pen.line("court", court, Source.COURT)
    pen.yes("statement.not_missing", True, Source.LAW)
    return pen.fields


def test_a_payment_order_goes_to_the_court_of_the_debtors_home():
    assert codes(ORDER, order_fields("杭州市余杭区人民法院"), principal_fen=1) == []
    assert codes(ORDER, order_fields("杭州市西湖区人民法院"), principal_fen=1) == [
        "draft_court_of_another_place"
    ]
    # That he lives there is not known from the register: legal writes why that court is the right one.
    lives_there = order_fields("杭州市西湖区人民法院", residence="浙江省杭州市西湖区文三路1号")
    assert codes(ORDER, lives_there, principal_fen=1) == ["draft_court_of_another_place"]
    assert codes(ORDER, lives_there, principal_fen=1, reasoned=True) == []
    assert codes(ORDER, order_fields("某法院", domicile="乡下"), principal_fen=1) == ["draft_court_unproven"]


def test_a_statement_that_is_denied_leaves_only_a_suit():
    denied = order_fields("杭州市余杭区人民法院", denied=True)
    assert codes(ORDER, denied, principal_fen=1) == ["draft_statement_denied"]


def test_after_the_courts_answer_nothing_is_withdrawn():
    assert codes(WITHDRAWAL, answered=True) == ["draft_answered"]


def test_fourteen_items_of_evidence_and_which_of_them_a_court_will_miss():
    assert [code.value for code in EVIDENCE] == [f"E{n}" for n in range(1, 15)]
    assert lacking((), claims_costs=False) == tuple(EvidenceCode)[:11]
    assert lacking(EvidenceCode, claims_costs=True) == ()
    assert lacking(set(EvidenceCode) - {EvidenceCode.E14}, claims_costs=True) == (EvidenceCode.E14,)
