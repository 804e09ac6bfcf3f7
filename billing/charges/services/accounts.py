"""Accounts: one for each unit and liable party. Open them; lock them before what they owe changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charges.models import Account
from tenancy.kernel import sql
from tenancy.kernel.errors import BIGGEST_ID, NotFound

PACKAGE = "billing.charges"
Pair = tuple[int, int]


class HeldAccount(NamedTuple):
    """An account that nobody else changes until the transaction ends."""

    account_id: int
    community_id: int
    unit_id: int


def open_accounts(*, pairs: Sequence[Pair], opened_on: date) -> dict[Pair, int]:
    """Accounts for (unit_id, party_id) pairs: (unit_id, party_id) -> account id, old and new alike."""
    if not pairs:
        return {}
    wanted = {**_columns(pairs), "opened_on": opened_on}
    sql.run(PACKAGE, "open_accounts", wanted)
    return {(unit, party): account for unit, party, account in sql.rows(PACKAGE, "account_ids", wanted)}


def close_account(account_id: int, *, on: date) -> None:
    """Its party owes nothing more for days from `on`; what it owed before it goes on owing."""
    Account.objects.filter(pk=account_id, closed_on=None).update(closed_on=on)


def lock_account(account_id: int) -> None:
    """Keep others from changing what the account owes until the transaction ends. NotFound if none."""
    lock_accounts([account_id])


def lock_accounts(account_ids: Iterable[int]) -> dict[int, HeldAccount]:
    """The same for many, and where they are; NotFound when one of them is not there."""
    wanted = sorted(set(account_ids))
    if wanted and wanted[-1] > BIGGEST_ID:
        raise NotFound(_("There is no such account."))
    held = sql.rows(PACKAGE, "lock_accounts", {"account_ids": wanted})
    if len(held) != len(wanted):
        raise NotFound(_("There is no such account."))
    return {row[0]: HeldAccount(*row) for row in held}


def _columns(pairs: Collection[Pair]) -> dict[str, list[int]]:
    return {"unit_ids": [unit for unit, _party in pairs], "party_ids": [party for _unit, party in pairs]}
