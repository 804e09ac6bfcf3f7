"""New companies, users, memberships and API tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenancy.kernel import clock
from tenancy.kernel.crypto import token_hash
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.models import ApiToken, Membership, User
from tenancy.people.services import audit


class NameTaken(Conflict):
    code = "members.name_taken"


class WeakPassword(Refused):
    code = "members.weak_password"


class UnknownRole(Refused):
    code = "members.unknown_role"


def create_company(*, code: str, name: str, short_name: str, is_demo: bool = False) -> Tenant:
    """A new property company. Its name is printed on every document."""
    try:
        with transaction.atomic():
            return Tenant.objects.create(code=code, name=name, short_name=short_name, is_demo=is_demo)
    except IntegrityError as error:
        raise NameTaken(_("A company with this code exists already."), field="code") from error


def create_user(*, username: str, name: str, password: str, check: bool = True) -> User:
    """A person who can log in. `check=False` only for demo passwords."""
    if check:
        try:
            validate_password(password, User(username=username, name=name))
        except ValidationError as error:
            raise WeakPassword(" ".join(error.messages), field="password") from error
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password, name=name)
    except IntegrityError as error:
        raise NameTaken(_("This log-in name is taken."), field="username") from error


def join(
    *, tenant_id: int, user_id: int, roles: Sequence[str], community_ids: Iterable[int] | None = None
) -> Membership:
    """Give a user parts in a company; replaces the parts he had there."""
    if not roles or any(role not in Role for role in roles):
        raise UnknownRole(_("Choose at least one known role."), field="roles")
    membership, _made = Membership.objects.update_or_create(
        tenant_id=tenant_id,
        user_id=user_id,
        defaults={
            "roles": sorted(roles),
            "community_ids": None if community_ids is None else sorted(community_ids),
            "is_active": True,
        },
    )
    return membership


def issue_token(*, name: str, user_id: int, expires_on: date | None = None) -> tuple[ApiToken, str]:
    """An API key of the open company. The key itself is shown once and not kept."""
    key = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant_id=current_tenant_id(),
        user_id=user_id,
        name=name,
        prefix=key[:6],
        key_hash=token_hash(key),
        expires_on=expires_on,
    )
    audit.record("token.issued", kind="token", pk=token.pk, name=name, by=current_user_id())
    return token, key


def revoke_token(*, token_id: int) -> None:
    """Make a key useless at once."""
    done = ApiToken.objects.filter(pk=token_id, tenant_id=current_tenant_id(), revoked_at=None).update(
        revoked_at=clock.now()
    )
    if done:
        audit.record("token.revoked", kind="token", pk=token_id)
