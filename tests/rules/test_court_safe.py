"""S6: the contract's late fee beside what courts grant; LPR by the day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules import late_fee
from billing.charges.rules.court_safe import (
    CourtTerms,
    compare_late_fee,
    court_safe_owed,
    fen_days_of,
    published_lpr,
)
from billing.charges.rules.late_fee import Movement, Terms
from billing.charges.rules.local import LocalKind, read_value

COURT = CourtTerms(Decimal("0.03"))
FEN_DAYS = 252_024 * 200


@pytest.mark.parametrize(("contract", "flagged"), [(15_121, False), (25_202, True), (50_405, True)])
def test_the_contracts_late_fee_is_compared_as_in_s6(contract, flagged):
    compared = compare_late_fee(contract, fen_days=FEN_DAYS, terms=COURT)
    assert (compared.court_safe_fen, compared.four_lpr_fen, compared.quarter_fen) == (5_386, 16_571, 33_143)
    assert compared.flagged is flagged


def test_the_court_safe_figure_never_exceeds_what_is_owed_and_what_was_paid_counts():
    assert court_safe_owed(1_000, fen_days=FEN_DAYS, paid_fen=0, terms=COURT) == 1_000
    assert court_safe_owed(15_121 - 5_000, fen_days=FEN_DAYS, paid_fen=5_000, terms=COURT) == 386
    assert court_safe_owed(15_121 - 6_000, fen_days=FEN_DAYS, paid_fen=6_000, terms=COURT) == 0


@given(st.integers(0, 252_024), st.integers(0, 400), st.integers(0, 400))
def test_stored_segments_and_the_whole_history_agree_on_the_days(part, first, then):
    terms = Terms(date(2026, 1, 31), 10_000, 252_024, cap_e4=None)
    paid_on = date.fromordinal(terms.due_on.toordinal() + first)
    as_of = date.fromordinal(paid_on.toordinal() + then)
    running = late_fee.close_segment(terms, late_fee.start(terms), on=paid_on, unpaid_fen=252_024 - part)
    explained = late_fee.explain(terms, [Movement(paid_on, part)], as_of=as_of)
    assert late_fee.fen_days(terms, running, as_of=as_of) == fen_days_of(explained)


def test_the_lpr_of_a_day_is_the_one_published_before_it():
    assert published_lpr(date(2025, 5, 20)) == Decimal("0.03")
    assert published_lpr(date(2024, 10, 20)) == Decimal("0.0335")
    assert published_lpr(date(2010, 1, 1)) == Decimal("0.0425")


@pytest.mark.parametrize("text", ["0.9", "4.1", "x", "1.333", "NaN"])
def test_courts_grant_once_to_four_times_lpr(text):
    with pytest.raises(ValueError):
        read_value(LocalKind.COURT_SAFE_K, text)
