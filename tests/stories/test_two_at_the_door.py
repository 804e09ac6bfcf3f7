"""An owner who refuses on the phone: two people ring, nobody opens, the manager goes himself, the owner signs."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case, Visit
from arrears.team.queries import round_page
from arrears.team.services import Signer
from arrears.team.services.planning import NothingToWalk, RoundRefused
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, steps, tasks, walk, walk_and_send
from tests.rounds import HAND, plan, seen, take
from tests.rounds import tasks as visits


@pytest.fixture
def refused_on_the_phone(jinxiu):
    """D32: he refused on D2, had the demand on D16 and did not pay."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    call(jinxiu, at(on(2)), "CONNECTED_REFUSED", reason_code="SERVICE")
    walk(16)
    hand_over(document(jinxiu, "DEMAND").pk, on(16))
    walk(32)
    return jinxiu


def test_two_at_the_door(refused_on_the_phone):
    company = refused_on_the_phone
    nobody_goes_there_alone(company)
    two_ring_and_nobody_opens(company)
    the_manager_goes_himself_and_the_owner_signs(company)
    the_second_demand_waits_for_his_signature(company)


def nobody_goes_there_alone(company) -> None:
    assert Case.objects.get(account=company.accounts["3-1-1602"]).klass == "E_REFUSED"
    with pytest.raises(RoundRefused) as refused:
        plan(company, task_ids=visits("VISIT"))
    assert refused.value.params["why"]["code"] == "round_two_persons"


def two_ring_and_nobody_opens(company) -> None:
    made = plan(company, second="cs_supervisor", task_ids=visits("VISIT"))
    stop = round_page(made.round_id, as_of=on(32)).stops[0]
    sent = seen(stop.stop_id, result="NOBODY_HOME", feedback="无人应门，留置密封联系卡", signer=None)
    first = take(company, sent)
    assert take(company, sent, received=at(on(32), 20)) == (first.entry_id, True, None), (
        "the phone sent it twice"
    )
    visit = Visit.objects.get()
    assert visit.second_person == company.people["cs_supervisor"].name
    assert steps(company)[-1] == ("VISIT", "TAKEN", 32)
    assert ("PM_VISIT", on(60)) in tasks(company), "the manager goes by the sixtieth day"
    with pytest.raises(NothingToWalk):
        plan(company, second="project_manager", task_ids=visits("PM_VISIT"))


def the_manager_goes_himself_and_the_owner_signs(company) -> None:
    with pytest.raises(RoundRefused) as refused:
        plan(company, day=45, second="cs_supervisor", task_ids=visits("PM_VISIT"))
    assert refused.value.params["why"]["code"] == "round_needs_manager"
    made = plan(company, day=45, second="project_manager", task_ids=visits("PM_VISIT"))
    stop = round_page(made.round_id, as_of=on(45)).stops[0]
    signed = Signer(picture=HAND, who="ADULT_CORESIDENT", name="王芳", relation="妻子")
    said = seen(
        stop.stop_id, result="MET_REFUSED", came=at(on(45), 19), reason_code="FACILITIES", signer=signed
    )
    take(company, said, received=at(on(45), 21))
    visit = Visit.objects.latest("pk")
    assert (visit.by_manager, visit.signer_relation) == (True, "妻子")
    assert [kind for kind, _due in tasks(company) if "VISIT" in kind] == []


def the_second_demand_waits_for_his_signature(company) -> None:
    walk(61)
    assert steps(company)[-1] == ("SECOND_DEMAND", "PROPOSED", 61)
