"""Reminders before anything is late: three days before the due day and on it, by SMS, to who has not paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F

from billing.charges.models import Charge
from billing.charges.queries.contracts import issuer_of
from notices.documents.parts import Issuer
from notices.rules.texts import due_fields
from notices.services import Draft, Texts, load_texts, queue
from owners.queries import contacts_of
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

KIND: Final = "PRE_DUE"
OFFSETS: Final = (3, 0)
_USABLE: Final = ("GOOD", "UNCHECKED")
_SENT_FROM: Final = time(9, 0)
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def queue_predue(*, as_of: date) -> int:
    """Queue the day's pre-due messages; one per bill and offset, so a second call adds nothing (R000-A6).

    Accounts without a usable mobile number get none: their bill notice stands. Returns how many are new.
    """
    due_ons = {as_of + timedelta(days=days): days for days in OFFSETS}
    charges = list(
        Charge.objects.filter(
            due_on__in=list(due_ons), reversed_on=None, settled_fen__lt=F("amount_fen"), bill__isnull=False
        )
        .select_related("account", "unit")
        .order_by("due_on", "bill_id", "pk")
    )
    return len(queue(_drafts(charges, due_ons, as_of))) if charges else 0


def _drafts(charges: Sequence[Charge], due_ons: Mapping[date, int], as_of: date) -> Iterator[Draft]:
    contacts = contacts_of({charge.account.party_id for charge in charges})
    writer = _Writer(as_of)
    for (due_on, bill_id), found in groupby(charges, key=lambda charge: (charge.due_on, charge.bill_id)):
        of_bill, days = list(found), due_ons[due_on]
        known = contacts.get(of_bill[0].account.party_id, ())
        mobile = next((c for c in known if c.kind == "MOBILE" and c.state in _USABLE), None)
        if mobile is not None:
            yield writer.draft(of_bill, key=f"{KIND}:{bill_id}:{days}", contact_id=mobile.contact_id)


class _Writer:
    """Words the messages of one day."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._not_before = datetime.combine(as_of, _SENT_FROM, tzinfo=_SHANGHAI)
        self._company = Tenant.objects.get(pk=current_tenant_id()).short_name
        self._texts: Texts = load_texts()
        self._issuers: dict[int, Issuer] = {}

    def draft(self, charges: Sequence[Charge], *, key: str, contact_id: int) -> Draft:
        """One message for what a bill still asks for on the day."""
        first = charges[0]
        issuer = self._issuer(first.community_id)
        fields = due_fields(
            company=self._company,
            community=issuer.community,
            unit=first.unit.code,
            amount_fen=sum(charge.amount_fen - charge.settled_fen for charge in charges),
            due_on=first.due_on,
            as_of=self._as_of,
            phone=issuer.phone,
            place=issuer.place,
        )
        message = self._texts.compose(KIND, "SMS", fields, late_fee_clause=bool(issuer.late_fee_clause))
        return Draft(
            community_id=first.community_id,
            unit_id=first.unit_id,
            party_id=first.account.party_id,
            account_id=first.account_id,
            contact_id=contact_id,
            kind=KIND,
            channel="SMS",
            unique_key=key,
            issued_on=self._as_of,
            body=message.body,
            data={**fields, "bill_id": first.bill_id},
            charge_ids=tuple(charge.pk for charge in charges),
            not_before=self._not_before,
        )

    def _issuer(self, community_id: int) -> Issuer:
        if community_id not in self._issuers:
            self._issuers[community_id] = issuer_of(community_id, self._as_of)
        return self._issuers[community_id]
