"""Which servers a command uses: those of the environment, those already up, or those it starts and stops.

Several commands may share the embedded servers (`make cycle` while `make run` is up). Each user holds a
shared file lock; whoever can turn it into an exclusive one is the last and stops the servers. The kernel
drops the lock of a process that was killed, so no count can go wrong.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev import postgres, valkey
from dev.commands import undisturbed
from dev.home import Home, home
from dev.keys import django_secrets
from dev.paths import VENV
from dev.say import GivesUp, step

ADDRESSES = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL")


def external() -> bool:
    """Whether the environment names all three servers; naming only some is refused."""
    given = [name for name in ADDRESSES if os.environ.get(name)]
    if given and len(given) < len(ADDRESSES):
        missing = ", ".join(name for name in ADDRESSES if name not in given)
        raise GivesUp(
            f"{', '.join(given)} set but not {missing}: set all three, or none to use embedded servers"
        )
    return bool(given)


def environment(addresses: dict[str, str]) -> dict[str, str]:
    """The environment of every Django process: addresses, secrets, the .venv's programs first on the path."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, **django_secrets(), **addresses, "PATH": path, "PYTHONUNBUFFERED": "1"}


def _addresses(at: Home) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.url(at, "pm_app"),
        "MIGRATION_DATABASE_URL": postgres.url(at, "pm_owner"),
        "REDIS_URL": valkey.url(at),
    }


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start(at: Home, *, durable: bool) -> None:
    with _locked(at.base / "starting.lock"):
        if postgres.start(at, durable=durable):
            step(f"PostgreSQL started ({at.base / 'pg'})")
        if valkey.start(at):
            step(f"Valkey started ({at.base / 'valkey'})")


def _stop(at: Home) -> None:
    valkey.stop(at)
    postgres.stop(at)


@contextmanager
def servers(name: str = "run", *, durable: bool = True) -> Iterator[dict[str, str]]:
    """Yield the environment for Django; at the end the last user stops the embedded servers."""
    if external():
        yield environment({})
        return
    at = home(name)
    with (at.base / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with undisturbed():
                _start(at, durable=durable)
            yield environment(_addresses(at))
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # another command still uses them; nothing is said, a command's last line is its result
            else:
                with undisturbed():
                    _stop(at)
