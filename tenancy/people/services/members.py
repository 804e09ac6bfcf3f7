"""New companies, users, and the parts that members play."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import current_tenant_id
from tenancy.people import places
from tenancy.people.models import Membership, User
from tenancy.people.queries.members import KNOWN_ROLES
from tenancy.people.services import audit

_COMPANY_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


class NameTaken(Conflict):
    code = "members.name_taken"


class WeakPassword(Refused):
    code = "members.weak_password"


class UnknownRole(Refused):
    code = "members.unknown_role"


class UnknownCommunity(Refused):
    code = "members.unknown_community"


class LastAdministrator(Conflict):
    code = "members.last_administrator"


class WorksElsewhere(Conflict):
    code = "members.works_elsewhere"


class BadCompanyCode(Refused):
    """A company's code stands in addresses and file names: small letters, digits, hyphens."""

    code = "members.bad_company_code"


def set_language(*, user_id: int, language: str) -> None:
    """The language that a person reads, on every browser he logs in with."""
    User.objects.filter(pk=user_id).update(language=language)


def set_theme(*, user_id: int, theme: str) -> None:
    """The colours that a person likes: system, light or dark."""
    User.objects.filter(pk=user_id).update(theme=theme)


def create_company(*, code: str, name: str, short_name: str, is_demo: bool = False) -> Tenant:
    """A new property company. Its name is printed on every document. Raises BadCompanyCode, NameTaken."""
    if not _COMPANY_CODE.fullmatch(code):
        message = _("A company's code is made of small letters, digits and hyphens, such as qingshan-2.")
        raise BadCompanyCode(message, field="code")
    try:
        with transaction.atomic():
            return Tenant.objects.create(code=code, name=name, short_name=short_name, is_demo=is_demo)
    except IntegrityError as error:
        raise NameTaken(_("A company with this code exists already."), field="code") from error


def create_user(*, username: str, name: str, password: str, check: bool = True) -> User:
    """A person who can log in. `check=False` only for demo passwords."""
    if check:
        _check_password(password, User(username=username, name=name))
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password, name=name)
    except IntegrityError as error:
        raise NameTaken(_("This log-in name is taken."), field="username") from error


def join(
    *, tenant_id: int, user_id: int, roles: Sequence[str], community_ids: Iterable[int] | None = None
) -> Membership:
    """Give a user parts in a company; replaces the parts he had there."""
    _check_roles(roles)
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


def add_member(
    *, username: str, name: str, password: str, roles: Sequence[str], community_ids: Sequence[int] | None
) -> int:
    """A new person with parts in the open company; returns the membership's id."""
    _check_roles(roles)
    _check_communities(community_ids)
    user = create_user(username=username, name=name, password=password)
    membership = join(
        tenant_id=current_tenant_id(), user_id=user.pk, roles=roles, community_ids=community_ids
    )
    audit.record("member.added", kind="member", pk=membership.pk, name=name, roles=sorted(roles))
    return int(membership.pk)


def change_member(
    *, membership_id: int, roles: Sequence[str], community_ids: Sequence[int] | None, is_active: bool
) -> None:
    """Other parts, another scope, or an end. The company's last administrator stays one."""
    _check_roles(roles)
    _check_communities(community_ids)
    # All rows of the company are locked: two administrators cannot remove each other at once.
    rows = {
        row.pk: row for row in Membership.objects.select_for_update().filter(tenant_id=current_tenant_id())
    }
    member = rows.get(membership_id)
    if member is None:
        raise NotFound(_("There is no such member."))
    member.roles = sorted(roles)
    member.community_ids = None if community_ids is None else sorted(community_ids)
    member.is_active = is_active
    if not any(row.is_active and Role.COMPANY_ADMIN in row.roles for row in rows.values()):
        raise LastAdministrator(_("The company needs at least one administrator."), field="roles")
    member.save(update_fields=["roles", "community_ids", "is_active"])
    audit.record("member.changed", kind="member", pk=member.pk, roles=member.roles, is_active=is_active)


def set_password(*, membership_id: int, password: str) -> None:
    """A new password for a member who works for this company only; open sessions of his end."""
    member = (
        Membership.objects.filter(pk=membership_id, tenant_id=current_tenant_id())
        .select_related("user")
        .first()
    )
    if member is None:
        raise NotFound(_("There is no such member."))
    # Somebody else's administrator must not be able to log in as him there.
    if Membership.objects.filter(user_id=member.user_id).exclude(pk=membership_id).exists():
        raise WorksElsewhere(_("This person works for another company too and must keep the password."))
    _check_password(password, member.user)
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    audit.record("member.password", kind="member", pk=membership_id)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages), field="password") from error


def _check_roles(roles: Sequence[str]) -> None:
    if not roles or any(role not in KNOWN_ROLES for role in roles):
        raise UnknownRole(_("Choose at least one known role."), field="roles")


def _check_communities(community_ids: Sequence[int] | None) -> None:
    if community_ids is None:
        return
    known = {pk for pk, _name in places.communities()}
    if not community_ids or not known.issuperset(community_ids):
        raise UnknownCommunity(_("Choose at least one community, or the whole company."), field="communities")
