"""Several services under one roof: their output with a prefix, one dies - all stop, nothing stays behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from dev.commands import STOPS
from dev.say import say

GRACE_SECONDS = 12.0
POLL_SECONDS = 0.1
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Service:
    """A process to keep running: the name in front of its lines, and its command."""

    name: str
    command: Sequence[str]


def _die_with_parent() -> None:
    """In the child: ask the kernel to stop it when the supervisor is killed and cannot do so itself."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    """Starts services, watches them, stops them by process group."""

    services: Sequence[Service]
    env: Mapping[str, str]
    cwd: str
    grace_seconds: float = GRACE_SECONDS
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _signals: list[int] = field(default_factory=list)

    def run(self, on_start: Callable[[Callable[[], bool]], None]) -> int:
        """Run until told to stop (0) or until a service ends by itself (1).

        `on_start` is called once with a function that tells whether it should give up waiting.
        """
        before = {number: signal.signal(number, self._note) for number in STOPS}
        try:
            for service in self.services:
                self._spawn(service)
            self._forward_output()
            on_start(self._should_stop)
            while not self._should_stop():
                time.sleep(POLL_SECONDS)
            ended = self._ended()
            for name, status in ended.items():
                say(f"{name} ended with status {status}; stopping everything")
            return 1 if ended and not self._signals else 0
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._signals.append(number)

    def _ended(self) -> dict[str, int]:
        states = {name: child.poll() for name, child in self._children.items()}
        return {name: status for name, status in states.items() if status is not None}

    def _should_stop(self) -> bool:
        return bool(self._signals or self._ended())

    def _spawn(self, service: Service) -> None:
        self._children[service.name] = subprocess.Popen(
            service.command,
            env=dict(self.env),
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches only the supervisor, which stops the services in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def _forward_output(self) -> None:
        """Threads come after the last fork: a fork in a threaded process may inherit somebody's lock."""
        for name, child in self._children.items():
            if child.stdout is not None:
                threading.Thread(target=_forward, args=(name, child.stdout), daemon=True).start()

    def _stop(self) -> None:
        """Ask the leaders to end, give them time, then kill whatever is left of their groups."""
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        told = len(self._signals)
        deadline = time.monotonic() + self.grace_seconds
        # A second Ctrl-C means: now.
        while time.monotonic() < deadline and len(self._signals) == told:
            if all(child.poll() is not None for child in self._children.values()):
                break
            time.sleep(POLL_SECONDS)
        for child in self._children.values():
            _kill_group(child.pid)
            child.wait()


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _forward(name: str, lines: IO[bytes]) -> None:
    for line in lines:
        sys.stdout.write(f"{name:<6} | {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()
