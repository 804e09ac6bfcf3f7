"""A visit at work: nobody makes one unless the project manager agreed to place and reason (R000-I18)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.cases.services import decisions
from arrears.team.models import WorkplaceAsk
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import approvals, audit

KIND: Final = "visit.workplace"


class WorkplaceRefused(Refused):
    """A workplace or a reason is missing. Names its field."""

    code = "team.workplace_refused"


class NotVisited(Conflict):
    """The case is closed or paid, or such a request waits already."""

    code = "team.workplace_not_visited"


def ask_workplace(*, case_id: int, address: str, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask to visit an owner at work; the ask's id. The project manager's own ask goes one step up.

    Raises NotFound, WorkplaceRefused, NotVisited.
    """
    address, reason = address.strip(), reason.strip()
    for field, text in (("address", address), ("reason", reason)):
        if not text:
            raise WorkplaceRefused(_("Write where, and why no visit at home does."), field=field)
    on = at.date()
    case = case_line(case_id, as_of=on)
    if not case.is_open:
        raise NotVisited(_("Nothing is past due here any more."))
    waiting = WorkplaceAsk.objects.filter(case_id=case_id, approval__decision=Approval.Decision.PENDING)
    if waiting.exists():
        raise NotVisited(_("A visit at work is asked for already."))
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = approvals.Request(
        kind=KIND,
        subject=f"{case.community_name} {case.unit_code}",
        role=role.value,
        facts={
            "case_id": case_id,
            "unit": case.unit_code,
            "party": case.party_name,
            "workplace": address,
            "why_there": reason,
            "as_of": on.isoformat(),
        },
        community_id=case.community_id,
    )
    (approval_id,) = approvals.ask_all([request], asked_at=at)
    ask: WorkplaceAsk = WorkplaceAsk.objects.create(
        community_id=case.community_id,
        case_id=case_id,
        account_id=case.account_id,
        address=address,
        reason=reason,
        approval_id=approval_id,
        asked_on=on,
    )
    audit.record("visit.workplace_asked", kind="case", pk=case_id, address=address, reason=reason)
    return int(ask.pk)


def register() -> None:
    """Let the desk decide such requests: what follows is only that the visit may be planned."""
    decisions.register(KIND, _decided)


def _decided(decided: Approval, by: StaffMember, at: datetime) -> None:
    """The ask reads its decision from the request; planning offers it from now on."""
