"""Statements live in `<app>/sql/*.sql`; this loads and runs them inside the open company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from django.db import DatabaseError, connection

from tenancy.kernel.arrays import array
from tenancy.kernel.errors import NoTenant
from tenancy.kernel.memory import collector_paused
from tenancy.kernel.scope import current_scope

Params = Mapping[str, Any]
_NO_COMPANY = {"42704", "22P02"}  # what the loud policy raises: unknown setting, or an empty one


@cache
def statement(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def rows(package: str, name: str, params: Params | None = None) -> list[tuple[Any, ...]]:
    """Run a reading statement and return all rows. The tenant id is always among the parameters."""
    with connection.cursor() as cursor:
        _execute(cursor, statement(package, name), params)
        return list(cursor.fetchall())


def stream(
    package: str, name: str, params: Params | None = None, *, size: int = 5000
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in blocks of `size`, through a server-side cursor: memory stays flat."""
    scope = current_scope()
    with collector_paused(), connection.connection.cursor(name=f"stream_{name}_{id(scope)}") as cursor:
        cursor.itersize = size
        _execute(cursor, statement(package, name), params)
        while block := cursor.fetchmany(size):
            yield block


def run(package: str, name: str, params: Params | None = None) -> int:
    """Run a writing statement and return the number of rows it wrote."""
    with connection.cursor() as cursor:
        _execute(cursor, statement(package, name), params)
        return int(cursor.rowcount)


def _execute(cursor: Any, text: str, params: Params | None) -> None:
    scope = current_scope()
    given = {name: array(v) if isinstance(v, list) else v for name, v in (params or {}).items()}
    try:
        cursor.execute(text, {"tenant_id": scope.tenant_id, **given})
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) in _NO_COMPANY and "app." in str(error):
            raise NoTenant("the database has no open company") from error
        raise
