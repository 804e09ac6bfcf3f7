"""Who pays a tariff, put on it and taken off by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billing.charges.models import Subscription
from billing.charges.queries import subscription_rows, subscriptions
from billing.charges.services import add_fee_item, add_tariff, end_subscription, issue_bills, subscribe_units
from billing.charges.services.subscriptions import SubscriptionBilled, SubscriptionEndsTooEarly, UnitsUnknown
from owners.models import Community
from tenancy.kernel.errors import NotFound
from values.period import Period

JANUARY = date(2026, 1, 1)


@pytest.fixture
def lift(jinxiu):
    """A tariff of a new fee that nobody pays."""
    item = add_fee_item(code="lift", name="电梯费")
    return add_tariff(
        community_id=jinxiu.community.pk, fee_item_id=item, name="电梯费标准", basis="FIXED", rate=Decimal(20),
        from_on=JANUARY,
    )  # fmt: skip


def paying(tariff_id):
    return [(row.unit_code, row.start_on, row.last_on) for row in subscription_rows(subscriptions(tariff_id))]


def test_all_flats_go_on_a_tariff_at_once_and_only_once(lift):
    assert subscribe_units(tariff_id=lift, kind="ROOM", codes=(), from_on=JANUARY) == (3, 0)
    assert subscribe_units(tariff_id=lift, kind="ROOM", codes=(), from_on=JANUARY) == (0, 3)
    assert [code for code, *_days in paying(lift)] == ["3-1-1602", "3-1-1702", "3-2-201"]


def test_rooms_by_name_and_a_name_that_is_none_puts_nobody_on_it(lift):
    with pytest.raises(UnitsUnknown) as refused:
        subscribe_units(tariff_id=lift, kind="", codes=["3-1-1602", "9-9-901"], from_on=JANUARY)
    assert refused.value.params == {"units": ["9-9-901"]}
    assert paying(lift) == []
    subscribe_units(tariff_id=lift, kind="", codes=["3-1-1602", "3-1-1602 "], from_on=JANUARY)
    assert paying(lift) == [("3-1-1602", JANUARY, None)]


def test_units_of_another_community_are_not_there(lift, jinxiu):
    other = Community.objects.create(code="J2", name="锦绣二期")
    tariff = add_tariff(
        community_id=other.pk, fee_item_id=jinxiu.items["property"].pk, name="x", basis="AREA", rate=Decimal(2),
        from_on=JANUARY,
    )  # fmt: skip
    with pytest.raises(UnitsUnknown):
        subscribe_units(tariff_id=tariff, kind="ROOM", codes=(), from_on=JANUARY)


def test_a_unit_pays_no_more_from_a_day_on_but_what_is_billed_stays(jinxiu, lift):
    subscribe_units(tariff_id=lift, kind="", codes=["3-1-1602"], from_on=JANUARY)
    issue_bills(community_id=jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5))
    held = Subscription.objects.get(tariff=lift)
    with pytest.raises(SubscriptionBilled) as refused:
        end_subscription(subscription_id=held.pk, end_on=date(2026, 1, 15))
    assert refused.value.params == {"billed_to": "2026-02-01"}
    end_subscription(subscription_id=held.pk, end_on=date(2026, 2, 1))
    assert paying(lift) == [("3-1-1602", JANUARY, date(2026, 1, 31))]


def test_a_subscription_by_mistake_ends_on_its_first_day_and_is_gone(lift):
    subscribe_units(tariff_id=lift, kind="", codes=["3-1-1602"], from_on=JANUARY)
    held = Subscription.objects.get(tariff=lift)
    with pytest.raises(SubscriptionEndsTooEarly):
        end_subscription(subscription_id=held.pk, end_on=date(2025, 12, 31))
    end_subscription(subscription_id=held.pk, end_on=JANUARY)
    assert paying(lift) == []
    with pytest.raises(NotFound):
        end_subscription(subscription_id=held.pk, end_on=JANUARY)
