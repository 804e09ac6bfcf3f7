"""`make lint` and `make fmt`: every check of the house, all of them even when the first fails."""

from __future__ import annotations

from dev import frontend
from dev.commands import foreground, main_of
from dev.paths import PYTHON, VENV
from dev.prepare import ready
from dev.say import GivesUp, say, step
from dev.servers import servers

CHECKS: dict[str, tuple[str, ...]] = {
    "ruff": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy", "."),
    "imports": ("lint-imports",),
    "bandit": ("bandit", "-q", "-c", "pyproject.toml", "-r", "."),
}


def _failures(env: dict[str, str]) -> list[str]:
    failed = []
    for name, (program, *arguments) in CHECKS.items():
        step(name)
        if foreground([str(VENV / "bin" / program), *arguments], env):
            failed.append(name)
    step("migrations")
    command = [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"]
    if foreground(command, {**env, "DJANGO_AS_OWNER": "1"}):
        failed.append("migrations")
    return failed


def _front_end() -> list[str]:
    step("front end")
    frontend.packages()
    frontend.schema()
    try:
        frontend.npm("run", "--silent", "check")
    except GivesUp:
        return ["front end"]
    return []


def main(arguments: list[str]) -> int:
    """`--fix` writes what can be written; without it nothing is changed."""
    ready("dev.lint")
    with servers("test", durable=False) as env:
        if arguments == ["--fix"]:
            ruff = str(VENV / "bin" / "ruff")
            fixed = foreground([ruff, "check", "--fix", "."], env)
            return foreground([ruff, "format", "."], env) or fixed
        failed = _failures(env) + _front_end()
    say(f"lint: {', '.join(failed)} failed" if failed else "lint: clean")
    return 1 if failed else 0


if __name__ == "__main__":
    main_of(main)
