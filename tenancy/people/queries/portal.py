"""Who stands behind an owner's key, and what his phone opens."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.core import signing
from django.db.models import QuerySet

from tenancy.kernel.crypto import decrypt, token_hash
from tenancy.kernel.permissions import Grant, PortalOwner
from tenancy.people.models import PortalGrant, PortalToken

TICKET = "portal ticket"  # the salt of a ticket's signature


def owner_behind(*, key: str, at: datetime) -> PortalOwner | None:
    """The owner that a key was given to; None when it is unknown, closed or too old."""
    return _owner(PortalToken.objects.filter(key_hash=token_hash(key)), at)


def owner_with_ticket(*, ticket: str, path: str, at: datetime) -> PortalOwner | None:
    """The owner that a ticket for this paper was made for; None when it is another's, altered or too old."""
    try:
        token_id, its_path, until = signing.loads(ticket, salt=TICKET)
    except signing.BadSignature:
        return None
    if its_path != path or until <= at.timestamp():
        return None
    return _owner(PortalToken.objects.filter(pk=token_id), at)


def _owner(tokens: QuerySet[PortalToken], at: datetime) -> PortalOwner | None:
    token = tokens.filter(expires_at__gt=at).select_related("identity").first()
    if token is None:
        return None
    return PortalOwner(token.identity_id, decrypt(token.identity.phone), _grants(token.identity_id))


def _grants(identity_id: int) -> tuple[Grant, ...]:
    rows = (
        PortalGrant.objects.filter(identity_id=identity_id)
        .order_by("tenant_id", "party_id")
        .values_list("tenant_id", "tenant__name", "party_id")
    )
    return tuple(
        Grant(tenant_id, name, tuple(party_id for _tenant_id, _name, party_id in group))
        for (tenant_id, name), group in groupby(rows, key=lambda row: row[:2])
    )
