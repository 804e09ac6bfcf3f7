"""A virus scanner on loopback that speaks INSTREAM as clamd does: length-prefixed pieces, one verdict."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """What was scanned, in order; `limit` bytes are taken at most, `silent`: hang up without a word."""

    def __init__(self) -> None:
        self.files: list[bytes] = []
        self.limit = 30 * 1024 * 1024
        self.silent = False
        self.address = ""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        scanner = self.server.scanner
        if scanner.silent or self.rfile.read(10) != b"zINSTREAM\0":
            return
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        scanner.files.append(content)
        self.wfile.write(self._answer(content, scanner.limit) + b"\0")

    def _answer(self, content: bytes, limit: int) -> bytes:
        if len(content) > limit:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    scanner: Scanner


@contextmanager
def clamd() -> Iterator[Scanner]:
    """Runs until the block ends; `address` says where."""
    scanner = Scanner()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.scanner = scanner
        scanner.address = f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield scanner
        finally:
            server.shutdown()
            thread.join()
