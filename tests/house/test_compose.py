"""docker-compose.yml, its images and its roles, checked against the settings: no test here has a Docker engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from config.celery import app
from dev import run, system

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(r'env_(?:str|secret|bool|int|list)\(\s*"([A-Z_]+)"(\s*\))?')
APP_SERVICES = ["migrate", "web", "worker", "worker-login", "beat"]
LONG_RUNNING = ["postgres", "redis", "web", "worker", "worker-login", "beat", "proxy"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file with each demanded variable replaced by its own name, the others by their defaults."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    text = re.sub(r"\$\{([A-Z_]+):\?\}", r"\1", text)
    return yaml.safe_load(re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text))


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return compose["services"]


def variables() -> dict[str, bool]:
    """Every variable the settings read, and whether it is demanded."""
    found = {"DATABASE_URL": True, "MIGRATION_DATABASE_URL": False}
    for file in ("settings.py", "env.py"):
        for name, bare in READS.findall((ROOT / "config" / file).read_text(encoding="utf-8")):
            found[name] = found.get(name, False) or bool(bare)
    return found


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_settings_are_read_as_this_test_expects():
    read = variables()
    assert read["DJANGO_SECRET_KEY"]
    assert not read["LOG_LEVEL"]
    assert {"FIELD_ENCRYPTION_KEY", "REDIS_URL", "STATIC_ROOT", "DB_CONN_MAX_AGE"} <= set(read)


def test_the_production_shape_has_every_service_and_no_other(services):
    assert set(services) == {*APP_SERVICES, "postgres", "redis", "proxy"}


@pytest.mark.parametrize("name", APP_SERVICES)
def test_every_variable_of_a_service_is_one_the_settings_read(services, name):
    unknown = set(services[name]["environment"]) - set(variables())
    assert not unknown, f"{name} sets what nobody reads: {unknown}"


@pytest.mark.parametrize("name", APP_SERVICES)
def test_every_variable_that_the_settings_demand_is_given(services, name):
    demanded = {variable for variable, needed in variables().items() if needed}
    given = set(services[name]["environment"])
    assert demanded <= given
    assert {"FIELD_ENCRYPTION_KEY", "REDIS_URL", "DJANGO_ALLOWED_HOSTS"} <= given


@pytest.mark.parametrize("name", APP_SERVICES)
def test_every_service_serves_as_the_role_that_the_walls_bind(services, name):
    address = urlsplit(services[name]["environment"]["DATABASE_URL"])
    assert (address.username, address.path) == ("pm_app", "/pm")
    assert address.netloc.endswith("@postgres:5432")


def test_only_migrate_knows_the_owners_password(services):
    knows = [name for name in services if "PM_OWNER_PASSWORD" in str(services[name].get("environment", ""))]
    assert sorted(knows) == ["migrate", "postgres"]
    address = urlsplit(services["migrate"]["environment"]["MIGRATION_DATABASE_URL"])
    assert (address.username, address.path) == ("pm_owner", "/pm")
    assert services["migrate"]["command"][:3] == ["python", "manage.py", "migrate"]


def test_the_database_is_made_with_both_roles_and_neither_may_pass_the_walls(services):
    script = (ROOT / "deploy/postgres/10-roles.sh").read_text(encoding="utf-8")
    for role in ("pm_owner", "pm_app"):
        [line] = [line for line in script.splitlines() if line.startswith(f"CREATE ROLE {role}")]
        assert {"LOGIN", "NOSUPERUSER", "NOBYPASSRLS", "NOCREATEROLE"} <= set(line.split())
    assert "CREATE DATABASE pm OWNER pm_owner" in script
    assert "./deploy/postgres:/docker-entrypoint-initdb.d:ro" in services["postgres"]["volumes"]
    used = set(re.findall(r"\$(\w+_PASSWORD)", script))
    assert used <= set(services["postgres"]["environment"])


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_every_service_that_stays_has_a_health_check_and_comes_back(services, name):
    check = services[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)
    assert services[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "worker-login", "beat"])
def test_nothing_serves_before_the_tables_are_migrated(services, name):
    waits = services[name]["depends_on"]
    assert waits["migrate"] == {"condition": "service_completed_successfully"}
    assert waits["postgres"] == waits["redis"] == {"condition": "service_healthy"}


def test_web_and_proxy_are_asked_for_the_health_page_that_exists(services):
    assert resolve("/healthz").func
    for name in ("web", "proxy"):
        assert "/healthz" in " ".join(services[name]["healthcheck"]["test"])


def queues_of(command: list[str]) -> set[str]:
    """The queues that a worker's command line takes."""
    [taken] = [part for part in command if part.startswith("--queues=")]
    return set(taken.removeprefix("--queues=").split(","))


