"""Protect(): what a migration does to every tenant table. Walls, grants, pinned foreign keys, history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY company ON {table}
  USING (tenant_id = (SELECT current_setting('app.tenant_id')::bigint))
  WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::bigint));
"""

BY_COMMUNITY = """
CREATE POLICY community ON {table} AS RESTRICTIVE
  USING ((SELECT current_setting('app.communities')) = '*' OR {column} IS NULL OR {column} = ANY (
    (SELECT string_to_array(nullif(current_setting('app.communities'), '*'), ',')::bigint[])::bigint[]));
"""

HISTORY = """
CREATE OR REPLACE FUNCTION {table}_history() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE who bigint := nullif(current_setting('app.user_id', true), '')::bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO {history} ({columns}, history_date, history_type, history_user_id)
    SELECT {columns}, clock_timestamp(), '-', who FROM old_rows;
  ELSE
    INSERT INTO {history} ({columns}, history_date, history_type, history_user_id)
    SELECT {columns}, clock_timestamp(), CASE TG_OP WHEN 'INSERT' THEN '+' ELSE '~' END, who FROM new_rows;
  END IF;
  RETURN NULL;
END $body$;
"""

HISTORY_TRIGGERS = """
CREATE TRIGGER history_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_history();
CREATE TRIGGER history_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_history();
CREATE TRIGGER history_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_history();
"""


class Protect(Operation):
    """Put one table behind the walls.

    append_only: pm_app may only insert. history: fill the simple-history table by statement triggers.
    community: the column that a member's scope of communities restricts. root: pin tenant_id to the
    companies' table (tables with a pinned parent need not). no_index: foreign keys whose index is not worth
    its cost. platform: no tenant wall (only grants and history).
    """

    reversible = False
    reduces_to_sql = True

    def __init__(
        self,
        model_name: str,
        *,
        append_only: bool = False,
        history: bool = False,
        community: str = "",
        root: bool = False,
        no_index: tuple[str, ...] = (),
        platform: bool = False,
    ) -> None:
        self.model_name = model_name
        self.append_only = append_only
        self.history = history
        self.community = community
        self.root = root
        self.no_index = no_index
        self.platform = platform

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change; only the database does."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for sql in self._statements(model, to_state, app_label):
            schema_editor.execute(sql)

    def describe(self) -> str:
        return f"Put {self.model_name} behind the walls"

    def _statements(self, model: type[models.Model], state: ProjectState, app_label: str) -> list[str]:
        table = model._meta.db_table
        result: list[str] = []
        if not self.platform:
            result += self._walls(model, table)
        if self.append_only:
            result.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {settings.APP_DB_ROLE}")
        if self.history:
            result += self._history(model, state.apps.get_model(app_label, f"Historical{self.model_name}"))
        return result

    def _walls(self, model: type[models.Model], table: str) -> list[str]:
        result = [
            POLICY.format(table=table),
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_company UNIQUE (tenant_id, id)",
        ]
        if self.community:
            result.append(BY_COMMUNITY.format(table=table, column=self.community))
        if self.root:
            result.append(pin_sql(table, "tenant_id", "kernel_tenant", composite=False))
        for field in _pinned_fields(model):
            result.append(pin_sql(table, field.column, field.related_model._meta.db_table))
            if field.name not in self.no_index:
                result.append(f"CREATE INDEX {table}_{field.name}_fk ON {table} (tenant_id, {field.column})")
        return result

    def _history(self, model: type[models.Model], record: type[models.Model]) -> list[str]:
        table, history = model._meta.db_table, record._meta.db_table
        result = [_history_function(model, record), HISTORY_TRIGGERS.format(table=table)]
        result.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {history} FROM {settings.APP_DB_ROLE}")
        if not self.platform:
            result.append(POLICY.format(table=history))
        return result


class NewColumns(Operation):
    """A table with history got columns: from now on its history keeps them too. Stands after AddField."""

    reversible = False
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change; only the database does."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        record = to_state.apps.get_model(app_label, f"Historical{self.model_name}")
        schema_editor.execute(_history_function(model, record))

    def describe(self) -> str:
        return f"Keep the history of all columns of {self.model_name}"


def _history_function(model: type[models.Model], record: type[models.Model]) -> str:
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    return HISTORY.format(table=model._meta.db_table, history=record._meta.db_table, columns=columns)


def pin_sql(table: str, column: str, parent: str, *, composite: bool = True) -> str:
    """A foreign key that names the company too, so that a row of another company cannot be its parent."""
    name = f"{table}_{column}_pin"[:63]
    if not composite:
        return f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {parent} (id)"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY (tenant_id, {column}) REFERENCES {parent} (tenant_id, id)"
    )


def _pinned_fields(model: type[models.Model]) -> list[Any]:
    fields: list[Any] = list(model._meta.concrete_fields)
    return [
        field
        for field in fields
        if isinstance(field, models.ForeignKey)
        and field.name != "tenant"
        and any(f.name == "tenant" for f in field.related_model._meta.concrete_fields)
        and not getattr(field, "db_constraint", True)
    ]
