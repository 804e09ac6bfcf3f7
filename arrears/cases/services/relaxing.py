"""Relax a stage for one case: a rung opens later, for a reason and until a day (3.3); it ends by itself."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from arrears.cases.models import Case, Relaxation
from arrears.cases.queries.facts import standing_of
from arrears.cases.queries.subjects import late_charges
from arrears.cases.rules.relaxing import refuse_relaxation
from arrears.cases.services.rungs import find_case, lock_account
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.services import audit
from tenancy.people.words import sentence


class RelaxationRefused(Refused):
    """No reason, a rung that is taken or open, a day in the past or too far, or a debt about to expire."""

    code = "cases.relaxation_refused"


class RelaxationOver(Conflict):
    """It ended already."""

    code = "cases.relaxation_over"


def relax(*, case_id: int, level: int, opens_on: date, reason: str, by: StaffMember, as_of: date) -> int:
    """Let a rung of a case open on `opens_on` at the earliest; returns its id. A longer one takes its place.

    Raises NotFound, RelaxationRefused.
    """
    case = find_case(case_id)
    if case.closed_on is not None:
        raise RelaxationRefused(_("The case is closed."))
    if not reason.strip():
        raise RelaxationRefused(_("Write the reason."), field="reason")
    lock_account(case.account_id)
    _check(case, level, opens_on, by, as_of)
    standing = Relaxation.objects.filter(case=case, level=level, ended_on=None)
    standing.filter(opens_on__lte=as_of).update(ended_on=F("opens_on"))
    standing.filter(opens_on__gt=as_of).update(ended_on=as_of, ended_by_id=by.user_id)
    row = Relaxation.objects.create(
        case=case,
        account_id=case.account_id,
        level=level,
        from_on=as_of,
        opens_on=opens_on,
        reason=reason.strip(),
        by_id=by.user_id,
    )
    audit.record("case.relaxed", kind="case", pk=case_id, level=level, opens_on=opens_on.isoformat(),
                 reason=row.reason)  # fmt: skip
    return int(row.pk)


def end_relaxation(*, relaxation_id: int, by: StaffMember, as_of: date) -> None:
    """Take it back before its day: the rung opens by the policy again. Raises NotFound, RelaxationOver."""
    row = Relaxation.objects.filter(pk=relaxation_id).first()
    # Through the case, so that a member of other communities finds nothing.
    if row is None or not Case.objects.filter(pk=row.case_id).exists():
        raise NotFound(_("There is no such relaxation."))
    ended = Relaxation.objects.filter(pk=relaxation_id, ended_on=None, opens_on__gt=as_of).update(
        ended_on=as_of, ended_by_id=by.user_id
    )
    if ended == 0:
        raise RelaxationOver(_("It has ended already."))
    audit.record("case.relaxation_ended", kind="case", pk=row.case_id, level=row.level)


def _check(case: Case, level: int, opens_on: date, by: StaffMember, as_of: date) -> None:
    found = standing_of(case.account_id, as_of=as_of)
    if found is None or found[1].facts.overdue_fen <= 0:
        raise RelaxationRefused(_("Nothing is past due any more."))
    facts = found[1].facts
    late = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    wrong = refuse_relaxation(
        level=level,
        standing=facts.level,
        open_level=facts.open_step.level if facts.open_step else None,
        opens_on=opens_on,
        due_ons=[charge.due_on for charge in late],
        by_legal=by.plays(Role.LEGAL),
        as_of=as_of,
    )
    if wrong is not None:
        raise RelaxationRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)
