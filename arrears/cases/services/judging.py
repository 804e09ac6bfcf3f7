"""Promises judged by the ledger, the morning after their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from arrears.cases.services.recording import PACKAGE
from tenancy.kernel import sql

# A transfer of the promised day may be booked days later; then the word was kept after all.
LOOK_AGAIN_DAYS: Final = 10


def judge_promises(*, as_of: date) -> int:
    """Write down what became of promises whose day is over: kept when all that was past due when it was
    made was paid with a value date up to that day. Looks again for some days, in case money came to light.

    Returns how many judgements are new; a second time on a day there are none.
    """
    params = {"as_of": as_of, "since": as_of - timedelta(days=LOOK_AGAIN_DAYS)}
    return sql.run(PACKAGE, "judge_promises", params)
