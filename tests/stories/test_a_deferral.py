"""A deferral, to the fen of S11: its days bear no late fee, and afterwards the owner is asked anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases.models import ClockEvent
from arrears.cases.rules.limitation import last_day
from arrears.cases.services.holds import hold_for_court
from arrears.relief.services import ClaimAtCourt, FormRefused
from notices.models import Notice
from tests import ladder
from tests.ladder import hand_over, steps, visit
from tests.money import owe, pay, still_open
from tests.relief import ask, confirm, days, grant, night, nights, noon, state

DUE = date(2026, 1, 31)
FROM, TO = date(2026, 3, 1), date(2026, 5, 31)
PAID = date(2026, 6, 20)


@pytest.fixture
def debt(jinxiu):
    """One bill of 2,520.24, due on 31 January 2026, demanded and visited for."""
    charge = owe(jinxiu, 252_024, DUE)
    charge.kind = "OPENING"
    charge.save()
    night(date(2026, 2, 1))
    night(date(2026, 2, 2))
    ladder.call(jinxiu, ladder.at(date(2026, 2, 2)))
    night(date(2026, 2, 16))
    return charge


def deferred(company):
    application_id = ask(company, "DEFERRAL", FROM, range=days(FROM, TO))
    grant(company, application_id, FROM)
    return application_id


def test_ninety_two_days_bear_no_late_fee(jinxiu, debt):
    deferred(jinxiu)
    assert still_open(jinxiu, PAID) == {debt.pk: (252_024, 3_629)}


def test_without_it_all_days_count(jinxiu, debt):
    assert still_open(jinxiu, PAID) == {debt.pk: (252_024, 10_585)}


def test_the_request_acknowledges_the_debt_on_its_day_once_the_owners_signature_was_seen(jinxiu, debt):
    application_id = ask(jinxiu, "DEFERRAL", FROM, range=days(FROM, TO))
    assert not ClockEvent.objects.exists(), "what staff wrote down is no consent yet"
    with pytest.raises(FormRefused):
        confirm(jinxiu, application_id, "collector")
    confirm(jinxiu, application_id)
    with pytest.raises(FormRefused):
        confirm(jinxiu, application_id, "project_manager")
    event = ClockEvent.objects.get(charge=debt)
    assert (event.kind, event.on, event.until) == ("ACKNOWLEDGEMENT", FROM, None)
    assert event.source == f"application:{application_id}"
    assert event.file_id is None, "the application shows it, not what proves his need"
    assert last_day(event.on) == date(2029, 3, 1)


def test_the_ladder_waits_one_reminder_goes_out_and_then_a_new_demand(jinxiu, debt):
    demand = ladder.document(jinxiu, "DEMAND")
    hand_over(demand.pk, date(2026, 2, 18))
    night(date(2026, 2, 19))
    assert steps(jinxiu)[-1][:2] == ("DEMAND", "TAKEN")
    application_id = deferred(jinxiu)
    before = len(steps(jinxiu))
    nights(FROM, TO)
    assert len(steps(jinxiu)) == before, "nothing for three months"
    assert [one.issued_on for one in Notice.objects.filter(kind="DEFERRAL_ENDS")] == [date(2026, 5, 28)]
    assert night(TO + timedelta(1))["deferrals_over"] == 1
    assert state(application_id) == "ENDED"
    assert [step[:2] for step in steps(jinxiu)][before:] == [("DEMAND", "VOID"), ("DEMAND", "DUE")]
    again = ladder.document(jinxiu, "DEMAND")
    assert again.pk != demand.pk
    assert again.data["period_days"] == 15
    hand_over(again.pk, date(2026, 6, 3))
    nights(date(2026, 6, 4), date(2026, 6, 18))
    assert steps(jinxiu)[-1][:2] == ("DEMAND", "TAKEN"), "fifteen days from the new one"
    night(date(2026, 6, 19))
    assert steps(jinxiu)[-1][:2] == ("VISIT", "DUE")


def test_a_visit_made_before_it_is_not_the_one_after_the_new_demand(jinxiu, debt):
    hand_over(ladder.document(jinxiu, "DEMAND").pk, date(2026, 2, 18))
    nights(date(2026, 2, 19), date(2026, 3, 6))
    visit(jinxiu, date(2026, 3, 6))
    application_id = ask(
        jinxiu, "DEFERRAL", date(2026, 3, 7), range=days(date(2026, 3, 10), date(2026, 3, 20))
    )
    grant(jinxiu, application_id, date(2026, 3, 8))
    assert state(application_id) == "APPROVED", "it begins on its first day"
    nights(date(2026, 3, 9), date(2026, 3, 10))
    assert state(application_id) == "RUNNING"
    nights(date(2026, 3, 11), date(2026, 3, 21))
    assert steps(jinxiu)[-1][:2] == ("DEMAND", "DUE")


def test_who_pays_in_time_keeps_it(jinxiu, debt):
    application_id = deferred(jinxiu)
    pay(jinxiu, 252_024 + 2_117, key="all", paid_on=date(2026, 4, 1), posted_on=date(2026, 4, 1), at=noon(TO))
    night(date(2026, 4, 2))
    assert state(application_id) == "KEPT"


def test_what_is_before_a_court_is_not_deferred(jinxiu, debt):
    hold_for_court(account_id=debt.account_id, on=FROM)
    with pytest.raises(ClaimAtCourt):
        ask(jinxiu, "DEFERRAL", FROM, range=days(FROM, TO))
