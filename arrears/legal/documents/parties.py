"""Who applies and against whom: the head of every paper for a court."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arrears.cases.services.papers import Sheet
from arrears.legal.rules.identity import born_on, sex
from billing.charges.queries import OpenCharge
from notices.documents.court import Applicant, Respondent
from notices.documents.frozen import Secret
from owners.queries import Joint, joint_debtors
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

OPENING: Final = "OPENING"


def applicant() -> Applicant:
    """The company whose papers are drawn up."""
    company = Tenant.objects.get(pk=current_tenant_id())
    return Applicant(
        name=company.name,
        credit_code=company.credit_code,
        address=company.address,
        legal_representative=company.legal_representative,
        post=company.legal_representative_post,
        phone=company.phone,
    )


def respondents_of(sheet: Sheet) -> tuple[Respondent, ...]:
    """The debtor of a paper first, then who is liable with him: co-owners, the owners of who pays for them.

    Only those who held the unit with him on days that are claimed; a buyer owes nothing of the seller's.
    """
    subject = sheet.subject
    joint = joint_debtors(unit_ids=[subject.unit_id]).get((subject.unit_id, subject.party_id), [])
    liable = [one.party_id for one in joint if _claimed_of(one, sheet.order.charges)]
    ids = list(dict.fromkeys([subject.party_id, *liable]))
    found = sql.rows("arrears.legal", "respondents", {"party_ids": ids})
    return tuple(
        _respondent(name, kind, domicile, id_number, phone, subject.address)
        for _party_id, name, kind, domicile, id_number, phone in found
    )


def _claimed_of(joint: Joint, charges: Sequence[OpenCharge]) -> bool:
    """Debts from before the system are the holders' of today: nobody wrote down who held the unit then."""
    return any(
        charge.kind == OPENING or joint.shares(charge.period.start, charge.period.end) for charge in charges
    )


def _respondent(
    name: str, kind: str, domicile: str, id_number: bytes, phone: bytes | None, residence: str
) -> Respondent:
    number = decrypt(id_number)
    return Respondent(
        name=name,
        is_person=kind == "PERSON",
        sex=sex(number),
        born_on=born_on(number),
        id_number=Secret(number),
        domicile=domicile,
        residence=residence,
        phone=Secret(decrypt(phone) if phone else ""),
    )
