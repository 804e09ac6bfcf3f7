"""How far a community's month has come: issued, printed, delivered, and whether somebody was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Run
from billing.charges.rules.month_run import Release
from tenancy.kernel import sql
from tenancy.people.models import Approval
from values.period import Period

# The kind of request that asks somebody else to look at a run before it goes out.
RELEASE: Final = "bill_run"


class Progress(NamedTuple):
    """The bills of a month that stand, and their papers. `run_id`: the newest run."""

    run_id: int | None
    bills: int
    amount_fen: int
    papers: int
    printed: int
    delivered: int


class ReleaseRow(NamedTuple):
    """The newest request about a month. `bills`, `amount_fen`: what it was asked for."""

    approval_id: int
    state: Release
    role: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    reason: str
    bills: int
    amount_fen: int


def month_progress(community_id: int, period: Period) -> Progress:
    """What the runs of a community and a month have made."""
    runs = Run.objects.filter(community_id=community_id, period=DateRange(period.start, period.end))
    made = list(runs.order_by("-pk").values_list("pk", "issued_on"))
    if not made:
        return Progress(None, 0, 0, 0, 0, 0)
    asked = {
        "community_id": community_id,
        "run_ids": [run_id for run_id, _day in made],
        "days": sorted({day for _run_id, day in made}),
    }
    ((bills, fen, papers, printed, delivered),) = sql.rows("billing.charges", "month_progress", asked)
    return Progress(made[0][0], bills, int(fen), papers, printed, delivered)


def release_of(community_id: int, period: Period) -> ReleaseRow | None:
    """The newest request about the month that was not taken back; None where nobody asked."""
    found: Approval | None = (
        Approval.objects.filter(kind=RELEASE, community_id=community_id, facts__period=str(period))
        .exclude(decision=Approval.Decision.WITHDRAWN)
        .select_related("asked_by", "decided_by")
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    return ReleaseRow(
        approval_id=found.pk,
        state=Release(found.decision),
        role=found.role,
        asked_by=found.asked_by.name if found.asked_by else "",
        asked_at=found.asked_at,
        decided_by=found.decided_by.name if found.decided_by else "",
        reason=found.reason,
        bills=int(found.facts.get("bills", 0)),
        amount_fen=int(found.facts.get("amount_fen", 0)),
    )
