"""Where the embedded servers keep their data, and which OS user runs PostgreSQL.

PostgreSQL refuses to run as root, so root needs a second OS user, and that user must be able to reach the
data and the programs. Below a closed home folder it cannot; the servers then live in /var/lib instead
of var/, because opening somebody's home folder to everybody is no way out.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev.paths import ROOT, VAR
from dev.say import GivesUp

OS_USER = "pm_postgres"
SOCKET_PATH_LIMIT = 90  # sockaddr_un holds 107 bytes; the file name takes the rest


@dataclass(frozen=True)
class OsUser:
    """The account PostgreSQL runs under when the launcher is root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Home:
    """One set of servers: `run`, `test` or `bench`. `base` holds data, `sockets` the unix socket."""

    name: str
    base: Path
    sockets: Path
    user: OsUser | None

    def give(self, path: Path, mode: int = 0o700) -> Path:
        """Make a folder that belongs to PostgreSQL's user."""
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        if self.user is not None:
            os.chown(path, self.user.uid, self.user.gid)
        return path


def open_to_all(path: Path) -> bool:
    """Whether another OS user can walk down to `path` and read it."""
    needed = stat.S_IROTH | stat.S_IXOTH if path.is_dir() else stat.S_IROTH
    if path.stat().st_mode & needed != needed:
        return False
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)


def _fingerprint() -> str:
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def _os_user() -> OsUser | None:
    """None for an ordinary user; for root the second user, made on the first start."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(OS_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", OS_USER], check=True)
        entry = pwd.getpwnam(OS_USER)
    return OsUser(entry.pw_uid, entry.pw_gid)


def _owner(data: Path) -> OsUser | None:
    """Who keeps data that is there already: a clone may be used by root today and by its owner tomorrow."""
    if not data.exists():
        return None
    seen = data.stat()
    if os.geteuid() not in (0, seen.st_uid):
        name = pwd.getpwuid(seen.st_uid).pw_name
        raise GivesUp(f"{data} belongs to {name}: run as {name}, or delete {data.parent} to start anew")
    return OsUser(seen.st_uid, seen.st_gid) if os.geteuid() == 0 and seen.st_uid != 0 else None


def _sockets(base: Path) -> Path:
    """A folder with a short, plain path: the kernel allows about 100 characters for a socket."""
    near = base / "run"
    if len(str(near)) <= SOCKET_PATH_LIMIT and re.fullmatch(r"[\w./-]+", str(near)):
        return near
    where = f"wuye-{_fingerprint()}-{os.geteuid()}-{base.name}"
    return Path(tempfile.gettempdir()) / where


def home(name: str) -> Home:
    """The home of the servers called `name`; folders are made, nothing is started."""
    user = _os_user()
    VAR.mkdir(exist_ok=True)
    top = VAR
    if user is not None and not open_to_all(VAR):
        top = Path("/var/lib/wuye-collect") / _fingerprint()
        top.mkdir(parents=True, exist_ok=True)
    base = top if name == "run" else top / name
    base.mkdir(parents=True, exist_ok=True)
    user = _owner(base / "pg") or user
    made = Home(name=name, base=base, sockets=_sockets(base), user=user)
    made.give(made.sockets)
    if made.sockets.stat().st_uid != (user.uid if user else os.geteuid()):
        raise GivesUp(f"{made.sockets} belongs to somebody else")
    return made
