"""A second pair of eyes before a month goes out: one asks, another decides; until then nothing is issued."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.charges.queries.month_run import RELEASE, release_of
from billing.charges.rules.month_run import Release
from billing.charges.services.preview import preview_bills
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.services.approvals import Request, ask_all
from values.period import Period


class ReleaseAsked(Conflict):
    """Somebody was asked already and has not answered."""

    code = "charges.release_asked"


class NothingToRelease(Refused):
    """The month has no bill left to issue."""

    code = "charges.nothing_to_release"


class NotReleased(Conflict):
    """The request waits, or was rejected: the run does not go out."""

    code = "charges.not_released"


def ask_release(*, community_id: int, period: Period, issued_on: date, by: StaffMember, at: datetime) -> int:
    """Put a month's run before the project manager (before the branch's head, if he asks himself); its id.

    The facts are frozen as the preview has them. Raises what preview_bills raises, ReleaseAsked,
    NothingToRelease.
    """
    preview = preview_bills(community_id=community_id, period=period, as_of=issued_on)
    standing = release_of(community_id, period)
    if standing is not None and standing.state is Release.PENDING:
        raise ReleaseAsked(_("This was asked already; it waits for a decision."))
    if not preview.bills:
        raise NothingToRelease(_("Nothing is left to bill for this month."))
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = Request(
        kind=RELEASE,
        subject=f"{preview.community_name} {period.label}",
        role=role.value,
        community_id=community_id,
        facts={
            "community_id": community_id,
            "period": str(period),
            "period_text": period.label,
            "month": f"{period.start:%Y-%m}",
            "community": preview.community_name,
            "issued_on": issued_on.isoformat(),
            "bills": preview.bills,
            "amount_fen": preview.total_fen,
            "before_fen": preview.before_fen,
            "changed": preview.changed,
            "change_reasons": dict(preview.change_reasons),
            "left_out": dict(preview.reasons),
        },
    )
    return ask_all([request], asked_at=at)[0]


def check_release(community_id: int, period: Period) -> None:
    """NotReleased while a request waits or the newest was rejected; nothing where nobody asked."""
    standing = release_of(community_id, period)
    if standing is None or not standing.state.stops:
        return
    if standing.state is Release.PENDING:
        raise NotReleased(_("Somebody was asked to look at this run first: it waits for the decision."))
    raise NotReleased(_("This run was rejected: %(reason)s") % {"reason": standing.reason})
