"""What may follow a filing, its days and sums, and what of an award is unpaid: laws are searched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.legal.rules.results import (
    ENDS,
    INSTRUMENTS,
    Award,
    Days,
    Proceeding,
    ResultKind,
    complete,
    deadlines,
    kinds_after,
    most_of,
    payable_until,
    refuse_award,
    refuse_days,
    remaining,
)

K = ResultKind
FILED, TODAY = date(2026, 5, 21), date(2026, 8, 1)
SERVED = date(2026, 6, 1)
fen = st.integers(0, 10**9)


def test_an_order_is_answered_once_a_suit_goes_on_and_nothing_follows_an_end():
    assert set(kinds_after("PAYMENT_ORDER", None)) == {K.PAYMENT_ORDER, K.CONVERTED, K.REJECTED, K.WITHDRAWN}
    assert K.JUDGMENT not in kinds_after("PAYMENT_ORDER", K.PAYMENT_ORDER)
    assert K.JUDGMENT in kinds_after("PAYMENT_ORDER", K.CONVERTED)
    for filing in ("PAYMENT_ORDER", "COMPLAINT"):
        assert [kinds_after(filing, end) for end in ENDS] == [(), ()]
    assert kinds_after("ENFORCEMENT", None) == ()


def test_a_payment_order_gives_fifteen_days_and_is_in_force_on_the_next():
    days = complete(K.PAYMENT_ORDER, Days(SERVED))
    assert days == Days(SERVED, date(2026, 6, 17), date(2026, 6, 16))
    assert complete(K.REJECTED, Days(SERVED, TODAY, TODAY)) == Days(SERVED)


@pytest.mark.parametrize(
    ("kind", "days", "field", "code"),
    [
        (K.REJECTED, Days(TODAY + timedelta(1)), "served_on", "result_in_future"),
        (K.REJECTED, Days(FILED - timedelta(1)), "served_on", "result_before_filing"),
        (K.JUDGMENT, Days(SERVED, None, TODAY), "effective_on", "result_needs_day"),
        (K.JUDGMENT, Days(SERVED, SERVED, None), "perform_by", "result_needs_day"),
        (K.MEDIATION, Days(SERVED, SERVED - timedelta(1), SERVED), "effective_on", "result_before_service"),
        (K.JUDGMENT, Days(SERVED, SERVED, date(2030, 1, 1)), "perform_by", "result_too_far"),
        (K.PAYMENT_ORDER, Days(SERVED, TODAY, date(2026, 6, 15)), "perform_by", "order_gives_fifteen_days"),
        (
            K.PAYMENT_ORDER,
            Days(SERVED, date(2026, 6, 16), date(2026, 6, 16)),
            "effective_on",
            "order_in_force_after_fifteen_days",
        ),
    ],
)
def test_a_day_that_cannot_be_is_named_with_its_field(kind, days, field, code):
    found = refuse_days(kind, days, filed_on=FILED, as_of=TODAY)
    assert found is not None
    assert (found[0], found[1].code) == (field, code)


def test_days_that_can_be_are_not_refused():
    assert refuse_days(K.JUDGMENT, Days(SERVED, SERVED, SERVED), filed_on=FILED, as_of=TODAY) is None
    assert refuse_days(K.WITHDRAWN, Days(FILED), filed_on=FILED, as_of=FILED) is None


def test_an_instrument_awards_something_and_never_more_than_was_claimed():
    most = most_of(620, principal_fen=500, late_fee_fen=20, runs_on_fen=5, costs_fen=130)

    def refused(*award):
        found = refuse_award(Award(*award), most)
        return found and (found[0], found[1].code)

    assert refused(0, 20) == ("principal_fen", "award_needs_principal")
    assert refused(501) == ("principal_fen", "award_beyond_claim")
    assert refused(500, 26) == ("late_fee_fen", "award_beyond_claim")
    assert refused(400, 26) == ("late_fee_fen", "award_beyond_claim"), (
        "less principal is no room for late fee"
    )
    assert refused(500, 25, 131) == ("costs_fen", "costs_beyond_claim")
    assert refused(500, 25, 130) is None


def test_a_claim_without_parts_bounds_principal_and_late_fee_together():
    most = most_of(600, principal_fen=None, late_fee_fen=None)
    assert refuse_award(Award(400, 200), most) is None
    assert refuse_award(Award(400, 201), most)[0] == "late_fee_fen"


@given(st.builds(Award, fen, fen, fen), fen, fen)
def test_what_is_unpaid_is_never_more_than_the_award_nor_than_the_books_say(award, unpaid, paid):
    left = remaining(award, unpaid_principal_fen=unpaid, late_fee_paid_fen=paid)
    assert 0 <= left.principal_fen <= min(award.principal_fen, unpaid)
    assert 0 <= left.late_fee_fen <= award.late_fee_fen
    assert left.costs_fen == award.costs_fen
    assert left.total_fen <= max(award.costs_fen, award.total_fen - paid)


@given(st.integers(0, 400), st.integers(0, 400))
def test_enforcement_waits_for_both_force_and_the_days_to_pay(force, paying):
    days = Days(SERVED, SERVED + timedelta(force), SERVED + timedelta(paying))
    opens_on = payable_until(days) + timedelta(1)
    assert opens_on >= days.effective_on
    assert opens_on > days.perform_by
    assert opens_on in (days.effective_on, days.perform_by + timedelta(1))


def test_the_days_that_count_follow_the_course():
    def codes(kind, days, as_of=TODAY, filing="PAYMENT_ORDER"):
        found = deadlines(Proceeding(filing, FILED, kind, days), as_of=as_of)
        return [(one.code, one.last_on, one.days_over) for one in found]

    assert codes(None, None, date(2026, 6, 12)) == [
        ("ACCEPTANCE", date(2026, 5, 26), 17), ("ISSUE", date(2026, 6, 10), 2),
    ]  # fmt: skip
    assert codes(None, None, filing="COMPLAINT") == []
    assert codes(K.CONVERTED, Days(SERVED), SERVED) == [("CONVERSION", date(2026, 6, 8), 0)]
    order = complete(K.PAYMENT_ORDER, Days(SERVED))
    assert [one[0] for one in codes(K.PAYMENT_ORDER, order, SERVED)] == ["PERFORM", "ENFORCEMENT"]
    assert codes(K.PAYMENT_ORDER, order, date(2028, 6, 18)) == [("ENFORCEMENT", date(2028, 6, 16), 2)]
    assert codes(K.REJECTED, Days(SERVED)) == []


def test_the_two_years_are_announced_sixty_days_ahead():
    order = complete(K.PAYMENT_ORDER, Days(SERVED))

    def near(as_of):
        return deadlines(Proceeding("PAYMENT_ORDER", FILED, K.PAYMENT_ORDER, order), as_of=as_of)[-1].is_near

    last_on = date(2028, 6, 16)
    assert [near(last_on - timedelta(days)) for days in (61, 60, 0, -1)] == [False, True, True, False]


def test_only_instruments_can_be_enforced():
    assert {K.PAYMENT_ORDER, K.JUDGMENT, K.MEDIATION} == INSTRUMENTS
    assert not INSTRUMENTS & ENDS
