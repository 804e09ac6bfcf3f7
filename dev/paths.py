"""Where things lie in a clone: the checkout, its .venv and everything that a run leaves behind."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VAR / "stamps"
FRONTEND = ROOT / "frontend"
