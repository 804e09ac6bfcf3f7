"""Ask for a decision and take it. One person never fills two parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.models import Approval, ApprovalRemark
from tenancy.people.services import audit

# A night may ask for thousands; their frozen facts are long.
_BATCH: Final = 1000
LONGEST_REMARK: Final = 500


class KeyOfAnother(Forbidden):
    """A program with a key that its member did not take himself."""

    code = "people.key_of_another"


class AlreadyDecided(Conflict):
    code = "approval.already_decided"


class NotYourPart(Forbidden):
    code = "approval.not_your_part"


class NothingAsked(Conflict):
    code = "approval.nothing_asked"


class RemarkRefused(Refused):
    code = "approval.remark_refused"


class Request(NamedTuple):
    """Something to put in front of a role, with the facts it is asked on."""

    kind: str
    subject: str
    role: str
    facts: Mapping[str, Any]
    community_id: int | None = None


def ask_all(requests: Sequence[Request], *, asked_at: datetime) -> list[int]:
    """Put many requests in front of their roles in one statement; their ids, in the order given."""
    by_id = current_user_id()
    rows = [
        Approval(
            kind=one.kind,
            subject=one.subject,
            role=one.role,
            facts=dict(one.facts),
            community_id=one.community_id,
            asked_by_id=by_id,
            asked_at=asked_at,
        )
        for one in requests
    ]
    return [int(row.pk) for row in Approval.objects.bulk_create(rows, batch_size=_BATCH)]


def decide(
    *, approval_id: int, by: StaffMember, approve: bool, reason: str, decided_at: datetime
) -> Approval:
    """Approve or reject. Refused for a wrong part, one's own request, a second decision, another's key."""
    approval: Approval | None = Approval.objects.filter(pk=approval_id).first()
    if approval is None:
        raise NotFound(_("There is no such request."))
    if not by.in_person:
        raise KeyOfAnother(
            _("This key was issued by somebody else: it takes no decisions. Take a key of your own.")
        )
    if not by.plays(approval.role):
        raise NotYourPart(_("This decision belongs to another role."))
    if approval.asked_by_id == by.user_id:
        raise NotYourPart(_("You asked for this yourself; somebody else must decide."))
    decision = Approval.Decision.APPROVED if approve else Approval.Decision.REJECTED
    taken = Approval.objects.filter(pk=approval_id, decision=Approval.Decision.PENDING).update(
        decision=decision, decided_by_id=by.user_id, decided_at=decided_at, reason=reason
    )
    if taken == 0:
        raise AlreadyDecided(_("This request was decided already."))
    audit.record(f"approval.{decision.lower()}", kind="approval", pk=approval_id, reason=reason)
    approval.refresh_from_db()
    return approval


def say(*, approval_id: int, by: StaffMember, text: str, at: datetime) -> bool:
    """Ask before deciding, or answer what was asked; whether it was a question.

    Whoever may decide asks, everybody else answers the last question. Raises NotFound, AlreadyDecided,
    NothingAsked, NotYourPart (his own question), RemarkRefused.
    """
    approval = _waiting(approval_id)
    asks = by.plays(approval.role) and approval.asked_by_id != by.user_id
    if not asks:
        _refuse_answer(approval_id, by)
    _remark(approval_id, by, text, at, is_question=asks)
    return asks


def _refuse_answer(approval_id: int, by: StaffMember) -> None:
    last = ApprovalRemark.objects.filter(approval_id=approval_id).order_by("-pk").first()
    if last is None or not last.is_question:
        raise NothingAsked(_("No question is open."))
    if last.by_id == by.user_id:
        raise NotYourPart(_("You asked this yourself; somebody else must answer."))


def _waiting(approval_id: int) -> Approval:
    # Locked: a question and the decision on it do not pass each other.
    approval: Approval | None = Approval.objects.select_for_update().filter(pk=approval_id).first()
    if approval is None:
        raise NotFound(_("There is no such request."))
    if approval.decision != Approval.Decision.PENDING:
        raise AlreadyDecided(_("This request was decided already."))
    return approval


def _remark(approval_id: int, by: StaffMember, text: str, at: datetime, *, is_question: bool) -> None:
    text = text.strip()
    if not text:
        raise RemarkRefused(_("Write what you want to say."), field="text")
    if len(text) > LONGEST_REMARK:
        raise RemarkRefused(_("At most %(n)d characters.") % {"n": LONGEST_REMARK}, field="text")
    ApprovalRemark.objects.create(
        approval_id=approval_id, by_id=by.user_id, at=at, is_question=is_question, text=text
    )
    action = "approval.asked" if is_question else "approval.answered"
    audit.record(action, kind="approval", pk=approval_id, text=text)


def withdraw(*, approval_ids: list[int]) -> int:
    """Take back requests that have become pointless; returns how many were still pending."""
    return Approval.objects.filter(pk__in=approval_ids, decision=Approval.Decision.PENDING).update(
        decision=Approval.Decision.WITHDRAWN
    )
