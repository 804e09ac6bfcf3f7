"""Whether the caller looked at a case and its legacy issues before the first call (R000-F17)."""

from __future__ import annotations

from arrears.cases.models import Call, CaseReview
from tenancy.kernel.scope import current_user_id


def is_reviewed(case_id: int) -> bool:
    """Whether the member who acts now has ticked that he knows the case."""
    return CaseReview.objects.filter(case_id=case_id, by_id=current_user_id()).exists()


def lacks_review(case_id: int) -> bool:
    """Whether the first call of a case is still to be made and nobody has looked at the case before it."""
    looked = CaseReview.objects.filter(case_id=case_id).exists()
    return not looked and not Call.objects.filter(case_id=case_id).exists()
