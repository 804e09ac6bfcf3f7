"""A virus scanner that speaks clamd's INSTREAM: the file goes through a socket, the verdict comes back."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import urlsplit

_TIMEOUT: Final = 20.0
_CHUNK: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096


class Verdict(StrEnum):
    """What the scanner says of a file; UNKNOWN: it said nothing that can be relied on."""

    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    UNKNOWN = "UNKNOWN"


class Scanned(NamedTuple):
    """A verdict with the scanner's own words: the name of what was found, or what went wrong."""

    verdict: Verdict
    detail: str = ""


class Clamd:
    """A scanner at `unix:/run/clamav/clamd.sock` or `tcp://host:3310`."""

    def __init__(self, address: str, *, timeout: float = _TIMEOUT) -> None:
        self._address = address
        self._timeout = timeout

    def scan(self, chunks: Iterable[bytes]) -> Scanned:
        """Send a file in pieces and read the verdict. A scanner that does not answer makes it UNKNOWN."""
        try:
            with self._connect() as line:
                return _verdict(_talk(line, chunks))
        except OSError as error:
            return Scanned(Verdict.UNKNOWN, str(error))

    def _connect(self) -> socket.socket:
        if self._address.startswith("unix:"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self._timeout)
            try:
                line.connect(self._address.removeprefix("unix:"))
            except OSError:
                line.close()
                raise
            return line
        where = urlsplit(self._address)
        return socket.create_connection((where.hostname or "localhost", where.port or 3310), self._timeout)


def _talk(line: socket.socket, chunks: Iterable[bytes]) -> str:
    line.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        for start in range(0, len(chunk), _CHUNK):
            part = chunk[start : start + _CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
    line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Scanned:
    """`stream: OK`, `stream: Eicar-Signature FOUND`, or an error such as a size limit.

    >>> _verdict("stream: Eicar-Signature FOUND")
    Scanned(verdict=<Verdict.INFECTED: 'INFECTED'>, detail='Eicar-Signature')
    >>> _verdict("INSTREAM size limit exceeded. ERROR").verdict
    <Verdict.UNKNOWN: 'UNKNOWN'>
    """
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Scanned(Verdict.CLEAN)
    if said.endswith(" FOUND"):
        return Scanned(Verdict.INFECTED, said.removesuffix(" FOUND"))
    return Scanned(Verdict.UNKNOWN, said or "no answer")
