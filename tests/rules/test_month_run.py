"""The month run as a ladder: each step says what it waits for, and one at most is next."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.differences import Paid, Reason, paid_for, reasons
from billing.charges.rules.month_run import Facts, Release, StepCode, StepState, month_steps

READY = Facts(tariffs=2, to_issue=4, to_issue_fen=101_998, changed=1)
OUT = Facts(tariffs=2, to_issue=0, changed=1, bills=4, amount_fen=101_998, papers=4)


def states(facts):
    return {step.code.value: step.state.value for step in month_steps(facts)}


def why(facts, code):
    return next(step.because for step in month_steps(facts) if step.code == code)


def test_what_is_missing_stops_everything_below_it():
    assert states(Facts(missing="charges.no_contract")) == {
        "READINGS": "MISSING", "PREVIEW": "LATER", "DIFFERENCES": "LATER", "APPROVE": "OPTIONAL", "ISSUE": "LATER",
        "PRINT": "LATER", "DELIVER": "LATER",
    }  # fmt: skip


def test_a_month_that_is_ready_is_issued_next():
    assert states(READY)["ISSUE"] == "NEXT"
    assert why(READY, "ISSUE").params == {"bills": 4, "amount": "¥1,019.98", "issued": 0}
    assert why(READY, "DIFFERENCES").params == {"units": 1}


def test_nobody_has_to_be_asked_but_who_was_asked_must_agree():
    assert states(READY)["APPROVE"] == "OPTIONAL"
    waiting = states(READY._replace(release=Release.PENDING))
    assert (waiting["APPROVE"], waiting["ISSUE"]) == ("NEXT", "LATER")
    refused = states(READY._replace(release=Release.REJECTED))
    assert (refused["APPROVE"], refused["ISSUE"]) == ("MISSING", "LATER")
    agreed = states(READY._replace(release=Release.APPROVED))
    assert (agreed["APPROVE"], agreed["ISSUE"]) == ("DONE", "NEXT")


def test_papers_are_printed_then_delivered():
    assert [states(OUT)[code] for code in ("ISSUE", "PRINT", "DELIVER")] == ["DONE", "NEXT", "LATER"]
    assert states(OUT._replace(printed=4))["DELIVER"] == "NEXT"
    assert states(OUT._replace(printed=4, delivered=4))["DELIVER"] == "DONE"
    assert why(OUT._replace(delivered=3), "DELIVER").params["share"] == "75.00%"


def test_a_month_in_which_nobody_gets_a_bill_says_so():
    assert states(Facts(tariffs=1, to_issue=0, left_out=3))["ISSUE"] == "MISSING"


def test_a_month_between_two_quarters_lacks_nothing():
    between_them = Facts(tariffs=1, to_issue=0)
    assert (states(between_them)["ISSUE"], why(between_them, "ISSUE").code) == ("DONE", "run_nothing_due")


counts = st.integers(0, 9)
facts = st.builds(
    Facts, missing=st.sampled_from(["", "charges.no_tariffs"]), to_issue=st.none() | counts, changed=st.none() | counts,
    release=st.sampled_from(Release), bills=counts, papers=counts, printed=counts, delivered=counts,
)  # fmt: skip


@given(facts)
def test_every_step_gives_a_reason_and_one_at_most_is_next(given_facts):
    steps = month_steps(given_facts)
    assert [step.code for step in steps] == list(StepCode)
    assert sum(step.state is StepState.NEXT for step in steps) <= 1
    assert all(step.because.code.startswith("run_") for step in steps)


def snapshot(rate="2.35", area="89.37", days=31, tariff=1, fee="物业费"):
    line = {"rate": rate, "surcharge": "0.00", "days": days, "days_in_month": 31}
    return {"fee_item": {"name": fee}, "tariff": {"id": tariff}, "area_m2": area, "lines": [line]}


def between(before, now):
    return reasons(paid_for(before), paid_for(now))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([], ("gone",)),
        ([snapshot(rate="2.45")], ("price",)),
        ([snapshot(area="90.00")], ("area",)),
        ([snapshot(days=10)], ("days",)),
        ([snapshot(tariff=2, rate="9.99")], ("tariff",)),
        ([snapshot(), snapshot(fee="停车费")], ("fee_added",)),
        ([snapshot(fee="停车费")], ("fee_added", "fee_ended")),
        ([snapshot(rate="2.45", area="90.00")], ("price", "area")),
        ([snapshot()], ("other",)),
    ],
)
def test_the_calculations_tell_why_a_sum_differs(now, expected):
    assert between([snapshot()], now) == expected


def test_who_paid_nothing_before_is_new():
    assert between([], [snapshot()]) == (Reason.NEW,)


def test_a_month_split_between_two_owners_is_a_whole_month():
    paid = paid_for([snapshot(days=10), snapshot(days=21)])
    assert paid["物业费"] == Paid(1, frozenset({("2.35", "0.00")}), "89.37", Fraction(1))
    assert between([snapshot()], [snapshot(days=10), snapshot(days=21)]) == (Reason.OTHER,)
