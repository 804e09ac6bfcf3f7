"""The .venv: made once, filled from the hash-locked requirements, left alone while they stay the same."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys

from dev.paths import PYTHON, ROOT, VAR, VENV
from dev.say import GivesUp, step

LOCK = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "installed.sha256"
OLDEST = (3, 11)


def _wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _works() -> bool:
    """Whether the .venv has a Python that starts and a pip; a moved or half-made one has not."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run([str(PYTHON), "-m", "pip", "--version"], check=False, capture_output=True)
    return asked.returncode == 0


def _make() -> None:
    if sys.version_info < OLDEST:
        raise GivesUp("Python 3.11 or newer is needed; name it with `make PYTHON=python3.12 ...`")
    step("making .venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def ensure() -> None:
    """Afterwards .venv holds exactly what the lock file says, every file checked against its hash."""
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == _wanted() and PYTHON.exists():
        return
    VAR.mkdir(exist_ok=True)
    with (VAR / "venv.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _works():
            _make()
        step("installing the locked dependencies")
        command = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--require-hashes",
        ]
        if subprocess.run([*command, "-r", str(LOCK)], check=False, cwd=ROOT).returncode:
            raise GivesUp("pip could not install requirements/dev.txt; its message is above")
        STAMP.write_text(_wanted(), encoding="ascii")
