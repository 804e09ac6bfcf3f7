"""What a run reads: the tariffs of a community, and its units in blocks with owners and what is billed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import QuerySet

from billing.charges.models import Tariff
from billing.charges.models import TariffVersion as VersionRow
from billing.charges.rules.charging import Subject
from billing.charges.rules.metered import steps_of
from billing.charges.rules.pricing import Basis, Rounding, TariffVersion
from owners.rules.ownership import Ownership, with_payers
from tenancy.kernel import sql
from values.period import Period, add_months

PACKAGE = "billing.charges"
_FEN_IN_MICRO = 10_000


class PricedItem(NamedTuple):
    """A tariff as a run needs it; versions are bounded by the next one's first day."""

    tariff_id: int
    tariff: str
    fee_item_id: int
    fee_item_code: str
    fee_item: str
    bears_late_fee: bool
    pass_through: bool
    in_arrears: bool
    rounding: Rounding
    cycle_months: int
    versions: tuple[TariffVersion, ...]
    measure: str = ""


class Payer(NamedTuple):
    """A party that owned the unit in the window; its account (None: not opened yet) and older debt."""

    party_id: int
    name: str
    account_id: int | None
    debt_fen: int


class Billable(NamedTuple):
    """A unit and one tariff it pays (None: it pays none). `pays_from`: it will from this later day on."""

    unit_id: int
    unit_code: str
    tariff_id: int | None
    subject: Subject
    payers: Mapping[int, Payer]
    pays_from: date | None = None


def priced_items(community_id: int) -> dict[int, PricedItem]:
    """The community's tariffs by id."""
    found: QuerySet[Tariff] = (
        Tariff.objects.filter(community_id=community_id)
        .select_related("fee_item")
        .prefetch_related("versions")
    )
    return {tariff.pk: _item(tariff) for tariff in found}


def billable(community_id: int, window: Period, *, unit_id: int | None = None) -> Iterator[list[Billable]]:
    """All units of a community in walking order, in blocks; a unit's rows follow each other.

    `window`: the days of all cycles a run looks at. `unit_id`: of this unit only.
    """
    wanted = {
        "community_id": community_id,
        "unit_id": unit_id,
        "window_from": window.start,
        "window_to": window.end,
        # A developer answers for the whole month of a handover, so the month before counts too.
        "owned_from": add_months(window.start, -1),
    }
    # After a bulk load the planner still believes in empty tables, and would loop over them row by row.
    sql.run(PACKAGE, "read_it_all")
    for number, block in enumerate(sql.stream(PACKAGE, "billable", wanted)):
        if number == 0:
            sql.run(PACKAGE, "read_as_usual")
        yield [_billable(row) for row in block]


def _item(tariff: Tariff) -> PricedItem:
    item = tariff.fee_item
    return PricedItem(
        tariff_id=tariff.pk,
        tariff=tariff.name,
        fee_item_id=item.pk,
        fee_item_code=item.code,
        fee_item=item.name,
        bears_late_fee=item.bears_late_fee,
        pass_through=item.revenue == item.Revenue.PASS_THROUGH,
        in_arrears=item.in_arrears,
        rounding=Rounding(tariff.rounding),
        cycle_months=tariff.cycle_months,
        measure=tariff.measure,
        versions=_versions(tariff.basis, sorted(tariff.versions.all(), key=lambda version: version.from_on)),
    )


def _versions(basis: str, rows: Sequence[VersionRow]) -> tuple[TariffVersion, ...]:
    return tuple(
        TariffVersion(
            version_id=row.pk,
            basis=Basis(basis),
            rate_micro=row.rate_micro,
            surcharge_micro=row.surcharge_fen * _FEN_IN_MICRO,
            from_on=row.from_on,
            end_on=following.from_on if following else date.max,
            steps=steps_of(row.steps),
        )
        for row, following in pairwise([*rows, None])
        if row is not None
    )


def _billable(row: tuple[Any, ...]) -> Billable:
    (unit_id, code, area_cm2, tariff_id, held_from, held_to, taken, owners,
     party_id, name, is_developer, start_on, end_on, account_id, debt_fen, more, pays_from,
     agreed) = row  # fmt: skip
    owned: tuple[Ownership, ...]
    if owners == 1:
        owned = (Ownership(party_id, start_on or date.min, end_on, is_developer),)
        payers = {party_id: Payer(party_id, name, account_id, debt_fen)}
    else:
        owned, payers = _several(more or ())
    if agreed:
        occupants, known = _several(agreed)
        owned, payers = with_payers(owned, occupants), {**payers, **known}
    held = (
        _ALWAYS
        if held_from is None and held_to is None
        else Period(held_from or date.min, held_to or date.max)
    )
    billed = [_days(*days) for days in taken] if taken else ()
    return Billable(unit_id, code, tariff_id, Subject(area_cm2, held, owned, billed), payers, pays_from)


def _several(more: Sequence[Sequence[Any]]) -> tuple[tuple[Ownership, ...], dict[int, Payer]]:
    owned = tuple(
        Ownership(party, _day(start) or date.min, _day(end), developer)
        for party, _name, developer, start, end, _account, _debt in more
    )
    payers = {row[0]: Payer(row[0], row[1], row[5], row[6]) for row in more}
    return owned, payers


_ALWAYS = Period(date.min, date.max)


def _days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
