"""A broken promise: the day passes unpaid, the second call comes first on the list, the demand follows."""

from __future__ import annotations

from arrears.cases.models import Promise
from arrears.cases.queries import WorkFilter, worklist
from arrears.cases.rules.promises import PromiseState
from tests import ladder
from tests.ladder import at, call, case, document, hand_over, on, steps, tasks, walk, walk_and_send
from tests.money import pay


def test_the_day_passes_he_is_called_once_more_and_gets_a_demand_before_the_sixteenth_day(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    logged = call(jinxiu, at(on(2)), "CONNECTED_PROMISED", promised_on=on(6), feedback="周五转")
    assert (logged.klass, logged.promise_refused) == ("A_PROMISED", None)
    kept = Promise.objects.get(case=case(jinxiu))
    assert (kept.made_on, kept.promised_on, kept.amount_fen, kept.doubt) == (on(2), on(6), 21002, "")

    # While it runs the ladder stands still, on its own last day too.
    for day in range(3, 7):
        assert "DEMAND" not in walk(day).steps
    assert case(jinxiu).klass == "A_PROMISED"

    # The morning after: judged from the ledger, back to B, a call today.
    walk(7)
    assert case(jinxiu).klass == "B_UNDECIDED"
    assert ("CALL", on(5)) in tasks(jinxiu), "nobody had reminded him the day before"
    assert worklist(WorkFilter(), as_of=on(7))[0].case_id == case(jinxiu).pk, "a broken promise comes first"
    assert "DEMAND" not in walk(7).steps, "the second call has its day"

    # Its one-day window is over: the demand opens, ten days before it would have by age.
    walk(8)
    assert steps(jinxiu)[-1] == ("DEMAND", "DUE", 8)
    paper = document(jinxiu, "DEMAND")
    assert paper.data["principal_fen"] == 21002

    # A second promise is heard, a third no longer holds anything.
    again = call(jinxiu, at(on(8)), "CONNECTED_PROMISED", promised_on=on(12))
    assert again.promise_refused is None
    third = call(jinxiu, at(on(13)), "CONNECTED_PROMISED", promised_on=on(20))
    assert third.promise_refused.code == "too_many_promises"
    assert Promise.objects.filter(case=case(jinxiu)).count() == 3, "what he said is kept all the same"

    # Delivered, and paid within the fifteen days: principal and late fee to the fen, the case is closed.
    hand_over(paper.pk, on(14))
    walk(15)
    pay(jinxiu, None, paid_on=on(20), posted_on=on(20), at=at(on(20)))
    walk(21)
    assert steps(jinxiu)[-1][1] in ("TAKEN", "VOID")
    assert not jinxiu.accounts["3-1-1602"].cases.filter(closed_on=None).exists()


def test_one_who_pays_what_he_promised_kept_his_word_though_a_new_bill_fell_due_meanwhile(jinxiu):
    from arrears.cases.rules.promises import state_of

    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    call(jinxiu, at(on(2)), "CONNECTED_PROMISED", promised_on=on(15))
    pay(jinxiu, None, paid_on=on(10), posted_on=on(10), at=at(on(10)))
    state = state_of(on(15), made_on=on(2), oldest_due_on=on(12), as_of=on(16))
    assert state is PromiseState.KEPT
