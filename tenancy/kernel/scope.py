"""acting_for(): one transaction, one company. Row level security reads what is set here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections, transaction

from tenancy.kernel.errors import NoTenant

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data is open, for whom, and in which communities (None: the whole company)."""

    tenant_id: int
    user_id: int | None = None
    communities: frozenset[int] | None = None

    def settings(self) -> tuple[str, str, str]:
        user = "" if self.user_id is None else str(self.user_id)
        if self.communities is None:
            return str(self.tenant_id), user, EVERYWHERE
        return str(self.tenant_id), user, ",".join(map(str, sorted(self.communities))) or "0"


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope:
    """The open scope; NoTenant when there is none."""
    scope = _current.get()
    if scope is None:
        raise NoTenant("no company is open: wrap this in acting_for(tenant_id)")
    return scope


def is_open() -> bool:
    """Whether a company is open now."""
    return _current.get() is not None


def current_tenant_id() -> int:
    """Default of every tenant column."""
    return current_scope().tenant_id


def current_user_id() -> int | None:
    """Who acts; None for the timetable."""
    return current_scope().user_id


@contextmanager
def acting_for(
    tenant_id: int,
    *,
    user_id: int | None = None,
    communities: Iterable[int] | None = None,
    using: str = "default",
) -> Iterator[Scope]:
    """Open one company for one transaction. Inside, another company cannot be opened (NoTenant)."""
    scope = Scope(tenant_id, user_id, None if communities is None else frozenset(communities))
    outer = _current.get()
    if outer is not None and outer.tenant_id != tenant_id:
        raise NoTenant("one company at a time: close the open one first")
    with transaction.atomic(using=using):
        _tell_postgres(scope.settings(), using)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
            _restore(outer, using)


def _tell_postgres(values: tuple[str, str, str], using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant_id', %s, true), set_config('app.user_id', %s, true),"
            " set_config('app.communities', %s, true)",
            values,
        )


def _restore(outer: Scope | None, using: str) -> None:
    # In a nested block the settings would outlive the savepoint; a broken one is rolled back anyway.
    connection = connections[using]
    if connection.in_atomic_block and len(connection.savepoint_ids) > 0 and not _is_broken(using):
        _tell_postgres(outer.settings() if outer else ("", "", ""), using)


def _is_broken(using: str) -> bool:
    connection = connections[using]
    if connection.needs_rollback or connection.connection is None:
        return True
    return bool(connection.connection.get_transaction_status() == 3)  # libpq: in a failed transaction
