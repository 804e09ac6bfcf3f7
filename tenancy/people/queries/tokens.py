"""The API keys of a company: whose they are and whether they still open the door."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from tenancy.kernel.scope import current_tenant_id
from tenancy.people.models import ApiToken


class TokenRow(NamedTuple):
    """One key of the open company; the key itself is not kept."""

    token_id: int
    name: str
    prefix: str
    owner: str
    created_at: datetime
    expires_on: date | None
    revoked_at: datetime | None
    is_open: bool
    may_decide: bool


def tokens(*, as_of: date, user_id: int | None = None) -> list[TokenRow]:
    """Every key of the open company, or of one member, the newest first."""
    found = ApiToken.objects.filter(tenant_id=current_tenant_id()).select_related("user").order_by("-pk")
    if user_id is not None:
        found = found.filter(user_id=user_id)
    return [
        TokenRow(
            token_id=token.pk,
            name=token.name,
            prefix=token.prefix,
            owner=token.user.name,
            created_at=token.created_at,
            expires_on=token.expires_on,
            revoked_at=token.revoked_at,
            is_open=token.revoked_at is None and (token.expires_on is None or token.expires_on >= as_of),
            may_decide=token.issued_by_id == token.user_id,
        )
        for token in found
    ]
