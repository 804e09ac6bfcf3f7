"""A plan that is broken, to the fen of S9: two instalments paid, the third missed, the ladder goes on."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases.models import ClockEvent, Hold, Step, Task
from arrears.cases.rules.limitation import Interruption, LimitationEvent, clock
from arrears.relief.models import Plan
from billing.charges.services.adjust import LetOff, adjust_charges
from notices.models import Notice
from tests.ladder import deliver_bills
from tests.money import owe, pay, still_open
from tests.relief import ask, grant, judged, night, nights, noon, plan, sign, state

DUE, SIGNED = date(2025, 10, 31), date(2026, 3, 15)
MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
BROKEN, LATER = date(2026, 6, 8), date(2026, 7, 31)


@pytest.fixture
def debt(jinxiu):
    """Two years, 5,040.48; on the day of signing 204.14 late fee less 0.90 let off: 203.24."""
    charge = owe(jinxiu, 504_048, DUE)
    charge.kind = "OPENING"
    charge.save()
    nights(date(2026, 3, 12), date(2026, 3, 14))
    return charge


def signed(company, debt, **wish):
    application_id = ask(company, "INSTALMENT", SIGNED, plan=plan(6, MARCH), **wish)
    adjust_charges(
        wanted=[LetOff(debt.pk, "WAIVER", "LATE_FEE", 90, "零头")],
        on=SIGNED,
        at=noon(SIGNED),
    )
    grant(company, application_id, SIGNED)
    sign(company, application_id, SIGNED)
    return application_id


def paid(company, day, number):
    pay(company, 87_395, key=f"part-{number}", paid_on=day, posted_on=day, at=noon(day))


def test_what_is_signed_is_the_debt_of_the_day_in_six_parts(jinxiu, debt):
    signed(jinxiu, debt)
    made = Plan.objects.get()
    assert (made.principal_fen, made.late_fee_fen, made.total_fen) == (504_048, 20_324, 524_372)
    parts = made.instalments.order_by("number").values_list("due_on", "amount_fen")
    assert [fen for _on, fen in parts] == [87_395] * 5 + [87_397]
    assert [on for on, _fen in parts][:3] == [MARCH, APRIL, MAY]


def test_two_instalments_pay_late_fee_then_principal(jinxiu, debt):
    signed(jinxiu, debt)
    paid(jinxiu, MARCH, 1)
    assert still_open(jinxiu, MARCH) == {debt.pk: (436_977, 0)}
    paid(jinxiu, APRIL, 2)
    assert still_open(jinxiu, APRIL) == {debt.pk: (349_582, 0)}


@pytest.mark.parametrize(("retroactive", "late_fee_fen"), [(False, 6_397), (True, 16_001)])
def test_a_missed_third_breaks_it_and_the_late_fee_runs_as_was_agreed(
    jinxiu, debt, retroactive, late_fee_fen
):
    application_id = signed(jinxiu, debt, retroactive=retroactive)
    paid(jinxiu, MARCH, 1)
    paid(jinxiu, APRIL, 2)
    nights(MAY, date(2026, 6, 7))
    assert state(application_id) == "RUNNING", "seven days of grace"
    night(BROKEN)
    assert state(application_id) == "BROKEN"
    assert still_open(jinxiu, LATER) == {debt.pk: (349_582, late_fee_fen)}


def test_the_ladder_is_silent_while_it_runs_and_goes_on_at_the_visit(jinxiu, debt):
    application_id = signed(jinxiu, debt)
    deliver_bills(SIGNED)
    paid(jinxiu, MARCH, 1)
    paid(jinxiu, APRIL, 2)
    before = Step.objects.count()
    nights(date(2026, 3, 16), date(2026, 6, 7))
    assert Step.objects.count() == before, "nothing was asked for in twelve weeks"
    assert Step.objects.order_by("-pk")[0].because == "plan_signed"
    night(BROKEN)
    newest = Step.objects.order_by("-pk")[0]
    assert (newest.code, newest.event) == ("VISIT", "DUE"), "the agreement was the demand"
    call = Task.objects.get(kind="CALL", done_at=None, cancelled_at=None)
    assert call.because == "plan_broken"
    assert Hold.objects.get(kind="INSTALMENT").released_on == BROKEN
    assert Notice.objects.filter(kind="RELIEF_NEWS", body__contains="第3期逾期未付已终止").count() == 1
    assert [one.state for one in judged(application_id, BROKEN).parts][:3] == ["PAID", "PAID", "MISSED"]


def test_limitation_waits_for_the_last_instalment_until_it_is_broken(jinxiu, debt):
    application_id = signed(jinxiu, debt)

    def last_on(day):
        rows = ClockEvent.objects.filter(charge=debt).order_by("pk")
        newest = {row.source: LimitationEvent(Interruption(row.kind), row.on, row.until) for row in rows}
        return clock(DUE, newest.values(), as_of=day).last_on

    assert last_on(SIGNED) == date(2029, 8, 31), "the last instalment is due on 31 August 2026"
    paid(jinxiu, MARCH, 1)
    night(date(2026, 5, 8))
    assert state(application_id) == "BROKEN"
    assert last_on(date(2026, 5, 8)) == date(2029, 4, 30), "the missed one"


def test_a_night_told_twice_or_after_the_fact_changes_nothing(jinxiu, debt):
    signed(jinxiu, debt)
    nights(MARCH, date(2026, 4, 9))
    rows = [model.objects.count() for model in (Step, Task, Hold, Notice, ClockEvent)]
    for day in (date(2026, 3, 28), MARCH, date(2026, 4, 8)):
        assert not any(night(day).values())
    assert [model.objects.count() for model in (Step, Task, Hold, Notice, ClockEvent)] == rows
