"""The demo's exceptions: late fee let off, offered or refused; a wrong room, a wrong receipt; money back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from arrears.cases import services as desk
from billing.charges import services as charges
from billing.charges.queries import accounts, fee_items, open_charges, overdue, vacancy_card, waiver_card
from billing.charges.rules.costs import CostKind
from billing.charges.services.offers import NewOffer
from billing.charges.services.prepay import NothingAhead
from billing.charges.services.vacancies import Proof
from billing.charges.services.waivers import Part
from billing.payments import queries, services
from billing.payments.queries import PaymentFilter
from config.demo.company import Place
from config.demo.picture import photo_of_a_door
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_SMALL: Final = 10_000  # the team lead decides up to here
_MOST_LOOKED_AT: Final = 60
_OFFER_DAYS: Final = 4
_EMS_FEN: Final = 2_200
_SENT_DAYS: Final = 8
_YEAR: Final = 12  # months that somebody pays ahead


class Relief:
    """A morning's requests and what became of them, through the services that staff use."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def morning(self, day: date, *, at: datetime) -> None:
        """Two waivers granted, one offered, one refused, one waiting; a reversal and a refund under way."""
        found = list(self._late(day))
        answers = (("approve", None), ("approve", day + timedelta(_OFFER_DAYS)), ("reject", None), ("", None))
        for (account_id, parts), (answer, until) in zip(found, answers, strict=False):
            self._waiver(account_id, parts, answer, day=day, until=until, at=at)
        self._wrong_room(at)
        self._wrong_receipt(at)
        self._express_letter(day)
        self._refund(day, at)
        self._next_year(day)
        self._empty_homes(day, at)

    def _late(self, day: date) -> Iterator[tuple[int, list[Part]]]:
        with acting_for(self._place.tenant_id):
            for row in overdue(as_of=day)[-_MOST_LOOKED_AT:]:
                owed = open_charges(account_ids=[row.account_id], as_of=day)
                fees = [charge for charge in owed if charge.late_fee_fen]
                if 0 < sum(charge.late_fee_fen for charge in fees) <= _SMALL:
                    yield row.account_id, [Part(charge.charge_id, "LATE_FEE") for charge in fees]

    def _waiver(
        self, account_id: int, parts: list[Part], answer: str, *, day: date, until: date | None, at: datetime
    ) -> None:
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["qiantai"]):
            waiver_id = charges.ask_waiver(
                account_id=account_id,
                kind="LATE_FEE",
                parts=parts,
                reason="业主出差，承诺本周缴清" if until else "首次逾期，已当面沟通",
                offered_until=until,
                by=self._member("qiantai"),
                on=day,
                at=at,
            )
            approval_id = waiver_card(waiver_id)[0].approval_id
        if answer and approval_id is not None:
            self._decide(approval_id, "lingban", approve=answer == "approve", at=at)

    def _wrong_room(self, at: datetime) -> None:
        """The last transfer went to the wrong room; whether it is taken back the manager has yet to say."""
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["shouyin"]):
            newest = queries.payments(PaymentFilter(method="TRANSFER"))[:1]
            for payment in newest:
                why, by = "附言房号看错，应入隔壁户", self._member("shouyin")
                services.ask_reversal(payment_id=payment.payment_id, reason=why, by=by, at=at)

    def _wrong_receipt(self, at: datetime) -> None:
        """A receipt was soiled at the counter; whether it is void the manager has yet to say."""
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["qiantai"]):
            newest = queries.payments(PaymentFilter(method="CASH"))[:_MOST_LOOKED_AT]
            receipt_id = next((row.receipt_id for row in newest if row.receipt_id), None)
            if receipt_id is not None:
                why, by = "打印时卡纸，票面残缺", self._member("qiantai")
                services.ask_void(receipt_id=receipt_id, reason=why, by=by, at=at)

    def _express_letter(self, day: date) -> None:
        """The postage of a demand is booked to who has been late for long."""
        sent_on = day - timedelta(_SENT_DAYS)
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["lingban"]):
            late = [row for row in overdue(as_of=day) if row.oldest_due_on < sent_on]
            for row in late[:1]:
                charges.book_cost(
                    account_id=row.account_id, kind=CostKind.EMS, amount_fen=_EMS_FEN, incurred_on=sent_on,
                    reference=f"EMS{sent_on:%Y%m%d}{row.account_id:06d}", on=day, note="催款函邮寄费",
                )  # fmt: skip

    def _refund(self, day: date, at: datetime) -> None:
        """One account gets its credit back: agreed to, and finance has yet to pay."""
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["shouyin"]):
            accounts = queries.accounts_with_credit(limit=1)
            source = next(iter(queries.refundable(accounts[0])), None) if accounts else None
            if source is None:
                return
            refund_id = services.ask_refund(
                account_id=accounts[0], payment_id=source.payment_id, amount_fen=source.left_fen,
                reason="房屋已出售，退还预存款", by=self._member("shouyin"), on=day, at=at,
            )  # fmt: skip
            approval_id = queries.refund_card(refund_id).approval_id
        self._decide(approval_id, "jingli", approve=True, at=at)

    def _next_year(self, day: date) -> None:
        """Who pays all of next year by its eve is let off a share, of a bay's fee only in good standing.

        One asks for that year's bill.
        """
        community_id = min(self._place.cash_points)
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["caiwu"]):
            items = {row.code: row.fee_item_id for row in fee_items()}
            for code, notice in (("property", 12), ("parking_management", 13)):
                offer = NewOffer(
                    fee_item_id=items[code], year=day.year + 1, share=Decimal("0.05"),
                    first_on=day.replace(day=1), last_on=date(day.year, 12, 31),
                    basis=f"管理处公告〔{day.year}〕{notice}号",
                    needs_good_standing=code != "property",
                )  # fmt: skip
                charges.add_offer(community_id=community_id, offer=offer, on=day)
            for account in accounts(community_id=community_id)[:_MOST_LOOKED_AT]:
                try:
                    charges.issue_ahead(account_id=account.account_id, months=_YEAR, on=day)
                except NothingAhead:
                    continue  # sold, or an occupant's
                break

    def _empty_homes(self, day: date, at: datetime) -> None:
        """Nobody has moved in yet: one application is granted, one waits."""
        community_id = min(self._place.cash_points)
        asked: list[int | None] = []
        proof = Proof("空置照片.png", photo_of_a_door())
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["lingban"]):
            for account in accounts(community_id=community_id)[-2:]:
                vacancy_id = charges.ask_vacancy(
                    account_id=account.account_id, accepted_on=day - timedelta(_OFFER_DAYS),
                    reason="收房后一直没有入住", proof=proof, by=self._member("lingban"), on=day, at=at,
                )  # fmt: skip
                asked.append(vacancy_card(vacancy_id).approval_id)
        for approval_id in asked[:1]:
            if approval_id is not None:
                self._decide(approval_id, "jingli", approve=True, at=at)

    def _decide(self, approval_id: int, username: str, *, approve: bool, at: datetime) -> None:
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids[username]):
            why, by = "同意" if approve else "去年已减免过一次", self._member(username)
            desk.decide(approval_id=approval_id, by=by, approve=approve, reason=why, at=at)

    def _member(self, username: str) -> StaffMember:
        user_id = self._place.user_ids[username]
        member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
        if member is None:
            raise LookupError(username)
        return member