def test_every_worker_takes_every_queue_that_a_task_is_sent_to(services):
    named = {
        settings.CELERY_TASK_DEFAULT_QUEUE,
        *(to["queue"] for to in settings.CELERY_TASK_ROUTES.values()),
    }
    spare = {"pay"}
    assert queues_of(services["worker"]["command"]) == named | spare
    [here] = [service for service in run.services(8000) if service.name == "worker"]
    assert queues_of(here.command) == named | spare


def test_a_log_in_code_never_waits_behind_other_work(services):
    assert queues_of(services["worker-login"]["command"]) == {"login"}


def test_the_routes_name_tasks_that_there_are():
    app.loader.import_default_modules()
    for pattern, to in settings.CELERY_TASK_ROUTES.items():
        routed = [name for name in app.tasks if app.amqp.router.route({}, name)["queue"].name == to["queue"]]
        assert routed, pattern
    assert app.amqp.router.route({}, "notices.tasks.print_round")["queue"].name == "pdf"
    assert app.amqp.router.route({}, "notices.tasks.send_portal_code")["queue"].name == "login"


def test_no_task_names_a_queue_of_its_own():
    app.loader.import_default_modules()
    assert [name for name, task in app.tasks.items() if getattr(task, "queue", None)] == []


def test_the_queue_survives_a_crash(services):
    assert "--appendonly yes" in " ".join(services["redis"]["command"])
    assert "queue:/data" in services["redis"]["volumes"]


def test_only_the_proxy_is_open_to_the_outside(services):
    assert [name for name in services if services[name].get("ports")] == ["proxy"]


def test_the_proxy_hands_on_to_the_web_service_and_serves_the_static_files():
    conf = (ROOT / "deploy/nginx/default.conf").read_text(encoding="utf-8")
    assert "server web:8000;" in conf
    assert "alias /srv/static/;" in conf
    assert '"--bind=0.0.0.0:8000"' in dockerfile()
    assert "COPY --from=app /srv/static /srv/static" in dockerfile()
    assert "STATIC_ROOT=/srv/static" in dockerfile()


def test_volumes_and_images_are_declared_where_they_are_used(compose, services):
    mounted = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert {name for name in mounted if not name.startswith(".")} == set(compose["volumes"])
    targets = {service["build"]["target"] for service in services.values() if "build" in service}
    stages = set(re.findall(r"^FROM \S+ AS (\w+)", dockerfile(), re.MULTILINE))
    assert targets <= stages


def test_every_value_without_a_default_is_in_the_example():
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{([A-Z_]+):\?\}", text)) <= offered
    assert offered <= set(re.findall(r"\$\{([A-Z_]+):", text))


def test_the_image_brings_the_system_packages_that_make_run_asks_for():
    for need in system.TO_RUN:
        assert need.package == "python3-venv" or need.package in dockerfile()
    assert "--require-hashes -r requirements/base.txt" in dockerfile()


def test_the_image_does_not_run_as_root():
    app = dockerfile().split("AS app", 1)[1].split("FROM nginx", 1)[0]
    assert re.search(r"^USER app$", app, re.MULTILINE)
