"""`python3 -m dev.shell [--test] COMMAND...`: run a command with the servers up and the environment set."""

from __future__ import annotations

import os

from dev.commands import enter_venv, foreground, main_of
from dev.servers import servers


def main(arguments: list[str]) -> int:
    """Run the command, or a shell when none is given; `--test` uses the tests' throw-away servers."""
    enter_venv("dev.shell")
    throw_away = arguments[:1] == ["--test"]
    command = arguments[1:] if throw_away else arguments
    with servers("test" if throw_away else "run", durable=not throw_away) as env:
        return foreground(command or [os.environ.get("SHELL", "/bin/bash")], env)


if __name__ == "__main__":
    main_of(main)
