"""An occupant pays by agreement with the owner, from a day on: whatever was billed past it changes sides."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.charges.queries import accounts_of_unit
from billing.payments.services.release import Released, release_unowed
from owners import services as owners
from owners.queries import holders_of_unit, payers_of_unit, unit_header
from owners.services import NewHolder


@transaction.atomic
def start_payer(
    *, unit_id: int, holder: NewHolder, from_on: date, basis: str, on: date, at: datetime
) -> list[Released]:
    """Let an occupant pay from a day on; what owners were billed beyond it is taken back and billed to him.

    The owners stay liable with him (L-D1). Raises what owners.agree_payer raises, DayClosed.
    """
    charges.lock_issue(unit_header(unit_id).community_id)
    owners.agree_payer(unit_id=unit_id, holder=holder, from_on=from_on, basis=basis)
    reason = _("An occupant pays from %(day)s on") % {"day": from_on.isoformat()}
    party_id = payers_of_unit(unit_id)[0][1]
    return _change_sides(unit_id, party_id, from_on, reason, on, at)


@transaction.atomic
def stop_payer(*, unit_id: int, agreement_id: int, end_on: date, on: date, at: datetime) -> list[Released]:
    """The owner pays again from a day on. Raises what owners.end_payer raises, DayClosed."""
    charges.lock_issue(unit_header(unit_id).community_id)
    owners.end_payer(unit_id=unit_id, agreement_id=agreement_id, end_on=end_on)
    reason = _("The owner pays again from %(day)s on") % {"day": end_on.isoformat()}
    owner = next(
        (
            row.party_id
            for row in holders_of_unit(unit_id)
            if row.role == "OWNER" and row.rank == 1 and row.from_on <= end_on
        ),
        None,
    )
    return _change_sides(unit_id, owner, end_on, reason, on, at)


def _change_sides(
    unit_id: int, party_id: int | None, since: date, reason: str, on: date, at: datetime
) -> list[Released]:
    ids = [account.account_id for account in accounts_of_unit(unit_id)]
    released = release_unowed(account_ids=ids, since=since, reason=reason, on=on, at=at)
    if party_id is not None and since <= on:
        charges.bill_the_rest(unit_id=unit_id, party_id=party_id, since=since, on=on)
    return released
