"""Write down what restarts the three-year clock of charges (domain 2.5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from arrears.cases.models import ClockEvent
from tenancy.kernel.scope import current_user_id


def note_clock_event(
    *,
    account_id: int,
    charge_ids: Collection[int],
    kind: str,
    on: date,
    source: str,
    until: date | None = None,
    evidence: str = "",
    file_id: int | None = None,
    proof: str = "",
) -> None:
    """One row per charge; a newer row of the same source takes the place of the older (a plan that broke).

    `kind`: ACKNOWLEDGEMENT (plan, deferral, provable promise), PROCEEDING (filed; `until` its end), DEMAND
    (proved by hand), VOID (the source was a mistake), SUSPENSION (shown, adds no days). `source` names the
    row it comes from, such as `plan:17`.
    """
    by_id = current_user_id()
    ClockEvent.objects.bulk_create(
        [
            ClockEvent(
                account_id=account_id,
                charge_id=charge_id,
                kind=kind,
                on=on,
                until=until,
                source=source,
                proof=proof,
                evidence=evidence,
                file_id=file_id,
                by_id=by_id,
            )
            for charge_id in sorted(set(charge_ids))
        ]
    )
