"""Bank accounts and the statements that were read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from billing.banking.models import BankAccount, StatementFile
from tenancy.kernel.errors import NotFound


class BankAccountRow(NamedTuple):
    """A receiving account; of its number only the end."""

    bank_account_id: int
    community_id: int
    community_name: str
    name: str
    bank: str
    tail: str
    profile_code: str
    last_on: date | None


class StatementRow(NamedTuple):
    """A statement that was read."""

    statement_id: int
    bank_account_id: int
    bank: str
    bank_tail: str
    community_name: str
    file_id: int
    file_name: str
    first_on: date | None
    last_on: date | None
    lines: int
    known: int
    amount_fen: int
    imported_by: str
    imported_at: datetime


_STATEMENT: Final = (
    "pk", "bank_account_id", "bank_account__bank", "bank_account__tail", "community__name", "file_id",
    "file__name", "first_on", "last_on", "lines", "known", "amount_fen", "imported_by__name", "imported_at",
)  # fmt: skip


def bank_accounts() -> list[BankAccountRow]:
    """All of them, and up to which day each was read."""
    newest: dict[int, date] = {}
    for pk, day in StatementFile.objects.exclude(last_on=None).values_list("bank_account_id", "last_on"):
        newest[pk] = max(day, newest.get(pk, day))
    rows = BankAccount.objects.order_by("community__code", "bank", "pk").values_list(
        "pk", "community_id", "community__name", "name", "bank", "tail", "profile_code"
    )
    return [BankAccountRow._make((*row, newest.get(row[0]))) for row in rows]


def statement_ids(bank_account_id: int | None = None) -> QuerySet[StatementFile, Any]:
    """The newest first."""
    wanted = Q() if bank_account_id is None else Q(bank_account_id=bank_account_id)
    return StatementFile.objects.filter(wanted).order_by("-imported_at", "-pk").values_list("pk", flat=True)


def statement_rows(ids: Collection[int]) -> list[StatementRow]:
    """Statements in the order of their ids."""
    found = StatementFile.objects.filter(pk__in=list(ids)).values_list(*_STATEMENT)
    by_id = {row[0]: StatementRow._make((*row[:12], row[12] or "", row[13])) for row in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def statement_row(statement_id: int) -> StatementRow:
    """One statement; NotFound where it is not (or not yours)."""
    found = statement_rows([statement_id])
    if not found:
        raise NotFound(_("There is no such statement."))
    return found[0]
