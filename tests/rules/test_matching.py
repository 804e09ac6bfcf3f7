"""Whose money it is: strong when several things agree, and never a guess."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billing.banking.rules.matching import (
    MARGIN,
    THRESHOLD,
    Because,
    Candidate,
    Debt,
    Line,
    Reason,
    decide,
    rank,
)

DEBT = Debt(26_000, 25_000, frozenset({21_002, 21_500}))


def verdict(line: Line, *candidates: Candidate):
    return decide(rank(line, candidates))


def one(pk: int = 1, *names: str, room: Reason | None = None, **more) -> Candidate:
    return Candidate(pk, frozenset(names), room=room, debt=more.pop("debt", DEBT), **more)


def test_a_room_with_its_building_is_enough():
    assert verdict(Line(1, "", ""), one(room=Reason.ROOM)).best.account_id == 1


def test_a_name_alone_is_not_and_neither_is_an_amount():
    assert verdict(Line(1, "张三", ""), one(1, "张三")).because is Because.TOO_WEAK
    assert verdict(Line(26_000, "", ""), one()).because is Because.TOO_WEAK


def test_a_name_with_the_exact_sum_is():
    assert verdict(Line(26_000, "张三", ""), one(1, "张三")).best.reasons == (Reason.PAYER, Reason.ALL_OWED)


def test_one_bill_and_the_principal_alone_are_known_sums_but_weaker():
    assert verdict(Line(21_002, "张三", ""), one(1, "张三")).because is Because.TOO_WEAK
    known = one(1, "张三", known=True)
    assert verdict(Line(21_002, "张三", ""), known).best.reasons[-1] is Reason.ONE_BILL
    assert verdict(Line(25_000, "张三", ""), known).best.reasons[-1] is Reason.PRINCIPAL


def test_two_of_one_name_and_sum_are_never_guessed():
    found = verdict(Line(26_000, "张三", ""), one(1, "张三"), one(2, "张三"))
    assert (found.best, found.because) == (None, Because.EQUALS)


def test_who_moved_out_comes_after_who_lives_there():
    gone = one(1, "李四", room=Reason.ROOM, is_closed=True)
    assert verdict(Line(1, "", ""), gone, one(2, "张三", room=Reason.ROOM)).best.account_id == 2
    assert verdict(Line(1, "李四", ""), gone, one(2, "张三", room=Reason.ROOM)).best.account_id == 1


def test_a_relative_names_the_owner_in_the_remark():
    found = verdict(Line(26_000, "王五", "代张三交物业费"), one(1, "张三", room=Reason.ROOM_SHORT))
    assert found.best.reasons == (Reason.ROOM_SHORT, Reason.NAMED, Reason.ALL_OWED)


def test_nobody_is_nobody():
    assert verdict(Line(1, "张三", "")).because is Because.NOBODY


candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 9),
        st.sampled_from([frozenset(), frozenset({"张三"}), frozenset({"李四"})]),
        st.booleans(),
        st.sampled_from([None, Reason.ROOM, Reason.ROOM_SHORT, Reason.ROOM_ONE_OF]),
        st.booleans(),
        st.just(DEBT),
    ),
    max_size=6,
    unique_by=lambda candidate: candidate.account_id,
)


@given(candidates, st.sampled_from([1, 26_000, 25_000, 21_002]), st.sampled_from(["", "张三"]))
def test_a_proposal_is_strong_and_clearly_ahead(found, amount, payer):
    ranked = rank(Line(amount, payer, ""), found)
    decision = decide(ranked)
    assert (decision.best is None) is (decision.because is not None)
    if decision.best is not None:
        assert decision.best.score >= THRESHOLD
        assert all(decision.best.score - other.score >= MARGIN for other in ranked[1:])
