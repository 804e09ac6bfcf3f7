"""Meters for the tests: a water tariff in steps, meters of 锦绣花园's rooms, and readings off them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import FeeItem, Subscription
from billing.charges.rules.metered import Steps, Tier
from billing.charges.rules.readings import ReadingKind
from billing.charges.services import (
    NewMeter,
    NewReading,
    add_fee_item,
    add_meter,
    add_tariff,
    ask_pool,
    enter_readings,
    issue_bills,
)
from tenancy.people.services import approvals
from values.period import Period

# S14: by year up to and with 180, 260, and above.
WATER = Steps((Tier(Decimal(180), 3_200_000), Tier(Decimal(260), 4_500_000), Tier(None, 7_200_000)))
LATER = date(2027, 12, 31)


def water_tariff(company, *, steps=WATER, code="water", cycle_months=1, rate="3.20"):
    """水费, billed after the month."""
    item_id = add_fee_item(code=code, name=f"水费{code}", revenue="pass_through", in_arrears=True)
    tariff_id = add_tariff(
        community_id=company.community.pk, fee_item_id=item_id, name=f"居民用水{code}", basis="METERED",
        rate=Decimal(rate), from_on=date(2022, 1, 1), steps=steps, measure="m³", cycle_months=cycle_months,
    )  # fmt: skip
    return item_id, tariff_id


def water_meter(company, tariff, unit="3-1-1602", *, start=0, on=date(2025, 12, 1), serial=None, **more):
    """A meter of a room that pays the tariff from then on."""
    item_id, tariff_id = tariff
    room = company.units[unit]
    known = Subscription.objects.filter(unit=room, fee_item_id=item_id)
    if not known.exists():
        Subscription.objects.create(
            unit=room, tariff_id=tariff_id, fee_item_id=item_id, held=DateRange(on, None)
        )
    meter = NewMeter(serial or f"W-{unit}", start * 1000, **more)
    return add_meter(unit_id=room.pk, fee_item_id=item_id, installed_on=on, meter=meter)


def read(meter_id, on, value, kind=ReadingKind.READ, *, sure=True):
    """A reading that is taken."""
    milli = int(Decimal(str(value)) * 1000)
    done = enter_readings([NewReading(meter_id, on, milli, kind, is_sure=sure)], today=LATER)
    assert done.refused == (), done
    return done


def run(company, year, month, months=1):
    """The bills of a month."""
    period = Period.of_months(date(year, month, 1), months)
    return issue_bills(community_id=company.community.pk, period=period, issued_on=date(year, month, 5))


def pass_through_item(code="lift", name="公摊电费"):
    """A fee that is only passed through."""
    return add_fee_item(code=code, name=name, revenue="pass_through", in_arrears=True)


def agree(company, pool_id, *, by="finance", decider="project_manager", approve=True):
    """One asks, another decides."""
    at = datetime.fromisoformat("2026-01-04T02:00:00+00:00")
    with company.open(by):
        approval_id = ask_pool(pool_id=pool_id, by=company.staff(by), at=at)
    with company.open(decider):
        approvals.decide(
            approval_id=approval_id,
            by=company.staff(decider),
            approve=approve,
            reason="见附件",
            decided_at=at,
        )
    return approval_id


def item_named(code):
    """A fee item by its code."""
    return FeeItem.objects.get(code=code)
