"""What happened at a door: taken once, checked against our clock, signed; what no longer holds is refused in words."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from arrears.cases.models import Case, Hold, Promise, Visit
from arrears.cases.queries import case_timeline
from arrears.cases.services import decide
from arrears.cases.services.visits import TwoPersonsNeeded, VisitHeld
from arrears.team.models import Entry, Round, WorkplaceAsk
from arrears.team.queries import entries_of_round, round_page
from arrears.team.services import (
    Handed,
    Plan,
    Sent,
    Signer,
    Skipped,
    allow_places,
    ask_workplace,
    close_round,
    plan_round,
)
from arrears.team.services.changing import RoundOver, call_off_round
from arrears.team.services.entering import AlreadyVisited, EntryRefused, KeyTaken, NotYourRound
from arrears.team.services.planning import RoundRefused
from arrears.team.services.workplaces import NotVisited, WorkplaceRefused
from notices.models import Delivery, Notice
from notices.services.deliver import DeliveryRefused
from tenancy.people.models import AuditEntry
from tests import ladder
from tests.ladder import at, case, document, on, steps
from tests.money import pay
from tests.rounds import DAY, DOOR, HAND, plan, seen, take, visits_due


@pytest.fixture
def due(jinxiu):
    visits_due(jinxiu)
    return jinxiu


@pytest.fixture
def stops(due):
    """Stop ids of today's round, by unit."""
    page = round_page(plan(due).round_id, as_of=on(DAY))
    return {stop.unit_code: stop.stop_id for stop in page.stops}


def test_a_visit_from_a_phone_is_a_visit_with_its_signature(due, stops):
    taken = take(due, seen(stops["3-1-1602"], photo=DOOR))
    visit = Visit.objects.get()
    assert (visit.on, visit.time_in.hour, visit.time_out.minute, visit.signer_name) == (
        on(DAY),
        15,
        10,
        "张三",
    )
    assert (visit.signature.content_type, visit.photo.content_type) == ("image/png", "image/jpeg")
    assert steps(due)[-1] == ("VISIT", "TAKEN", DAY)
    entry = Entry.objects.get(pk=taken.entry_id)
    assert (entry.came_at, entry.received_at) == (at(on(DAY), 15), at(on(DAY), 16))
    assert AuditEntry.objects.filter(action="round.entered").count() == 1


def test_the_same_key_is_done_once(due, stops):
    sent = seen(stops["3-1-1602"])
    first, second = take(due, sent), take(due, sent, received=at(on(DAY), 18))
    assert (second.entry_id, second.again) == (first.entry_id, True)
    assert Visit.objects.count() == 1
    with pytest.raises(KeyTaken):
        take(due, seen(stops["3-1-1702"], key=sent.key))


def test_paid_meanwhile_is_still_a_visit_that_happened(due, stops):
    pay(due, 21_002 + 300_00, paid_on=on(DAY), posted_on=on(DAY), at=at(on(DAY), 15))
    take(due, seen(stops["3-1-1602"], result="MET_PROMISED", promised_on=on(40)), received=at(on(DAY), 20))
    assert Visit.objects.get().promised_on == on(40)
    assert not Promise.objects.exists(), "nothing is owed that could be promised"


def test_what_a_phone_kept_is_taken_after_the_round_was_closed(due, stops):
    with due.open("team_lead"):
        close_round(
            round_id=Round.objects.get().pk,
            at=at(on(DAY), 18),
        )
    take(due, seen(stops["3-1-1602"]), received=at(on(DAY + 2), 9))
    assert Visit.objects.get().on == on(DAY)


def test_future_and_night_and_another_day_are_refused(due, stops):
    for came, received, why in (
        (at(on(DAY), 17), at(on(DAY), 16), "round_entry_in_future"),
        (at(on(DAY), 8, 59), at(on(DAY), 16), "outside_visit_hours"),
        (at(on(DAY), 20), at(on(DAY), 21), "outside_visit_hours"),
        (at(on(DAY + 1), 10), at(on(DAY + 1), 16), "entry_on_another_day"),
        (at(on(DAY), 10), at(on(DAY + 8), 9), "entry_too_old"),
    ):
        with pytest.raises(EntryRefused) as refused:
            take(due, seen(stops["3-1-1602"], came=came), received=received)
        assert refused.value.params["why"]["code"] == why
    assert not Visit.objects.exists()


