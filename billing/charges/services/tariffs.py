"""What things cost: new fee items, tariffs, versions from a day on, and who pays them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from billing.charges.models import Charge, FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.rules.metered import Steps, check_steps, steps_json
from billing.charges.rules.pricing import to_micro
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit
from values.fen import ZERO

_WITHOUT_LATE_FEE = (FeeItem.Revenue.PASS_THROUGH, FeeItem.Revenue.COST)


class NameTaken(Conflict):
    code = "charges.name_taken"


class VersionExists(Conflict):
    code = "charges.version_exists"


class AlreadyBilled(Conflict):
    code = "charges.tariff_already_billed"


class RateNotValid(Refused):
    code = "charges.rate_not_valid"


def add_fee_item(
    *,
    code: str,
    name: str,
    revenue: str = "own_income",
    bears_late_fee: bool = True,
    in_arrears: bool = False,
) -> int:
    """A new fee item; money that is only passed through never bears a late fee."""
    try:
        with transaction.atomic():
            item = FeeItem.objects.create(
                code=code,
                name=name,
                revenue=revenue,
                bears_late_fee=bears_late_fee and revenue not in _WITHOUT_LATE_FEE,
                in_arrears=in_arrears,
            )
    except IntegrityError as error:
        raise NameTaken(_("There is a fee item of this name already."), field="name") from error
    audit.record("fee_item.added", kind="fee_item", pk=item.pk, code=code, name=name)
    return int(item.pk)


def add_tariff(
    *,
    community_id: int,
    fee_item_id: int,
    name: str,
    basis: str,
    rate: Decimal,
    from_on: date,
    cycle_months: int = 1,
    rounding: str = "PER_MONTH",
    surcharge_fen: int = ZERO,
    approval_reference: str = "",
    steps: Steps | None = None,
    measure: str = "",
) -> int:
    """A tariff with its first version. `rate` in yuan per m2 and month (AREA), per month (FIXED) or per unit
    used (METERED), where `steps` may stand in its place.
    """
    micro = _micro(rate, surcharge_fen)
    _refuse_steps(basis, steps)
    community_card(community_id)
    if not FeeItem.objects.filter(pk=fee_item_id).exists():
        raise NotFound(_("There is no such fee item."), field="fee_item")
    try:
        with transaction.atomic():
            tariff = Tariff.objects.create(
                community_id=community_id,
                fee_item_id=fee_item_id,
                name=name,
                basis=basis,
                rounding=rounding,
                cycle_months=cycle_months,
                measure=measure,
            )
    except IntegrityError as error:
        raise NameTaken(_("This community has a tariff of this name already."), field="name") from error
    TariffVersion.objects.create(
        tariff=tariff,
        from_on=from_on,
        rate_micro=micro,
        surcharge_fen=surcharge_fen,
        approval_reference=approval_reference,
        steps=steps_json(steps),
    )
    audit.record("tariff.added", kind="tariff", pk=tariff.pk, rate=str(rate), from_on=str(from_on))
    return int(tariff.pk)


def add_version(
    *,
    tariff_id: int,
    from_on: date,
    rate: Decimal,
    surcharge_fen: int = ZERO,
    approval_reference: str = "",
    steps: Steps | None = None,
) -> int:
    """A new price from a day on. Refused where days from then on are billed at the present price."""
    tariff = Tariff.objects.select_for_update().filter(pk=tariff_id).first()
    if tariff is None:
        raise NotFound(_("There is no such tariff."))
    micro = _micro(rate, surcharge_fen)
    _refuse_steps(tariff.basis, steps)
    billed_to = _billed_beyond(tariff, from_on)
    if billed_to is not None:
        raise AlreadyBilled(
            _("Bills at the present price reach to %(day)s. Choose that day or a later one.")
            % {"day": billed_to},
            field="from_on",
            billed_to=str(billed_to),
        )
    try:
        with transaction.atomic():
            version = TariffVersion.objects.create(
                tariff=tariff,
                from_on=from_on,
                rate_micro=micro,
                surcharge_fen=surcharge_fen,
                approval_reference=approval_reference,
                steps=steps_json(steps),
            )
    except IntegrityError as error:
        raise VersionExists(_("This tariff has a version from that day already."), field="from_on") from error
    audit.record("tariff.version_added", kind="tariff", pk=tariff_id, rate=str(rate), from_on=str(from_on))
    return int(version.pk)


def subscribe(*, tariff_id: int, unit_ids: Sequence[int], from_on: date) -> int:
    """Let units pay a tariff from a day on; whoever pays one for this fee item already keeps it."""
    tariff = Tariff.objects.filter(pk=tariff_id).first()
    if tariff is None:
        raise NotFound(_("There is no such tariff."))
    rows = [
        Subscription(
            unit_id=unit_id, tariff=tariff, fee_item_id=tariff.fee_item_id, held=DateRange(from_on, None)
        )
        for unit_id in unit_ids
    ]
    known = Subscription.objects.filter(unit_id__in=unit_ids, fee_item_id=tariff.fee_item_id)
    paying = set(known.filter(held__overlap=DateRange(from_on, None)).values_list("unit_id", flat=True))
    return len(Subscription.objects.bulk_create(row for row in rows if row.unit_id not in paying))


def _refuse_steps(basis: str, steps: Steps | None) -> None:
    if steps is None:
        return
    if basis != Tariff.Basis.METERED:
        raise RateNotValid(_("Only what a meter counts has steps."), field="steps")
    if check_steps(steps) is not None:
        text = _("Each step ends above the one before, the last has no end; at most six.")
        raise RateNotValid(text, field="steps")


def _micro(rate: Decimal, surcharge_fen: int) -> int:
    try:
        micro = to_micro(rate)
    except ValueError as error:
        raise RateNotValid(_("A price has at most six decimals."), field="rate") from error
    if micro < 0:
        raise RateNotValid(_("A price is not negative."), field="rate")
    if surcharge_fen < 0:
        raise RateNotValid(_("A price is not negative."), field="surcharge")
    return micro


def _billed_beyond(tariff: Tariff, day: date) -> date | None:
    """The first day after all that was billed at the tariff's price, where that is after the day."""
    billed = Charge.objects.filter(community_id=tariff.community_id, ends_on__gt=day, reversed_on=None)
    found: date | None = billed.filter(snapshot__tariff__id=tariff.pk).aggregate(last=Max("ends_on"))["last"]
    return found
