"""A clean clone made ready: system packages, .venv, front end, catalogues; each needs those before it."""

from __future__ import annotations

from dev import frontend, system, translations, venv
from dev.commands import enter_venv
from dev.say import step


def ready(module: str) -> None:
    """Make everything that `module` needs and go on under the .venv's Python. Quick when nothing changed."""
    system.ensure()
    venv.ensure()
    enter_venv(module)
    frontend.ensure()
    translations.ensure()


def tools_only(module: str) -> None:
    """For commands that build nothing: the .venv is enough."""
    venv.ensure()
    enter_venv(module)
    step("ready")
