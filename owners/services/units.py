"""What staff write on a unit by hand: remark, special needs, legacy issues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from owners.models import LegacyIssue, Unit
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.people.services import audit

BY_HAND = "STAFF"


class AlreadyKnown(Conflict):
    code = "owners.legacy_issue_known"


def edit_unit(*, unit_id: int, remark: str, special_needs: str) -> None:
    """Write remark and special needs. NotFound when the unit is not there."""
    if not Unit.objects.filter(pk=unit_id).update(remark=remark.strip(), special_needs=special_needs.strip()):
        raise NotFound(_("There is no such unit."))
    audit.record("unit.edited", kind="unit", pk=unit_id)


def add_legacy_issue(*, unit_id: int, text: str, recorded_on: date) -> int:
    """What the collector must know before the first word; a closed one with the same words opens again."""
    if not Unit.objects.filter(pk=unit_id).exists():
        raise NotFound(_("There is no such unit."))
    issue, made = LegacyIssue.objects.get_or_create(
        unit_id=unit_id, text=text.strip(), defaults={"source": BY_HAND, "recorded_on": recorded_on}
    )
    if not made:
        if issue.closed_on is None:
            raise AlreadyKnown(_("This issue is recorded already."), field="text")
        LegacyIssue.objects.filter(pk=issue.pk).update(closed_on=None, recorded_on=recorded_on)
    audit.record("legacy_issue.added", kind="unit", pk=unit_id, text=issue.text)
    return int(issue.pk)


def close_legacy_issue(*, unit_id: int, issue_id: int, on: date) -> None:
    """The matter is settled. NotFound when there is no such open issue of this unit."""
    mine = Unit.objects.filter(pk=unit_id)
    if not LegacyIssue.objects.filter(pk=issue_id, unit__in=mine, closed_on=None).update(closed_on=on):
        raise NotFound(_("There is no such open issue."))
    audit.record("legacy_issue.closed", kind="unit", pk=unit_id, issue=issue_id)


def note_legacy_issues(*, remarks: Sequence[tuple[int, str]], source: str, recorded_on: date) -> int:
    """Many (unit id, text) at once; what is known, open or closed, stays as it is. Returns the new ones."""
    if not remarks:
        return 0
    return sql.run(
        "owners",
        "note_legacy_issues",
        {
            "unit_ids": [unit_id for unit_id, _text in remarks],
            "texts": [text for _unit_id, text in remarks],
            "source": source,
            "recorded_on": recorded_on,
        },
    )
