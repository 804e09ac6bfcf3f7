"""Do the books add up? Everything is read again, by other statements than those that wrote it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from billing.payments.models import Payment
from tenancy.kernel import sql

PACKAGE: Final = "billing.payments"
# What is checked; the words say what each means.
CODES: Final = (
    "charge_entries",
    "charge_movements",
    "payment_allocated",
    "credit_entries",
    "account_balance",
    "credit_below_zero",
    "receipt_gap",
)


class Checked(NamedTuple):
    """One rule: how many rows break it, and the first of them."""

    code: str
    wrong: int
    first: tuple[int, ...]

    @property
    def word(self) -> str:
        """The rule's key among the words."""
        return f"books.{self.code}"

    @property
    def is_right(self) -> bool:
        """Whether nothing breaks it."""
        return self.wrong == 0


class Books(NamedTuple):
    """The whole check of the open company."""

    payments: int
    rules: tuple[Checked, ...]

    @property
    def wrong(self) -> int:
        """How many rows break a rule."""
        return sum(rule.wrong for rule in self.rules)

    def as_json(self) -> dict[str, Any]:
        """For the job's row: figures, and the first rows of each broken rule."""
        broken = {rule.code: list(rule.first) for rule in self.rules if not rule.is_right}
        return {"payments_checked": self.payments, "books_wrong": self.wrong, "broken": broken}


def check_books() -> Books:
    """Σ charges - Σ allocations - Σ waivers = Σ outstanding, and what else must hold; a few reads in all."""
    found = {code: Checked(code, wrong, tuple(first)) for code, wrong, first in _rows()}
    return Books(Payment.objects.count(), tuple(found[code] for code in CODES))


def _rows() -> list[tuple[Any, ...]]:
    return list(sql.rows(PACKAGE, "check_books", {"codes": list(CODES)}))
