"""That a collector looked at a case before the first call."""

from __future__ import annotations

from django.db import models

from arrears.cases.models.case import Case
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class CaseReview(TenantModel):
    """A collector's tick: he knows the case and what is left over from earlier (R000-F17). Append-only."""

    case = models.ForeignKey(Case, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "case", "by"], name="casereview_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} reviewed {self.at}"
