"""Hardship: a demand at the most, with or without late fee as granted, looked at again every 90 days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases.models import Hold, Task
from arrears.cases.services.holds import HoldStands, release_hold
from arrears.relief.services import release_application
from tests import ladder
from tests.ladder import call, hand_over, on, steps
from tests.money import still_open
from tests.relief import ask, days, grant, night, nights, state

ASKED = on(3)


@pytest.fixture
def poor(jinxiu):
    """January's bill, called about; a low income is proven."""
    ladder.bill(jinxiu)
    night(on(1))
    night(on(2))
    call(jinxiu, ladder.at(on(2)))
    return jinxiu


def test_nothing_harsher_than_a_demand_and_a_review_every_ninety_days(poor):
    application_id = ask(poor, "HARDSHIP", ASKED, range=days(ASKED))
    grant(poor, application_id, ASKED)
    nights(ASKED, on(16))
    assert steps(poor)[-1] == ("DEMAND", "DUE", 16)
    hand_over(ladder.document(poor, "DEMAND").pk, on(17))
    nights(on(17), on(92))
    assert steps(poor)[-1][:2] == ("DEMAND", "TAKEN"), "no visit, no second demand"
    assert night(on(93)) == {"reviews": 1}
    review = Task.objects.get(kind="REVIEW")
    assert (review.due_on, review.because) == (on(93), "hardship_review")
    assert night(on(93)) == night(on(94)) == {}
    assert night(on(183)) == {"reviews": 1}


def test_the_late_fee_runs_unless_it_was_spared(poor):
    application_id = ask(poor, "HARDSHIP", ASKED, range=days(ASKED), spares_late_fee=True)
    grant(poor, application_id, ASKED)
    ((_unpaid, fee_fen),) = still_open(poor, on(100)).values()
    assert fee_fen == 13, "two days of January's bill"
    with poor.open("project_manager"):
        release_application(application_id=application_id, reason="收入恢复", on=on(50))
    assert state(application_id) == "RELEASED"
    ((_unpaid, fee_fen),) = still_open(poor, on(60)).values()
    assert fee_fen == 76, "and ten more after it ended"


def test_it_ends_on_its_day_and_the_ladder_goes_on_where_it_stood(poor):
    application_id = ask(poor, "HARDSHIP", ASKED, range=days(ASKED, on(40)))
    grant(poor, application_id, ASKED)
    nights(ASKED, on(16))
    hand_over(ladder.document(poor, "DEMAND").pk, on(17))
    nights(on(18), on(41))
    assert state(application_id) == "ENDED"
    assert steps(poor)[-1] == ("VISIT", "DUE", 41)


def test_its_hold_is_not_released_by_hand(poor):
    application_id = ask(poor, "HARDSHIP", ASKED, range=days(ASKED))
    grant(poor, application_id, ASKED)
    with pytest.raises(HoldStands):
        release_hold(hold_id=Hold.objects.get().pk, released_on=ASKED + timedelta(1), reason="已好转")
