"""Money of an account that the bank has, or is about to take, and that is not booked yet."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

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
