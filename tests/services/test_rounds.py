"""Planning a round: who may go where, in which order, once a day, with which papers; leaving doors out, ending it."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case, Hold
from arrears.team.models import Round, Stop, StopPaper
from arrears.team.queries import RoundFilter, find_rounds, round_page, round_rows
from arrears.team.services import Plan, call_off_round, close_round, drop_stop, enter_leave, plan_round
from arrears.team.services.changing import AlreadyWalked, RoundOver
from arrears.team.services.planning import NothingToWalk, RoundRefused
from tenancy.kernel.errors import NotFound
from tests import ladder
from tests.ladder import at, document, on, walk
from tests.money import pay
from tests.rounds import DAY, plan, seen, take, tasks, visits_due


@pytest.fixture
def due(jinxiu):
    visits_due(jinxiu)
    return jinxiu


def doors(round_id: int, days: int = DAY) -> list[tuple[str, str]]:
    return [(stop.unit_code, stop.state.value) for stop in round_page(round_id, as_of=on(days)).stops]


def test_a_round_goes_through_the_house_in_walking_order(due):
    made = plan(due, task_ids=tasks()[::-1])
    assert doors(made.round_id) == [("3-1-1602", "OPEN"), ("3-1-1702", "OPEN"), ("3-2-201", "OPEN")]
    assert (made.stops, made.left_out) == (3, 0)


def test_who_paid_since_is_shown_as_paid_and_not_planned_again(due):
    made = plan(due)
    pay(due, 21_002 + 300_00, paid_on=on(DAY), posted_on=on(DAY), at=at(on(DAY), 9))
    assert doors(made.round_id)[0] == ("3-1-1602", "PAID")


def test_a_hold_under_which_nobody_speaks_keeps_the_door_out(due):
    made = plan(due)
    Hold.objects.create(account=due.accounts["3-1-1602"], kind="ESTATE", from_on=on(DAY), reason="业主过世")
    assert doors(made.round_id)[0] == ("3-1-1602", "HELD")
    with due.open("team_lead"):
        close_round(round_id=made.round_id, at=at(on(DAY), 9))
    assert plan(due).left_out == 1


def test_nobody_visits_an_account_twice_a_day(due):
    first = plan(due, task_ids=tasks()[:1])
    again = plan(due)
    assert (again.stops, again.left_out) == (2, 1)
    with pytest.raises(NothingToWalk):
        plan(due)
    with due.open("team_lead"):
        drop_stop(stop_id=Stop.objects.get(round_id=first.round_id).pk, at=at(on(DAY), 9))
    assert plan(due).stops == 1


def test_class_e_needs_two_persons(due):
    Case.objects.filter(account=due.accounts["3-1-1602"]).update(klass="E_REFUSED")
    with pytest.raises(RoundRefused) as refused:
        plan(due)
    assert refused.value.params["why"]["code"] == "round_two_persons"
    assert plan(due, second="cs_supervisor").stops == 3


def test_patrol_cannot_be_sent_to_visit_but_may_go_along(due):
    with pytest.raises(RoundRefused) as refused:
        plan(due, main="patrol")
    assert refused.value.field == "main"
    assert plan(due, second="patrol").stops == 3


def test_the_managers_own_visit_is_planned_with_the_manager(due):
    ladder.visit(due, on(DAY))
    (own,) = tasks("PM_VISIT")
    with pytest.raises(RoundRefused) as refused:
        plan(due, task_ids=[own])
    assert refused.value.params["why"]["code"] == "round_needs_manager"
    made = plan(due, task_ids=[own], second="project_manager")
    assert Round.objects.get(pk=made.round_id).by_manager


def test_patrol_carries_papers_and_the_visitor_takes_along_what_waits(due):
    walk(DAY + 30)
    ladder.bill(due, ladder.DUE.replace(month=3, day=1), delivered_on=ladder.date.max)
    with due.open("team_lead"):
        bills = [document(due, "BILL_NOTICE", unit).pk for unit in ("3-1-1702", "3-1-1602")]
        made = plan_round(
            plan=Plan(on=on(63), main_id=due.people["patrol"].pk, notice_ids=bills),
            as_of=on(63),
            at=at(on(63), 8),
        )
    assert doors(made.round_id, 63) == [("3-1-1602", "OPEN"), ("3-1-1702", "OPEN")]
    page = round_page(made.round_id, as_of=on(63))
    assert [paper.notice_id for stop in page.stops for paper in stop.papers] == bills[::-1]
    assert all(stop.case_id is None for stop in page.stops)
    with due.open("team_lead"), pytest.raises(NothingToWalk):
        plan_round(
            plan=Plan(on=on(63), main_id=due.people["patrol"].pk, notice_ids=bills),
            as_of=on(63),
            at=at(on(63), 8),
        )


def test_papers_for_the_same_doors_come_along(due):
    ladder.bill(due, ladder.DUE.replace(month=2, day=1), delivered_on=ladder.date.max)
    made = plan(due, with_papers=True)
    assert StopPaper.objects.filter(stop__round_id=made.round_id).count() == 4, "three bills and a demand"


def test_a_round_of_yesterday_of_nobody_or_with_oneself_is_refused(due):
    with pytest.raises(RoundRefused):
        plan(due, on=on(DAY - 1))
    with pytest.raises(RoundRefused):
        plan(due, second="collector")
    with pytest.raises(NotFound):
        plan(due, main="auditor")


def test_what_was_walked_cannot_be_left_out_and_what_is_over_is_over(due):
    made = plan(due)
    page = round_page(made.round_id, as_of=on(DAY))
    take(due, seen(page.stops[0].stop_id))
    with due.open("team_lead"):
        with pytest.raises(AlreadyWalked):
            drop_stop(stop_id=page.stops[0].stop_id, at=at(on(DAY), 17))
        with pytest.raises(AlreadyWalked):
            call_off_round(round_id=made.round_id, reason="下雨", at=at(on(DAY), 17))
        close_round(round_id=made.round_id, at=at(on(DAY), 18))
        with pytest.raises(RoundOver):
            drop_stop(stop_id=page.stops[1].stop_id, at=at(on(DAY), 18))
    assert [state for _code, state in doors(made.round_id)] == ["DONE", "DROPPED", "DROPPED"]


def test_a_round_called_off_frees_its_doors(due):
    made = plan(due)
    with due.open("team_lead"):
        call_off_round(round_id=made.round_id, reason="下雨", at=at(on(DAY), 9))
    assert plan(due).stops == 3
    found = round_rows(find_rounds(RoundFilter(state="CALLED_OFF")))
    assert [row.round_id for row in found] == [made.round_id]


def test_a_round_of_another_company_is_not_there(cast):
    with cast.jinxiu.open():
        visits_due(cast.jinxiu)
        made = plan(cast.jinxiu)
        stop_id = Stop.objects.filter(round_id=made.round_id).earliest("pk").pk
    with cast.yunding.open("team_lead"):
        with pytest.raises(NotFound):
            round_page(made.round_id, as_of=on(DAY))
        with pytest.raises(NotFound):
            drop_stop(stop_id=stop_id, at=at(on(DAY), 9))


def test_who_is_away_walks_no_round(due):
    with due.open("team_lead"):
        enter_leave(
            user_id=due.people["collector"].pk, from_on=on(DAY), to_on=on(DAY), reason="病假", as_of=on(DAY - 1),
            at=at(on(DAY - 1)),
        )  # fmt: skip
    with pytest.raises(RoundRefused, match="当天休假"):
        plan(due)
