"""What the portal asks for: nothing that is disputed or deferred, and of a plan the next instalment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases.models import Case
from arrears.cases.rules.promises import Part
from arrears.cases.services import walk_ladder
from arrears.cases.services.calls import note_promise
from billing.charges.models import Charge
from owners.services import NewHolder, hand_over
from tenancy.kernel import clock
from tests.doors.portal.test_money import LI, ZHANG
from tests.doors.portal.test_relief import asked as wish
from tests.doors.portal.test_relief import door, post
from tests.money import owe
from tests.relief import ROOM, ask, days, grant, nights, plan, sign
from values.period import month_end


@pytest.fixture
def owing(cast):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, clock.today() - timedelta(60))
    return cast.jinxiu


@pytest.fixture
def zhang(owing, phone):
    return phone(ZHANG).log_in()


def told(zhang):
    (row,) = [row for row in zhang.get("asked/").json() if row["agreed"] or row["owed"]["total"] != "0.00"]
    return row


def test_what_is_only_owed_is_asked_for(owing, zhang):
    row = told(zhang)
    (unit,) = [unit for unit in zhang.get("units/").json() if unit["id"] == row["unit_id"]]
    assert (row["owed"], row["next_due_on"], row["agreed"]) == (unit["owed"], unit["next_due_on"], [])


def test_what_is_in_dispute_is_not_asked_for_and_leads_to_its_objection(owing, zhang):
    with owing.open():
        charge = Charge.objects.get(account=owing.accounts[ROOM]).pk
    made = zhang.post("objections/", charges=[charge], text="漏水").json()["id"]
    row = told(zhang)
    (matter,) = row["agreed"]
    assert (matter["matter"], matter["id"], matter["charges"][0]["id"]) == ("DISPUTE", made, charge)
    assert (row["owed"]["total"], row["owed"]["overdue_since"]) == ("0.00", None)
    assert matter["amount"] != "0.00"


def test_what_is_deferred_is_asked_for_after_its_last_day(owing, zhang):
    today = clock.today()
    with owing.open():
        pk = ask(owing, "DEFERRAL", today, range=days(today, today + timedelta(90)))
    assert told(zhang)["agreed"] == [], "what only waits for a decision is still owed"
    with owing.open():
        grant(owing, pk, today)
    row = told(zhang)
    (matter,) = row["agreed"]
    assert (matter["matter"], matter["id"]) == ("DEFERRAL", pk)
    assert matter["until"] == (today + timedelta(90)).isoformat()
    assert row["owed"]["total"] == "0.00"


def test_of_a_plan_the_next_instalment_is_asked_for(owing, zhang):
    today = clock.today()
    with owing.open():
        pk = ask(owing, "INSTALMENT", today, plan=plan(3, month_end(today)))
        grant(owing, pk, today)
        sign(owing, pk, today)
        nights(today + timedelta(1), today + timedelta(1))
    row, seen = told(zhang), zhang.get(f"applications/{pk}/").json()["plan"]
    (matter,) = row["agreed"]
    assert (matter["matter"], matter["next"], matter["next_on"]) == (
        "INSTALMENT",
        seen["next"],
        seen["next_due_on"],
    )
    assert (row["owed"]["total"], row["instalment"]) == ("0.00", seen["next"])


def test_a_promised_day_is_told(owing, zhang):
    today = clock.today()
    with owing.open():
        walk_ladder(as_of=today)
        case = Case.objects.get(account=owing.accounts[ROOM])
        note_promise(case, today + timedelta(3), made_on=today, part=Part(252_024, 0), doubt=None)
    (matter,) = told(zhang)["agreed"]
    assert (matter["matter"], matter["until"]) == ("PROMISE", (today + timedelta(3)).isoformat())


def test_all_i_asked_for_is_listed_and_a_neighbours_is_not(owing, zhang, phone):
    made = post(zhang, door(owing), **wish()).json()["id"]
    assert [row["id"] for row in zhang.get("applications/").json()] == [made]
    li = phone(LI).log_in()
    assert li.get("applications/").json() == []
    assert all(row["agreed"] == [] for row in li.get("asked/").json())


def test_a_former_owner_may_ask_for_time_on_his_own_old_debt(owing, zhang):
    with owing.open("finance"):
        unit = owing.units[ROOM].pk
        hand_over(unit_id=unit, on=clock.today(), holders=[NewHolder(name="赵六", phone="13700137000")])
    assert zhang.get(door(owing)).status_code == 200
    assert post(zhang, door(owing), **wish()).status_code == 201
