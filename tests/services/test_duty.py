"""Stewards, leave, cover and the fair distribution."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrears.cases.models import Case, CaseReview, Task
from arrears.cases.services import assign_cases, review_cases
from arrears.team import services
from arrears.team.models import Cover, Leave, Steward
from arrears.team.queries.duty import leaves, staffing_of, stewards
from arrears.team.queries.fair import fair_plan
from owners.models import Building
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.people.models import AuditEntry, Membership, User
from tests import ladder
from tests.ladder import at, on, walk, walk_and_send


def person(company, name):
    user = User.objects.create_user(f"{company.tenant.code}-{name}", None, name=name)
    Membership.objects.create(tenant=company.tenant, user=user, roles=["collector"])
    return user


@pytest.fixture
def late(jinxiu):
    """Four open cases, all with the first collector."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    return jinxiu


@pytest.fixture
def first(late):
    return late.people["collector"]


@pytest.fixture
def second(late):
    return person(late, "周敏")


def cases_of(user):
    return Case.objects.filter(collector=user, closed_on=None).count()


def take_leave(company, user, from_days, to_days, *, today=2):
    with company.open("team_lead"):
        return services.enter_leave(
            user_id=user.pk, from_on=on(from_days), to_on=None if to_days is None else on(to_days), reason="年假",
            as_of=on(today), at=at(on(today)),
        ).leave_id  # fmt: skip


# -- fair distribution


def test_a_fair_split_shows_the_balance_before_and_after_and_then_does_it(late, first, second):
    plan = fair_plan(as_of=on(2))
    now = {column.name: column.now.cases for column in plan.columns}
    assert now == {first.name: 4, "周敏": 0}
    assert plan.after.points < plan.before.points
    assert Case.objects.filter(collector=second).count() == 0, "a plan writes nothing"
    with late.open("team_lead"):
        done = services.distribute(as_of=on(2), expected=len(plan.moves))
    assert done == len(plan.moves) == cases_of(second) > 0
    assert Task.objects.filter(done_at=None, assigned_to=second).count() > 0
    assert AuditEntry.objects.filter(action="cases.distributed").count() == 1
    again = fair_plan(as_of=on(2))
    assert again.moves == ()


def test_more_or_less_than_the_page_said_changes_nothing(late, first, second):
    plan = fair_plan(as_of=on(2))
    with pytest.raises(services.PlanChanged):
        services.distribute(as_of=on(2), expected=len(plan.moves) + 1)
    assert cases_of(second) == 0


def test_the_steward_of_a_building_gets_its_cases(late, first, second):
    building = Building.objects.get()
    with late.open("team_lead"):
        services.set_steward(building_id=building.pk, user_id=second.pk, as_of=on(2))
    assert [row.name for row in stewards()] == ["周敏"]
    plan = fair_plan(as_of=on(2))
    moved = {move.case_id for move in plan.moves}
    in_building = set(Case.objects.filter(unit__building=building).values_list("pk", flat=True))
    assert moved, "they go to the steward"
    assert moved <= in_building
    assert {move.to_id for move in plan.moves} == {second.pk}


def test_a_new_case_goes_to_the_steward_of_its_building(jinxiu):
    second = person(jinxiu, "周敏")
    with jinxiu.open("team_lead"):
        services.set_steward(building_id=Building.objects.get().pk, user_id=second.pk, as_of=on(0))
    ladder.bill(jinxiu)
    walk(1)
    assert ladder.case(jinxiu).collector_id == second.pk


def test_another_steward_ends_the_one_before_and_the_trail_says_who(late, first, second):
    building = Building.objects.get()
    with late.open("team_lead"):
        services.set_steward(building_id=building.pk, user_id=first.pk, as_of=on(2))
        services.set_steward(building_id=building.pk, user_id=second.pk, as_of=on(5))
        services.set_steward(building_id=building.pk, user_id=second.pk, as_of=on(6))
    assert list(Steward.objects.order_by("pk").values_list("user_id", "until_on")) == [
        (first.pk, on(5)),
        (second.pk, None),
    ]
    assert AuditEntry.objects.filter(action="steward.set").count() == 2


def test_who_works_on_no_cases_looks_after_no_building(late):
    building = Building.objects.get()
    with pytest.raises(services.DutyRefused):
        services.set_steward(building_id=building.pk, user_id=late.people["cashier"].pk, as_of=on(2))
    with pytest.raises(NotFound):
        services.set_steward(building_id=0, user_id=None, as_of=on(2))


# -- leave


def test_during_a_leave_the_cases_are_with_others_and_come_back_afterwards(late, first, second):
    take_leave(late, first, 10, 14)
    assert services.hand_over(as_of=on(9)) == (0, 0, 0)
    night = services.hand_over(as_of=on(10))
    assert night.lent == 4
    assert (cases_of(first), cases_of(second)) == (0, 4)
    assert services.hand_over(as_of=on(10)) == (0, 0, 0), "a replay of the night finds nothing"
    assert services.hand_over(as_of=on(14)) == (0, 0, 0), "the last day is his own too"
    assert services.hand_over(as_of=on(15)).returned == 4
    assert (cases_of(first), cases_of(second)) == (4, 0)
    assert Cover.objects.filter(ended_on=on(15)).count() == 4


