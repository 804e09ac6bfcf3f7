"""Holds: a dispute or a deferral freezes the ladder to its last day and never raises it."""

from __future__ import annotations

import pytest

from arrears.cases import services
from arrears.cases.models import Hold
from arrears.cases.services.holds import GRANTED, HoldGone, HoldRefused, HoldStands, hold_granted
from owners.services.contacts import add_contact
from tenancy.kernel.errors import NotFound
from tests import ladder
from tests.ladder import at, call, on, steps, walk, walk_and_send


@pytest.fixture
def called(jinxiu):
    """D2: called; the demand would open on D16."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    call(jinxiu, at(on(2)))
    return jinxiu


def held(company, kind="DISPUTE", **given):
    if kind in GRANTED:
        days = {"from_on": on(3), "to_on": None, **given}
        account_id = company.accounts["3-1-1602"].pk
        return hold_granted(account_id=account_id, kind=kind, reason="屋顶漏水", **days)
    asked = {
        "account_id": company.accounts["3-1-1602"].pk,
        "kind": kind,
        "from_on": on(3),
        "reason": "屋顶漏水",
    }
    return services.set_hold(**{**asked, **given})


def test_a_deferral_freezes_the_ladder_to_its_last_day_inclusive(called):
    held(called, "DEFERRAL", to_on=on(20))
    for day in (16, 20):
        walk(day)
        assert ("DEMAND", "DUE", day) not in steps(called)
    walk(21)
    assert steps(called)[-1] == ("DEMAND", "DUE", 21), "one rung, where it stood"


def test_a_dispute_freezes_it_until_somebody_releases_it(called):
    hold_id = held(called)
    walk(40)
    assert steps(called)[-1][0] == "CALL"
    services.release_hold(hold_id=hold_id, released_on=on(41), reason="已修好")
    assert Hold.objects.get().released_on == on(41)
    walk(41)
    assert steps(called)[-1] == ("DEMAND", "DUE", 41)
    with pytest.raises(HoldGone):
        services.release_hold(hold_id=hold_id, released_on=on(42), reason="已修好")


def test_a_hold_on_one_account_leaves_the_others_alone(called):
    held(called)
    other = ladder.case(called, "3-2-201")
    add_contact(party_id=other.account.party_id, value="0571-88001122")
    with called.open("collector"):
        services.review_cases(case_ids=[other.pk], at=at(on(4), 9))
        services.log_call(case_id=other.pk, outcome="CONNECTED_UNDECIDED", at=at(on(4)))
    walk(16)
    assert steps(called, "3-2-201")[-1] == ("DEMAND", "DUE", 16)


def test_hardship_stops_what_is_harsher_than_the_demand(called):
    held(called, "HARDSHIP")
    walk(16)
    assert steps(called)[-1] == ("DEMAND", "DUE", 16)
    ladder.hand_over(ladder.document(called, "DEMAND").pk, on(16))
    walk(40)
    assert not [step for step in steps(called) if step[0] == "VISIT"]


def test_a_hold_needs_a_reason_days_that_fit_and_a_kind_that_people_set(called):
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({"to_on": on(2)}, "to_on"),
        ({"kind": "LEGAL_PROCEEDING"}, "kind"),
        *(({"kind": kind}, "kind") for kind in GRANTED),
        ({"kind": "NONSENSE"}, "kind"),
    ):
        asked = {"account_id": called.accounts["3-1-1602"].pk, "kind": "DISPUTE", "reason": "x", **wrong}
        with pytest.raises(HoldRefused) as refused:
            services.set_hold(from_on=on(3), **asked)
        assert refused.value.field == field


def test_one_hold_of_a_kind_stands_at_a_time_but_one_that_is_over_does_not_count(called):
    held(called, to_on=on(5))
    with pytest.raises(HoldStands):
        held(called, from_on=on(5))
    held(called, from_on=on(6))
    assert Hold.objects.count() == 2


def test_a_hold_on_a_foreign_account_is_not_found(cast):
    with cast.yunding.open(), pytest.raises(NotFound):
        held(cast.jinxiu)


def test_a_foreign_hold_is_not_found(cast):
    with cast.jinxiu.open():
        hold_id = held(cast.jinxiu)
    with cast.yunding.open(), pytest.raises(NotFound):
        services.release_hold(hold_id=hold_id, released_on=on(9), reason="已修好")
