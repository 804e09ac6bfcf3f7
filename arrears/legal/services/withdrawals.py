"""Who pays while his payment order is pending has it withdrawn: a draft and a task, made by the night."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final

from arrears.cases.services.recording import TaskRow, add_tasks
from arrears.legal.documents.written import NoContract, material_for, write
from arrears.legal.models import Draft
from arrears.legal.services.drafts import begin, write_version
from tenancy.kernel import sql
from values.because import because

KIND: Final = Draft.Kind.PAYMENT_ORDER_WITHDRAWAL


def _drop_pointless() -> None:
    """What was being written for a case that left the ladder is written no further."""
    pointless = Draft.objects.filter(state=Draft.State.OPEN, case__closed_on__isnull=False)
    pointless.exclude(kind=KIND).exclude(filing__isnull=False).update(state=Draft.State.DROPPED)


def draft_withdrawals(*, as_of: date) -> int:
    """Begin the withdrawals that payments made necessary; how many. A second run of the day finds none."""
    _drop_pointless()
    tasks, why = [], because("paid_before_service")
    for filing_id, case_id, charge_ids in sql.rows("arrears.legal", "paid_before_service", {"as_of": as_of}):
        draft = begin(
            case_id=case_id,
            kind=KIND,
            charge_ids=charge_ids,
            approval_id=None,
            filing_id=filing_id,
            as_of=as_of,
        )
        # The order is issued within days: it is due at once.
        tasks.append(TaskRow(case_id, "FILE", as_of, why))
        with suppress(NoContract):  # the draft stays; it is written when a contract is in force
            write_version(draft, write(KIND, material_for(draft, as_of=as_of), {}))
    add_tasks(tasks)
    return len(tasks)
