"""Whether the caller looked at a case and its legacy issues before the first call (R000-F17)."""

from __future__ import annotations

from arrears.cases.models import CaseReview
from tenancy.kernel.scope import current_user_id


def is_reviewed(case_id: int) -> bool:
    """Whether the member who acts now has ticked that he knows the case."""
    return CaseReview.objects.filter(case_id=case_id, by_id=current_user_id()).exists()
