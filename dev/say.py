"""What the launcher tells the person at the terminal, and how it gives up."""

from __future__ import annotations

import sys


class GivesUp(Exception):
    """The launcher cannot go on; the text says what the reader has to do."""


def say(text: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def step(text: str) -> None:
    """One line that names what is being done now; it goes to stderr so that stdout stays for results."""
    sys.stderr.write(f"· {text}\n")
    sys.stderr.flush()
