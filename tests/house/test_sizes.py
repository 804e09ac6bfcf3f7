"""Sizes and names that keep the house readable: 400 lines a file, 50 a function, 200 a template."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.databases import ROOT
from tests.house.ours import files

FILE, FUNCTION, TEMPLATE = 400, 50, 200
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "managers", "misc"}
# The content policy forbids all of these; a page that needs one would be silently broken.
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_longer_than_four_hundred_lines():
    long = {
        _name(path): n for path in files(".py", ".ts", ".vue", ".css", ".sql") if (n := _lines(path)) > FILE
    }
    assert long == {}


def test_no_function_is_longer_than_fifty_lines():
    long = {}
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    long[f"{_name(path)}:{node.name}"] = length
    assert long == {}


def test_no_template_is_longer_than_two_hundred_lines():
    templates = [path for path in files(".html", ".txt") if "templates" in path.parts]
    assert templates, "there are templates"
    assert {_name(path): n for path in templates if (n := _lines(path)) > TEMPLATE} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [_name(path) for path in files(".py", ".ts") if path.stem in SAYS_NOTHING] == []


def test_every_module_says_what_lives_in_it():
    silent = [
        _name(path)
        for path in files(".py")
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_no_page_has_styles_or_scripts_in_line():
    # The papers are drawn by WeasyPrint, not by a browser: their style sheets stand in them.
    pages = [path for path in files(".html") if "documents" not in path.parts]
    found = {
        _name(path): match.group()
        for path in pages
        if (match := INLINE.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
