"""The last day an owner named for an account, on the phone or at the door, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.timezone import localtime

from arrears.cases.models import Call, Promise, Visit
from arrears.cases.rules.promises import PromiseState, state_of


class LastPromise(NamedTuple):
    """A promised day, when it was said, and whether it was kept, broken or is still open."""

    made_on: date
    promised_on: date
    state: PromiseState

    @property
    def word(self) -> str:
        """The key of the state among the words."""
        return f"promise.{self.state}"

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return {"KEPT": "good", "BROKEN": "late"}.get(self.state, "info")


def last_promise(account_id: int, *, oldest_due_on: date | None, as_of: date) -> LastPromise | None:
    """The newest promise of an account, also one that does not hold the ladder; None when it never made one.

    `oldest_due_on`: of what the account has past due on `as_of`.
    """
    said = max((row for row in _said(account_id) if row is not None), default=None)
    if said is None:
        return None
    made_on, _source, promised_on = said
    state = state_of(promised_on, made_on=made_on, oldest_due_on=oldest_due_on, as_of=as_of)
    return LastPromise(made_on, promised_on, state)


def _said(account_id: int) -> list[tuple[date, str, date] | None]:
    """The newest of each source: (day, what orders one day, promised day)."""
    mine = {"account_id": account_id, "promised_on__isnull": False}
    call = Call.objects.filter(**mine).order_by("-at", "-pk").values_list("at", "promised_on").first()
    visit = Visit.objects.filter(**mine).order_by("-on", "-at").values_list("on", "at", "promised_on").first()
    note = (
        Promise.objects.filter(account_id=account_id)
        .order_by("-made_on", "-pk")
        .values_list("made_on", "promised_on")
        .first()
    )
    return [
        call and (localtime(call[0]).date(), localtime(call[0]).isoformat(), call[1]),
        visit and (visit[0], localtime(visit[1]).isoformat(), visit[2]),
        note and (note[0], "", note[1]),
    ]
