"""What owners are told about their applications: one message on the channel that reaches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from arrears.relief.models import Application
from billing.charges.queries import NoContract, account_card, issuer_of
from notices.rules.plan import Address, Channel, Purpose, plan
from notices.services import Draft, load_texts, queue
from notices.services.texts import TextRefused
from owners.queries import ContactRow, contacts_of
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

NEWS, INSTALMENT_DUE, DEFERRAL_ENDS = "RELIEF_NEWS", "INSTALMENT_DUE", "DEFERRAL_ENDS"
_MATTERS: Final = {"DEFERRAL": "缓缴申请", "INSTALMENT": "分期还款申请", "HARDSHIP": "困难减缓申请"}
_SENT_FROM: Final = time(9, 0)
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_USABLE: Final = ("GOOD", "UNCHECKED")
_CHANNEL_OF: Final = {"MOBILE": Channel.SMS, "EMAIL": Channel.EMAIL}


def tell(application: Application, news: str, *, event: str, on: date) -> bool:
    """What became of an application; once, whatever happens again. Whether a message was queued."""
    fields = {"matter": _MATTERS[application.kind], "news": news}
    return say(application, NEWS, fields, key=f"{application.pk}:{event}", on=on)


def say(
    application: Application,
    kind: str,
    fields: Mapping[str, str],
    *,
    key: str,
    on: date,
    charge_ids: Sequence[int] = (),
) -> bool:
    """A message of a kind about an application. Nobody to send it to, or no contract: it is not made."""
    card = account_card(application.account_id)
    chosen = _channel(contacts_of([card.party_id]).get(card.party_id, ()), on)
    if chosen is None:
        return False
    channel, contact = chosen
    try:
        issuer = issuer_of(application.community_id, on)
        told = {
            "company": Tenant.objects.get(pk=current_tenant_id()).short_name,
            "community": issuer.community,
            "unit": card.unit_code,
            "phone": issuer.phone,
            "place": issuer.place or "物业服务中心",
        }
        text = load_texts().compose(
            kind, channel.value, {**told, **fields}, late_fee_clause=bool(issuer.late_fee_clause)
        )
    except (NoContract, TextRefused):
        return False
    draft = Draft(
        community_id=application.community_id,
        unit_id=card.unit_id,
        party_id=card.party_id,
        account_id=application.account_id,
        contact_id=contact.contact_id,
        kind=kind,
        channel=channel.value,
        unique_key=f"{kind}:{key}",
        issued_on=on,
        subject=text.subject,
        body=text.body,
        data={**told, **fields},
        charge_ids=tuple(charge_ids),
        not_before=datetime.combine(on, _SENT_FROM, tzinfo=_SHANGHAI),
    )
    return bool(queue([draft]))


def _channel(known: Sequence[ContactRow], on: date) -> tuple[Channel, ContactRow] | None:
    usable = [one for one in known if one.state in _USABLE and one.kind in _CHANNEL_OF]
    by_channel = {_CHANNEL_OF[one.kind]: one for one in reversed(usable)}
    addresses = [Address(channel, one.masked) for channel, one in by_channel.items()]
    chosen = plan(Purpose.RECEIPT, addresses, as_of=on).addresses
    return (chosen[0].channel, by_channel[chosen[0].channel]) if chosen else None
