"""Meters from the dial to the bill: nothing is billed twice, nothing is lost, every figure names its readings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billing.charges.models import Charge, Meter, MeterReading, MeterUse
from billing.charges.queries.meters import meter_card, positions
from billing.charges.queries.why import charge_why
from billing.charges.rules.metered import Span, Steps, Tier
from billing.charges.rules.readings import ReadingKind
from billing.charges.services import (
    NewMeter,
    NewReading,
    add_meter,
    change_meter,
    correct_reading,
    enter_readings,
    preview_bills,
    remove_meter,
    set_household,
    void_bill,
)
from billing.charges.services.meters import MeterNotValid, MeterRemoved, SerialTaken
from billing.charges.services.readings import AlreadyCorrected, ReadingRefused, ReasonMissing
from notices.models import Notice
from owners.services.hand_over import NewHolder, hand_over
from tenancy.kernel.errors import NotFound
from tests.meters import LATER, read, run, water_meter, water_tariff
from values.period import Period

A, B = "3-1-1602", "3-1-1702"
JAN, FEB, MAR, APR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def tariff(jinxiu):
    """Water at 3.20, no steps."""
    return water_tariff(jinxiu, steps=None)


@pytest.fixture
def meter(jinxiu, tariff):
    """A meter of 3-1-1602 that stood at 100 on 1 January."""
    return water_meter(jinxiu, tariff, start=100, on=JAN)


def water(unit=A):
    found = Charge.objects.filter(fee_item__code="water", unit__code=unit, reversed_on=None)
    return list(found.order_by("period").values_list("snapshot__usage", "amount_fen"))


def refusals(*readings, today=LATER):
    done = enter_readings([NewReading(*one) for one in readings], today=today)
    return [no.fault.why.code for no in done.refused]


def test_a_month_is_billed_from_the_reading_before_to_the_one_in_it(jinxiu, meter):
    read(meter, date(2026, 1, 31), 112)
    run(jinxiu, 2026, 2)
    assert water() == [("12", 3_840)]
    use = MeterUse.objects.get()
    assert (use.before.value_milli, use.now.value_milli, use.usage_milli) == (100_000, 112_000, 12_000)


def test_without_a_reading_a_unit_waits_for_the_supplementary_run(jinxiu, tariff, meter):
    other = water_meter(jinxiu, tariff, B, start=0, on=JAN)
    read(meter, FEB, 112)
    first = run(jinxiu, 2026, 2)
    assert first.skipped == {"no_reading": 1}
    assert water(B) == []
    read(other, date(2026, 1, 30), 7)
    again = run(jinxiu, 2026, 2)
    assert (again.bills, water(B)) == (1, [("7", 2_240)])
    assert run(jinxiu, 2026, 2).run_id is None


def test_a_month_left_out_is_billed_with_the_next_and_not_again_when_its_reading_comes_late(jinxiu, meter):
    run(jinxiu, 2026, 2)
    read(meter, MAR, 120)
    run(jinxiu, 2026, 3)
    assert water() == [("20", 6_400)]
    assert refusals((meter, date(2026, 1, 31), 110_000)) == ["billed_already"]
    assert run(jinxiu, 2026, 2).skipped["no_reading"] == 1
    assert water() == [("20", 6_400)]


def test_an_estimate_is_corrected_by_the_next_reading_down_to_zero_and_the_rest_is_carried(jinxiu, meter):
    read(meter, FEB, 130, ReadingKind.ESTIMATED)
    run(jinxiu, 2026, 2)
    read(meter, MAR, 120)
    assert run(jinxiu, 2026, 3).skipped["usage_carried"] == 1
    read(meter, APR, 135)
    run(jinxiu, 2026, 4)
    assert water() == [("30", 9_600), ("5", 1_600)]
    assert sum(fen for _usage, fen in water()) == 35 * 320


def test_an_estimate_that_was_too_low_is_made_up_for(jinxiu, meter):
    read(meter, FEB, 105, ReadingKind.ESTIMATED)
    run(jinxiu, 2026, 2)
    read(meter, MAR, 125)
    run(jinxiu, 2026, 3)
    assert water() == [("5", 1_600), ("20", 6_400)]


def test_a_correction_after_the_bill_is_evened_out_by_the_next(jinxiu, meter):
    read(meter, FEB, 1_120)
    run(jinxiu, 2026, 2)
    wrong = MeterReading.objects.get(read_on=FEB)
    correct_reading(reading_id=wrong.pk, milli=112_000, reason="小数点看错")
    read(meter, MAR, 125)
    assert run(jinxiu, 2026, 3).skipped["usage_carried"] == 1
    assert MeterReading.objects.filter(read_on=FEB).count() == 2


def test_a_correction_before_the_bill_counts(jinxiu, meter):
    read(meter, FEB, 1_120)
    correct_reading(reading_id=MeterReading.objects.get(read_on=FEB).pk, milli=112_000, reason="看错")
    run(jinxiu, 2026, 2)
    assert water() == [("12", 3_840)]


def test_a_reading_is_corrected_once_with_a_reason_and_only_to_what_the_dial_can_show(jinxiu, meter):
    read(meter, FEB, 112)
    old = MeterReading.objects.get(read_on=FEB).pk
    with pytest.raises(ReasonMissing):
        correct_reading(reading_id=old, milli=1_000, reason=" ")
    with pytest.raises(ReadingRefused):
        correct_reading(reading_id=old, milli=10**8, reason="x")
    with pytest.raises(NotFound):
        correct_reading(reading_id=0, milli=1, reason="x")
    correct_reading(reading_id=old, milli=113_000, reason="看错")
    with pytest.raises(AlreadyCorrected):
        correct_reading(reading_id=old, milli=114_000, reason="又错")


def test_a_change_of_meter_adds_what_both_counted(jinxiu, meter):
    change_meter(
        meter_id=meter, on=date(2026, 1, 16), end_milli=108_000, meter=NewMeter("W-NEW", 2_000, digits=6)
    )
    new = Meter.objects.get(serial="W-NEW")
    read(new.pk, FEB, 9)
    run(jinxiu, 2026, 2)
    assert water() == [("15", 4_800)]
    serials = [one["serial"] for one in Charge.objects.get(fee_item__code="water").snapshot["readings"]]
    assert serials == ["W-3-1-1602", "W-NEW"]
    read(new.pk, MAR, 19)
    run(jinxiu, 2026, 3)
    assert water()[-1] == ("10", 3_200)


def test_a_meter_taken_out_in_a_month_nobody_read_is_still_billed(jinxiu, meter):
    change_meter(meter_id=meter, on=date(2026, 1, 16), end_milli=108_000, meter=NewMeter("W-NEW"))
    run(jinxiu, 2026, 2)
    read(Meter.objects.get(serial="W-NEW").pk, MAR, 4)
    run(jinxiu, 2026, 3)
    assert water() == [("12", 3_840)]


def test_a_unit_on_a_metered_tariff_without_a_meter_is_said(jinxiu, tariff):
    meter = water_meter(jinxiu, tariff, on=JAN)
    Meter.objects.filter(pk=meter).update(fee_item=jinxiu.items["property"])
    assert run(jinxiu, 2026, 2).skipped == {"no_meter": 1}


def test_two_owners_share_a_month_by_the_reading_of_the_hand_over(jinxiu, meter):
    read(meter, date(2026, 1, 11), 109)
    hand_over(unit_id=jinxiu.units[A].pk, on=date(2026, 1, 11), holders=[NewHolder(name="赵六")])
    read(meter, FEB, 112)
    run(jinxiu, 2026, 2)
    found = Charge.objects.filter(fee_item__code="water").order_by("period")
    assert list(found.values_list("account__party__name", "amount_fen")) == [("张三", 2_880), ("赵六", 960)]
    assert sum(MeterUse.objects.values_list("usage_milli", flat=True)) == 12_000


def test_without_that_reading_they_share_it_by_days_and_a_void_part_is_billed_anew(jinxiu, meter):
    hand_over(unit_id=jinxiu.units[A].pk, on=date(2026, 1, 11), holders=[NewHolder(name="赵六")])
    read(meter, FEB, 112)
    run(jinxiu, 2026, 2)
    found = Charge.objects.filter(fee_item__code="water", reversed_on=None).order_by("period")
    parts = list(found.values_list("account__party__name", "amount_fen"))
    assert parts == [("张三", 1_239), ("赵六", 2_601)]
    void_bill(bill_id=found[0].bill_id, reason="抄错", voided_on=date(2026, 2, 6))
    run(jinxiu, 2026, 2)
    assert list(found.values_list("account__party__name", "amount_fen")) == parts


def test_a_void_bill_frees_its_readings(jinxiu, meter):
    read(meter, FEB, 112)
    run(jinxiu, 2026, 2)
    read(meter, MAR, 120)
    run(jinxiu, 2026, 3)
    first = Charge.objects.filter(fee_item__code="water").order_by("period")[0]
    void_bill(bill_id=first.bill_id, reason="抄错", voided_on=date(2026, 3, 6))
    run(jinxiu, 2026, 2)
    assert water() == [("12", 3_840), ("8", 2_560)]


def test_steps_by_month_begin_anew_and_hold_for_each_month_of_a_quarter(jinxiu):
    steps = Steps((Tier(Decimal(10), 1_000_000), Tier(None, 2_000_000)), Span.MONTH)
    quarter = water_tariff(jinxiu, steps=steps, cycle_months=3)
    meter = water_meter(jinxiu, quarter, start=0, on=JAN)
    read(meter, APR, 35)
    run(jinxiu, 2026, 4)
    assert water() == [("35", 4_000)]


def test_a_large_household_has_wider_steps(jinxiu):
    steps = Steps((Tier(Decimal(10), 1_000_000), Tier(None, 2_000_000)), Span.YEAR, 4, Decimal(5))
    meter = water_meter(jinxiu, water_tariff(jinxiu, steps=steps), start=0, on=JAN)
    set_household(meter_id=meter, people=6, place="厨房")
    read(meter, FEB, 25)
    run(jinxiu, 2026, 2)
    assert water() == [("25", 3_000)]


def test_a_factor_multiplies_the_dial(jinxiu, tariff):
    meter = water_meter(jinxiu, tariff, start=0, on=JAN, multiplier=40)
    read(meter, FEB, 2)
    run(jinxiu, 2026, 2)
    assert water() == [("80", 25_600)]


def test_the_calculation_and_the_notice_name_both_readings(jinxiu, meter):
    read(meter, FEB, 112)
    run(jinxiu, 2026, 2)
    charge = Charge.objects.get(fee_item__code="water")
    why = charge_why(charge.pk, as_of=MAR)
    (reading,) = why.readings
    assert (reading.serial, reading.before, reading.now, reading.usage) == ("W-3-1-1602", "100", "112", "12")
    assert (why.lines[0].quantity, why.measure) == ("12", "m³")
    bill = charge.bill.number
    (line,) = [one for one in Notice.objects.get(number=bill).data["lines"] if one["fee_item"] == "水费water"]
    assert line["basis"] == "表W-3-1-1602：上期100，本期112，用量12m³"
    assert line["rate"] == "3.20元/m³×12"


def test_the_preview_says_who_has_no_reading_and_writes_nothing(jinxiu, meter):
    preview = preview_bills(community_id=jinxiu.community.pk, period=Period.month(2026, 2), as_of=FEB)
    assert preview.reasons["no_reading"] == 1
    assert Charge.objects.count() == 0


def test_readings_that_cannot_be_are_refused_with_the_reason(jinxiu, meter):
    read(meter, FEB, 112)
    assert refusals((meter, date(2026, 5, 1), 130_000), today=MAR) == ["reading_in_the_future"]
    assert refusals((meter, MAR, 10**8)) == ["reading_too_long"]
    assert refusals((meter, date(2025, 12, 1), 1_000)) == ["meter_not_there"]
    assert refusals((meter, FEB, 113_000)) == ["read_already"]
    assert refusals((0, MAR, 1_000)) == ["no_such_meter"]
    assert refusals((meter, MAR, 120_000), (meter, MAR, 121_000)) == ["read_twice", "read_twice"]
    assert refusals((meter, MAR, 111_000)) == ["usage_negative"]
    assert enter_readings([NewReading(meter, FEB, 112_000)], today=LATER) == (0, ())


def test_a_usage_three_times_the_usual_needs_a_tick(jinxiu, meter):
    read(meter, FEB, 110)
    assert refusals((meter, MAR, 150_000)) == ["usage_implausible"]
    read(meter, MAR, 150, sure=True)
    assert positions(APR, meter_ids=[meter])[0].last.milli == 150_000


def test_a_meter_taken_out_is_read_no_more(jinxiu, meter):
    remove_meter(meter_id=meter, on=FEB, end_milli=112_000)
    assert refusals((meter, MAR, 120_000)) == ["meter_gone"]
    with pytest.raises(MeterRemoved):
        remove_meter(meter_id=meter, on=MAR, end_milli=112_000)
    assert meter_card(meter).readings[0].kind == "END"


def test_a_meter_is_put_in_once_and_with_a_dial_that_exists(jinxiu, tariff, meter):
    room = jinxiu.units[A].pk
    with pytest.raises(SerialTaken):
        add_meter(unit_id=room, fee_item_id=tariff[0], installed_on=JAN, meter=NewMeter("W-3-1-1602"))
    for wrong in (NewMeter(" "), NewMeter("x", digits=2), NewMeter("x", multiplier=0), NewMeter("x", 10**8)):
        with pytest.raises(MeterNotValid):
            add_meter(unit_id=room, fee_item_id=tariff[0], installed_on=JAN, meter=wrong)
    with pytest.raises(NotFound):
        add_meter(unit_id=room, fee_item_id=0, installed_on=JAN, meter=NewMeter("x"))
