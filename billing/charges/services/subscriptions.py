"""Which units pay a tariff: put them on it, take one off it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from billing.charges.models import Charge, Subscription
from billing.charges.queries.subscriptions import subscription_row
from billing.charges.queries.tariffs import tariff_card
from billing.charges.services.tariffs import subscribe
from owners.queries import unit_ids, units_of_kind
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit

SHOWN_UNKNOWN = 10


class UnitsUnknown(Refused):
    """Rooms that the community does not have, in `units`."""

    code = "charges.units_unknown"


class SubscriptionBilled(Conflict):
    """The unit was billed beyond the day."""

    code = "charges.subscription_billed"


class SubscriptionEndsTooEarly(Refused):
    """It does not end before it begins."""

    code = "charges.subscription_ends_too_early"


class Subscribed(NamedTuple):
    """How many units pay from the day on, and how many pay a tariff of this fee already and keep it."""

    added: int
    kept: int


def subscribe_units(*, tariff_id: int, kind: str, codes: Sequence[str], from_on: date) -> Subscribed:
    """Put all units of a kind, or the rooms named, on a tariff. UnitsUnknown names what is not there."""
    tariff = tariff_card(tariff_id, as_of=from_on)
    wanted = units_of_kind(tariff.community_id, kind) if kind else _named(tariff.community_id, codes)
    if not wanted:
        raise UnitsUnknown(_("This community has no such units yet: import its register."), field="kind")
    added = subscribe(tariff_id=tariff_id, unit_ids=wanted, from_on=from_on)
    if added:
        audit.record(
            "subscriptions.added", kind="tariff", pk=tariff_id, units=added, from_on=from_on.isoformat()
        )
    return Subscribed(added, len(wanted) - added)


def end_subscription(*, subscription_id: int, end_on: date, takes_back: bool = False) -> None:
    """The unit pays no more from `end_on` on; where that is its first day, it never paid.

    NotFound; SubscriptionBilled where it was billed beyond, unless the caller takes that back;
    SubscriptionEndsTooEarly.
    """
    held = Subscription.objects.select_for_update().filter(pk=subscription_id).first()
    if held is None:
        raise NotFound(_("There is no such subscription."))
    row = subscription_row(subscription_id)  # of a community that the member may see
    if end_on < held.held.lower:
        raise SubscriptionEndsTooEarly(
            _("This unit pays from %(day)s on.") % {"day": held.held.lower}, field="end_on"
        )
    if not takes_back:
        _refuse_billed(held, end_on)
    if end_on == held.held.lower:
        held.delete()
    elif held.held.upper is None or end_on < held.held.upper:
        Subscription.objects.filter(pk=subscription_id).update(held=DateRange(held.held.lower, end_on))
    audit.record(
        "subscription.ended",
        kind="tariff",
        pk=held.tariff_id,
        unit=row.unit_code,
        last_on=(end_on - timedelta(1)).isoformat(),
    )


def _refuse_billed(held: Subscription, end_on: date) -> None:
    charges = Charge.objects.filter(
        unit_id=held.unit_id, fee_item_id=held.fee_item_id, ends_on__gt=end_on, reversed_on=None
    )
    billed_to = charges.aggregate(last=Max("ends_on"))["last"]
    if billed_to is not None:
        raise SubscriptionBilled(
            _("This unit is billed to %(day)s. Choose that day or a later one.") % {"day": billed_to},
            field="end_on",
            billed_to=str(billed_to),
        )


def _named(community_id: int, codes: Sequence[str]) -> list[int]:
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    found = unit_ids(community_id=community_id, codes=wanted)
    unknown = [code for code in wanted if code not in found]
    if unknown:
        shown = ", ".join(unknown[:SHOWN_UNKNOWN])
        raise UnitsUnknown(
            _("This community has no %(units)s. Write rooms as they stand in its list, such as 3-1-1602.")
            % {"units": shown},
            field="units",
            units=unknown[:SHOWN_UNKNOWN],
        )
    return list(found.values())
