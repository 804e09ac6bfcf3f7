"""Members of companies: who they are, which parts they play."""

from __future__ import annotations

from typing import NamedTuple

from tenancy.kernel.permissions import Role, StaffMember
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.models import Membership

# A set: in Python 3.11 a plain text may not be asked whether it is `in` an enumeration.
KNOWN_ROLES: frozenset[str] = frozenset(Role)


class MemberRow(NamedTuple):
    """One member of the open company."""

    membership_id: int
    user_id: int
    username: str
    name: str
    roles: tuple[str, ...]
    community_ids: tuple[int, ...] | None
    is_active: bool


class CompanyRow(NamedTuple):
    """A company that a user works for."""

    membership_id: int
    tenant_id: int
    name: str


def default_membership_id(*, user_id: int) -> int | None:
    """The first company a user works for."""
    return (
        Membership.objects.filter(user_id=user_id, is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
        .first()
    )


def staff_member(*, user_id: int, membership_id: int | None) -> StaffMember | None:
    """The member behind an active membership of an active user, or None."""
    if membership_id is None:
        return None
    row = (
        Membership.objects.filter(pk=membership_id, user_id=user_id, is_active=True, user__is_active=True)
        .select_related("tenant", "user")
        .first()
    )
    return None if row is None else as_staff(row)


def staff_of(*, user_id: int, tenant_id: int) -> StaffMember | None:
    """The member that a user is in a company, or None; for work that goes on after the request."""
    rows = Membership.objects.filter(
        tenant_id=tenant_id, user_id=user_id, is_active=True, user__is_active=True
    )
    row = rows.select_related("tenant", "user").first()
    return None if row is None else as_staff(row)


def as_staff(row: Membership) -> StaffMember:
    """A membership row as the kernel's StaffMember."""
    return StaffMember(
        user_id=row.user_id,
        name=row.user.name,
        tenant_id=row.tenant_id,
        tenant_name=row.tenant.name,
        roles=frozenset(Role(role) for role in row.roles if role in KNOWN_ROLES),
        communities=None if row.community_ids is None else frozenset(row.community_ids),
        theme=row.user.theme,
    )


def companies_of(*, user_id: int) -> list[CompanyRow]:
    """Every company the user works for, the oldest membership first."""
    found = Membership.objects.filter(user_id=user_id, is_active=True).order_by("pk")
    return [CompanyRow(*row) for row in found.values_list("pk", "tenant_id", "tenant__name")]


def members() -> list[MemberRow]:
    """Every member of the open company."""
    found = (
        Membership.objects.filter(tenant_id=current_tenant_id()).select_related("user").order_by("user__name")
    )
    return [_row(member) for member in found]


def member(membership_id: int) -> MemberRow | None:
    """One member of the open company."""
    found = Membership.objects.filter(pk=membership_id, tenant_id=current_tenant_id()).select_related("user")
    return next(map(_row, found), None)


def members_playing(role: str, *, community_id: int | None = None) -> list[MemberRow]:
    """Active members of the open company with a role, whose scope covers the community."""
    return [row for row in members_at_work(community_id=community_id) if role in row.roles]


def members_at_work(*, community_id: int | None = None) -> list[MemberRow]:
    """Active members of the open company whose scope covers the community, whatever they do."""
    return [
        row
        for row in members()
        if row.is_active
        and (row.community_ids is None or community_id is None or community_id in row.community_ids)
    ]


def names_of(user_ids: set[int | None]) -> dict[int, str]:
    """Names of members of the open company by user id."""
    found = Membership.objects.filter(tenant_id=current_tenant_id(), user_id__in=[i for i in user_ids if i])
    return dict(found.values_list("user_id", "user__name"))


def _row(member: Membership) -> MemberRow:
    return MemberRow(
        membership_id=member.pk,
        user_id=member.user_id,
        username=member.user.username,
        name=member.user.name,
        roles=tuple(member.roles),
        community_ids=None if member.community_ids is None else tuple(member.community_ids),
        is_active=member.is_active and member.user.is_active,
    )
