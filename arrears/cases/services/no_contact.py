"""End "in writing only": who was complained about asks, legal decides (domain 6.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Hold
from arrears.cases.queries.calling import local_time
from arrears.cases.queries.subjects import subjects
from arrears.cases.services.decisions import register
from arrears.cases.services.holds import HoldGone, HoldRefused, release_hold
from arrears.cases.services.rungs import lock_account
from billing.charges.queries import account_card
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import approvals, audit

KIND: Final = "hold.end_no_contact"


class EndAsked(Conflict):
    """Somebody asked for this already."""

    code = "cases.hold_end_asked"


def ask_end(*, hold_id: int, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask legal to let the owner be called again; the request's id.

    Raises NotFound, HoldRefused, HoldGone, EndAsked.
    """
    hold: Hold | None = Hold.objects.filter(pk=hold_id, kind=Hold.Kind.NO_CONTACT).first()
    if hold is None:
        raise NotFound(_("There is no such hold."))
    card = account_card(hold.account_id)
    lock_account(hold.account_id)
    if not reason.strip():
        raise HoldRefused(_("Write why the hold ends."), field="reason")
    if hold.released_on is not None:
        raise HoldGone(_("This hold was released already."))
    if Approval.objects.filter(kind=KIND, decision="PENDING", facts__hold_id=hold_id).exists():
        raise EndAsked(_("This was asked already; legal has not decided yet."))
    subject = subjects([hold.account_id])[hold.account_id]
    request = approvals.Request(
        kind=KIND,
        subject=f"{subject.community_name} {subject.unit_code}",
        role=Role.LEGAL,
        facts={
            "hold_id": hold_id,
            "account_id": hold.account_id,
            "party": card.party_name,
            "said": reason.strip()[:300],
            "hold_reason": hold.reason,
            "held_since": hold.from_on.isoformat(),
        },
        community_id=subject.community_id,
    )
    (approval_id,) = approvals.ask_all([request], asked_at=at)
    audit.record("hold.end_asked", kind="hold", pk=hold_id, account=hold.account_id, reason=reason.strip())
    return approval_id


def end_decided(decided: Approval, _by: StaffMember, at: datetime) -> None:
    """Approved: the hold ends today. Rejected: it stands, and may be asked about again."""
    if decided.decision != Approval.Decision.APPROVED:
        return
    facts = decided.facts
    on = local_time(at).date()
    release_hold(hold_id=facts["hold_id"], released_on=on, reason=facts["said"], approved=True)


register(KIND, end_decided)
