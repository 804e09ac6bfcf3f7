"""One owner of the demo pays half a year ahead and sells in mid-month: the sheet says what is his again."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from django.db import transaction

from billing.charges.queries import AccountRow, accounts
from billing.charges.services import issue_ahead
from billing.charges.services.prepay import NothingAhead
from billing.payments.services import settle_transfer, take_payment
from config import timetable
from config.demo.company import Place
from owners.queries import holders_of_unit
from owners.services import NewHolder, hand_over
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import acting_for
from values.period import add_months, month_start

_MONTHS: Final = 6
_PAID, _SOLD = 6, 12  # days of the month: before the days that are closed one by one
_AT: Final = time(16, 0)
_LOOKED_AT: Final = 20


class PaidAhead:
    """The payment of one month and the sale of the next, which is the last whole month of the demo."""

    def __init__(self, place: Place, *, to_on: date) -> None:
        self._place = place
        self._sold_on = add_months(month_start(to_on), -1).replace(day=_SOLD)
        self._paid_on = add_months(month_start(self._sold_on), -1).replace(day=_PAID)
        self._seller: AccountRow | None = None

    def day(self, day: date) -> None:
        """What the cashier enters on a day."""
        if day not in (self._paid_on, self._sold_on):
            return
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["shouyin"]):
            if day == self._paid_on:
                self._pay(day)
            elif self._seller is not None:
                self._sell(self._seller, day)

    def _pay(self, day: date) -> None:
        community_id = min(self._place.cash_points)
        rows = accounts(community_id=community_id)
        for account in rows[len(rows) // 2 :][:_LOOKED_AT]:
            if not _lives_there(account):
                continue
            try:
                issue_ahead(account_id=account.account_id, months=_MONTHS, on=day)
            except NothingAhead:
                continue
            take_payment(
                account_id=account.account_id, amount_fen=None, method="TRANSFER", paid_on=day, posted_on=day,
                at=timetable.nominal(day, _AT), cash_point_id=self._place.cash_points[community_id],
                idempotency_key=f"demo-ahead-{day}", reference=f"{day:%Y%m%d}{account.account_id:08d}",
            )  # fmt: skip
            self._seller = account
            return

    def _sell(self, seller: AccountRow, day: date) -> None:
        buyer, at = NewHolder("沈一帆", phone="13957100086"), timetable.nominal(day, _AT)
        try:
            with transaction.atomic():
                hand_over(unit_id=seller.unit_id, on=day, holders=[buyer])
                settle_transfer(unit_id=seller.unit_id, changed_on=day, on=day, at=at, registered_on=day)
        except Refused:
            return  # sold by chance meanwhile


def _lives_there(account: AccountRow) -> bool:
    """A person who owns the home to this day."""
    return any(
        row.party_id == account.party_id
        and row.kind == "PERSON"
        and row.role == "OWNER"
        and row.to_on is None
        for row in holders_of_unit(account.unit_id)
    )
