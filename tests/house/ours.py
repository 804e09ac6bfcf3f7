"""The files of the project that people write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from pathlib import Path

from tests.databases import ROOT

ELSEWHERE = frozenset({".venv", "var", "node_modules", "dist", "generated", "migrations", ".git"})


def files(*suffixes: str, outside: Set[str] = ELSEWHERE) -> Iterator[Path]:
    """Files of ours. Folders that are not are never entered: a test's database comes and goes in `var`."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - outside)
        for name in sorted(names):
            if name.endswith(suffixes):
                yield Path(folder, name)
