"""A small company walked over random days: whatever happened on them, walking a day again changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.cases.models import Case, Hold, Judgement, Promise, Step, Task
from arrears.cases.services import CallRefused, JustPaid, keep_floor, walk_ladder
from notices.models import Notice
from tests import ladder
from tests.ladder import at, call, on, send
from tests.money import pay

TABLES = (Case, Step, Task, Hold, Notice, Promise, Judgement)
# What a day may bring besides its walk, to the owner of 3-1-1602.
EVENTS = st.sampled_from(["nothing", "call", "promise", "pay", "deliver", "hold"])
MONTHS = st.lists(st.tuples(st.integers(1, 9), EVENTS), min_size=3, max_size=12)


def contents() -> dict[str, list[tuple]]:
    """Every row of the tables that a walk may write."""
    return {
        model.__name__: list(
            model.objects.order_by("pk").values_list(*(f.attname for f in model._meta.fields))
        )
        for model in TABLES
    }


class Enough(Exception):
    """Ends an example: its rows are taken back with the savepoint."""


def happen(company, event: str, day, key: str) -> None:
    if event in ("call", "promise"):
        said = {"promised_on": day + timedelta(5)} if event == "promise" else {}
        outcome = "CONNECTED_PROMISED" if said else "NO_ANSWER"
        try:
            call(company, at(day), outcome, **said)
        except (CallRefused, JustPaid, Case.DoesNotExist):
            return
    if event == "pay" and not day.day % 3:
        pay(company, 5000, key=key, paid_on=day, posted_on=day, at=at(day))
    if event == "deliver":
        for notice in Notice.objects.filter(state="QUEUED", channel="PAPER").exclude(kind="BILL_NOTICE"):
            ladder.hand_over(notice.pk, day)
    if event == "hold" and not Hold.objects.filter(released_on=None).exists():
        Hold.objects.create(
            account=company.accounts["3-1-1602"],
            kind="DISPUTE",
            from_on=day,
            to_on=day + timedelta(6),
            reason="x",
        )


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=MONTHS)
def test_replaying_any_day_changes_nothing_and_no_day_has_two_rungs(jinxiu, story):
    try:
        with transaction.atomic():
            _live(jinxiu, story)
            raise Enough
    except Enough:
        pass


def _live(company, story) -> None:
    ladder.bill(company)
    days = 0
    for number, (gap, event) in enumerate(story):
        days += gap
        day = on(days)
        walk_ladder(as_of=day)
        keep_floor(as_of=day)
        before = contents()
        again = walk_ladder(as_of=day)
        keep_floor(as_of=day)
        assert contents() == before, f"day {days} walked twice"
        assert not again.steps
        send(day)
        happen(company, event, day, f"k{number}")
    opened = Counter(Step.objects.filter(event__in=["DUE", "PROPOSED"]).values_list("case_id", "on"))
    assert not [pair for pair, times in opened.items() if times > 1]
    assert not Step.objects.filter(because="").exists()
