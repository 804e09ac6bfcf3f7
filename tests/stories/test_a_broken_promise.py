"""A broken promise: believed, reminded, judged the morning after by the ledger, and then written to."""

from __future__ import annotations

from arrears.cases.models import Judgement
from arrears.cases.queries import WorkFilter, case_facts, kept_by_party, promises_of, worklist
from notices.models import Notice
from tests import ladder
from tests.ladder import at, call, case, on, steps, tasks, walk, walk_and_send
from tests.money import pay


def test_a_broken_promise_tops_the_list_and_opens_the_demand(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)

    # He promises the ninth; the ladder believes him until then.
    call(jinxiu, at(on(2)), "CONNECTED_PROMISED", promised_on=on(9), reason_code="BUSY")
    for day in (3, 5, 8, 9):
        walk(day)
    assert steps(jinxiu)[-1] == ("CALL", "TAKEN", 2)
    assert case_facts(case(jinxiu).pk, as_of=on(9)).tonight.code == "promised"

    # The day before he is reminded; nobody answers.
    assert tasks(jinxiu) == [("CALL", on(8))]
    call(jinxiu, at(on(8)), "NO_ANSWER")

    # The morning after, the ledger judges: nothing came.
    walk(10)
    judged = Judgement.objects.get()
    assert (judged.state, judged.unpaid_fen) == ("BROKEN", 21002)
    first = worklist(WorkFilter(), as_of=on(10))[0]
    assert (first.case_id, first.place.code) == (case(jinxiu).pk, "queue_promise_broken")
    assert ("DEMAND", "DUE", 10) not in steps(jinxiu), "one day is left for the second call (R000-I7)"

    # The second call brings nothing, and the demand is printed five days before its time.
    call(jinxiu, at(on(10)), "CONNECTED_UNDECIDED")
    walk(11)
    assert steps(jinxiu)[-1] == ("DEMAND", "DUE", 11)
    demand = Notice.objects.get(kind="DEMAND", account_id=jinxiu.accounts["3-1-1602"].pk)
    assert demand.data["principal_fen"] == 21002

    # He pays late: the case closes, and the word stays broken.
    pay(jinxiu, None, paid_on=on(12), posted_on=on(12), at=at(on(12)))
    number = case(jinxiu).pk
    walk(13)
    (promise,) = promises_of(number, late=(), as_of=on(13))
    assert (promise.state, promise.verdict) == ("KEPT", "BROKEN"), "paid since, but not by its day"
    party = jinxiu.parties["张三"].pk
    assert kept_by_party([party], as_of=on(13))[party] == (0, 1)
