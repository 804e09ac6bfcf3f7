"""The product under gunicorn, and a reader who is logged in."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from config.bench.outside import environment
from tenancy.kernel.permissions import Role
from tenancy.people.services import members

_ROLES: Final = (
    Role.COMPANY_ADMIN, Role.PROJECT_MANAGER, Role.COLLECTOR, Role.CASHIER, Role.FINANCE, Role.LEGAL,
)  # fmt: skip
_READY_SECONDS: Final = 60
_HIDDEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Reader:
    """One browser's connection: keeps it open, keeps its cookies, follows no redirect."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies = SimpleCookie()

    def get(self, path: str) -> tuple[int, str, float]:
        """Status, text and milliseconds until the last byte."""
        return self._ask("GET", path, None)

    def send(self, path: str, body: str, *, key: str) -> tuple[int, str]:
        """Status and text of a JSON request with an API key."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read().decode()

    def log_in(self, username: str, password: str) -> None:
        """Through the log-in page, as anybody does; RuntimeError if it lets us not in."""
        _status, text, _ms = self.get("/login/")
        found = _HIDDEN.search(text)
        if found is None:
            raise RuntimeError("the log-in page has no token")
        said = {"username": username, "password": password, "csrfmiddlewaretoken": found[1]}
        status, _text, _ms = self._ask("POST", "/login/", urlencode(said))
        if status != http.client.FOUND:
            raise RuntimeError(f"log-in answered {status}")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, float]:
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        milliseconds = (time.perf_counter() - started) * 1000
        for header in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(header)
        return answer.status, text, milliseconds


@contextmanager
def reading(tenant_id: int) -> Iterator[Reader]:
    """A member of staff who may see everything, logged in."""
    username = f"reader-{tenant_id}"
    user = members.create_user(username=username, name="读者", password=username, check=False)
    members.join(tenant_id=tenant_id, user_id=user.pk, roles=_ROLES)
    with served() as port:
        reader = Reader(port)
        reader.log_in(username, username)
        yield reader


@contextmanager
def served() -> Iterator[int]:
    """Two gunicorn workers with four threads, as `make run` starts them; the port they listen on."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", f"--bind=127.0.0.1:{port}"]
    command += ["--workers=2", "--threads=4", "--log-level=warning"]
    web = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment() | {"LOG_LEVEL": "WARNING"})
    try:
        _wait(web, port)
        yield port
    finally:
        web.terminate()
        web.wait(timeout=30)


def _wait(web: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _healthy(port):
        if web.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("gunicorn does not answer")
        time.sleep(0.2)


def _healthy(port: int) -> bool:
    try:
        return Reader(port).get("/healthz")[0] == http.client.OK
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
