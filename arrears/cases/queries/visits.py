"""Whom to visit by a day, and the visits that were made."""

from __future__ import annotations

from datetime import date, time
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Visit
from arrears.cases.queries.worklist import Due, WorkFilter, due_tasks
from tenancy.kernel.errors import NotFound

VISITS: Final = ("VISIT", "PM_VISIT")
RESULTS: Final = tuple(Visit.Result.values)


class VisitRow(NamedTuple):
    """A visit that was made."""

    visit_id: int
    on: date
    time_in: time | None
    time_out: time | None
    result: str
    second_person: str
    by_manager: bool
    reason_code: str
    feedback: str
    promised_on: date | None
    photo_id: int | None
    by: str

    @property
    def reason_word(self) -> str:
        """The key of the arrears reason among the words."""
        return f"arrears.{self.reason_code}"


def visits_due(chosen: WorkFilter, *, as_of: date) -> list[Due]:
    """The visits to make, the earliest deadline first: a visit may be made as soon as it is asked for."""
    return due_tasks(VISITS, chosen, as_of=as_of, until=date.max)


def case_of_visit(visit_id: int) -> int:
    """The case that a visit was made for; NotFound when either is not there, or not the member's."""
    case_id = Visit.objects.filter(pk=visit_id).values_list("case_id", flat=True).first()
    # Through the case, so that a member of other communities finds nothing.
    if case_id is None or not Case.objects.filter(pk=case_id).exists():
        raise NotFound(_("There is no such visit."))
    return int(case_id)


def visits_of(case_id: int) -> list[VisitRow]:
    """The visits of a case, the newest first."""
    fields = ["pk", *VisitRow._fields[1:-1], "by__name"]
    rows = Visit.objects.filter(case_id=case_id).order_by("-on", "-pk")
    return [VisitRow(*row) for row in rows.values_list(*fields)]