def test_a_case_that_closes_meanwhile_is_nobodys_to_return(late, first, second):
    take_leave(late, first, 10, 14)
    services.hand_over(as_of=on(10))
    one = Case.objects.earliest("pk")
    Case.objects.filter(pk=one.pk).update(closed_on=on(12), close_reason="PAID")
    assert services.hand_over(as_of=on(15)).returned == 3


def test_new_cases_pass_by_who_is_away(jinxiu):
    first, second = jinxiu.people["collector"], person(jinxiu, "周敏")
    take_leave(jinxiu, first, 1, 30, today=0)
    ladder.bill(jinxiu)
    walk(1)
    assert cases_of(first) == 0
    assert cases_of(second) == 4


def test_who_stands_in_may_fall_ill_and_the_tie_is_kept(late, first, second):
    third = person(late, "钱进")
    take_leave(late, first, 10, 20)
    services.hand_over(as_of=on(10))
    with_second = cases_of(second)
    assert with_second
    take_leave(late, second, 12, 13)
    services.hand_over(as_of=on(12))
    assert cases_of(third) == 4
    services.hand_over(as_of=on(14))
    assert cases_of(first) == 0
    services.hand_over(as_of=on(21))
    assert cases_of(first) == 4, "whoever had them last, they are his"


def test_a_cancelled_leave_returns_the_cases_at_once(late, first, second):
    leave_id = take_leave(late, first, 2, 10)
    assert cases_of(second) == 4, "a leave that runs already hands over at once"
    with late.open("team_lead"):
        services.cancel_leave(leave_id=leave_id, as_of=on(3), at=at(on(3)))
    assert cases_of(first) == 4
    with late.open("team_lead"), pytest.raises(Conflict):
        services.cancel_leave(leave_id=leave_id, as_of=on(3), at=at(on(3)))
    assert [row.state for row in leaves(as_of=on(3))] == ["leave.CANCELLED"]


def test_who_leaves_for_good_hands_everything_over(late, first, second):
    with late.open("team_lead"):
        services.set_steward(building_id=Building.objects.get().pk, user_id=first.pk, as_of=on(2))
    take_leave(late, first, 5, None)
    night = services.hand_over(as_of=on(5))
    assert (night.given, night.lent) == (4, 0)
    assert cases_of(second) == 4
    assert not Cover.objects.exists()
    assert not staffing_of(on(6)).stewards
    assert services.hand_over(as_of=on(400)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("from_days", "to_days", "field"),
    [(5, 4, "to_on"), (-3, -1, "from_on"), (5, 5 + 400, "to_on"), (500, 501, "to_on")],
)
def test_days_that_do_not_fit_are_refused(late, first, from_days, to_days, field):
    with pytest.raises(services.DutyRefused) as refusal:
        take_leave(late, first, from_days, to_days)
    assert refusal.value.field == field


def test_nobody_is_away_twice_on_a_day(late, first):
    take_leave(late, first, 10, 14)
    with pytest.raises(services.DutyRefused):
        take_leave(late, first, 14, 16)
    with pytest.raises(IntegrityError, match="leave_once_a_day"), transaction.atomic():
        Leave.objects.create(user=first, from_on=on(12), to_on=None, entered_by=first, entered_at=at(on(2)))
    take_leave(late, first, 15, 16)


def test_without_anybody_else_the_cases_stay(late, first):
    take_leave(late, first, 5, 6)
    assert services.hand_over(as_of=on(5)) == (0, 0, 0)
    assert cases_of(first) == 4


# -- the tick before the first call


def test_a_case_is_reviewed_once_by_each_of_its_collectors(late, first, second):
    case = ladder.case(late)
    with late.open("collector"):
        assert review_cases(case_ids=[case.pk], at=at(on(2))) == 1
        assert review_cases(case_ids=[case.pk], at=at(on(3))) == 0
    assign_cases(case_ids=[case.pk], collector_id=second.pk)
    assert list(CaseReview.objects.values_list("by_id", flat=True)) == [first.pk]
    with late.open("collector"), pytest.raises(NotFound):
        review_cases(case_ids=[0], at=at(on(2)) + timedelta(hours=1))


def test_days_on_which_nobody_takes_cases_are_told_and_a_leave_of_today_says_what_went_over(
    late, first, second
):
    from arrears.team.queries import gaps, leaves

    take_leave(late, second, 4, 6)
    with late.open("team_lead"):
        assert gaps(as_of=on(2)) == []
        noted = services.enter_leave(
            user_id=first.pk, from_on=on(2), to_on=on(4), reason="病假", as_of=on(2), at=at(on(2))
        )
        assert noted.handed is not None
        assert noted.handed.lent > 0
        assert [(gap.on, gap.community_name) for gap in gaps(as_of=on(2))] == [(on(4), late.community.name)]
        services.cancel_leave(leave_id=noted.leave_id, as_of=on(2), at=at(on(2)))
        (cancelled,) = [row for row in leaves(as_of=on(2)) if row.leave_id == noted.leave_id]
        assert cancelled.covered == noted.handed.lent, "what others took over stays known"
        assert gaps(as_of=on(2)) == []
