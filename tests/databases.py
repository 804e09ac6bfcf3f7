"""Test databases: one migrated template per set of migrations, cloned in a fraction of a second."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("tenancy", "owners", "notices", "billing", "arrears", "reports")


def template() -> str:
    """The name of the migrated template; makes it when these migrations have none yet."""
    name = f"tpl_{_fingerprint()}"
    with (ROOT / "var" / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            _run(f'CREATE DATABASE "{name}_new"')
            _migrate(f"{name}_new")
            _run(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return name


@contextmanager
def clone(suffix: str) -> Iterator[str]:
    """A fresh database with every table and no rows."""
    name = f"t_{os.getpid()}_{suffix}"
    source = template()
    with (ROOT / "var" / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _run(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        _drop(name)


def _drop(name: str) -> None:
    """Threads of a stopped server may hold their connections a moment longer."""
    for _ in range(50):
        try:
            _run(f'DROP DATABASE IF EXISTS "{name}"')
            return
        except psycopg2.errors.ObjectInUse:
            time.sleep(0.2)
    raise RuntimeError(f"somebody still uses {name}")


def owner_url(name: str) -> str:
    """MIGRATION_DATABASE_URL of another database."""
    return _with_name(os.environ["MIGRATION_DATABASE_URL"], name)


def app_url(name: str) -> str:
    """DATABASE_URL of another database."""
    return _with_name(os.environ["DATABASE_URL"], name)


def owner_connection(name: str) -> psycopg2.extensions.connection:
    """A connection as the owner of the tables."""
    parts = urlsplit(owner_url(name))
    query = dict(parse_qsl(parts.query))
    connection = psycopg2.connect(
        dbname=name,
        user=parts.username,
        password=parts.password,
        host=query.get("host", parts.hostname),
        port=query.get("port", parts.port),
    )
    connection.autocommit = True
    return connection


def analyze(name: str) -> None:
    """Tell the planner what is in a database, as autovacuum does within a minute of a large import."""
    connection = owner_connection(name)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def _with_name(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(("postgresql", parts.netloc, f"/{name}", parts.query, ""))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    files = sorted(path for package in PACKAGES for path in (ROOT / package).glob("**/migrations/*.py"))
    for path in [*files, ROOT / "tenancy" / "kernel" / "migrate.py"]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _exists(name: str) -> bool:
    connection = owner_connection(_home())
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone() is not None
        if not found:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}_new" WITH (FORCE)')
    connection.close()
    return found


def _run(sql: str) -> None:
    connection = owner_connection(_home())
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()


def _home() -> str:
    return urlsplit(os.environ["MIGRATION_DATABASE_URL"]).path.lstrip("/")


def _migrate(name: str) -> None:
    env = {**os.environ, "MIGRATION_DATABASE_URL": owner_url(name)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, check=True, timeout=300
    )
