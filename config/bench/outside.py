"""A process of its own on the database that is being measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

_STATUS: Final = Path("/proc/self/status")


def alone(module: str, *args: str) -> dict[str, Any]:
    """Run a module of the bench in a process of its own; the JSON object it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *args],
        cwd=settings.BASE_DIR,
        env=environment(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def kilobytes(name: str) -> int:
    """A line of /proc/self/status. `ru_maxrss` also remembers the process that started this one."""
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def environment() -> dict[str, str]:
    """This process's environment with the database it works in: a test's is not the one it began with."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    url = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
