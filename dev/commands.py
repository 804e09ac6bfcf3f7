"""Running programs in the foreground: signals are passed on, and the .venv's Python is used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from dev.paths import PYTHON, ROOT, VENV
from dev.say import GivesUp

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def enter_venv(module: str) -> None:
    """Go on under the .venv's Python; there the embedded servers can be found."""
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        return
    if not PYTHON.exists():
        raise GivesUp("there is no .venv: start with `make run` or `make test`")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *sys.argv[1:]])  # noqa: S606


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off signals: a server half started or half stopped is one that nobody will stop."""
    put_off: list[int] = []
    before = {number: signal.signal(number, lambda got, _frame: put_off.append(got)) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if put_off:
        signal.raise_signal(signal.Signals(put_off[0]))


def foreground(command: Sequence[str], env: dict[str, str]) -> int:
    """Run a command to its end and return its status; being told to stop stops it too."""
    child = subprocess.Popen(command, env=env, cwd=ROOT)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        # A terminal gives Ctrl-C to the child as well; only the other signals have to be passed on.
        if number != signal.SIGINT:
            child.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in STOPS}
    try:
        return child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def manage(*arguments: str, env: dict[str, str]) -> int:
    """`manage.py ...` in the foreground."""
    return foreground([str(PYTHON), "manage.py", *arguments], env)


def must(status: int, what: str) -> None:
    """Give up when a step of a chain failed."""
    if status:
        raise GivesUp(f"{what} failed with status {status}")


def _told_to_stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main_of(main: Callable[[list[str]], int]) -> None:
    """Exit with what `main` returns; a known obstacle is one sentence and status 1, never a traceback.

    A signal unwinds the stack, so that servers which were started are stopped on the way out.
    """
    for number in STOPS:
        signal.signal(number, _told_to_stop)
    try:
        status = main(sys.argv[1:])
    except GivesUp as reason:
        sys.stderr.write(f"\n{reason}\n")
        status = 1
    except PermissionError as reason:
        sys.stderr.write(
            f"\nNo permission for {reason.filename}: was this clone last used by another user?\n"
        )
        status = 1
    sys.exit(status if status >= 0 else 128 - status)
