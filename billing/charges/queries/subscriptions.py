"""Which units pay a tariff, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import Subscription
from billing.charges.queries.tariffs import tariff_card
from tenancy.kernel.errors import NotFound


class SubscriptionRow(NamedTuple):
    """A unit on a tariff. `end_on` exclusive, None: open."""

    subscription_id: int
    tariff_id: int
    unit_id: int
    unit_code: str
    start_on: date
    end_on: date | None

    @property
    def last_on(self) -> date | None:
        """The last day it pays; None: open."""
        return None if self.end_on is None else self.end_on - timedelta(1)


def subscriptions(tariff_id: int) -> QuerySet[Subscription, Any]:
    """All of a tariff, in the order of the rooms; for this app's own doors, which page it."""
    found: QuerySet[Subscription, Any] = Subscription.objects.filter(tariff_id=tariff_id)
    return found.select_related("unit").order_by("unit__sort_key", "held")


def subscription_rows(found: Iterable[Subscription]) -> list[SubscriptionRow]:
    """Rows as plain data."""
    return [
        SubscriptionRow(row.pk, row.tariff_id, row.unit_id, row.unit.code, row.held.lower, row.held.upper)
        for row in found
    ]


def subscription_row(subscription_id: int) -> SubscriptionRow:
    """One; NotFound where it is not, or its tariff is of a community that is not the member's."""
    found = Subscription.objects.select_related("unit").filter(pk=subscription_id).first()
    if found is None:
        raise NotFound(_("There is no such subscription."))
    tariff_card(found.tariff_id, as_of=found.held.lower)
    return subscription_rows([found])[0]