def test_a_promise_without_a_day_and_a_signature_without_a_name_are_refused(due, stops):
    from arrears.cases.services import PromiseRefused
    from arrears.cases.services.visits import VisitRefused

    with pytest.raises(PromiseRefused):
        take(due, seen(stops["3-1-1602"], result="MET_PROMISED"))
    with pytest.raises(VisitRefused) as refused:
        take(due, seen(stops["3-1-1602"], signer=Signer(picture=HAND, who="AGENT", name="李明")))
    assert refused.value.field == "signer_relation"


def test_one_visit_for_a_stop(due, stops):
    take(due, seen(stops["3-1-1602"]))
    with pytest.raises(AlreadyVisited):
        take(due, seen(stops["3-1-1602"]))


def test_somebody_who_does_not_walk_it_enters_nothing(due, stops):
    for other in ("team_lead", "patrol"):
        with pytest.raises(NotYourRound):
            take(due, seen(stops["3-1-1602"]), by=other)


def test_an_owner_who_became_class_e_meanwhile_is_not_visited_alone(due, stops):
    Case.objects.filter(account=due.accounts["3-1-1602"]).update(klass="E_REFUSED")
    with pytest.raises(TwoPersonsNeeded):
        take(due, seen(stops["3-1-1602"]))
    take(due, seen(stops["3-1-1602"], second_person="何军"))
    assert Visit.objects.get().second_person == "何军"


def test_a_hold_forbids_the_visit_unless_it_was_noted_after_it(due, stops):
    hold = Hold.objects.create(
        account=due.accounts["3-1-1602"], kind="ESTATE", from_on=on(DAY), reason="业主过世"
    )
    Hold.objects.filter(pk=hold.pk).update(created_at=at(on(DAY), 14))
    with pytest.raises(VisitHeld):
        take(due, seen(stops["3-1-1602"]))
    Hold.objects.filter(pk=hold.pk).update(created_at=at(on(DAY), 15, 30))
    take(due, seen(stops["3-1-1602"]))


def test_the_desk_keeps_the_same_rules_as_the_phone(due):
    Case.objects.update(klass="E_REFUSED")
    with pytest.raises(TwoPersonsNeeded):
        ladder.visit(due, on(DAY))
    ladder.visit(due, on(DAY), second_person="何军")


def test_a_door_is_skipped_with_a_reason_and_visited_later_that_day(due, stops):
    skip = Sent(
        key=uuid4(), stop_id=stops["3-1-1602"], came_at=at(on(DAY), 10), what=Skipped(reason="NO_ACCESS")
    )
    take(due, skip)
    round_id = Entry.objects.get().stop.round_id
    assert round_page(round_id, as_of=on(DAY)).stops[0].state.value == "SKIPPED"
    take(due, seen(stops["3-1-1602"]))
    assert round_page(round_id, as_of=on(DAY)).stops[0].state.value == "DONE"
    with pytest.raises(EntryRefused):
        take(
            due,
            Sent(key=uuid4(), stop_id=stops["3-1-1702"], came_at=at(on(DAY), 10), what=Skipped(reason="x")),
        )


def test_a_round_called_off_takes_nothing(due, stops):
    with due.open("team_lead"):
        call_off_round(
            round_id=Round.objects.get().pk,
            reason="雨",
            at=at(on(DAY), 9),
        )
    with pytest.raises(RoundOver):
        take(due, seen(stops["3-1-1602"]))


