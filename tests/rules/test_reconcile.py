"""Seven outcomes, each row and each payment judged once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from billing.banking.rules.channel import Kind, Row
from billing.banking.rules.reconcile import Outcome, Paid, reconcile

DAY = date(2026, 5, 20)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


def row(order: str, fen: int = 100, *, kind: Kind = Kind.PAYMENT, refund: str = "", number: int = 1) -> Row:
    return Row(number, kind, DAY, order, refund, "", fen, 0)


def verdicts(rows: list[Row], payments: list[Paid]) -> list[Outcome]:
    return [pair.outcome for pair in reconcile(rows, payments, day=DAY)]


def test_the_same_order_and_amount_agree():
    assert verdicts([row("A")], [Paid(1, "A", 100, DAY)]) == [Outcome.MATCHED]


def test_money_without_a_payment_and_a_payment_without_money():
    assert verdicts([row("A")], [Paid(1, "B", 100, DAY)]) == [Outcome.CHANNEL_ONLY, Outcome.SYSTEM_ONLY]


def test_another_amount():
    assert verdicts([row("A")], [Paid(1, "A", 99, DAY)]) == [Outcome.AMOUNT_DIFF]


def test_called_off_there_and_standing_here_and_the_other_way_round():
    assert verdicts([row("A", kind=Kind.REVOKED)], [Paid(1, "A", 100, DAY)]) == [Outcome.STATUS_DIFF]
    assert verdicts([row("A")], [Paid(1, "A", 100, DAY, is_reversed=True)]) == [Outcome.STATUS_DIFF]
    assert verdicts([row("A", kind=Kind.REVOKED)], []) == [Outcome.MATCHED]


def test_paid_and_given_back_on_one_day_agrees():
    rows = [row("A"), row("A", kind=Kind.REFUND, refund="R", number=2)]
    payments = [Paid(1, "A", 100, DAY, is_reversed=True), Paid(2, "A", -100, DAY)]
    assert verdicts(rows, payments) == [Outcome.MATCHED, Outcome.MATCHED]


def test_twice_there_or_twice_here():
    assert verdicts([row("A"), row("A", number=2)], [Paid(1, "A", 100, DAY)]) == [
        Outcome.MATCHED,
        Outcome.DUPLICATE,
    ]
    assert verdicts([row("A")], [Paid(1, "A", 100, DAY), Paid(2, "A", 100, DAY)]) == [
        Outcome.MATCHED,
        Outcome.DUPLICATE,
    ]


def test_a_day_before_or_after():
    assert verdicts(
        [row("A"), row("B", number=2)], [Paid(1, "A", 100, BEFORE), Paid(2, "B", 100, AFTER)]
    ) == [
        Outcome.DATE_SHIFT,
        Outcome.DATE_SHIFT,
    ]


def test_neighbours_without_a_row_are_left_to_their_own_day():
    assert verdicts([], [Paid(1, "A", 100, BEFORE), Paid(2, "B", 100, AFTER)]) == []


def test_a_refund_finds_its_own_number_and_else_the_order():
    assert verdicts([row("A", kind=Kind.REFUND, refund="R")], [Paid(1, "R", -100, DAY)]) == [Outcome.MATCHED]
    assert verdicts([row("A", kind=Kind.REFUND, refund="R")], []) == [Outcome.CHANNEL_ONLY]


ORDERS = st.sampled_from("ABC")
ROWS = st.lists(st.tuples(ORDERS, st.sampled_from([100, 99]), st.sampled_from(Kind)), max_size=6)
PAID = st.lists(
    st.tuples(ORDERS, st.sampled_from([100, -100]), st.sampled_from([BEFORE, DAY, AFTER]), st.booleans()),
    max_size=6,
)


@given(ROWS, PAID)
def test_each_row_is_judged_once_and_no_payment_twice(rows, payments):
    told = [row(order, fen, kind=kind, number=n) for n, (order, fen, kind) in enumerate(rows)]
    known = [Paid(n, order, fen, on, back) for n, (order, fen, on, back) in enumerate(payments)]
    pairs = reconcile(told, known, day=DAY)
    assert [pair.row for pair in pairs if pair.row] == told
    assert all(pair.row or pair.paid for pair in pairs)
    alone = [pair.paid.payment_id for pair in pairs if pair.paid and pair.row is None]
    assert len(alone) == len(set(alone))
