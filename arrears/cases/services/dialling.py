"""Take up the telephone: the balance is read again, the number shown, and both are written down (R000-I4)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.models import Dial
from arrears.cases.queries.calling import PHONES, local_time, refuse_now, ring, speaks_alternately
from arrears.cases.queries.subjects import subjects
from arrears.cases.services.calls import CallRefused, require_review, still_overdue
from arrears.cases.services.rungs import find_case
from owners.queries import contacts_of
from owners.services import reveal_contact
from tenancy.kernel.errors import NotFound
from tenancy.kernel.scope import current_user_id
from tenancy.people.words import sentence


class Dialled(NamedTuple):
    """The number in full, and what is past due this moment."""

    dial_id: int
    number: str
    overdue_fen: int


def dial(*, case_id: int, contact_id: int, at: datetime) -> Dialled:
    """Show a number to somebody who is about to ring it at `at` (aware).

    Raises NotFound, JustPaid when it was paid meanwhile, CallRefused when he may not be called now
    (also NotReviewed).
    """
    case = find_case(case_id)
    overdue_fen = still_overdue(case, on=local_time(at).date())
    subject = subjects([case.account_id])[case.account_id]
    known = contacts_of([subject.party_id]).get(subject.party_id, [])
    contact = next((one for one in known if one.contact_id == contact_id and one.kind in PHONES), None)
    if contact is None:
        raise NotFound(_("There is no such number."))
    alternate = speaks_alternately(case_id)
    found = refuse_now(subject, at=at, number_kind=PHONES[contact.kind], alternate=alternate)
    if found is not None:
        later = ring(subject, at=at, alternate=alternate).next_at
        raise CallRefused(sentence(found), why=found.as_json(), next_at=later.isoformat() if later else None)
    require_review(case_id)
    row = Dial.objects.create(
        case=case,
        account_id=case.account_id,
        contact_id=contact_id,
        at=at,
        overdue_fen=overdue_fen,
        by_id=current_user_id(),
    )
    return Dialled(row.pk, reveal_contact(contact_id), overdue_fen)
