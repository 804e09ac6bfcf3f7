"""What follows the decision on an empty home, where money for its months has come in already."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from billing.charges import services as charges
from billing.payments.services.release import Freed, release_paid
from tenancy.people.models import Approval


@transaction.atomic
def vacancy_decided(decided: Approval, *, on: date, at: datetime) -> None:
    """Granted, the empty months are let off, paid or not: what was paid of that is the account's credit.

    Where it turns out too short all is owed again; the credit pays it when credit is used, never silently.
    Raises DayClosed.
    """
    if decided.decision == Approval.Decision.APPROVED and (paid := charges.paid_off(decided.pk)):
        freed = [Freed(one.account_id, one.charge_id, one.amount_fen) for one in paid]
        release_paid(freed=freed, reason=paid[0].reason, on=on, at=at)
    charges.vacancy_decided(decided, on=on, at=at)
