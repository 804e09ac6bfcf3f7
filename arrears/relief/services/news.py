"""What owners are told about their applications: one message on the channel that reaches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from arrears.relief.models import Application
from arrears.relief.services.post import post, reach
from billing.charges.queries import NoContract, issuer_of
from notices.services import withdraw_keyed

NEWS, INSTALMENT_DUE, DEFERRAL_ENDS = "RELIEF_NEWS", "INSTALMENT_DUE", "DEFERRAL_ENDS"
_MATTERS: Final = {"DEFERRAL": "缓缴申请", "INSTALMENT": "分期还款申请", "HARDSHIP": "困难减缓申请"}


def tell(application: Application, news: str, *, event: str, on: date) -> bool:
    """What became of an application; once, whatever happens again. Whether a message was queued."""
    fields = {"matter": _MATTERS[application.kind], "news": news}
    return say(application, NEWS, fields, key=f"{application.pk}:{event}", on=on)


def untell(application: Application, *, event: str) -> None:
    """Do not send what was to be told of an event any more: it is overtaken."""
    withdraw_keyed(unique_key=f"{NEWS}:{application.pk}:{event}", reason_code="overtaken")


def say(
    application: Application,
    kind: str,
    fields: Mapping[str, str],
    *,
    key: str,
    on: date,
    charge_ids: Sequence[int] = (),
) -> bool:
    """A message of a kind about an application. Nobody to send it to, or no contract: it is not made.

    Raises TextRefused when a person's words say what may not be said.
    """
    reached = reach(application.account_id, on=on)
    if reached is None:
        return False
    try:
        issuer = issuer_of(application.community_id, on)
        told = {
            "community": issuer.community,
            "phone": issuer.phone,
            "place": issuer.place or "物业服务中心",
            **fields,
        }
        clause = bool(issuer.late_fee_clause)
        made = post(
            reached, kind, told, key=key, on=on, late_fee_clause=clause, charge_ids=charge_ids, data=told
        )
    except NoContract:
        return False
    return made is not None
