"""Who may walk a round, and with what part."""

from __future__ import annotations

from typing import NamedTuple

from tenancy.kernel.permissions import ROLES, Permission, Role
from tenancy.people.queries.members import members


class Walker(NamedTuple):
    """Somebody who may be sent. `visits` False: he delivers papers and sees unit numbers only."""

    user_id: int
    name: str
    visits: bool
    is_manager: bool


def walkers(community_id: int) -> list[Walker]:
    """Everybody who may walk in a community, by name."""
    return [
        Walker(
            row.user_id,
            row.name,
            _can(row.roles, Permission.VISIT_LOG),
            Role.PROJECT_MANAGER.value in row.roles,
        )
        for row in members()
        if row.is_active
        and _can(row.roles, Permission.ROUND_WALK)
        and (row.community_ids is None or community_id in row.community_ids)
    ]


def _can(roles: tuple[str, ...], permission: Permission) -> bool:
    return any(permission in ROLES[role] for role in Role if role.value in roles)
