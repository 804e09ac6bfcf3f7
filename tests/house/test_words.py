"""One code has one text: whichever app speaks last, a reader meets the words that were meant."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from django.utils import translation

from tests.house.test_audit_words import APPS
from tests.house.test_sizes import ROOT


class Listener(dict[str, Any]):
    """Hears everything that is said and keeps nothing, so that nobody finds a code taken."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def update(self, *told: Mapping[str, Any], **_named: Any) -> None:
        self.heard += [pair for words in told for pair in words.items()]

    def setdefault(self, code: str, text: Any = None) -> Any:
        self.heard.append((code, text))
        return text


def _modules() -> Iterator[ModuleType]:
    """What speaks: a words module of an app, the parts of a words package, the platform's vocabulary."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if path.name in ("words.py", "vocabulary.py") or path.parent.name == "words":
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield importlib.import_module(name.removesuffix(".__init__"))


def _said(module: ModuleType, into: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    if not hasattr(module, into):
        return []
    if not hasattr(module, "speak"):
        return list(getattr(module, into).items())
    listener = Listener()
    monkeypatch.setattr(module, into, listener)
    for other in {"WORDS", "SENTENCES"} - {into}:
        if hasattr(module, other):
            monkeypatch.setattr(module, other, Listener())
    module.speak()
    monkeypatch.undo()
    return listener.heard


@pytest.mark.parametrize("into", ["WORDS", "SENTENCES"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_code_has_two_texts(into, language, monkeypatch):
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with translation.override(language):
        for module in _modules():
            if module.__name__ != "tenancy.people.words":
                for code, text in _said(module, into, monkeypatch):
                    told[code][str(text)].add(module.__name__)
    assert len(told) > 50
    twice = {code: dict(texts) for code, texts in told.items() if len(texts) > 1}
    lines = [f"{code}: {texts}" for code, texts in sorted(twice.items())]
    assert not lines, "\n".join(lines)
