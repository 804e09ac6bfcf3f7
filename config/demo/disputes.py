"""The demo's objections: a leaking roof that is looked into, a bill explained yesterday, an estate."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Final

from arrears.cases import queries
from arrears.cases import services as desk
from arrears.cases.queries.subjects import subjects
from arrears.cases.services import Disputed
from arrears.relief import services as relief
from arrears.relief.services import NewTicket
from billing.charges.queries import open_charges
from config import timetable
from config.demo.company import Place
from config.demo.picture import photo_of_a_door
from notices.services import Photo
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import Scope, acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_LOOKED_AT: Final = 40
_REPAIRED: Final = timedelta(days=12)  # of the fifteen working days that it may take
_AFTERNOON: Final = time(15, 30)
_OPENED, _ANSWERED, _DIED = timedelta(days=2), timedelta(days=6), timedelta(days=9)


class Disputes:
    """What three owners brought up in the last days, through the services that staff use."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._leaks: dict[int, date] = {}

    def report_leak(self, account_id: int, day: date) -> date:
        """Who waits for his roof gets a ticket over all he owes; returns the day it is answered."""
        entry = NewTicket("ENGINEERING", "屋顶漏水", "屋顶漏水一直没修好，修好再交。")
        with self._as("qiantai"):
            ticket_id = relief.open_dispute_ticket(account_id=account_id, parts=[], entry=entry, on=day)
        self._leaks[ticket_id] = day + _REPAIRED
        return self._leaks[ticket_id]

    def answer_leaks(self, day: date) -> None:
        """What was repaired by a day is answered: the fee is owed, the ladder goes on."""
        due = [ticket_id for ticket_id, on in self._leaks.items() if on <= day]
        for ticket_id in due:
            del self._leaks[ticket_id]
            with self._as("lingban"):
                relief.answer_ticket(
                    ticket_id=ticket_id, finding="UNFOUNDED", by=self._member("lingban"),
                    text="屋顶防水已重做，雨后复查不再渗漏。", on=day, at=timetable.nominal(day, _AFTERNOON),
                )  # fmt: skip

    def morning(self, day: date, *, at: datetime) -> None:
        """One dispute of a part is open, one was answered yesterday, one owner has died."""
        free = self._free(day)
        for make, account_id in zip((self._leaking_roof, self._wrong_area, self._estate), free, strict=False):
            make(account_id, day, at)

    def _free(self, day: date) -> list[int]:
        """People in the ladder whom nothing holds; not the heaviest, which other stories are about."""
        with acting_for(self._place.tenant_id):
            found = queries.find_cases(queries.CaseFilter(), as_of=day)
            lines = queries.case_lines(found[:_LOOKED_AT], as_of=day)
            free = [
                line.account_id for line in lines if line.held is None and line.rung in ("CALL", "DEMAND")
            ]
            about = subjects(free)
            return [pk for pk in free if about[pk].party_kind == "PERSON"]

    def _leaking_roof(self, account_id: int, day: date, _at: datetime) -> None:
        entry = NewTicket(
            "ENGINEERING", "屋顶漏水", "主卧天花板渗水，下雨天更明显，已报修两次。",
            papers=[Photo("天花板.png", photo_of_a_door())],
        )  # fmt: skip
        ticket_id = self._open(account_id, entry, day - _OPENED, share=3)
        with self._as("lingban"):
            relief.note_ticket(
                ticket_id=ticket_id, text="工程部已约周三上门查看。", on=day - timedelta(days=1)
            )

    def _wrong_area(self, account_id: int, day: date, at: datetime) -> None:
        entry = NewTicket("FINANCE", "面积与房产证不符", "账单面积比房产证多 1.2 平方米，要求核对。")
        ticket_id = self._open(account_id, entry, day - _ANSWERED, share=1)
        with self._as("lingban"):
            relief.answer_ticket(
                ticket_id=ticket_id, finding="UNFOUNDED", by=self._member("lingban"),
                text="已核对测绘报告：建筑面积含公摊，与账单一致。复印件可在服务中心查看。",
                on=day - timedelta(days=1), at=at - timedelta(days=1),
            )  # fmt: skip

    def _estate(self, account_id: int, day: date, _at: datetime) -> None:
        with self._as("jingli"):
            desk.set_hold(
                account_id=account_id, kind="ESTATE", from_on=day - _DIED, as_of=day,
                reason="业主去世，继承人尚未确定", proof=Photo("证明.png", photo_of_a_door()),
            )  # fmt: skip

    def _open(self, account_id: int, entry: NewTicket, on: date, *, share: int) -> int:
        """A dispute over the oldest charge, or over one part of `share` of it."""
        with self._as("qiantai"):
            oldest = next(
                charge for charge in open_charges(account_ids=[account_id], as_of=on) if charge.unpaid_fen > 0
            )
            part = Disputed(oldest.charge_id, oldest.amount_fen // share)
            return relief.open_dispute_ticket(account_id=account_id, parts=[part], entry=entry, on=on)

    def _as(self, username: str) -> AbstractContextManager[Scope]:
        return acting_for(self._place.tenant_id, user_id=self._place.user_ids[username])

    def _member(self, username: str) -> StaffMember:
        user_id = self._place.user_ids[username]
        member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
        if member is None:
            raise LookupError(username)
        return member
