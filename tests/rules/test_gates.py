"""The legal gates as a truth table, and the law behind them: no act without every check it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.legal.rules.gates import (
    BY_HAND,
    CHECKS,
    REQUIRED,
    Act,
    Gate,
    Known,
    Noted,
    Served,
    State,
    barred,
    checklist,
    shut,
    to_confirm,
)
from arrears.legal.words.gates import CHECKS as CHECK_WORDS
from arrears.legal.words.gates import FOUND

TODAY = date(2026, 6, 1)


def paper(days_ago, number="DEMAND-JX-2026-000001"):
    return Served(17, number, TODAY - timedelta(days_ago), "EMS邮寄", 15)


READY = Known(
    as_of=TODAY, contract="服务合同 JX-2022-001", area_cm2=893_700, clause="日万分之三", late_fee_fen=300,
    demand=paper(90), second=paper(60), letter=paper(30), visits=1, visited_on=date(2026, 3, 5),
    last_on=date(2029, 5, 2), reviewed_by="总经理", reviewed_on=date(2026, 4, 1), claim_fen=21_002,
    address="浙江省杭州市余杭区", court="杭州市余杭区人民法院", identified=True, firm="正和律师事务所",
    firm_until=date(2027, 1, 1),
)  # fmt: skip
NO = Noted(False, "查明", "蒋律", TODAY)

# What is taken away, which act it forbids, and by which gate and check.
TABLE = [
    ({"contract": ""}, Act.LAWYER_LETTER, "G1", "contract_in_force"),
    ({"outside": ("物业费 2026年1月",)}, Act.LAWYER_LETTER, "G1", "contract_in_force"),
    ({"in_flight": "bank_line"}, Act.LAWYER_LETTER, "G2", "nothing_in_flight"),
    ({"demand": None}, Act.LAWYER_LETTER, "G5", "demand_delivered"),
    ({"demand": paper(15)}, Act.LAWYER_LETTER, "G5", "demand_over"),
    ({"visits": 0}, Act.LAWYER_LETTER, "G5", "visited"),
    ({"second": None}, Act.LAWYER_LETTER, "G6", "second_delivered"),
    ({"second": paper(15)}, Act.LAWYER_LETTER, "G6", "second_over"),
    ({"dispute": "DISPUTE"}, Act.LAWYER_LETTER, "G6", "no_dispute"),
    ({"agreed": "INSTALMENT"}, Act.LAWYER_LETTER, "G6", "nothing_agreed"),
    ({"agreed": "DEFERRAL"}, Act.PAYMENT_ORDER, "G6", "nothing_agreed"),
    ({"agreed": "HARDSHIP"}, Act.PUBLIC_NOTICE, "G6", "nothing_agreed"),
    ({"expired": {5: "物业费 2023年1月"}}, Act.LAWYER_LETTER, "G6", "within_limitation"),
    ({"reviewed_on": None}, Act.LAWYER_LETTER, "G6", "review_decided"),
    ({"letter": None}, Act.PAYMENT_ORDER, "G7", "letter_delivered"),
    ({"letter": paper(15)}, Act.PAYMENT_ORDER, "G7", "letter_over"),
    ({"claim_fen": 0}, Act.PAYMENT_ORDER, "G7", "amount_fixed"),
    ({"clause": ""}, Act.PAYMENT_ORDER, "G3", "late_fee_clause"),
    ({"notes": {"debtor_not_missing": NO}}, Act.PAYMENT_ORDER, "G7", "debtor_not_missing"),
    ({"notes": {"no_preservation": NO}}, Act.PAYMENT_ORDER, "G7", "no_preservation"),
    ({"identified": False}, Act.COMPLAINT, "G8", "identity_known"),
    ({"notes": {"no_arbitration": NO}}, Act.COMPLAINT, "G8", "no_arbitration"),
    ({"dispute": "DISPUTE"}, Act.COMPLAINT, "G6", "no_dispute"),
    ({"letter": paper(15)}, Act.PUBLIC_NOTICE, "G7", "letter_over"),
    ({"firm": ""}, Act.EXPORT, "G11", "processing_agreement"),
]  # fmt: skip


def test_a_case_with_everything_proven_may_take_every_act():
    assert barred(checklist(READY)) == {}


@pytest.mark.parametrize(("taken_away", "act", "gate", "code"), TABLE)
def test_what_is_missing_forbids_the_act_and_is_named(taken_away, act, gate, code):
    found = shut(checklist(replace(READY, **taken_away)), act)
    assert (found.gate.value, found.code) == (gate, code)
    assert found.supplier, "somebody can supply it"


def test_what_only_a_complaint_needs_does_not_stop_a_payment_order_and_the_other_way_round():
    assert shut(checklist(replace(READY, identified=False)), Act.PAYMENT_ORDER) is None
    missing = checklist(replace(READY, notes={"debtor_not_missing": NO}))
    assert shut(missing, Act.COMPLAINT) is None


def test_an_expired_claim_goes_on_only_by_a_lawyers_decision_about_that_claim():
    expired = {5: "物业费 2023年1月", 6: "物业费 2023年2月"}
    said = Noted(True, "债务人口头同意", "蒋律", TODAY)
    half = replace(READY, expired=expired, decided={5: said})
    found = shut(checklist(half), Act.LAWYER_LETTER)
    assert (found.code, found.because.params["charges"]) == ("within_limitation", "物业费 2023年2月")
    whole = replace(half, decided=dict.fromkeys(expired, said))
    assert shut(checklist(whole), Act.LAWYER_LETTER) is None
    assert "within_limitation" not in BY_HAND, "it is decided at the clocks and nowhere else"


def test_a_copy_at_a_firm_whose_agreement_is_over_is_told_until_legal_notes_that_it_came_back():
    def copies(**known):
        (found,) = [one for one in checklist(replace(READY, **known)) if one.code == "copies_covered"]
        return found.state, found.because.code

    handed = {"handed_to": "正和律师事务所", "handed_on": date(2026, 5, 1)}
    over = handed | {"uncovered": ("正和律师事务所",), "uncovered_on": date(2026, 5, 20)}
    late, early = NO._replace(holds=True), NO._replace(holds=True, on=date(2026, 5, 10))
    assert copies() == (State.PASSED, "gate.copies_covered.none")
    assert copies(**handed) == (State.PASSED, "gate.copies_covered.passed")
    assert copies(**over) == (State.FAILED, "gate.copies_covered.failed")
    assert copies(**over, notes={"copies_covered": early}) == (State.FAILED, "gate.copies_covered.failed")
    assert copies(**over, notes={"copies_covered": late}) == (State.PASSED, "gate.copies_covered.decided")
    assert barred(checklist(replace(READY, **over))) == {}, "it shuts no gate of the case"


def test_a_signed_plan_stands_for_the_demand():
    plan = Served(None, "", TODAY - timedelta(40), "", 15)
    assert shut(checklist(replace(READY, demand=plan)), Act.LAWYER_LETTER) is None


def test_what_nobody_knows_is_said_so_and_shuts_nothing():
    found = {one.code: one.state for one in checklist(READY)}
    assert {found[code] for code in ("no_preservation", "no_arbitration", "clause_shown")} == {State.UNKNOWN}


def waiting(known, act=Act.PAYMENT_ORDER):
    return {one.code for one in to_confirm(checklist(known)).get(act, ())}


def test_an_act_with_something_unknown_is_to_be_confirmed_until_legal_has_noted_it():
    unknown = {"tariff_displayed", "clause_shown", "no_preservation"}
    assert waiting(READY) == unknown
    assert waiting(replace(READY, complains="arrears.SERVICE", court="")) == unknown | {
        "no_service_complaint", "court_of_domicile",
    }  # fmt: skip
    noted = dict.fromkeys((*unknown, "no_service_complaint", "court_of_domicile"), NO._replace(holds=True))
    answered = replace(READY, complains="arrears.SERVICE", court="", notes=noted)
    assert waiting(answered) == set()
    (said,) = [one for one in checklist(answered) if one.code == "no_service_complaint"]
    assert (said.state, said.because.code) == (State.PASSED, "gate.by_note")


def test_what_lies_with_a_court_is_not_filed_again():
    filed = checklist(replace(READY, filed_on=TODAY, filed_at="杭州市余杭区人民法院"))
    assert {act for act, one in barred(filed).items() if one.code == "not_filed"} == {
        Act.PAYMENT_ORDER,
        Act.COMPLAINT,
    }
    assert not {Act.PAYMENT_ORDER, Act.COMPLAINT} & to_confirm(filed).keys()


def test_what_is_billed_twice_goes_nowhere_and_a_stop_on_contact_is_told():
    found = checklist(replace(READY, doubled=("物业费 2026年1月",), stopped="NO_CONTACT"))
    assert shut(found, Act.LAWYER_LETTER).code == "billed_once"
    assert {one.code for one in found if one.state is State.FAILED} == {"billed_once", "may_be_contacted"}


@pytest.mark.parametrize("days", [0, 14, 15])
def test_the_fifteen_days_of_a_demand_are_whole(days):
    assert shut(checklist(replace(READY, second=paper(days))), Act.LAWYER_LETTER).code == "second_over"
    assert shut(checklist(replace(READY, second=paper(16))), Act.LAWYER_LETTER) is None


def test_every_gate_has_a_check_and_every_check_and_answer_has_words():
    assert {check.gate for check in CHECKS} == set(Gate)
    assert {f"gate.{check.code}" for check in CHECKS} == set(CHECK_WORDS)
    assert set(BY_HAND) <= {check.code for check in CHECKS}
    assert {code for codes in REQUIRED.values() for code in codes} <= {check.code for check in CHECKS}


served = st.none() | st.integers(0, 40).map(paper)
texts = st.sampled_from(["", "有"])
labels = st.sampled_from([(), ("物业费 2026年1月",)])
notes = st.dictionaries(st.sampled_from(BY_HAND), st.booleans().map(lambda holds: NO._replace(holds=holds)))
anything = st.builds(
    Known, as_of=st.just(TODAY), contract=texts, outside=labels, untariffed=labels, area_cm2=st.integers(0, 10),
    unheld=labels, in_flight=texts, bank_used=st.booleans(), clause=texts, late_fee_fen=st.integers(0, 10),
    above_safe_fen=st.integers(0, 2), wrong_fee=labels, bare=labels, demand=served, second=served, letter=served,
    visits=st.integers(0, 2), dispute=texts, expired=st.sampled_from([{}, {5: "物业费"}]),
    doubled=labels, stopped=texts, filed_on=st.none() | st.just(TODAY),
    reviewed_on=st.none() | st.just(TODAY), claim_fen=st.integers(0, 2), court=texts, complains=texts,
    identified=st.booleans(), joint=labels, missing_evidence=labels, wage_known=st.booleans(), silent=st.booleans(),
    firm=texts, handed_to=texts, uncovered=labels, unwatched=labels, notes=notes,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(anything, st.sampled_from(Act))
def test_no_act_is_open_while_one_of_its_checks_failed(known, act):
    found = checklist(known)
    failed = {one.code for one in found if one.state is State.FAILED}
    assert (shut(found, act) is None) == failed.isdisjoint(REQUIRED[act])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(anything)
def test_every_finding_is_a_sentence_and_the_same_facts_give_the_same_list(known):
    found = checklist(known)
    assert found == checklist(known)
    assert {one.because.code for one in found} <= FOUND.keys()
    assert all(one.supplier for one in found if one.state is not State.PASSED)
