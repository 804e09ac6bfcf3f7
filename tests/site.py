"""The real thing for journeys: gunicorn and a Celery worker on a database of their own, and a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from tests import databases
from tests.databases import ROOT

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """Where the running product is found."""

    url: str
    folder: Path


@contextmanager
def running(database: str, folder: Path, *, at: datetime | None = None) -> Iterator[Site]:
    """Web and worker over one database, files and outbox in `folder`; both stopped at the end.

    `at`: the moment (with its zone) at which they start; the real one without it.
    """
    port = _free_port()
    prefix = f"test{port}"
    env = _environment(database, folder, prefix) | ({"MORNING": at.isoformat()} if at else {})
    wsgi, celery = ("tests.morning", "tests.morning") if at else ("config.wsgi", "config")
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        f"{wsgi}:application",
        "-b",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    worker = [sys.executable, "-m", "celery", "-A", celery, "worker", "-P", "solo", "-l", "warning",
              "-Q", "default,login,notify,pdf,pay", "-n", f"{prefix}@%h"]  # fmt: skip
    with _process(web, env), _process(worker, env):
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        yield Site(url, folder)


@contextmanager
def prefork_worker(module: str, folder: Path, prefix: str) -> Iterator[Any]:
    """A worker with a child process, as in production; gives a function that sends it a task."""
    database = str(connections["default"].settings_dict["NAME"])
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-I", module, "-P", "prefork", "-c", "1", "-l", "error",
               "-Q", prefix, "-n", f"{prefix}@%h", "--without-gossip", "--without-mingle"]  # fmt: skip
    with _process(command, _environment(database, folder, "")):
        yield lambda task, **message: task.apply_async(kwargs=message, queue=prefix)


@contextmanager
def chromium() -> Iterator[Any]:
    """A fresh headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGS)
        try:
            yield browser
        finally:
            browser.close()


def _environment(database: str, folder: Path, prefix: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": databases.app_url(database),
        "MIGRATION_DATABASE_URL": databases.owner_url(database),
        "VAR_DIR": str(folder),
        "OUTBOX_DIR": str(folder / "outbox"),
        "MEDIA_ROOT": str(folder / "files"),
        "CELERY_QUEUE_PREFIX": prefix,
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@contextmanager
def _process(command: list[str], env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=5)


def _wait(url: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the site did not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
