"""Tell the owner the answer to his ticket on the channel that reaches him."""

from __future__ import annotations

from datetime import date
from typing import Final

from arrears.relief.models import Ticket
from arrears.relief.services.post import post, reach
from owners.queries import community_card

KIND: Final = "TICKET_ANSWER"
_FOUND: Final = {"FOUNDED": "情况属实", "PARTLY": "部分属实", "UNFOUNDED": "经核实未发现问题"}


def tell_answer(ticket: Ticket, *, on: date) -> int | None:
    """Queue the message; its notice's id, None where no channel reaches the owner or nobody owes.

    Raises TextRefused when the answer says what may not be said.
    """
    reached = reach(ticket.account_id, on=on) if ticket.account_id is not None else None
    if reached is None:
        return None
    place = community_card(ticket.community_id)
    fields = {
        "community": place.name,
        "ticket": ticket.pk,
        "finding": _FOUND[ticket.finding],
        "answer": ticket.finding_text,
        "until": ticket.reply_until.isoformat() if ticket.reply_until else "",
        "phone": place.service_phone or "—",
    }
    key = f"{ticket.pk}:{ticket.answered_on}"
    return post(reached, KIND, fields, key=key, on=on, data={"ticket": ticket.pk})