def test_places_are_kept_coarse_and_only_where_the_company_allows_it(due, stops):
    there = {"latitude": Decimal("30.27412345"), "longitude": Decimal("120.15515")}
    take(due, seen(stops["3-1-1602"], **there))
    assert Entry.objects.get().latitude is None
    with due.open("company_admin"):
        assert allow_places(keeps_places=True)
        assert not allow_places(keeps_places=True)
    take(due, seen(stops["3-1-1702"], **there))
    kept = Entry.objects.latest("pk")
    assert (kept.latitude, kept.longitude) == (Decimal("30.2741"), Decimal("120.1552"))


# -- papers


@pytest.fixture
def carried(due):
    """Patrol carries the unpaid bill of February to 3-1-1602 on D32: the stop and the notice."""
    ladder.bill(due, on(1), delivered_on=ladder.date.max)
    notice = document(due, "BILL_NOTICE")
    with due.open("team_lead"):
        made = plan_round(
            plan=Plan(on=on(DAY), main_id=due.people["patrol"].pk, notice_ids=[notice.pk]),
            as_of=on(DAY),
            at=at(on(DAY), 8),
        )
    (stop,) = round_page(made.round_id, as_of=on(DAY)).stops
    return stop.stop_id, notice.pk


def handed(stop_id: int, notice_id: int, **how):
    what = {"method": "HAND", "result": "SIGNED", **how}
    more = {name: what.pop(name) for name in ("signer", "photo", "came_at") if name in what}
    more.setdefault("came_at", at(on(DAY), 15))
    return Sent(key=uuid4(), stop_id=stop_id, what=Handed(notice_id=notice_id, **what), **more)


@pytest.mark.parametrize(
    ("who", "name", "relation"),
    [("OWNER", "张三", ""), ("ADULT_CORESIDENT", "王芳", "妻子"), ("AGENT", "李明", "受托人")],
)
def test_a_signature_on_glass_delivers_a_paper(due, carried, who, name, relation):
    signer = Signer(picture=HAND, who=who, name=name, relation=relation)
    take(due, handed(*carried, signer=signer), by="patrol")
    made = Delivery.objects.latest("pk")
    assert (made.delivered, made.opens_gates, made.receiver, made.signature.content_type) == (
        True,
        True,
        who,
        "image/png",
    )
    assert Notice.objects.get(pk=carried[1]).state == "DELIVERED"
    page = round_page(Entry.objects.get().stop.round_id, as_of=on(DAY))
    assert page.stops[0].state.value == "DONE"
    assert entries_of_round(page.row.round_id)[carried[0]][0].signer_name == name


def test_a_neighbours_signature_delivers_nothing_and_a_mailbox_needs_a_picture(due, carried):
    with pytest.raises(DeliveryRefused):
        take(due, handed(*carried, method="MAILBOX", result="LEFT_WITH_PHOTO"), by="patrol")
    take(due, handed(*carried, signer=Signer(picture=HAND, who="OTHER", name="邻居")), by="patrol")
    assert not Delivery.objects.latest("pk").delivered


@pytest.fixture
def demanded(due):
    """Patrol carries the demand to 3-2-201: the stop and the notice."""
    notice = document(due, "DEMAND", "3-2-201")
    with due.open("team_lead"):
        made = plan_round(
            plan=Plan(on=on(DAY), main_id=due.people["patrol"].pk, notice_ids=[notice.pk]),
            as_of=on(DAY),
            at=at(on(DAY), 8),
        )
    (stop,) = round_page(made.round_id, as_of=on(DAY)).stops
    return stop.stop_id, notice.pk


def test_a_demand_left_in_the_mailbox_is_not_served_and_says_so_until_somebody_signs(due, demanded):
    left = handed(*demanded, method="MAILBOX", result="LEFT_WITH_PHOTO", photo=DOOR)
    taken = take(due, left, by="patrol")
    assert taken.missing.code == "not_served_unsigned"
    assert take(due, left, by="patrol").missing == taken.missing, "sent again it says the same"
    round_id = Entry.objects.get().stop.round_id
    page = round_page(round_id, as_of=on(DAY))
    (paper,) = page.stops[0].papers
    assert (page.stops[0].state.value, page.row.handed_over, paper.over, paper.open) == (
        "OPEN",
        0,
        False,
        True,
    )
    assert paper.lacks == taken.missing
    told = [row for row in case_timeline(case(due, "3-2-201").pk) if row.kind == "DELIVERY"]
    assert [(row.event, row.because.code) for row in told] == [("LEFT_WITH_PHOTO", "not_delivered")]
    signer = Signer(picture=HAND, who="OWNER", name="张三")
    assert take(due, handed(*demanded, signer=signer), by="patrol").missing is None
    page = round_page(round_id, as_of=on(DAY))
    assert (page.stops[0].state.value, page.row.handed_over) == ("DONE", 1)


