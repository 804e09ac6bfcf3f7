"""A look ahead that a person asked for: a large company's takes a while, so the worker does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.cases.queries.ladders import ladder_version
from arrears.cases.queries.night import next_walk
from arrears.cases.rules.ladder import Rung
from arrears.cases.services.foresight import foresee
from arrears.cases.services.ladders import RungDays, draft_ladder
from owners.queries import community_card
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import jobs

JOB_KIND: Final = "ladder_foresight"


def request_foresight(
    *,
    ladder_id: int | None = None,
    community_id: int | None = None,
    days: Mapping[int, RungDays] | None = None,
    today: date,
) -> int:
    """A waiting job for a saved version (`ladder_id`) or for drafted days; the door starts its task.

    It is about the next night that has not run yet. Raises NotFound, LadderRefused as saving would.
    """
    name, as_of = "", next_walk(today=today)
    if ladder_id is not None:
        row = ladder_version(ladder_id, as_of=as_of)
        community_id, name = row.community_id, f"v{row.version}"
    else:
        draft_ladder(community_id=community_id, days=days or {}, as_of=as_of)
    place = _("Company") if community_id is None else community_card(community_id).name
    return jobs.create(
        kind=JOB_KIND,
        title=_("If this ladder held in the night of %(night)s: %(place)s %(name)s")
        % {"night": as_of.isoformat(), "place": place, "name": name or _("draft")},
        arguments={
            "ladder_id": ladder_id,
            "community_id": community_id,
            "days": {str(level): list(one) for level, one in (days or {}).items()},
            "as_of": as_of.isoformat(),
        },
    )


def run_foresight(*, job_id: int) -> None:
    """The worker's part: the figures stand in the job's result."""
    arguments = jobs.arguments_of(job_id)
    as_of = date.fromisoformat(arguments["as_of"])
    progress = jobs.Progress(job_id, current_tenant_id())
    with jobs.watched(progress) as (watched, result):
        community_id = arguments["community_id"]
        found = foresee(
            tried=tried_by(arguments, as_of), community_id=community_id, as_of=as_of, progress=watched
        )
        result.update(found.as_json())


def tried_by(arguments: Mapping[str, Any], as_of: date) -> tuple[Rung, ...]:
    if arguments["ladder_id"] is not None:
        return ladder_version(int(arguments["ladder_id"]), as_of=as_of).rungs
    days = {int(level): RungDays(*one) for level, one in arguments["days"].items()}
    return draft_ladder(community_id=arguments["community_id"], days=days, as_of=as_of)
