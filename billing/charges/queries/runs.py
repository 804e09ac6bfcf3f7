"""Runs: what was issued when, for which community and period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import Run
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.period import Period


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
