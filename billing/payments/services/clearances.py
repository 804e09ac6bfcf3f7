"""Certify that an account owes nothing; hand out a copy of what was certified."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.payments.documents import clearance as document
from billing.payments.models import Clearance
from billing.payments.queries.ledger import Ledger, account_ledger
from owners import services as owners
from owners.queries import community_card
from owners.rules.numbering import document_number
from tenancy.kernel.crypto import fingerprint
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.services import audit
from values.fen import yuan

SERIES: Final = "CLEARANCE"


class StillOwed(Conflict):
    """Something is owed on the day: nothing is certified."""

    code = "payments.still_owed"


class PrintedClearance(NamedTuple):
    """A certificate as it is handed out."""

    number: str
    pdf: bytes


@transaction.atomic
def certify(*, account_id: int, as_of: date, at: datetime) -> int:
    """A new certificate for an account as of a day; its id. Raises NotFound, StillOwed (owed, as yuan)."""
    charges.lock_account(account_id)
    ledger = account_ledger(account_id, as_of=as_of)
    if not ledger.is_settled:
        owed = yuan(ledger.owed_fen)
        text = _("%(owed)s yuan were owed on %(day)s: nothing can be certified.")
        raise StillOwed(text % {"owed": owed, "day": as_of.isoformat()}, owed=owed)
    community = community_card(ledger.card.community_id)
    year = localdate(at).year
    first = owners.take_numbers(community_id=community.id, series=SERIES, year=year, count=1)
    number = document_number(SERIES, community.code, year, first)
    made = Clearance.objects.create(
        community_id=community.id,
        account_id=account_id,
        number=number,
        as_of=as_of,
        facts=_facts(ledger),
        issued_by_id=current_user_id(),
        created_at=at,
    )
    audit.record("clearance.issued", kind="account", pk=account_id, number=number)
    return int(made.pk)


def fetch_clearance(clearance_id: int) -> PrintedClearance:
    """A copy of a certificate, as it was issued. NotFound."""
    found = Clearance.objects.filter(pk=clearance_id).first()
    if found is None:
        raise NotFound(_("There is no such certificate."))
    community = community_card(found.community_id)
    data = document.ClearanceData(
        company=Tenant.objects.get(pk=current_tenant_id()).name,
        community=community.name,
        address=community.address,
        phone=community.service_phone,
        number=found.number,
        issued_on=localdate(found.created_at),
        as_of=found.as_of,
        check_code=fingerprint(f"clearance|{current_tenant_id()}|{found.number}")[:12].upper(),
        **found.facts,
    )
    return PrintedClearance(found.number, document.render_pdf(data))


def _facts(ledger: Ledger) -> dict[str, Any]:
    period = ledger.period.label if ledger.period else ""
    return {"unit": ledger.card.unit_code, "party": ledger.card.party_name, "period": period}
