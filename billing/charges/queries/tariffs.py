"""Fee items, tariffs with their versions, and who pays them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from billing.charges.models import FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.rules.metered import Steps, steps_of
from billing.charges.rules.pricing import rate_text
from tenancy.kernel.errors import NotFound


class FeeItemRow(NamedTuple):
    """收费项目."""

    fee_item_id: int
    code: str
    name: str
    revenue: str
    bears_late_fee: bool
    in_arrears: bool


class VersionRow(NamedTuple):
    """A price from a day on, until the next. `rate` in yuan; `is_current` on the day asked for."""

    version_id: int
    from_on: date
    rate: str
    rate_micro: int
    surcharge_fen: int
    approval_reference: str
    is_current: bool
    steps: Steps | None = None

    @property
    def step_rows(self) -> list[tuple[str, str]]:
        """Up to which usage (empty: all above), at which price."""
        tiers = self.steps.tiers if self.steps else ()
        return [("" if top is None else format(top.normalize(), "f"), rate_text(rate)) for top, rate in tiers]


class TariffCard(NamedTuple):
    """收费标准 with its versions, the newest first, and how many units pay it now."""

    tariff_id: int
    community_id: int
    community_name: str
    fee_item_id: int
    fee_item: str
    name: str
    basis: str
    rounding: str
    cycle_months: int
    bears_late_fee: bool
    units: int
    versions: tuple[VersionRow, ...]
    measure: str = ""

    @property
    def now(self) -> VersionRow | None:
        """The version in force on the day asked for."""
        return next((version for version in self.versions if version.is_current), None)


def fee_items() -> list[FeeItemRow]:
    """All fee items of the company."""
    return [
        FeeItemRow(row.pk, row.code, row.name, row.revenue, row.bears_late_fee, row.in_arrears)
        for row in FeeItem.objects.order_by("code")
    ]


def tariffs(*, as_of: date, community_id: int | None = None) -> list[TariffCard]:
    """Tariffs by community and fee item."""
    found = Tariff.objects.select_related("community", "fee_item").prefetch_related("versions")
    if community_id is not None:
        found = found.filter(community_id=community_id)
    paying = _paying([tariff.pk for tariff in found], as_of)
    ordered = sorted(found, key=lambda row: (row.community.code, row.fee_item.code, row.name))
    return [_card(tariff, paying.get(tariff.pk, 0), as_of) for tariff in ordered]


def tariff_card(tariff_id: int, *, as_of: date) -> TariffCard:
    """One tariff; NotFound where it is not (or not yours)."""
    tariff = (
        Tariff.objects.select_related("community", "fee_item")
        .prefetch_related("versions")
        .filter(pk=tariff_id)
        .first()
    )
    if tariff is None:
        raise NotFound(_("There is no such tariff."))
    return _card(tariff, _paying([tariff_id], as_of).get(tariff_id, 0), as_of)


def _paying(tariff_ids: list[int], as_of: date) -> dict[int, int]:
    rows = (
        Subscription.objects.filter(Q(held__contains=as_of), tariff_id__in=tariff_ids)
        .values_list("tariff_id")
        .annotate(units=Count("pk"))
    )
    return dict(rows)


def _card(tariff: Tariff, units: int, as_of: date) -> TariffCard:
    versions = sorted(tariff.versions.all(), key=lambda version: version.from_on, reverse=True)
    current = next((version.pk for version in versions if version.from_on <= as_of), None)
    return TariffCard(
        tariff_id=tariff.pk,
        community_id=tariff.community_id,
        community_name=tariff.community.name,
        fee_item_id=tariff.fee_item_id,
        fee_item=tariff.fee_item.name,
        name=tariff.name,
        basis=tariff.basis,
        rounding=tariff.rounding,
        cycle_months=tariff.cycle_months,
        bears_late_fee=tariff.fee_item.bears_late_fee,
        units=units,
        measure=tariff.measure,
        versions=tuple(_version(version, version.pk == current) for version in versions),
    )


def _version(version: TariffVersion, is_current: bool) -> VersionRow:
    return VersionRow(
        version.pk,
        version.from_on,
        rate_text(version.rate_micro),
        version.rate_micro,
        version.surcharge_fen,
        version.approval_reference,
        is_current,
        steps_of(version.steps),
    )
