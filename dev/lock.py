"""`make lock`: versions and hashes for Python and Node, without the name of any registry."""

from __future__ import annotations

import subprocess

from dev import frontend
from dev.commands import main_of
from dev.paths import PYTHON, ROOT, VAR
from dev.prepare import tools_only
from dev.say import step

TOOLS = VAR / "tools"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
)


def _uv() -> str:
    """uv in a .venv of its own: it resolves, it is no dependency."""
    program = TOOLS / "bin" / "uv"
    if not program.exists():
        step("getting uv")
        subprocess.run([str(PYTHON), "-m", "venv", str(TOOLS)], check=True)
        subprocess.run([str(TOOLS / "bin" / "pip"), "install", "--quiet", "uv"], check=True)
    return str(program)


def main(arguments: list[str]) -> int:
    """Write requirements/*.txt and package-lock.json; `--upgrade` also takes newer versions."""
    tools_only("dev.lock")
    uv = _uv()
    for name, extra in (("base", ()), ("dev", ("--extra=dev",))):
        step(f"requirements/{name}.txt")
        command = [uv, "pip", "compile", "pyproject.toml", *extra, *OPTIONS, *arguments]
        subprocess.run([*command, f"--output-file=requirements/{name}.txt"], check=True, cwd=ROOT)
    step("frontend/package-lock.json")
    frontend.npm("install", "--package-lock-only", "--loglevel=error")
    return 0


if __name__ == "__main__":
    main_of(main)
