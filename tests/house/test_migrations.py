"""Migrations: none missing, none in conflict, and every new table stands behind the walls from its first moment."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations import CreateModel, RunPython
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tenancy.kernel.migrate import Protect
from tenancy.kernel.models import TenantModel

OURS = (
    "kernel",
    "people",
    "owners",
    "notices",
    "charges",
    "payments",
    "banking",
    "cases",
    "relief",
    "legal",
    "team",
    "reports",
)


def _loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_the_models_and_the_migrations_say_the_same():
    # Without a language, as `makemigrations` itself works: labels of choices would differ in Chinese.
    with translation.override(None):
        detector = MigrationAutodetector(_loader().project_state(), ProjectState.from_apps(apps))
        changes = detector._detect_changes()
    missing = {app: [op.describe() for m in changes[app] for op in m.operations] for app in changes}
    assert {app: changes for app, changes in missing.items() if app in OURS} == {}


def test_no_two_migrations_claim_to_be_the_next():
    assert _loader().detect_conflicts() == {}


def test_every_table_of_a_company_is_protected_by_a_migration_of_its_app():
    made: dict[tuple[str, str], bool] = {}
    for (app, _name), migration in _loader().disk_migrations.items():
        for operation in migration.operations if app in OURS else ():
            if isinstance(operation, CreateModel):
                made.setdefault((app, operation.name.lower()), False)
            if isinstance(operation, Protect):
                made[(app, operation.model_name.lower())] = True
    companies = {
        (model._meta.app_label, model._meta.model_name)
        for model in apps.get_models()
        if issubclass(model, TenantModel) and model._meta.app_label in OURS and model._meta.managed
    }
    assert companies <= set(made)
    assert [model for model in sorted(companies) if not made[model]] == []


def test_no_migration_runs_code_over_the_rows_of_every_company():
    # RunPython would meet the loud walls, or go round them: data moves in services, one company at a time.
    running = [
        key
        for key, migration in _loader().disk_migrations.items()
        if key[0] in OURS and any(isinstance(operation, RunPython) for operation in migration.operations)
    ]
    assert running == []
