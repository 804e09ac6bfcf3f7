"""If this ladder held tonight: asked for on the ladder's page, reckoned by the worker, shown by community."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from arrears.cases.services.foresight import COUNTED
from arrears.cases.services.foresight_job import JOB_KIND
from arrears.cases.tasks import foresee_ladder
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.queries.jobs import jobs


class Line(NamedTuple):
    """One community: (as it is, as it would be) for each thing counted."""

    name: str
    pairs: tuple[tuple[int, int], ...]


class TryVersion(StaffView):
    """Try a saved version on tonight."""

    permission = Permission.LADDER_TRY

    def post(self, request: HttpRequest, ladder_id: int) -> HttpResponse:
        queries.ladder_version(ladder_id, as_of=clock.today())
        job_id = services.request_foresight(ladder_id=ladder_id, today=clock.today())
        start(self.request.staff, job_id)
        return redirect("cases:ladder_foresight", job_id)


class Foresight(StaffView):
    """The live progress, then the figures."""

    permission = Permission.LADDER_TRY

    def get(self, request: HttpRequest, foresight_job_id: int) -> HttpResponse:
        job = jobs(seen_by=self.request.staff).filter(pk=foresight_job_id, kind=JOB_KIND).first()
        if job is None:
            raise NotFound(_("There is no such look ahead."))
        lines = _lines(job.result)
        return self.page(
            "cases/ladder_foresight.html",
            job=job,
            done="communities" in job.result,
            counted=[f"count.{name}" for name in COUNTED],
            lines=lines,
            night=date.fromisoformat(job.arguments["as_of"]) if "as_of" in job.arguments else None,
            rungs=[_rung(one) for one in job.result.get("rungs", ())],
            total=_total(lines),
            ladder_id=job.arguments.get("ladder_id"),
        )


def start(staff: StaffMember, job_id: int) -> None:
    """Begin when the job's row is committed."""
    message = {"tenant_id": staff.tenant_id, "user_id": str(staff.user_id), "job_id": str(job_id)}
    transaction.on_commit(lambda: foresee_ladder.delay(**message))


def _lines(result: dict[str, Any]) -> list[Line]:
    return [
        Line(one["name"], tuple((one["now"][name], one["then"][name]) for name in COUNTED))
        for one in result.get("communities", ())
    ]


def _rung(one: dict[str, Any]) -> dict[str, Any]:
    """A rung under both ladders, and the names of what differs."""
    now, then = one["now"] or {}, one["then"] or {}
    changed = [name for name in ("min_days", "period_days", "approver") if now.get(name) != then.get(name)]
    return {**one, "code": (now or then)["rung"], "changed": changed}


def _total(lines: list[Line]) -> tuple[tuple[int, int], ...]:
    columns = zip(*(line.pairs for line in lines), strict=True)
    return tuple(
        (sum(now for now, _then in column), sum(then for _now, then in column)) for column in columns
    )
