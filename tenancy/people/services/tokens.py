"""Keys for the API, bound to one company and one member. Only a hash is kept."""

from __future__ import annotations

import secrets
from datetime import date

from django.utils.translation import gettext as _

from tenancy.kernel import clock
from tenancy.kernel.crypto import token_hash
from tenancy.kernel.errors import NotFound
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.models import ApiToken, Membership
from tenancy.people.services import audit


def issue_token(*, name: str, user_id: int, expires_on: date | None = None) -> tuple[ApiToken, str]:
    """An API key of a member of the open company. The key itself is shown once and not kept.

    Only who takes a key for himself decides with it: another's hands saw this one. Raises NotFound.
    """
    tenant_id = current_tenant_id()
    if not Membership.objects.filter(tenant_id=tenant_id, user_id=user_id, is_active=True).exists():
        raise NotFound(_("There is no such member."))
    key = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant_id=tenant_id,
        user_id=user_id,
        name=name,
        prefix=key[:6],
        key_hash=token_hash(key),
        expires_on=expires_on,
        issued_by_id=current_user_id(),
    )
    audit.record("token.issued", kind="token", pk=token.pk, name=name, for_user=user_id)
    return token, key


def revoke_token(*, token_id: int, user_id: int | None = None) -> None:
    """Make a key useless at once (of that member, if given). A second time changes nothing."""
    mine = ApiToken.objects.filter(pk=token_id, tenant_id=current_tenant_id())
    if user_id is not None:
        mine = mine.filter(user_id=user_id)
    if not mine.exists():
        raise NotFound(_("There is no such key."))
    if mine.filter(revoked_at=None).update(revoked_at=clock.now()):
        audit.record("token.revoked", kind="token", pk=token_id)
