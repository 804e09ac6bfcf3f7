"""The company's own data: what stands on its papers and signs its messages."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Final

from django.utils.translation import gettext as _

from tenancy.kernel.errors import Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import audit
from values.credit_code import is_credit_code

# Providers register signatures of two to twelve characters (domain L-S3); another would stop every SMS.
_SIGNATURE: Final = re.compile(r"[^【】\s]{2,12}")


class BadCompanyData(Refused):
    """A signature that no provider registers, or a credit code that cannot be one. Names its field."""

    code = "company.bad_data"


@dataclass(frozen=True, slots=True)
class CompanyFields:
    """All that can be changed of a company."""

    name: str
    short_name: str
    credit_code: str = ""
    address: str = ""
    phone: str = ""
    legal_representative: str = ""
    legal_representative_post: str = ""


def change_company(*, fields: CompanyFields) -> bool:
    """Change the open company's data; False when nothing differs. What was printed stays as it was."""
    if not _SIGNATURE.fullmatch(fields.short_name):
        raise BadCompanyData(
            _("A signature has two to twelve characters, without spaces and brackets."), field="short_name"
        )
    if fields.credit_code and not is_credit_code(fields.credit_code):
        raise BadCompanyData(
            _("This is no credit code: it has eighteen characters, and the last one checks the others."),
            field="credit_code",
        )
    tenant_id, told = current_tenant_id(), asdict(fields)
    found = Tenant.objects.select_for_update().filter(pk=tenant_id)
    before = found.values(*told).get()
    changed = audit.record_change("company.changed", kind="company", pk=tenant_id, before=before, after=told)
    if changed:
        found.update(**told)
    return changed
