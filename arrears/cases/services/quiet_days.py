"""Days on which a company leaves its owners alone, beyond those that hold for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import QuietDay
from owners.queries import community_card
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

# Longer than a fortnight is not a quiet day but a decision not to collect: that is a ladder, or a hold.
MOST_DAYS: Final = 14


class QuietDaysRefused(Refused):
    """Days in the past, the wrong way round, too many, or without a name."""

    code = "cases.quiet_days_refused"


def add_quiet_days(
    *, name: str, first_on: date, last_on: date | None = None, community_id: int | None = None, as_of: date
) -> int:
    """Enter quiet days for the company or for one community; their id. NotFound, QuietDaysRefused."""
    if community_id is not None:
        community_card(community_id)
    until = last_on or first_on
    if not name.strip():
        raise QuietDaysRefused(_("Say what the days are."), field="name")
    if first_on < as_of:
        raise QuietDaysRefused(_("Quiet days lie ahead."), field="first_on")
    if until < first_on:
        raise QuietDaysRefused(_("The last day lies before the first."), field="last_on")
    if until - first_on >= timedelta(days=MOST_DAYS):
        raise QuietDaysRefused(_("At most %(days)d days at once.") % {"days": MOST_DAYS}, field="last_on")
    row = QuietDay.objects.create(
        community_id=community_id,
        first_on=first_on,
        last_on=until,
        name=name.strip(),
        by_id=current_user_id(),
    )
    audit.record("quiet_days.added", kind="quiet_days", pk=row.pk, first_on=first_on.isoformat(),
                 last_on=until.isoformat(), name=row.name)  # fmt: skip
    return int(row.pk)


def drop_quiet_days(*, quiet_id: int, as_of: date) -> None:
    """Take days out that are not over yet. NotFound, QuietDaysRefused."""
    row = QuietDay.objects.filter(pk=quiet_id).first()
    if row is None:
        raise NotFound(_("There are no such days."))
    if row.last_on < as_of:
        raise QuietDaysRefused(_("Days that are over stay: they say why nobody called."))
    row.delete()
    audit.record("quiet_days.dropped", kind="quiet_days", pk=quiet_id, first_on=row.first_on.isoformat(),
                 last_on=row.last_on.isoformat(), name=row.name)  # fmt: skip
