"""What the open company says of itself on papers and in messages."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id


class CompanyCard(NamedTuple):
    """The company's data; `short_name` is the signature of its SMS. `code` never changes."""

    code: str
    name: str
    short_name: str
    credit_code: str
    address: str
    phone: str
    legal_representative: str
    legal_representative_post: str


def company_card() -> CompanyCard:
    """The open company."""
    rows = Tenant.objects.filter(pk=current_tenant_id())
    return CompanyCard(*rows.values_list(*CompanyCard._fields).get())


def company_names(ids: Collection[int]) -> dict[int, str]:
    """id -> name, for the audit trail: of the open company only."""
    here = current_tenant_id()
    return {here: company_card().name} if here in ids else {}
