"""Runs: what was issued when, for which community and period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.charges.models import Bill, Run
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval
from values.period import Period

# The kind of request that asks somebody else to take a whole run back.
CANCEL: Final = "run_cancel"


class CancelState(StrEnum):
    """What became of the request."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class CancelRow(NamedTuple):
    """The newest request to take a run back. `why`: the asker's reason, `reason`: the decider's."""

    approval_id: int
    state: CancelState
    asked_by: str
    asked_at: datetime
    decided_by: str
    why: str
    reason: str


class RunRow(NamedTuple):
    """One issue. `skipped`: reason code -> how many."""

    run_id: int
    community_id: int
    community_name: str
    period: Period
    issued_on: date
    bills: int
    amount_fen: int
    skipped: Mapping[str, int]
    started_by: str
    created_at: datetime


def runs(community_id: int | None = None) -> QuerySet[Run]:
    """Runs, the newest first; `run_row` makes one plain."""
    found = Run.objects.select_related("community", "started_by").order_by("-created_at", "-pk")
    return found if community_id is None else found.filter(community_id=community_id)


def run_row(run: Run) -> RunRow:
    """A row as plain data."""
    return RunRow(
        run.pk,
        run.community_id,
        run.community.name,
        Period(run.period.lower, run.period.upper),
        run.issued_on,
        run.bills,
        run.amount_fen,
        run.skipped,
        run.started_by.name if run.started_by else "",
        run.created_at,
    )


def run_detail(run_id: int) -> RunRow:
    """One run; NotFound where it is not (or not yours)."""
    run = runs().filter(pk=run_id).first()
    if run is None:
        raise NotFound(_("There is no such run."))
    return run_row(run)


def count_units(community_id: int) -> int:
    """How many units a run over the community looks at."""
    ((count,),) = sql.rows("billing.charges", "count_units", {"community_id": community_id})
    return int(count)


def standing_bills(run_id: int) -> tuple[int, int]:
    """How many bills of a run stand, and their sum."""
    sums = Bill.objects.filter(run_id=run_id, voided_on=None).aggregate(n=Count("pk"), fen=Sum("amount_fen"))
    return sums["n"], sums["fen"] or 0


def cancel_of(run_id: int) -> CancelRow | None:
    """The newest request to take a run back that was not withdrawn; None where nobody asked."""
    found: Approval | None = (
        Approval.objects.filter(kind=CANCEL, facts__run_id=run_id)
        .exclude(decision=Approval.Decision.WITHDRAWN)
        .select_related("asked_by", "decided_by")
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    return CancelRow(
        approval_id=found.pk,
        state=CancelState(found.decision),
        asked_by=found.asked_by.name if found.asked_by else "",
        asked_at=found.asked_at,
        decided_by=found.decided_by.name if found.decided_by else "",
        why=str(found.facts.get("reason", "")),
        reason=found.reason,
    )