def test_a_mailbox_may_be_filled_at_night_but_nobody_is_rung_out(due, carried):
    late = at(on(DAY), 21)
    with pytest.raises(EntryRefused):
        take(
            due,
            handed(*carried, came_at=late, signer=Signer(picture=HAND, who="OWNER", name="张三")),
            by="patrol",
            received=late,
        )
    take(
        due,
        handed(*carried, came_at=late, method="MAILBOX", result="LEFT_WITH_PHOTO", photo=DOOR),
        by="patrol",
        received=late,
    )
    assert Delivery.objects.latest("pk").delivered


def test_patrol_enters_no_visits_and_a_paper_of_another_door_is_not_there(due, carried, stops):
    with pytest.raises(NotYourRound):
        take(due, seen(carried[0]), by="patrol")
    other = document(due, "BILL_NOTICE", "3-1-1702").pk
    from tenancy.kernel.errors import NotFound

    with pytest.raises(NotFound):
        take(
            due, handed(carried[0], other, signer=Signer(picture=HAND, who="OWNER", name="张三")), by="patrol"
        )


# -- at work


def ask(due, by="collector", **given):
    asked = {"address": "文一路科技园3号楼", "reason": "多次上门无人，业主同意在单位面谈", **given}
    with due.open(by):
        return ask_workplace(case_id=ladder.case(due).pk, by=due.staff(by), at=at(on(DAY), 8), **asked)


def agree(due, ask_id: int, *, by="project_manager", approve=True):
    with due.open(by):
        approval_id = WorkplaceAsk.objects.get(pk=ask_id).approval_id
        decide(approval_id=approval_id, by=due.staff(by), approve=approve, reason="同意", at=at(on(DAY), 9))


def test_a_visit_at_work_needs_the_managers_word_two_persons_and_is_made_once(due):
    ask_id = ask(due)
    assert plan(due, workplaces=[ask_id], second="cs_supervisor").stops == 3
    assert not round_page_at_work(due), "nobody agreed yet"
    with due.open("team_lead"):
        call_off_all(due)
    agree(due, ask_id)
    with pytest.raises(RoundRefused) as refused:
        plan(due, workplaces=[ask_id])
    assert refused.value.params["why"]["code"] == "round_two_persons_at_work"
    plan(due, workplaces=[ask_id], second="cs_supervisor")
    assert round_page_at_work(due) == ["文一路科技园3号楼"]


def test_a_rejected_ask_is_never_planned_and_a_second_one_waits_for_the_first(due):
    ask_id = ask(due)
    with pytest.raises(NotVisited):
        ask(due)
    agree(due, ask_id, approve=False)
    plan(due, workplaces=[ask_id], second="cs_supervisor")
    assert not round_page_at_work(due)


def test_the_managers_own_ask_goes_one_step_up_and_says_where_and_why(due):
    with pytest.raises(WorkplaceRefused) as refused:
        ask(due, reason=" ")
    assert refused.value.field == "reason"
    ask_id = ask(due, by="project_manager")
    assert WorkplaceAsk.objects.get(pk=ask_id).approval.role == "branch_gm"


def round_page_at_work(due) -> list[str]:
    page = round_page(Round.objects.latest("pk").pk, as_of=on(DAY))
    return [stop.workplace for stop in page.stops if stop.workplace]


def call_off_all(due) -> None:
    for round_id in Round.objects.filter(called_off_at=None).values_list("pk", flat=True):
        call_off_round(round_id=round_id, reason="重排", at=at(on(DAY), 9))
