"""What waits for a decision: the request, the case behind it, and what was decided before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from arrears.cases.models import Step
from arrears.cases.queries.cases import CaseLine, case_lines
from arrears.cases.queries.coverage import Asked, Coverage, coverage
from arrears.cases.queries.found import FoundCase
from arrears.cases.queries.frozen import Freeze, freeze_of
from owners.queries import communities
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.models import Approval
from tenancy.people.queries.approvals import Remark, remarks_of

LADDER = "ladder."


class RequestRow(NamedTuple):
    """A request. `facts` are frozen as they were asked."""

    approval_id: int
    kind: str
    subject: str
    role: str
    asked_by_id: int | None
    asked_by: str
    asked_at: datetime
    decision: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    facts: dict[str, Any]
    expires_on: date | None

    @property
    def principal_fen(self) -> int | None:
        """The principal it was asked on; None when it is not about money."""
        return self.facts.get("principal_fen")

    @property
    def about_fen(self) -> int | None:
        """The money it was asked about: the principal of a debt, else what it names; None without any."""
        return self.facts.get("principal_fen", self.facts.get("amount_fen"))

    @property
    def days_late(self) -> int | None:
        """How old the oldest of it was on the day it was asked."""
        asked_on, oldest_on = self.facts.get("as_of"), self.facts.get("oldest_due_on")
        if not asked_on or not oldest_on:
            return None
        return (date.fromisoformat(asked_on) - date.fromisoformat(oldest_on)).days

    @property
    def rung(self) -> str:
        """The rung it is about."""
        return self.kind.removeprefix(LADDER)

    @property
    def rule(self) -> str:
        """The key of the rule among the words."""
        return f"rule.{self.rung}"

    @property
    def step_word(self) -> str:
        """The key of what is said where an approval only hands it on; not among the words otherwise."""
        return f"step.{self.kind}"

    @property
    def consequence(self) -> str:
        """The key of what an approval leads to among the words."""
        return f"consequence.{self.rung}"


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """A request with the case as it stands now (None: not about a case); `mine`: this member may decide.

    `coverage`: of one request that waits, what it covers of all that is past due now; None on lists.
    `frozen`: of one that waits, the hold for which it cannot be approved now.
    `remarks`: questions and answers, the oldest first.
    """

    request: RequestRow
    case: CaseLine | None
    mine: bool
    coverage: Coverage | None = None
    remarks: Sequence[Remark] = ()
    frozen: Freeze | None = None

    @property
    def question(self) -> Remark | None:
        """The question that waits for an answer, if one does."""
        last = self.remarks[-1] if self.remarks else None
        waits = self.request.decision == Approval.Decision.PENDING
        return last if waits and last is not None and last.is_question else None

    def answerable(self, staff: StaffMember) -> bool:
        """Whether this member may answer what was asked."""
        asked = self.question
        return asked is not None and asked.by_id != staff.user_id and staff.can(Permission.APPROVAL_ANSWER)


def approvals(staff: StaffMember, *, decided: bool = False, mine: bool = False) -> QuerySet[Approval, Any]:
    """Requests the member may see, the oldest waiting first, or the newest decided first; to be paged.

    `mine`: only those the member decides.
    """
    found = _visible(staff)
    if decided:
        return found.exclude(decision=Approval.Decision.PENDING).order_by("-decided_at", "-pk")
    waiting = found.filter(decision=Approval.Decision.PENDING).order_by("asked_at", "pk")
    own = Q(asked_by=None) | ~Q(asked_by_id=staff.user_id)
    return waiting.filter(own, role__in=staff.roles) if mine else waiting


def approval_cards(page: Collection[Approval], staff: StaffMember, *, as_of: date) -> list[ApprovalCard]:
    """One page of requests with their cases."""
    steps = Step.objects.filter(approval_id__in=[row.pk for row in page]).order_by("pk")
    case_ids = dict(steps.values_list("approval_id", "case_id"))
    lines = case_lines([FoundCase(case_id, 0) for case_id in set(case_ids.values())], as_of=as_of)
    cases = {line.case_id: line for line in lines}
    said = remarks_of([row.pk for row in page])
    return [
        ApprovalCard(
            _row(approval),
            cases.get(case_ids.get(approval.pk, 0)),
            _is_mine(approval, staff),
            remarks=said.get(approval.pk, ()),
        )
        for approval in page
    ]


def approval_card(approval_id: int, staff: StaffMember, *, as_of: date) -> ApprovalCard:
    """One request; NotFound when it is not there, or about a community that is not the member's."""
    found = _visible(staff).filter(pk=approval_id).select_related("asked_by", "decided_by").first()
    if found is None:
        raise NotFound(_("There is no such request."))
    card = approval_cards([found], staff, as_of=as_of)[0]
    return replace(card, coverage=_coverage(card.request, as_of), frozen=_frozen(card.request, as_of))


def _frozen(request: RequestRow, as_of: date) -> Freeze | None:
    if request.decision != Approval.Decision.PENDING:
        return None
    steps = Step.objects.filter(approval_id=request.approval_id).order_by("pk")
    step = steps.values_list("account_id", "level").first()
    return None if step is None else freeze_of(step[0], level=step[1], as_of=as_of)


def _coverage(request: RequestRow, as_of: date) -> Coverage | None:
    facts = request.facts
    if request.decision != Approval.Decision.PENDING or "charge_ids" not in facts:
        return None
    asked = Asked(facts["account_id"], facts["charge_ids"], date.fromisoformat(facts["as_of"]))
    return coverage([asked], as_of=as_of)[asked.account_id]


def _visible(staff: StaffMember) -> QuerySet[Approval, Any]:
    found = Approval.objects.select_related("asked_by", "decided_by")
    if staff.communities is None:
        return found
    # The table has no wall by community: a member of some sees theirs and what is about none.
    mine = [row.id for row in communities()]
    return found.filter(community_id__in=mine) | found.filter(community_id=None)


def _is_mine(approval: Approval, staff: StaffMember) -> bool:
    waits = approval.decision == Approval.Decision.PENDING
    return waits and staff.plays(approval.role) and approval.asked_by_id != staff.user_id


def _row(row: Approval) -> RequestRow:
    return RequestRow(
        row.pk,
        row.kind,
        row.subject,
        row.role,
        row.asked_by_id,
        row.asked_by.name if row.asked_by else "",
        row.asked_at,
        row.decision,
        row.decided_by.name if row.decided_by else "",
        row.decided_at,
        row.reason,
        row.facts,
        row.expires_on,
    )
