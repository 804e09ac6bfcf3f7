"""bundles: what a browser loads before a page stands, as the built files compressed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings

NAME: Final = "bundles"
_ENTRIES: Final = {"staff": "staff/main.ts", "portal": "portal/main.ts"}


def weigh() -> dict[str, Any]:
    """A line of the bench: kilobytes (1024 bytes) of script and style, and of what comes later."""
    manifest = json.loads(settings.DJANGO_VITE["default"]["manifest_path"].read_text(encoding="utf-8"))
    return {"bench": NAME, **{name: _weight(manifest, entry) for name, entry in _ENTRIES.items()}}


def needed(manifest: dict[str, Any], entry: str) -> set[str]:
    """The files that an entry loads before it runs."""
    part = manifest[entry]
    files = {part["file"], *part.get("css", ()), *part.get("assets", ())}
    return files.union(*(needed(manifest, name) for name in part.get("imports", ())))


def compressed(file: str) -> int:
    """Bytes of a built file as it travels."""
    path: Path = settings.FRONTEND_DIST / file
    return len(gzip.compress(path.read_bytes(), 6))


def _weight(manifest: dict[str, Any], entry: str) -> dict[str, float]:
    first = needed(manifest, entry)
    later = {file for name in manifest[entry].get("dynamicImports", ()) for file in needed(manifest, name)}
    return {
        "script_kb": _kilobytes(file for file in first if file.endswith(".js")),
        "style_kb": _kilobytes(file for file in first if file.endswith(".css")),
        "later_kb": _kilobytes(later - first),
    }


def _kilobytes(files: Iterable[str]) -> float:
    return round(sum(map(compressed, files)) / 1024, 1)
