"""The tariffs that a register's prices name: found by price, made when nobody has that price yet."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from billing.charges.models import FeeItem, Tariff, TariffVersion
from billing.charges.queries.billable import priced_items
from billing.charges.rules.pricing import rate_text
from billing.charges.rules.resubscribe import Price
from owners.rules.workbook import TariffRow
from tenancy.kernel import sql
from values.fen import yuan

PACKAGE: Final = "billing.charges"
_FEN_IN_MICRO: Final = 10_000
_AREA_TIMES_PRICE: Final = "1001"
_CYCLES: Final = (1, 2, 3, 6, 12)
_NO_PRICE: Final = Price("", 0, 0)


class Item(NamedTuple):
    """A fee item as a register names it; an empty code is found by name alone."""

    code: str
    name: str
    bears_late_fee: bool = True
    in_arrears: bool = False


class Fee(NamedTuple):
    """A price that a unit is to pay. `cycle_months` None: not told. `instead`: kept where it is paid now."""

    item: Item
    price: Price
    name: str
    cycle_months: int | None = None
    instead: Item | None = None


PROPERTY: Final = Item("property", "物业费")
PARKING: Final = Item("parking", "停车费", bears_late_fee=False)
PARKING_MANAGEMENT: Final = Item("parking_management", "车位管理费")


@lru_cache(maxsize=256)
def area_fee(rate_micro: int) -> Fee:
    """The property fee by area."""
    return Fee(PROPERTY, Price("AREA", rate_micro, 0), f"{PROPERTY.name} {rate_text(rate_micro)}元/㎡·月")


@lru_cache(maxsize=256)
def bay_fee(fen_per_month: int, *, owned: bool) -> Fee:
    """The monthly fee of a parking bay: for its management where it is owned, for its use where it is let."""
    item, other = (PARKING_MANAGEMENT, PARKING) if owned else (PARKING, PARKING_MANAGEMENT)
    price = Price("FIXED", fen_per_month * _FEN_IN_MICRO, 0)
    return Fee(item, price, f"{item.name} {yuan(fen_per_month)}元/月", instead=other)


def fee_of(row: TariffRow) -> Fee | str:
    """A fee of the open-source layout, or the code of why it cannot be charged by the month."""
    if not row.cyclic:
        return "fee_one_off"
    if row.cycle_months not in _CYCLES:
        return "cycle_unknown"
    is_property = row.kind in ("物业费", "物业服务费", "物业管理费")
    name = (row.name or row.kind)[:40]
    item = Item(PROPERTY.code if is_property else "", PROPERTY.name if is_property else name)
    if row.formula == _AREA_TIMES_PRICE:
        price = Price("AREA", row.rate_micro, row.fixed_fen)
    else:
        price = Price("FIXED", row.fixed_fen * _FEN_IN_MICRO, 0)
    return Fee(item._replace(in_arrears=not row.prepaid), price, name, row.cycle_months)


class TariffBook:
    """Fee items and tariffs of one community during an import. Without `commit` missing ones stay None."""

    def __init__(self, community_id: int, *, as_of: date, from_on: date, commit: bool) -> None:
        self.made: dict[str, int | None] = {}
        self._community_id = community_id
        self._as_of, self._from_on, self._commit = as_of, from_on, commit
        self._items: dict[Item, int | None] = {}
        self._tariffs: dict[tuple[int, Price], list[tuple[int, int]]] = {}
        self._priced = priced_items(community_id)
        for tariff in self._priced.values():
            self._tariffs.setdefault((tariff.fee_item_id, self.price_of(tariff.tariff_id, as_of)), []).append(
                (tariff.cycle_months, tariff.tariff_id)
            )
        self._names = {tariff.tariff for tariff in self._priced.values()}

    def price_of(self, tariff_id: int, from_on: date) -> Price:
        """What a tariff costs today, or on the day it is first paid, or at its first price."""
        versions = self._priced[tariff_id].versions
        if not versions:
            return _NO_PRICE
        on = max(self._as_of, from_on)
        version = next((v for v in versions if v.from_on <= on < v.end_on), versions[0])
        return Price(version.basis.value, version.rate_micro, version.surcharge_micro // _FEN_IN_MICRO)

    def item_id(self, item: Item) -> int | None:
        """The fee item's id; made when missing, None when it may not be made."""
        found = self.find(item)
        if found is None and self._commit:
            found = self._items[item] = self._make_item(item)
        return found

    def find(self, item: Item) -> int | None:
        """The fee item's id, or None when the company has none of this code or name."""
        if item not in self._items:
            found = FeeItem.objects.filter(code=item.code) if item.code else FeeItem.objects.none()
            if not found.exists():
                found = FeeItem.objects.filter(name=item.name)
            self._items[item] = found.values_list("pk", flat=True).first()
        return self._items[item]

    def tariff_id(self, fee: Fee) -> int | None:
        """A tariff of this price; made when there is none, None when it may not be made."""
        item_id = self.item_id(fee.item)
        found = self._tariffs.get((item_id or 0, fee.price), [])
        for cycle_months, tariff_id in found:
            if fee.cycle_months in (None, cycle_months):
                return tariff_id
        if fee.name not in self.made:
            self.made[fee.name] = self._make_tariff(fee, item_id) if item_id and self._commit else None
        return self.made[fee.name]

    def finish(self) -> None:
        """Let each new tariff's first price reach back to the first day that a unit pays it."""
        made = [tariff_id for tariff_id in self.made.values() if tariff_id is not None]
        if made:
            sql.run(PACKAGE, "import_first_prices", {"tariff_ids": made})

    def _make_item(self, item: Item) -> int:
        made = FeeItem.objects.create(
            code=item.code or f"item-{FeeItem.objects.count() + 1}",
            name=item.name,
            bears_late_fee=item.bears_late_fee,
            in_arrears=item.in_arrears,
        )
        return int(made.pk)

    def _make_tariff(self, fee: Fee, item_id: int) -> int:
        tariff = Tariff.objects.create(
            community_id=self._community_id,
            fee_item_id=item_id,
            name=self._free_name(fee.name),
            basis=fee.price.basis,
            cycle_months=fee.cycle_months or 1,
        )
        TariffVersion.objects.create(
            tariff=tariff,
            from_on=self._from_on,
            rate_micro=fee.price.rate_micro,
            surcharge_fen=fee.price.surcharge_fen,
        )
        self._names.add(tariff.name)
        self._tariffs.setdefault((item_id, fee.price), []).append((tariff.cycle_months, tariff.pk))
        return int(tariff.pk)

    def _free_name(self, name: str) -> str:
        free, number = name[:60], 2
        while free in self._names:
            free, number = f"{name[:54]} ({number})", number + 1
        return free
