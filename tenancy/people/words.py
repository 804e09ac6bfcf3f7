"""Codes of all apps in the reader's language. Sentences take the code's parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
SENTENCES: dict[str, str | Promise] = {}


def sentence(because: Any) -> str:
    """`{"code": ..., "params": {...}}` or an object with code and params, as a sentence."""
    if isinstance(because, Mapping):
        code, params = str(because.get("code", "")), dict(because.get("params", {}))
    else:
        code, params = because.code, dict(because.params)
    text = str(SENTENCES.get(code, code))
    shown = {name: _word(name, str(value)) for name, value in params.items()}
    return text.format_map(_Lenient(shown))


def _word(name: str, value: str) -> str:
    """A parameter that is a code, under its own name first: a call's VOID is not a bill's."""
    return str(WORDS.get(f"{name}.{value}", WORDS.get(value, value)))


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"
