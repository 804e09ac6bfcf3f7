"""One message to the owner of an account about his matter, on the channel that reaches him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from billing.charges.queries import AccountCard, account_card
from notices.rules.plan import Address, Channel, Purpose, plan
from notices.services import Draft, load_texts, queue
from owners.queries import ContactRow, contacts_of
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

_SENT_FROM: Final = time(9, 0)
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_USABLE: Final = ("GOOD", "UNCHECKED")
_CHANNEL_OF: Final = {"MOBILE": Channel.SMS, "EMAIL": Channel.EMAIL}


class Reached(NamedTuple):
    """Whom a message goes to, and where."""

    card: AccountCard
    channel: Channel
    contact: ContactRow


def reach(account_id: int, *, on: date) -> Reached | None:
    """The channel that reaches the owner of an account; None when none does."""
    card = account_card(account_id)
    held = contacts_of([card.party_id]).get(card.party_id, ())
    known = [one for one in held if one.state in _USABLE and one.kind in _CHANNEL_OF]
    by_channel = {_CHANNEL_OF[one.kind]: one for one in reversed(known)}
    addresses = [Address(channel, one.masked) for channel, one in by_channel.items()]
    chosen = plan(Purpose.ANSWER, addresses, as_of=on).addresses
    return Reached(card, chosen[0].channel, by_channel[chosen[0].channel]) if chosen else None


def post(
    reached: Reached,
    kind: str,
    fields: Mapping[str, Any],
    *,
    key: str,
    on: date,
    late_fee_clause: bool = False,
    charge_ids: Sequence[int] = (),
    data: Mapping[str, Any],
) -> int | None:
    """Queue it for the morning of `on`; its notice's id, None where nobody owes.

    Raises TextRefused when a field says what may not be said. `key`: one message, however often asked.
    """
    card, channel, contact = reached
    named = {"company": Tenant.objects.get(pk=current_tenant_id()).short_name, "unit": card.unit_code}
    text = load_texts().compose(kind, channel.value, {**named, **fields}, late_fee_clause=late_fee_clause)
    draft = Draft(
        community_id=card.community_id,
        unit_id=card.unit_id,
        party_id=card.party_id,
        account_id=card.account_id,
        contact_id=contact.contact_id,
        kind=kind,
        channel=channel.value,
        unique_key=f"{kind}:{key}",
        issued_on=on,
        subject=text.subject,
        body=text.body,
        data={**named, **data},
        charge_ids=tuple(charge_ids),
        not_before=datetime.combine(on, _SENT_FROM, tzinfo=_SHANGHAI),
    )
    return queue([draft]).get(draft.unique_key)
