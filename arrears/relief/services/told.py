"""Tell the owner the answer to his ticket on the channel that reaches him."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from arrears.relief.models import Ticket
from billing.charges.queries import account_card
from notices.rules.plan import Address, Channel, Purpose, plan
from notices.services import Draft, load_texts, queue
from owners.queries import ContactRow, community_card, contacts_of, unit_header
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

KIND: Final = "TICKET_ANSWER"
_FOUND: Final = {"FOUNDED": "情况属实", "PARTLY": "部分属实", "UNFOUNDED": "经核实未发现问题"}
_SENT_FROM: Final = time(9, 0)
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_USABLE: Final = ("GOOD", "UNCHECKED")
_CHANNEL_OF: Final = {"MOBILE": Channel.SMS, "EMAIL": Channel.EMAIL}


def tell_answer(ticket: Ticket, *, on: date) -> int | None:
    """Queue the message; its notice's id, None where no channel reaches the owner or nobody owes.

    Raises TextRefused when the answer says what may not be said.
    """
    if ticket.account_id is None:
        return None
    card = account_card(ticket.account_id)
    found = _choose(card.party_id, on)
    if found is None:
        return None
    channel, contact = found
    place, unit = community_card(ticket.community_id), unit_header(ticket.unit_id)
    fields: dict[str, str | int] = {
        "company": Tenant.objects.get(pk=current_tenant_id()).short_name,
        "community": place.name,
        "unit": unit.code,
        "ticket": ticket.pk,
        "finding": _FOUND[ticket.finding],
        "answer": ticket.finding_text,
        "until": ticket.reply_until.isoformat() if ticket.reply_until else "",
        "phone": place.service_phone or "—",
    }
    message = load_texts().compose(KIND, channel.value, fields, late_fee_clause=False)
    draft = Draft(
        community_id=ticket.community_id,
        unit_id=ticket.unit_id,
        party_id=card.party_id,
        account_id=ticket.account_id,
        contact_id=contact.contact_id,
        kind=KIND,
        channel=channel.value,
        unique_key=f"{KIND}:{ticket.pk}:{ticket.answered_on}",
        issued_on=on,
        subject=message.subject,
        body=message.body,
        data={"ticket": ticket.pk},
        not_before=datetime.combine(on, _SENT_FROM, tzinfo=_SHANGHAI),
    )
    return queue([draft]).get(draft.unique_key)


def _choose(party_id: int, on: date) -> tuple[Channel, ContactRow] | None:
    known = [one for one in contacts_of([party_id]).get(party_id, ()) if one.state in _USABLE]
    by_channel = {_CHANNEL_OF[one.kind]: one for one in reversed(known) if one.kind in _CHANNEL_OF}
    addresses = [Address(channel, one.masked) for channel, one in by_channel.items()]
    chosen = plan(Purpose.ANSWER, addresses, as_of=on).addresses
    return (chosen[0].channel, by_channel[chosen[0].channel]) if chosen else None
