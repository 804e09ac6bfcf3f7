"""`make run`: a clean clone becomes a running product with a demo company in it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from dev.commands import main_of, manage, must
from dev.paths import PYTHON, ROOT, VAR, VENV
from dev.prepare import ready
from dev.say import GivesUp, say, step
from dev.servers import servers
from dev.supervisor import Service, Supervisor

FIRST_PORT, PORTS = 8000, 50
READY_SECONDS = 60.0


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wish: str | None) -> int:
    """The port asked for by PORT, or the first free one from 8000 on."""
    if wish:
        if not wish.isdigit() or not _free(int(wish)):
            raise GivesUp(f"PORT={wish} is not a free port")
        return int(wish)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        if _free(port):
            return port
    raise GivesUp(f"no free port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1}: name one with PORT=")


def services(port: int) -> list[Service]:
    """What serves: the web, the worker of every queue, the timetable."""
    programs = VENV / "bin"
    celery = [str(programs / "celery"), "--quiet", "--app=config.celery:app"]
    worker = ["worker", "--queues=default,login,notify,pdf,pay", "--concurrency=2", "--loglevel=WARNING"]
    beat = ["beat", "--loglevel=WARNING", f"--schedule={VAR / 'beat-schedule'}", "--pidfile="]
    gunicorn = [str(programs / "gunicorn"), "config.wsgi:application", f"--bind=127.0.0.1:{port}"]
    return [
        Service("web", [*gunicorn, "--workers=2", "--threads=4", "--timeout=120", "--log-level=warning"]),
        Service("worker", [*celery, *worker, "--without-gossip", "--without-mingle"]),
        Service("beat", [*celery, *beat]),
    ]


def healthy(port: int) -> bool:
    """Whether the web server answers its health page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _log_ins(env: dict[str, str]) -> str:
    """The demo's log-ins, as the demo itself words them."""
    command = [str(PYTHON), "manage.py", "demo", "--logins"]
    # A session of its own: Ctrl-C while this short command runs must not print its traceback.
    asked = subprocess.run(
        command, env=env, cwd=ROOT, check=False, capture_output=True, text=True, start_new_session=True
    )
    return asked.stdout.strip() if asked.returncode == 0 else asked.stderr.strip()


def _announce(port: int, env: dict[str, str]) -> Callable[[Callable[[], bool]], None]:
    def announce(should_stop: Callable[[], bool]) -> None:
        log_ins = _log_ins(env)
        deadline = time.monotonic() + READY_SECONDS
        while not should_stop() and not healthy(port):
            if time.monotonic() > deadline:
                raise GivesUp("the web server does not answer /healthz; its lines are above")
            time.sleep(0.2)
        if not should_stop():
            say(f"\n{log_ins}\n\nReady: http://127.0.0.1:{port}/   (Ctrl-C stops everything)")

    return announce


def fill(env: dict[str, str]) -> None:
    """Migrate as the owner, fill an empty database with the demo, run today's timetable."""
    step("migrating")
    must(manage("migrate", "--verbosity=0", env={**env, "DJANGO_AS_OWNER": "1"}), "migrate")
    step("filling an empty database with the demo company (two years, about two minutes)")
    must(manage("demo", env=env), "demo")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    step(f"running the timetable of {today}")
    must(manage("cycle", f"--as-of={today}", env=env), "cycle")


def main(_arguments: list[str]) -> int:
    """Prepare, start, serve until Ctrl-C."""
    ready("dev.run")
    port = choose_port(os.environ.get("PORT"))
    (VAR / "static").mkdir(parents=True, exist_ok=True)  # without it WhiteNoise warns on every start
    with servers() as env:
        fill(env)
        # Celery warns root on every start; on a trial machine that hides the lines worth reading.
        quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
        status = Supervisor(services(port), {**env, **quiet}, str(ROOT)).run(_announce(port, env))
    say("Stopped.")
    return status


if __name__ == "__main__":
    main_of(main)
