"""The days an owner named for a case, on the phone or at the door, and what became of each: one truth for the
facts, the script, the table and the lists (their SQL takes the same newest row)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from arrears.cases.models import Judgement, Promise
from arrears.cases.rules.promises import PromiseState, refuse_limit, state_of, why_in_doubt
from billing.charges.queries import OpenCharge
from values.because import Because


class PromiseRow(NamedTuple):
    """A promised day and whether it was kept, broken or is still open.

    `doubt`: why it does not hold the ladder, "" when it does. `amount_fen`: what was promised;
    `left_fen`: what it may leave unpaid of what was past due then, 0 for a promise of all of it.
    `state`: as it stands now; `judged`: what the morning after its day wrote down, "" before.
    """

    promise_id: int
    made_on: date
    promised_on: date
    amount_fen: int
    by: str | None
    doubt: str
    state: PromiseState
    judged: str = ""
    left_fen: int = 0

    @property
    def verdict(self) -> str:
        """Kept or broken as it was judged; what was paid late is not kept."""
        return self.judged or self.state.value

    @property
    def word(self) -> str:
        """The key of the verdict among the words."""
        return f"promise.{self.verdict}"

    @property
    def tone(self) -> str:
        """How a badge shows the verdict."""
        return {"KEPT": "good", "BROKEN": "late"}.get(self.verdict, "info")

    @property
    def why(self) -> Because | None:
        """Why it does not hold the ladder; None when it does."""
        return why_in_doubt(self.doubt, made_on=self.made_on)


def promises_of(case_id: int, *, late: Iterable[OpenCharge], as_of: date) -> list[PromiseRow]:
    """Every promise of a case, the newest first, also those that do not hold the ladder.

    `late`: what the account has past due on `as_of`, disputed or not.
    """
    owed = [(charge.due_on, charge.unpaid_fen) for charge in late]
    rows = Promise.objects.filter(case_id=case_id).order_by("-made_on", "-pk")
    found = Judgement.objects.filter(promise__case_id=case_id).order_by("pk")
    judged = dict(found.values_list("promise_id", "state"))  # the newest row of a promise counts
    fields = ("pk", "made_on", "promised_on", "amount_fen", "by__name", "doubt", "left_fen")
    return [
        PromiseRow(
            pk, made_on, promised_on, amount_fen, by, doubt,
            state_of(
                promised_on,
                unpaid_fen=sum(fen for due_on, fen in owed if due_on < made_on),
                left_fen=left_fen,
                as_of=as_of,
            ),
            judged.get(pk, ""),
            left_fen,
        )
        for pk, made_on, promised_on, amount_fen, by, doubt, left_fen in rows.values_list(*fields)
    ]  # fmt: skip


def next_promise_in_doubt(case_id: int) -> Because | None:
    """Why one more promise, whatever its day, would not hold the ladder; None while it may."""
    return refuse_limit(Promise.objects.filter(case_id=case_id, doubt="").count())
