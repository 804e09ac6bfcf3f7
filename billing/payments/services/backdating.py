"""A value date far back: only by who may, with a reason, and written down."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from billing.payments.models import Payment
from billing.payments.rules.value_date import earliest
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.services import audit


class TooFarBack(Refused):
    """The value date lies further back than this person may date money."""

    code = "payments.too_far_back"


class BackdateReasonMissing(Refused):
    """Who may date money back must say why."""

    code = "payments.backdate_reason_missing"


def check_value_date(
    *, paid_on: date, posted_on: date, method: str, by: StaffMember | None, reason: str
) -> None:
    """A day before the window needs Permission.PAYMENT_BACKDATE and a reason.

    `by` None: nobody at a door, but the house's own work (a demo, a bank's file), which says what it knows.
    """
    first = earliest(method, posted_on=posted_on)
    if by is None or paid_on >= first:
        return
    if not by.can(Permission.PAYMENT_BACKDATE):
        text = _("Your role may date this money back to %(day)s at most. Ask finance for an earlier day.")
        raise TooFarBack(text % {"day": first.isoformat()}, field="paid_on", earliest=first.isoformat())
    if not reason.strip():
        raise BackdateReasonMissing(
            _("Say why this money is dated back before %(day)s.") % {"day": first.isoformat()},
            field="backdate_reason",
            earliest=first.isoformat(),
        )


def note_backdating(payment: Payment, *, by: StaffMember | None, reason: str) -> None:
    """A line of the audit trail for a payment dated back before its window."""
    if by is None or payment.paid_on >= earliest(payment.method, posted_on=payment.posted_on):
        return
    audit.record(
        "payment.backdated",
        kind="payment",
        pk=payment.pk,
        paid_on=payment.paid_on.isoformat(),
        posted_on=payment.posted_on.isoformat(),
        reason=reason.strip(),
    )
