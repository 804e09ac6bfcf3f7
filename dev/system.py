"""What must come from the operating system: Debian's packages, how each is recognised, and how it is got."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from dev.paths import PYTHON
from dev.say import GivesUp, step


@dataclass(frozen=True)
class Need:
    """A Debian package, how to see that it is there, and what it is for."""

    package: str
    present: Callable[[], bool]
    reason: str


def library(name: str) -> Callable[[], bool]:
    """A probe that loads a shared library as WeasyPrint would."""

    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _rare_characters() -> bool:
    """Whether a font covers rare characters of people's names (U+4DAE, U+36C3), not only common Chinese."""
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(
        ["fc-list", ":lang=zh-cn:charset=4dae 36c3"], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip())


def _can_make_venv() -> bool:
    """Debian ships Python without ensurepip; an existing .venv does not need it any more."""
    return PYTHON.exists() or find_spec("ensurepip") is not None


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TO_RUN = (
    Need("python3-venv", _can_make_venv, "making .venv"),
    Need("libpango-1.0-0", library("libpango-1.0.so.0"), "laying out PDF text"),
    Need("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0"), "laying out PDF text"),
    Need(
        "libharfbuzz-subset0",
        library("libharfbuzz-subset.so.0"),
        "embedding Chinese fonts (60 times faster PDFs)",
    ),
    Need("fontconfig", _program("fc-list"), "finding fonts"),
    Need("fonts-noto-cjk", _rare_characters, "Chinese text, rare name characters included"),
)
TO_BROWSE = (Need("chromium", _program(*CHROMIUM), "the browser journeys"),)
TO_TRANSLATE = (Need("gettext", _program("xgettext"), "collecting the texts to translate"),)


def missing(needs: Sequence[Need]) -> list[Need]:
    """The needs whose probe fails."""
    return [need for need in needs if not need.present()]


def install_command(needs: Sequence[Need], *, root: bool) -> list[str]:
    """The one command that gets the packages."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *(need.package for need in needs)]
    return command if root else ["sudo", *command]


def _install(needs: Sequence[Need]) -> bool:
    """Install as root; the package lists are fetched when the first try fails, as on a fresh image."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = install_command(needs, root=True)
    for before in ((), ("apt-get", "update")):
        if before:
            subprocess.run(before, env=env, check=False, stdout=subprocess.DEVNULL)
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return True
    step(done.stderr.strip()[-1000:])
    return False


def refusal(needs: Sequence[Need]) -> str:
    """What somebody who may not install packages is told: what is missing, and the one command."""
    lines = [f"  {need.package}: {need.reason}" for need in needs]
    command = " ".join(install_command(needs, root=False))
    return "\n".join(["Missing from this system:", *lines, "Install with:", f"  {command}"])


def ensure(needs: Sequence[Need] = TO_RUN) -> None:
    """Every need is there afterwards: root installs what is missing, anyone else is told the command."""
    lacking = missing(needs)
    if not lacking:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise GivesUp(refusal(lacking))
    step(f"installing {', '.join(need.package for need in lacking)}")
    if not _install(lacking) or missing(lacking):
        raise GivesUp(refusal(missing(lacking) or lacking))


def chromium() -> str | None:
    """The browser's path, installed when root finds none; None where it cannot be had."""
    if missing(TO_BROWSE) and os.geteuid() == 0 and shutil.which("apt-get"):
        step("installing chromium")
        _install(TO_BROWSE)
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)
