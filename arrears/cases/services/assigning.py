"""Give cases to a collector by hand; what the night distributes stays as it was given."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrears.cases.models import Case
from arrears.cases.queries.workload import covers
from arrears.cases.services.recording import PACKAGE
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import MemberRow, members_playing, names_of
from tenancy.people.services import audit


class CannotTake(Refused):
    """The person works on no cases, or does not see the community of some of these."""

    code = "cases.cannot_take"


class Assigned(NamedTuple):
    """How many changed hands, how many were his already, how many are closed and stay as they are."""

    given: int
    kept: int
    closed: int


def assign_cases(*, case_ids: Collection[int], collector_id: int) -> Assigned:
    """Give these cases, and what is open of them, to one collector; each is written in the audit trail.

    NotFound when one of them is not there or not the member's. CannotTake (field `collector`) gives nothing.
    """
    taker = _taker(collector_id)
    rows = _locked(case_ids)
    still_open = [row for row in rows if row["closed_on"] is None]
    beyond = sum(not covers(taker, row["community_id"]) for row in still_open)
    if beyond:
        text = ngettext(
            "%(name)s does not see the community of %(count)d of these cases.",
            "%(name)s does not see the communities of %(count)d of these cases.",
            beyond,
        )
        raise CannotTake(text % {"name": taker.name, "count": beyond}, field="collector", beyond=beyond)
    moved = [row for row in still_open if row["collector_id"] != collector_id]
    if moved:
        ids = [row["pk"] for row in moved]
        sql.rows(PACKAGE, "assign", {"case_ids": ids, "collector_ids": [collector_id] * len(ids)})
        _tell(moved, taker)
    return Assigned(len(moved), len(still_open) - len(moved), len(rows) - len(still_open))


def _taker(collector_id: int) -> MemberRow:
    playing = members_playing(Role.COLLECTOR.value)
    taker = next((member for member in playing if member.user_id == collector_id), None)
    if taker is None:
        raise CannotTake(_("Choose somebody who works at the desk."), field="collector")
    return taker


def _locked(case_ids: Collection[int]) -> list[dict[str, Any]]:
    """The cases in one order, so that two who give at once wait for each other instead of falling over."""
    wanted = set(case_ids)
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    rows = list(found.values("pk", "community_id", "collector_id", "closed_on"))
    if len(rows) != len(wanted):
        raise NotFound(_("There is no such case."))
    return rows


def _tell(moved: list[dict[str, Any]], taker: MemberRow) -> None:
    before = names_of({row["collector_id"] for row in moved})
    audit.record_many(
        "case.assigned",
        [
            audit.Entry(
                "case",
                row["pk"],
                {"given_to": taker.name, "taken_from": before.get(row["collector_id"], "")},
            )
            for row in moved
        ],
    )
