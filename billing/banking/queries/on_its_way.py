"""Money of an account that the bank has, or is about to take, and that is not booked yet."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.db.models import Max

from billing.banking.models import StatementFile
from tenancy.kernel import sql

PACKAGE: Final = "billing.banking"


class OnItsWay(NamedTuple):
    """The newest day of it per account: a transfer that waits for a person, or a direct debit under way."""

    account_id: int
    on: date
    is_debit: bool


def on_its_way() -> list[OnItsWay]:
    """Transfers that are proposed for an account, and debits whose return file has not come."""
    return [OnItsWay(*row) for row in sql.rows(PACKAGE, "on_its_way")]


def bank_read_to(community_id: int) -> date | None:
    """The last day that a statement of the community's bank reaches; None where no bank is set up or read."""
    found = StatementFile.objects.filter(community_id=community_id).aggregate(last=Max("last_on"))
    last: date | None = found["last"]
    return last
