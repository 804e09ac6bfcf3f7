"""Refuse to start on a role that the walls do not bind: a superuser, an owner, one with BYPASSRLS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

_POWERS = """
SELECT current_user, r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relrowsecurity)
  FROM pg_roles r WHERE r.rolname = current_user
"""


def powers_of_role() -> list[str]:
    """What makes the serving role unfit; empty when the walls bind it."""
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        name, is_super, bypasses, owns = cursor.fetchone()
    named = ((is_super, "is a superuser"), (bypasses, "has BYPASSRLS"), (owns, "owns protected tables"))
    return [f"role {name} {what}" for power, what in named if power]


def refuse_powerful_role() -> None:
    """Called by the web and worker entry points before they serve."""
    if settings.AS_OWNER:
        return
    if problems := powers_of_role():
        raise ImproperlyConfigured(f"DATABASE_URL must not go round the walls: {'; '.join(problems)}")


@register(Tags.database, deploy=False)
def walls_bind_the_role(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same as a system check, for `manage.py check --database default`."""
    if settings.AS_OWNER or not databases:
        return []
    return [Error(problem, id="tenancy.E001") for problem in powers_of_role()]
