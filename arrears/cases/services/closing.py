"""Close a case at once, for a reason that another app decided; the walk closes those that were paid."""

from __future__ import annotations

from datetime import date
from typing import Final

from arrears.cases.services.recording import PACKAGE
from arrears.cases.services.rungs import drop, open_step
from tenancy.kernel import sql
from tenancy.people.services import approvals
from values.because import because

WRITTEN_OFF: Final = "WRITTEN_OFF"


def close_case(case_id: int, *, reason: str, on: date) -> bool:
    """Close an open case with all that was to be done for it; whether it was open. The account is locked.

    What its open step asked for is asked no more, and its paper is withdrawn.
    """
    step = open_step(case_id)
    if step is not None:
        pending = sql.rows(PACKAGE, "pending_approvals", {"case_ids": [case_id]})
        approvals.withdraw(approval_ids=[approval_id for (approval_id,) in pending])
        drop(step, on=on, why=because("case_closed", reason=f"closed.{reason}"))
    params = {"case_ids": [case_id], "reasons": [reason], "as_of": on}
    return bool(sql.rows(PACKAGE, "close_cases", params)[0][0])
