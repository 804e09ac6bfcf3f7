"""A connection as the owner of the tables: to make clones, and to leave statistics as a night would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from config.env import database, env_str

_TABLES: Final = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
"""


class Owner:
    """The second connection of the bench, to the same database as the first, each statement on its own."""

    def __init__(self) -> None:
        settings = database(env_str("MIGRATION_DATABASE_URL")) | {"NAME": connection.settings_dict["NAME"]}
        self.connection: BaseDatabaseWrapper = ConnectionHandler({"default": settings})["default"]

    def run(self, statement: str, params: Sequence[Any] | None = None) -> int:
        """Run a statement; how many rows it wrote."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return int(cursor.rowcount)

    def rows(self, statement: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a reading statement; all its rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall())

    def tables(self) -> list[str]:
        """The product's tables."""
        return [name for (name,) in self.rows(_TABLES)]

    def settle_down(self, *tables: str) -> None:
        """After a bulk load of tables (all without names), do at once what autovacuum does in minutes."""
        self.run(f"VACUUM (ANALYZE) {', '.join(tables or self.tables())}")

    def count_again(self) -> None:
        """Tell the planner how large the tables are now, roughly; autovacuum would in some minutes."""
        self.run("SET default_statistics_target = 10")
        self.run(f"ANALYZE {', '.join(self.tables())}")

    def close(self) -> None:
        """Done."""
        self.connection.close()
