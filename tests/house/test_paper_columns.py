"""Columns of printed tables: together they are as wide as the sheet, or the right end is cut off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
GROUP = re.compile(r"<colgroup>(.*?)</colgroup>", re.DOTALL)
WIDTH = re.compile(r"width:\s*([\d.]+)%")
PAPERS = sorted(path for path in ROOT.rglob("*.html") if "<colgroup>" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_columns_fit_the_sheet(path: Path):
    for group in GROUP.findall(path.read_text(encoding="utf-8")):
        widths = [float(width) for width in WIDTH.findall(group)]
        assert sum(widths) <= 100.001, f"{sum(widths)} percent"
