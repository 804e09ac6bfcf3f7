"""Accounts: one unit and one liable party; and which of them are late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.charges.models import Account
from billing.charges.queries.open import open_charges
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound

PACKAGE = "billing.charges"


class AccountCard(NamedTuple):
    """Which unit and which party an account is."""

    account_id: int
    community_id: int
    unit_id: int
    unit_code: str
    party_id: int
    party_name: str


class AccountRow(NamedTuple):
    """An account of a unit; closed ones may still owe."""

    account_id: int
    community_id: int
    unit_id: int
    unit_code: str
    party_id: int
    party_name: str
    opened_on: date
    closed_on: date | None


class OverdueAccount(NamedTuple):
    """An account with principal past due; the late fee is not in these sums."""

    account_id: int
    community_id: int
    unit_id: int
    unit_code: str
    party_id: int
    party_name: str
    overdue_fen: int
    charges: int
    oldest_due_on: date


def account_card(account_id: int) -> AccountCard:
    """One account; NotFound where it is not (or not yours)."""
    found = account_cards([account_id])
    if not found:
        raise NotFound(_("There is no such account."))
    return found[account_id]


def account_cards(account_ids: Sequence[int]) -> dict[int, AccountCard]:
    """Many accounts at once."""
    rows = Account.objects.filter(pk__in=list(account_ids)).values_list(
        "pk", "community_id", "unit_id", "unit__code", "party_id", "party__name"
    )
    return {row[0]: AccountCard(*row) for row in rows}


def accounts_of_unit(unit_id: int) -> list[AccountRow]:
    """All accounts of a unit, the newest first."""
    return accounts(unit_id=unit_id)


def accounts(
    *, unit_id: int | None = None, party_id: int | None = None, community_id: int | None = None
) -> list[AccountRow]:
    """Accounts, the newest first."""
    wanted = {"unit_id": unit_id, "party_id": party_id, "community_id": community_id}
    rows = (
        Account.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
        .select_related("unit", "party")
        .order_by("-opened_on", "-pk")
    )
    return [
        AccountRow(
            row.pk,
            row.community_id,
            row.unit_id,
            row.unit.code,
            row.party_id,
            row.party.name,
            row.opened_on,
            row.closed_on,
        )
        for row in rows
    ]


class ElsewhereRow(NamedTuple):
    """What the owners of a unit owe for another unit of the community, such as a parking bay."""

    account_id: int
    unit_id: int
    unit_code: str
    party_name: str
    owed_fen: int


def owed_elsewhere(unit_id: int, *, as_of: date) -> list[ElsewhereRow]:
    """Open accounts of the unit's owners in the same community with other units, the heaviest first.

    With the late fee as of the day. Who owned the unit before is not asked about.
    """
    here = Account.objects.filter(unit_id=unit_id, closed_on=None)
    rows = (
        Account.objects.filter(
            party_id__in=here.values("party_id"), community_id__in=here.values("community_id")
        )
        .exclude(unit_id=unit_id)
        .select_related("unit", "party")
    )
    known = {row.pk: row for row in rows}
    debts: dict[int, int] = defaultdict(int)
    for charge in open_charges(account_ids=list(known), as_of=as_of) if known else []:
        debts[charge.account_id] += charge.owed_fen
    found = [
        ElsewhereRow(pk, known[pk].unit_id, known[pk].unit.code, known[pk].party.name, fen)
        for pk, fen in debts.items()
        if fen > 0
    ]
    return sorted(found, key=lambda row: (-row.owed_fen, row.unit_code))


def overdue(*, as_of: date, community_id: int | None = None) -> list[OverdueAccount]:
    """Accounts that owe principal past due, the heaviest first."""
    found = sql.rows(PACKAGE, "overdue_by_account", {"as_of": as_of, "community_id": community_id})
    return [OverdueAccount(*row) for row in found]
