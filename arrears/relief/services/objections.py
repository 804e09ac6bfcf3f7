"""An owner objects to a bill or a line of it on the portal: a dispute that customer service routes on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries import disputed_before
from arrears.cases.services import Disputed
from arrears.relief.models import Ticket
from arrears.relief.services.ticket_events import TicketRefused
from arrears.relief.services.tickets import NewTicket, open_dispute_ticket
from billing.charges.queries import open_charges
from notices.services import Photo
from tenancy.kernel.errors import Conflict, NotFound

SUBJECT_CHARS: Final = 40


class ObjectionAnswered(Conflict):
    """One of the charges was objected to before; whoever is not content talks to the service centre."""

    code = "relief.objection_answered"


def object_online(
    *,
    account_ids: Collection[int],
    charge_ids: Collection[int],
    text: str,
    on: date,
    papers: Sequence[Photo] = (),
) -> int:
    """Open a dispute over whole charges of one of the owner's accounts; the ticket's id.

    Raises NotFound (a charge that is not his, or not owed), TicketRefused, ObjectionAnswered, DisputeStands.
    """
    said = text.strip()
    if not said:
        raise TicketRefused(_("Write what is not right."), field="text")
    wanted = set(charge_ids)
    found = [
        charge
        for charge in open_charges(account_ids=sorted(account_ids), as_of=on)
        if charge.charge_id in wanted and charge.unpaid_fen > 0
    ]
    accounts = {charge.account_id for charge in found}
    if not wanted or len(found) != len(wanted) or len(accounts) != 1:
        raise NotFound(_("There is no such charge, or it is paid."))
    if disputed_before(wanted):
        raise ObjectionAnswered(
            _("This was objected to before. Please call the service centre if something is still open.")
        )
    entry = NewTicket(
        department=Ticket.Department.CUSTOMER_SERVICE,
        subject=said.splitlines()[0][:SUBJECT_CHARS],
        description=said,
        papers=papers,
        by_owner=True,
    )
    parts = [Disputed(charge_id) for charge_id in sorted(wanted)]
    return open_dispute_ticket(account_id=accounts.pop(), parts=parts, entry=entry, on=on)
