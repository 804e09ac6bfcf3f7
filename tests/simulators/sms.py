"""An SMS provider on loopback: checks the signature of every request, keeps messages, answers as it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY, SECRET = "jinxiu", "a-secret-of-the-simulator"


class Provider:
    """What was taken, by reference; `answer` is the status of the next POSTs (0: hang up without a word)."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[str, Any]] = {}
        self.calls = 0
        self.answer = 200
        self.url = ""
        self._nonces: set[str] = set()

    def is_signed(self, method: str, path: str, headers: Any, body: bytes) -> bool:
        """A fresh, unused nonce and the right HMAC over everything that matters."""
        moment, nonce = headers.get("X-Time", "0"), headers.get("X-Nonce", "")
        signed = "\n".join((method, path, moment, nonce)).encode() + b"\n" + body
        right = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        fresh = abs(time.time() - int(moment)) < 300 and nonce not in self._nonces
        self._nonces.add(nonce)
        return (
            fresh
            and headers.get("X-Key") == KEY
            and hmac.compare_digest(right, headers.get("X-Signature", ""))
        )


class _Server(ThreadingHTTPServer):
    provider: Provider


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.provider.calls += 1
        if not self.server.provider.is_signed("POST", self.path, self.headers, body):
            return self.say(401, {"error": "bad signature"})
        message = json.loads(body)
        if self.server.provider.answer in (0, 200):
            self.server.provider.taken[message["reference"]] = message
        if self.server.provider.answer == 0:
            self.close_connection = True
            return self.connection.close()
        return self.say(
            self.server.provider.answer, {"id": f"sms-{message['reference']}", "error": "no credit"}
        )

    def do_GET(self) -> None:
        if not self.server.provider.is_signed("GET", self.path, self.headers, b""):
            return self.say(401, {"error": "bad signature"})
        reference = self.path.rpartition("/")[2]
        known = reference in self.server.provider.taken
        return self.say(200 if known else 404, {"id": f"sms-{reference}"} if known else {})

    def say(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def sms_provider() -> Iterator[Provider]:
    """Runs until the block ends."""
    provider = Provider()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.provider = provider
    provider.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
