"""The demo's agreements: each story comes out as it is told, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from arrears.relief.models import Application
from arrears.relief.services import run_relief
from config.demo.agreements import STORIES, Agreements
from config.demo.characters import Habit
from config.demo.company import Place
from tests.money import owe

END = date(2026, 11, 21)
PLAYED_BY = {
    "qiantai": "collector",
    "lingban": "team_lead",
    "jingli": "project_manager",
    "shouyin": "cashier",
}


class Stubborn:
    """Payers who never come by themselves."""

    def habit(self, account_id, day):
        return Habit.REFUSES


def test_a_plan_is_kept_one_broken_one_runs_and_a_debt_is_deferred(jinxiu):
    for unit, fen in (("3-1-1602", 90_000), ("3-1-1702", 80_000), ("3-2-201", 70_000), ("B1-001", 60_000)):
        owe(jinxiu, fen, END - timedelta(120), unit=unit)
    user_ids = {name: jinxiu.people[role].pk for name, role in PLAYED_BY.items()}
    place = Place(jinxiu.tenant.pk, {jinxiu.community.pk: jinxiu.cash_point.pk}, user_ids)
    agreements = Agreements(place, Stubborn(), to_on=END)
    for n in range(STORIES[0].days_ago + 2):
        day = END - timedelta(STORIES[0].days_ago + 1 - n)
        run_relief(as_of=day)
        agreements.day(day)
    states = Application.objects.order_by("pk").values_list("kind", "state")
    assert list(states) == [
        ("INSTALMENT", "KEPT"), ("INSTALMENT", "BROKEN"), ("INSTALMENT", "RUNNING"), ("DEFERRAL", "RUNNING"),
    ]  # fmt: skip


def test_one_application_waits_on_the_last_day(jinxiu):
    owe(jinxiu, 90_000, END - timedelta(120))
    user_ids = {name: jinxiu.people[role].pk for name, role in PLAYED_BY.items()}
    place = Place(jinxiu.tenant.pk, {jinxiu.community.pk: jinxiu.cash_point.pk}, user_ids)
    Agreements(place, Stubborn(), to_on=END).day(END - timedelta(STORIES[-1].days_ago))
    assert Application.objects.get().state == "ASKED"
