"""The tick before the first call: the collector looked at his cases and what is left over (R000-F17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from arrears.cases.models import Case, CaseReview
from tenancy.kernel.errors import Forbidden, NotFound
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


def review_cases(*, case_ids: Collection[int], at: datetime) -> int:
    """Tick cases as looked at by whoever acts now; returns how many were not ticked yet.

    NotFound when one of them is not there; Forbidden for the timetable, which looks at nothing.
    """
    user_id = current_user_id()
    if user_id is None:
        raise Forbidden(_("Only a person can look at a case."))
    wanted = set(case_ids)
    found = set(Case.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if found != wanted:
        raise NotFound(_("There is no such case."))
    before = set(
        CaseReview.objects.filter(case_id__in=found, by_id=user_id).values_list("case_id", flat=True)
    )
    new = sorted(found - before)
    rows = [CaseReview(case_id=pk, by_id=user_id, at=at) for pk in new]
    CaseReview.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record_many("case.reviewed", [audit.Entry("case", pk, {}) for pk in new])
    return len(new)
