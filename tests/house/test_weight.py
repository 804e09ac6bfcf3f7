"""What a phone on a slow line must load before the owner sees anything: the built files, compressed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FIRST_LOAD = 150 * 1024
PAGE = 2 * 1024  # the page itself and its headers


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return json.loads(settings.DJANGO_VITE["default"]["manifest_path"].read_text(encoding="utf-8"))


def _needed(manifest: dict[str, Any], entry: str) -> set[str]:
    """The files that an entry loads before it runs."""
    part = manifest[entry]
    files = {part["file"], *part.get("css", ()), *part.get("assets", ())}
    return files.union(*(_needed(manifest, name) for name in part.get("imports", ())))


def _compressed(file: str) -> int:
    path: Path = settings.FRONTEND_DIST / file
    return len(gzip.compress(path.read_bytes(), 6))


def test_the_portals_first_load_is_under_150_kilobytes(manifest):
    weights = {file: _compressed(file) for file in _needed(manifest, "portal/main.ts")}
    assert len(weights) > 1
    assert PAGE + sum(weights.values()) < FIRST_LOAD, weights


def test_the_portal_loads_nothing_from_a_foreign_host_and_no_compiler(manifest):
    for file in _needed(manifest, "portal/main.ts"):
        text = (settings.FRONTEND_DIST / file).read_text(encoding="utf-8")
        assert "@font-face" not in text
        assert "url(http" not in text
        assert "new Function" not in text
        assert "alicdn" not in text
