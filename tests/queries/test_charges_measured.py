"""What a run reads of meters and pools, held against plain queries; and that others read nothing more."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.charges.models import Charge, MeterReading, PoolShare
from billing.charges.queries.measured import meters_of, pools_to_bill, shares_of
from billing.charges.queries.meters import positions
from billing.charges.queries.pools import pool_row
from billing.charges.rules.pools import Method
from billing.charges.services import (
    NewPool,
    correct_reading,
    enter_pool,
    issue_bills,
    preview_bills,
    void_bill,
)
from tests.meters import agree, pass_through_item, read, run, water_meter, water_tariff
from values.period import Period

A, B = "3-1-1602", "3-1-1702"
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
FEBRUARY = Period.month(2026, 2)


def of_unit(company, unit, window=FEBRUARY):
    room = company.units[unit].pk
    found = meters_of([room], community_id=company.community.pk, window=window)
    return [meter for (unit_id, _item), meters in found.items() if unit_id == room for meter in meters]


def test_a_meter_comes_with_the_readings_before_and_in_the_window_that_count(jinxiu):
    meter_id = water_meter(jinxiu, water_tariff(jinxiu), start=0, on=date(2025, 10, 1))
    for month, value in ((date(2025, 11, 1), 1), (date(2025, 12, 1), 2), (JAN, 3), (FEB, 4), (MAR, 5)):
        read(meter_id, month, value)
    read(meter_id, date(2026, 4, 1), 6)
    wrong = MeterReading.objects.get(read_on=MAR)
    correct_reading(reading_id=wrong.pk, milli=4_500, reason="看错")
    (meter,) = of_unit(jinxiu, A)
    assert [(one.on, one.milli) for one in meter.readings] == [(JAN, 3_000), (FEB, 4_000), (MAR, 4_500)]
    assert meter.uses == ()


def test_uses_come_as_long_as_their_charge_stands(jinxiu):
    meter_id = water_meter(jinxiu, water_tariff(jinxiu), start=0, on=JAN)
    read(meter_id, FEB, 10)
    run(jinxiu, 2026, 2)
    ((use,),) = [meter.uses for meter in of_unit(jinxiu, A)]
    assert (use.from_on, use.to.on, use.usage_milli, use.period) == (JAN, FEB, 10_000, Period.month(2026, 1))
    charge = Charge.objects.get(fee_item__code="water")
    void_bill(bill_id=charge.bill_id, reason="错", voided_on=FEB)
    assert [meter.uses for meter in of_unit(jinxiu, A)] == [()]


def test_where_meters_stand_before_a_day(jinxiu):
    tariff = water_tariff(jinxiu)
    first = water_meter(jinxiu, tariff, A, start=0, on=JAN)
    second = water_meter(jinxiu, tariff, B, start=0, on=JAN)
    read(first, FEB, 10)
    asked = {"community_id": jinxiu.community.pk, "fee_item_id": tariff[0]}
    rows = positions(FEB, **asked)
    assert [(row.unit_code, row.own and row.own.milli) for row in rows] == [(A, 10_000), (B, None)]
    assert positions(MAR, **asked)[0].last.milli == 10_000
    assert positions(JAN - timedelta(1), **asked) == []
    assert positions(FEB, **asked, building_id=0) == []
    assert [row.meter_id for row in positions(MAR, meter_ids=[second])] == [second]


def test_a_pool_waits_until_it_is_agreed_to_and_every_share_billed(cast):
    company = cast.jinxiu
    with company.open("finance"):
        pool = NewPool(
            "电梯", pass_through_item(), Period.month(2026, 1), Method.AREA, "电费单", amount_fen=10_000
        )
        pool_id = enter_pool(community_id=company.community.pk, pool=pool)
        assert pools_to_bill(company.community.pk, until=MAR) == {}
    agree(company, pool_id)
    with company.open("finance"):
        assert list(pools_to_bill(company.community.pk, until=MAR)) == [pool_id]
        assert pools_to_bill(company.community.pk, until=JAN) == {}
        units = [unit.pk for unit in company.units.values()]
        found = shares_of(units, [pool_id])
        kept = PoolShare.objects.values_list("unit_id", "amount_fen")
        assert {unit: row.amount_fen for unit, (row,) in found.items()} == dict(kept)
        issue_bills(community_id=company.community.pk, period=FEBRUARY, issued_on=FEB)
        assert pools_to_bill(company.community.pk, until=MAR) == {}
        assert pool_row(pool_id).billed == 3
        charge = Charge.objects.filter(fee_item__code="lift")[0]
        void_bill(bill_id=charge.bill_id, reason="错", voided_on=FEB)
        assert list(pools_to_bill(company.community.pk, until=MAR)) == [pool_id]


def test_a_run_over_fixed_tariffs_asks_one_thing_more_and_nothing_of_meters(jinxiu):
    with CaptureQueriesContext(connection) as seen:
        preview_bills(community_id=jinxiu.community.pk, period=FEBRUARY, as_of=FEB)
    about = [one["sql"] for one in seen if "charges_meter" in one["sql"] or "charges_poolshare" in one["sql"]]
    assert len(about) == 1
    assert "agreed" in about[0]
