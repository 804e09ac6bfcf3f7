"""The limit of a run: how long PostgreSQL takes to copy the run's finished rows into tables just like theirs.

Nothing that writes the same rows through the same indexes, constraints and foreign keys can be faster than
about this, on whichever machine; so a run is given as a ratio to it, measured a moment after the run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from config.bench.owner import Owner

_SCHEMA: Final = "bench_limit"
# Rows of this transaction or a later one; `age` knows about numbers that have begun anew.
_SINCE: Final = "age(xmin) < age(%s::text::xid)"
_COLUMNS: Final = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
 WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_FOREIGN_KEYS: Final = (
    "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
)
_TRIGGERS: Final = (
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a run left behind, by table, and how long copying that took."""

    seconds: float
    rows: dict[str, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


class Limit:
    """Marks the moment before a run, and afterwards copies what the run wrote."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._mark = str(owner.rows("SELECT pg_current_xact_id()::text")[0][0])

    def copy(self) -> Copied:
        """Copy the rows written since the mark, all in one transaction, and throw the copies away."""
        with self._schema():
            written = {table: rows for table in self._owner.tables() if (rows := self._set_aside(table))}
            # The trigger of a copied table fills its history again.
            tables = {table: rows for table, rows in written.items() if not _is_history(table)}
            columns = {table: self._clone(table) for table in tables}
            return Copied(self._seconds(columns), tables)

    def _set_aside(self, table: str) -> int:
        """The rows of a table alone, so that the copy does not pay for finding them."""
        aside = f"{_SCHEMA}.rows_{table}"
        self._owner.run(f"CREATE TABLE {aside} AS SELECT * FROM public.{table} WHERE {_SINCE}", [self._mark])  # noqa: S608
        return int(self._owner.rows(f"SELECT count(*) FROM {aside}")[0][0])  # noqa: S608

    def _clone(self, table: str) -> str:
        """An empty table just like this one; the names of its columns that can be written."""
        owner, original, clone = self._owner, f"public.{table}", f"{_SCHEMA}.{table}"
        owner.run(f"CREATE TABLE {clone} (LIKE {original} INCLUDING ALL)")
        for (foreign_key,) in owner.rows(_FOREIGN_KEYS, [original]):
            owner.run(f"ALTER TABLE {clone} ADD {foreign_key}")
        for (trigger,) in owner.rows(_TRIGGERS, [original]):
            owner.run(re.sub(rf" ON (public\.)?{table} ", f" ON {clone} ", trigger))
        return str(owner.rows(_COLUMNS, [original])[0][0])

    def _seconds(self, columns: dict[str, str]) -> float:
        statements = [
            f"INSERT INTO {_SCHEMA}.{table} ({names}) SELECT {names} FROM {_SCHEMA}.rows_{table};"  # noqa: S608
            for table, names in columns.items()
        ]
        if not statements:
            return 0.0
        started = time.perf_counter()
        self._owner.run("BEGIN; " + " ".join(statements) + " COMMIT;")
        return time.perf_counter() - started

    @contextmanager
    def _schema(self) -> Iterator[None]:
        self._owner.run(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE; CREATE SCHEMA {_SCHEMA}")
        try:
            yield
        finally:
            self._owner.run(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")


def _is_history(table: str) -> bool:
    return "_historical" in table
