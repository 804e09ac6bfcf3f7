"""Cases given to somebody by hand: open ones and their tasks, to who sees them, each with its trace."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case, Task
from arrears.cases.queries import offer
from arrears.cases.services import CannotTake, assign_cases
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry, Membership, User
from tests import ladder
from tests.ladder import on, walk_and_send


@pytest.fixture
def late(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    return jinxiu


@pytest.fixture
def another(late):
    """A second collector of the whole company, without cases."""
    user = User.objects.create_user("jinxiu-second", None, name="周敏")
    Membership.objects.create(tenant=late.tenant, user=user, roles=["collector"])
    return user


def ids():
    return list(Case.objects.order_by("pk").values_list("pk", flat=True))


def test_cases_change_hands_with_what_is_open_of_them(late, another):
    done = assign_cases(case_ids=ids(), collector_id=another.pk)
    assert (done.given, done.kept, done.closed) == (4, 0, 0)
    assert set(Case.objects.values_list("collector_id", flat=True)) == {another.pk}
    assert set(Task.objects.filter(done_at=None).values_list("assigned_to_id", flat=True)) == {another.pk}
    told = AuditEntry.objects.filter(action="case.assigned")
    assert {entry.object_id for entry in told} == set(ids())
    assert told[0].detail == {"given_to": "周敏", "taken_from": late.people["collector"].name}


def test_what_is_his_already_and_what_is_closed_stays_as_it_is(late, another):
    first, second, *_rest = ids()
    assign_cases(case_ids=[first], collector_id=another.pk)
    Case.objects.filter(pk=second).update(closed_on=on(2), close_reason="PAID")
    done = assign_cases(case_ids=[first, second], collector_id=another.pk)
    assert (done.given, done.kept, done.closed) == (0, 1, 1)
    assert Case.objects.get(pk=second).collector_id != another.pk
    assert AuditEntry.objects.filter(action="case.assigned").count() == 1


@pytest.mark.parametrize("role", ["cashier", "finance"])
def test_only_who_works_at_the_desk_can_take_cases(late, role):
    with pytest.raises(CannotTake) as refusal:
        assign_cases(case_ids=ids(), collector_id=late.people[role].pk)
    assert refusal.value.field == "collector"


def test_who_does_not_see_the_community_gets_none_of_them(late, another):
    Membership.objects.filter(user=another).update(community_ids=[0])
    with pytest.raises(CannotTake) as refusal:
        assign_cases(case_ids=ids(), collector_id=another.pk)
    assert refusal.value.params["beyond"] == 4
    assert not Case.objects.filter(collector=another).exists()


def test_a_case_that_is_not_there_stops_all_of_them(late, another):
    with pytest.raises(NotFound):
        assign_cases(case_ids=[*ids(), 999_999], collector_id=another.pk)
    assert not Case.objects.filter(collector=another).exists()


def test_the_offer_says_in_numbers_what_would_happen(late, another):
    one, *_rest = ids()
    assign_cases(case_ids=[one], collector_id=another.pk)
    Case.objects.filter(pk=ids()[-1]).update(closed_on=on(2), close_reason="PAID")
    shown = offer(ids(), as_of=on(2))
    assert (len(shown.case_ids), shown.left_out, shown.nobodys) == (3, 1, 0)
    taker = next(taker for taker in shown.takers if taker.user_id == another.pk)
    assert (taker.cases, taker.takes, taker.has, taker.beyond, taker.cases_after) == (1, 2, 1, 0, 3)
    assert taker.points_after == shown.points
    before = next(taker for taker in shown.takers if taker.user_id == late.people["collector"].pk)
    assert (before.cases, before.takes, before.has) == (2, 1, 2)
