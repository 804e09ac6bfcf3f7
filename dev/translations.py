"""The message catalogues: compiled without GNU gettext, so that a clean machine needs no more packages."""

from __future__ import annotations

import subprocess

from dev.paths import PYTHON, ROOT
from dev.say import GivesUp, step


def ensure() -> None:
    """Every .po has a .mo that is not older than it."""
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    stale = [
        po
        for po in catalogues
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
    ]
    for po in stale:
        step(f"compiling {po.relative_to(ROOT)}")
        command = [str(PYTHON), "-m", "babel.messages.frontend", "compile", "--input-file", str(po)]
        language = po.parent.parent.name
        files = ["--output-file", str(po.with_suffix(".mo")), "--locale", language]
        done = subprocess.run([*command, *files], cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            raise GivesUp(f"{po} cannot be compiled:\n{done.stderr}")
