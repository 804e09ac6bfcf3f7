"""Where a case stands, for the apps above: newest events of its rungs, what waits, noted interruptions."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Step
from tenancy.kernel.errors import NotFound


class CaseCore(NamedTuple):
    """A case in one read."""

    case_id: int
    account_id: int
    community_id: int
    unit_id: int
    reason_code: str
    closed_on: date | None


class RungEvent(NamedTuple):
    """The newest event of a rung of a case; `decided_by`, `decided_on`: who answered, and when."""

    code: str
    event: str
    on: date
    decided_by: str | None = None
    decided_on: date | None = None


class Proposed(NamedTuple):
    """A rung that waits for its approver."""

    case_id: int
    on: date
    community_name: str
    unit_code: str
    party_name: str


def case_core(case_id: int) -> CaseCore:
    """One case, open or closed; NotFound when it is not there, or not the member's."""
    found = Case.objects.filter(pk=case_id)
    row = found.values_list("pk", "account_id", "community_id", "unit_id", "reason_code", "closed_on").first()
    if row is None:
        raise NotFound(_("There is no such case."))
    return CaseCore._make(row)


def rung_events(case_id: int) -> dict[str, RungEvent]:
    """The newest event of every rung that a case has been on."""
    rows = Step.objects.filter(case_id=case_id).order_by("pk")
    found: dict[str, RungEvent] = {}
    for code, event, on, by in rows.values_list("code", "event", "on", "approval__decided_by__name"):
        before = found.get(code)
        # A rung that is taken later was decided on the day of its answer, by whoever gave it.
        if event == "TAKEN" and before is not None and before.decided_by:
            found[code] = before._replace(event=event, on=on)
        else:
            found[code] = RungEvent(code, event, on, by, on if by else None)
    return found


def proposed(code: str, *, case_id: int | None = None) -> list[Proposed]:
    """The cases of which a rung waits for its approver, the oldest first; one case if given."""
    # Joined to the case, so that a member of other communities sees nothing of theirs.
    waiting = Step.objects.filter(
        code=code, event="PROPOSED", approval__decision="PENDING", case__closed_on=None
    )
    if case_id is not None:
        waiting = waiting.filter(case_id=case_id)
    rows = waiting.order_by("on", "pk").values_list(
        "case_id", "on", "case__community__name", "case__unit__code", "case__account__party__name"
    )
    return [Proposed._make(row) for row in rows]
