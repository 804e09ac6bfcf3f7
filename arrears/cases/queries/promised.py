"""The days an owner named for a case, on the phone or at the door, and what became of each: one truth for the
facts, the script, the table and the lists (their SQL takes the same newest row)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from arrears.cases.models import Promise
from arrears.cases.rules.promises import PromiseState, refuse_limit, state_of, why_in_doubt
from values.because import Because


class PromiseRow(NamedTuple):
    """A promised day and whether it was kept, broken or is still open.

    `doubt`: why it does not hold the ladder, "" when it does. `amount_fen`: what was past due then.
    """

    promise_id: int
    made_on: date
    promised_on: date
    amount_fen: int
    by: str | None
    doubt: str
    state: PromiseState

    @property
    def word(self) -> str:
        """The key of the state among the words."""
        return f"promise.{self.state}"

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return {"KEPT": "good", "BROKEN": "late"}.get(self.state, "info")

    @property
    def why(self) -> Because | None:
        """Why it does not hold the ladder; None when it does."""
        return why_in_doubt(self.doubt, made_on=self.made_on)


def promises_of(case_id: int, *, oldest_due_on: date | None, as_of: date) -> list[PromiseRow]:
    """Every promise of a case, the newest first, also those that do not hold the ladder.

    `oldest_due_on`: of what the account has past due on `as_of`.
    """
    rows = Promise.objects.filter(case_id=case_id).order_by("-made_on", "-pk")
    fields = ("pk", "made_on", "promised_on", "amount_fen", "by__name", "doubt")
    return [
        PromiseRow(
            pk, made_on, promised_on, amount_fen, by, doubt,
            state_of(promised_on, made_on=made_on, oldest_due_on=oldest_due_on, as_of=as_of),
        )
        for pk, made_on, promised_on, amount_fen, by, doubt in rows.values_list(*fields)
    ]  # fmt: skip


def next_promise_in_doubt(case_id: int) -> Because | None:
    """Why one more promise, whatever its day, would not hold the ladder; None while it may."""
    return refuse_limit(Promise.objects.filter(case_id=case_id, doubt="").count())
