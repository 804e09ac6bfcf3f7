"""Re-base running cases: from the version they are on to the one in force, by a person's decision."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Rebase
from arrears.cases.queries.ladders import current_ladders, ladder_versions
from arrears.cases.queries.rebasing import Moving, movable
from arrears.cases.services.ladders import ensure_ladder, lock_walk
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class RebaseRefused(Refused):
    """No reason, or nothing to move."""

    code = "cases.rebase_refused"


def rebase(*, case_ids: Collection[int], reason: str, as_of: date) -> int:
    """Move open cases to the version in force for their community; returns how many moved.

    They stay on the rung they stand on; the next one opens by the new days. Those that are closed, or there
    already, stay as they are. NotFound when one is not there or not the member's; RebaseRefused.
    """
    if not reason.strip():
        raise RebaseRefused(_("Write the reason."), field="reason")
    ensure_ladder()
    lock_walk()  # no walk decides by one version while a person moves its cases to another
    wanted = set(case_ids)
    if Case.objects.filter(pk__in=wanted).count() != len(wanted):
        raise NotFound(_("There is no such case."))
    moving = movable(wanted, current_ladders(as_of=as_of))
    if not moving:
        raise RebaseRefused(_("None of these is on an older version."))
    _move(moving, reason.strip(), as_of)
    _tell(moving, reason.strip(), as_of)
    return len(moving)


def _move(moving: dict[int, Moving], reason: str, as_of: date) -> None:
    for ladder_id in sorted({one.after for one in moving.values()}):
        ids = [case_id for case_id, one in moving.items() if one.after == ladder_id]
        Case.objects.filter(pk__in=ids, closed_on=None).update(ladder_id=ladder_id)
    Rebase.objects.bulk_create(
        [
            Rebase(
                case_id=case_id,
                from_ladder_id=one.before,
                to_ladder_id=one.after,
                on=as_of,
                reason=reason,
                by_id=current_user_id(),
            )
            for case_id, one in moving.items()
        ],
        batch_size=5000,
    )


def _tell(moving: dict[int, Moving], reason: str, as_of: date) -> None:
    versions = {row.ladder_id: row.version for row in ladder_versions(as_of=as_of)}
    audit.record_many(
        "case.rebased",
        [
            audit.Entry(
                "case",
                case_id,
                {
                    "from_version": versions.get(one.before, "") if one.before else "",
                    "to_version": versions[one.after],
                    "reason": reason,
                },
            )
            for case_id, one in moving.items()
        ],
    )
