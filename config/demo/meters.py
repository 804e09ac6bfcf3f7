"""Water meters of one community read every month, and one shared cost that somebody agreed to."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from random import Random
from typing import Final

from billing.charges.queries import fee_items
from billing.charges.rules.metered import Steps, Tier
from billing.charges.rules.pools import Method
from billing.charges.rules.readings import ReadingKind
from billing.charges.services import (
    NewMeter,
    NewPool,
    NewReading,
    add_meter,
    add_tariff,
    ask_pool,
    enter_pool,
    enter_readings,
)
from billing.charges.services.tariffs import subscribe
from config import timetable
from config.demo.characters import dice
from config.demo.company import Place
from owners.queries import communities, units_of_kind
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import staff_of
from tenancy.people.services import approvals
from values.period import Period, add_months, month_start

_COMMUNITY: Final = "CY"
_MONTHS: Final = 6  # that meters are read before the last one
_MOST_METERS: Final = 240
_WATER: Final = Steps(
    (Tier(Decimal(180), 3_200_000), Tier(Decimal(260), 4_500_000), Tier(None, 7_200_000)),
    people=4,
    extra=Decimal(36),
)
_POOL_DAY: Final = 2
_UNREAD, _ESTIMATED = 50, 25  # one of so many cannot be read; is estimated


class Meters:
    """The days of the meters: put in, then read on every first of a month."""

    def __init__(self, place: Place, *, seed: int, from_on: date, to_on: date) -> None:
        self._place = place
        self._chance: Random = dice(seed, 53)
        self._installed_on = max(add_months(month_start(to_on), -_MONTHS), month_start(from_on))
        last = month_start(to_on)
        self._pool_on = last.replace(day=_POOL_DAY)
        self._dials: dict[int, tuple[int, int]] = {}  # meter -> what it shows, what is usual
        with acting_for(place.tenant_id):
            self._community_id = next((row.id for row in communities() if row.code == _COMMUNITY), None)

    def day(self, day: date) -> None:
        """What happens to meters and pools on a day."""
        if self._community_id is None:
            return
        if day == self._installed_on:
            self._install(self._community_id, day)
        elif day.day == 1 and self._dials:
            self._read(day)
        if day == self._pool_on and self._dials:
            self._share(self._community_id, day)

    def _install(self, community_id: int, day: date) -> None:
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["caiwu"]):
            item = next(row.fee_item_id for row in fee_items() if row.code == "water")
            tariff_id = add_tariff(
                community_id=community_id, fee_item_id=item, name="居民阶梯水价", basis="METERED",
                measure="m³", rate=Decimal("3.20"), from_on=day, steps=_WATER,
                approval_reference="发改价格〔2025〕18号",
            )  # fmt: skip
            units = units_of_kind(community_id, "ROOM")[:_MOST_METERS]
            subscribe(tariff_id=tariff_id, unit_ids=units, from_on=day)
            for number, unit_id in enumerate(units, start=1):
                start = self._chance.randrange(99_000)
                meter = NewMeter(f"S{number:06d}", start * 1000, people=self._chance.choice((2, 3, 3, 4, 5)))
                meter_id = add_meter(unit_id=unit_id, fee_item_id=item, installed_on=day, meter=meter)
                self._dials[meter_id] = (start, self._chance.randint(6, 22))

    def _read(self, day: date) -> None:
        readings = []
        for meter_id, (shows, usual) in self._dials.items():
            now = (shows + self._chance.randint(usual * 3 // 4, usual * 5 // 4)) % 100_000
            self._dials[meter_id] = (now, usual)
            if self._chance.randrange(_UNREAD) == 0:
                continue
            estimated = self._chance.randrange(_ESTIMATED) == 0
            kind = ReadingKind.ESTIMATED if estimated else ReadingKind.READ
            readings.append(NewReading(meter_id, day, now * 1000, kind, is_sure=True))
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["caiwu"]):
            enter_readings(readings, today=day)

    def _share(self, community_id: int, day: date) -> None:
        """The lifts' electricity of last month: finance enters it, the manager agrees."""
        tenant_id, users = self._place.tenant_id, self._place.user_ids
        finance = staff_of(user_id=users["caiwu"], tenant_id=tenant_id)
        manager = staff_of(user_id=users["jingli"], tenant_id=tenant_id)
        if finance is None or manager is None:
            return
        month = Period.of_months(add_months(month_start(day), -1), 1)
        at = timetable.nominal(day, time(10, 0))
        with acting_for(tenant_id, user_id=finance.user_id):
            item = next(row.fee_item_id for row in fee_items() if row.code == "shared_electricity")
            pool = NewPool(
                name="电梯与公共照明用电", fee_item_id=item, period=month, method=Method.AREA, measure="kWh",
                document=f"国网电费通知单{month.start:%Y-%m}", usage_milli=8_436_000, price_micro=568_000,
            )  # fmt: skip
            pool_id = enter_pool(community_id=community_id, pool=pool)
            approval_id = ask_pool(pool_id=pool_id, by=finance, at=at)
        with acting_for(tenant_id, user_id=manager.user_id):
            approvals.decide(
                approval_id=approval_id, by=manager, approve=True, reason="已核对单据", decided_at=at
            )
