"""Finds every text that is meant to be translated: in Python by its syntax tree, in templates by their tokens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.template.base import Lexer, Token, TokenType

from tests.databases import ROOT
from tests.house.ours import files

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
OUTSIDE = {".venv", "var", "frontend", "tests", "dev", "migrations", ".git"}
_QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TRANSLATE = re.compile(rf"^trans(?:late)?\s+{_QUOTED}(?:.*?\bcontext\s+{_QUOTED})?")
_CONSTANT = re.compile(rf"(?<!\w)_\({_QUOTED}\)")
_CONTEXT = re.compile(rf"\bcontext\s+{_QUOTED}")
_VARIABLE = re.compile(r"^\s*([\w.]+)")


class Text(NamedTuple):
    """A text, its context (empty for none) and where it stands."""

    context: str
    msgid: str
    place: str


def texts() -> list[Text]:
    """All of them."""
    return [*_all(".py", _of_python), *_all(".html", _of_template), *_all(".txt", _of_template)]


def _all(suffix: str, read: object) -> Iterator[Text]:
    for path in files(suffix, outside=OUTSIDE):
        if suffix == ".py" or "templates" in path.parts:
            yield from read(path)  # type: ignore[operator]


def _of_python(path: Path) -> Iterator[Text]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            yield from _of_call(node.func.id, node.args, place)


def _of_call(name: str, arguments: list[ast.expr], place: str) -> Iterator[Text]:
    if name in PLAIN and len(arguments) == 1:
        yield Text("", _literal(arguments[0], place), place)
    elif name in WITH_CONTEXT:
        yield Text(_literal(arguments[0], place), _literal(arguments[1], place), place)
    elif name in PLURAL:
        yield Text("", _literal(arguments[0], place), place)


def _literal(node: ast.expr, place: str) -> str:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        raise AssertionError(f"{place}: a text to translate must be written out")
    return node.value


def _of_template(path: Path) -> Iterator[Text]:
    tokens = iter(Lexer(path.read_text(encoding="utf-8")).tokenize())
    for token in tokens:
        place = f"{path.relative_to(ROOT)}:{token.lineno}"
        if token.token_type is TokenType.BLOCK and re.match(r"blocktrans(late)?\b", token.contents):
            yield _of_block(token, tokens, place)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            if found := _TRANSLATE.match(token.contents):
                yield Text(_unquoted(found[2]), _unquoted(found[1]), place)
            for quoted in _CONSTANT.findall(token.contents):
                yield Text("", _unquoted(quoted), place)


def _of_block(opening: Token, tokens: Iterator[Token], place: str) -> Text:
    parts = []
    for token in tokens:
        if token.token_type is TokenType.BLOCK:
            # The singular is the key of a catalogue entry; what follows `plural` is its second form.
            if not token.contents.startswith("plural"):
                break
            for rest in tokens:
                if rest.token_type is TokenType.BLOCK:
                    break
            break
        parts.append(_written(token))
    text = "".join(parts)
    if re.search(r"\btrimmed\b", opening.contents):
        text = " ".join(line.strip() for line in text.strip().splitlines())
    found = _CONTEXT.search(opening.contents)
    return Text(_unquoted(found[1]) if found else "", text, place)


def _written(token: Token) -> str:
    if token.token_type is TokenType.VAR:
        found = _VARIABLE.match(token.contents)
        return f"%({found[1] if found else ''})s"
    return token.contents.replace("%", "%%")


def _unquoted(text: str | None) -> str:
    return ast.literal_eval(text) if text else ""
