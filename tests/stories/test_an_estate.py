"""An estate: the owner has died. Nobody rings the family, limitation runs, and who represents him is recorded."""

from __future__ import annotations

import pytest

from arrears.cases import services as cases
from arrears.cases.models import Hold
from arrears.cases.queries import WorkFilter, call_gate, holds_of, worklist
from arrears.cases.queries.timeline import case_timeline
from arrears.cases.rules.holds import ClockWhileHeld
from arrears.cases.rules.limitation import clock
from arrears.cases.services.holds import HoldRefused
from billing.charges.models import Charge
from notices.services import Photo
from tests import ladder
from tests.ladder import at, case, on, steps, walk, walk_and_send

PDF = b"%PDF-1.7 proof"


def test_nobody_rings_the_family_until_it_is_known_who_speaks_for_the_estate(jinxiu):
    # January is billed; a neighbour tells the team lead that 张三 has died.
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    account_id, charge = (
        jinxiu.accounts["3-1-1602"].pk,
        Charge.objects.get(account=jinxiu.accounts["3-1-1602"]),
    )
    told = {"account_id": account_id, "kind": "ESTATE", "from_on": on(2), "reason": "业主去世"}
    with jinxiu.open("team_lead"):
        with pytest.raises(HoldRefused) as refused:
            cases.set_hold(**told)
        assert refused.value.field == "proof"
        hold_id = cases.set_hold(**told, proof=Photo("死亡证明.pdf", PDF))

    # Nobody calls, no rung opens, however long it takes; late fee and limitation run on.
    mine = case(jinxiu).pk
    for day in range(3, 120):
        walk(day)
    assert mine not in [due.case_id for due in worklist(WorkFilter(), as_of=on(119))]
    gate = call_gate(mine, at=at(on(20)))
    assert (gate.allowed, gate.because.code) == (False, "held")
    assert steps(jinxiu)[-1] == ("CALL", "DUE", 2)
    (held,) = holds_of(account_id)
    assert held.rule.clock is ClockWhileHeld.MAY_STAND_STILL
    assert (
        clock(charge.due_on, [], as_of=on(119)).days_left
        == clock(charge.due_on, [], as_of=on(2)).days_left - 117
    )

    # The daughter inherits. The hold ends only with her name, which stands in the history.
    with jinxiu.open("team_lead"):
        with pytest.raises(HoldRefused) as refused:
            cases.release_hold(hold_id=hold_id, released_on=on(120), reason="继承已公证")
        assert refused.value.field == "representative"
        cases.release_hold(
            hold_id=hold_id, released_on=on(120), reason="继承已公证", representative="李梅，女儿，继承人"
        )
    assert Hold.objects.get().representative == "李梅，女儿，继承人"
    assert any("李梅" in row.said for row in case_timeline(mine))

    # The ladder goes on where it stood: the call is on the list again, and nothing was skipped.
    walk(120)
    assert mine in [due.case_id for due in worklist(WorkFilter(), as_of=on(120))]
    assert steps(jinxiu)[-1] == ("CALL", "DUE", 2)
