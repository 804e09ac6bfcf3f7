"""`make test`: every test, on throw-away servers that it starts and stops."""

from __future__ import annotations

import os

from dev import system
from dev.commands import foreground, main_of
from dev.paths import PYTHON, VAR
from dev.prepare import ready
from dev.say import GivesUp, step
from dev.servers import servers

# While PostgreSQL works for one, another may; whoever has nothing left takes over from the slowest.
WORKERS = ("-n", "3", "--dist", "worksteal")


def _browser() -> dict[str, str]:
    """CHROMIUM for the browser journeys; without one they are skipped, which a CI machine may not do."""
    path = system.chromium()
    if path is not None:
        return {"CHROMIUM": path}
    if os.environ.get("CI") == "true":
        raise GivesUp("CI=true demands the browser journeys, and there is no chromium")
    step("no chromium: the browser journeys are skipped")
    return {}


def main(arguments: list[str]) -> int:
    """Run pytest with some workers; arguments are pytest's."""
    ready("dev.test")
    browser = _browser()
    with servers("test", durable=False) as env:
        mine = {"FAST_PASSWORDS": "1", "VAR_DIR": str(VAR / "test" / "files"), **browser}
        return foreground([str(PYTHON), "-m", "pytest", *WORKERS, *arguments], {**env, **mine})


if __name__ == "__main__":
    main_of(main)
