"""What happens to homes in the demo: some are sold in mid-month, some have a story to be known."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from django.db import transaction

from config.demo.characters import dice
from config.demo.company import Place
from owners.queries import unit_header, units_of_kind
from owners.services import NewHolder, add_legacy_issue, hand_over
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import acting_for

_BUYERS: Final = (
    *("林晓", "高远", "钟灵", "夏雨荷", "顾城", "方圆"),
    *("丁宁", "石磊", "白露", "江川", "秦岚", "叶青"),
)
_SALES_A_YEAR: Final = 40  # one home in so many changes hands in a year
_STORIES: Final = (
    "交房时外墙渗水，开发商维修两次，2023年已修复",
    "老人独居，子女在外地，联系人为女儿",
    "曾因电动车充电桩问题投诉，已回访",
    "装修垃圾清运费有争议，已协商减免",
)


class Events:
    """Sales and stories, at days that the seed chooses."""

    def __init__(self, place: Place, *, seed: int, from_on: date, to_on: date) -> None:
        self._place = place
        self._chance: Random = dice(seed, 41)
        self._sales: dict[date, list[int]] = {}
        self._from_on = from_on
        with acting_for(place.tenant_id, user_id=place.user_ids["lingban"]):
            for community_id in place.cash_points:
                self._plan(units_of_kind(community_id, "ROOM"), (to_on - from_on).days)

    def day(self, day: date) -> None:
        """The sales of a day, entered by the front desk."""
        sold = self._sales.pop(day, [])
        if not sold:
            return
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["lingban"]):
            for unit_id in sold:
                phone = f"139{self._chance.randrange(10**8):08d}"
                try:
                    with transaction.atomic():
                        hand_over(unit_id=unit_id, on=day, holders=[NewHolder(self._buyer(), phone=phone)])
                except Refused:
                    continue  # sold twice by chance

    def _plan(self, unit_ids: list[int], days: int) -> None:
        sales = len(unit_ids) * days // 365 // _SALES_A_YEAR
        for unit_id in self._chance.sample(unit_ids, min(sales, len(unit_ids))):
            on = self._from_on + timedelta(days=self._chance.randrange(days))
            self._sales.setdefault(on.replace(day=self._chance.randint(9, 21)), []).append(unit_id)
        for unit_id in self._chance.sample(unit_ids, len(unit_ids) // 60):
            if not unit_header(unit_id).legacy_issues:
                story = self._chance.choice(_STORIES)
                add_legacy_issue(unit_id=unit_id, text=story, recorded_on=self._from_on)

    def _buyer(self) -> str:
        return self._chance.choice(_BUYERS)
