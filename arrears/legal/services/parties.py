"""Who applies and against whom: the head of every paper for a court."""

from __future__ import annotations

from arrears.cases.services.papers import Sheet
from arrears.legal.rules.identity import born_on, sex
from notices.documents.court import Applicant, Respondent
from notices.documents.frozen import Secret
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id


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
    """The debtor of a paper first, then who owns the unit with him on that day."""
    subject = sheet.subject
    found = sql.rows(
        "arrears.legal",
        "respondents",
        {"party_id": subject.party_id, "unit_id": subject.unit_id, "on": sheet.issued_on},
    )
    return tuple(
        _respondent(name, kind, domicile, id_number, phone, subject.address)
        for _party_id, name, kind, domicile, id_number, phone in found
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
