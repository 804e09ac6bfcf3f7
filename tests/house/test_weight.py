"""What a phone on a slow line must load before the owner sees anything: the built files, compressed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings

from config.bench.bundles import compressed, needed, weigh

FIRST_LOAD = 150 * 1024
PAGE = 2 * 1024  # the page itself and its headers


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return json.loads(settings.DJANGO_VITE["default"]["manifest_path"].read_text(encoding="utf-8"))


def test_the_portals_first_load_is_under_150_kilobytes(manifest):
    weights = {file: compressed(file) for file in needed(manifest, "portal/main.ts")}
    assert len(weights) > 1
    assert PAGE + sum(weights.values()) < FIRST_LOAD, weights


def test_the_portal_loads_nothing_from_a_foreign_host_and_no_compiler(manifest):
    for file in needed(manifest, "portal/main.ts"):
        text = (settings.FRONTEND_DIST / file).read_text(encoding="utf-8")
        assert "@font-face" not in text
        assert "url(http" not in text
        assert "new Function" not in text
        assert "alicdn" not in text


def test_the_bench_weighs_what_is_loaded(manifest):
    weighed = weigh()
    files = needed(manifest, "portal/main.ts")
    assert weighed["portal"]["script_kb"] + weighed["portal"]["style_kb"] == pytest.approx(
        sum(map(compressed, files)) / 1024, abs=0.2
    )
    assert weighed["staff"]["later_kb"] > 0, "charts come when a page has some"
