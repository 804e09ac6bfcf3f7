"""The Chinese catalogue is complete: every text of code and templates is translated, and says the same."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.databases import ROOT
from tests.house import msgids

CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


@pytest.fixture(scope="module")
def texts() -> list[msgids.Text]:
    return msgids.texts()


def _entries(catalogue: Catalog) -> list[tuple[str, str]]:
    """(msgid, translation) of every entry; of plurals the singular's key and the one Chinese form."""
    first = lambda value: value[0] if isinstance(value, tuple | list) else value  # noqa: E731
    return [(first(message.id), first(message.string)) for message in catalogue if message.id]


def test_the_texts_are_found_in_code_and_in_templates(texts):
    places = {text.place.rsplit(":", 1)[0] for text in texts}
    assert {"tenancy/people/web/forms.py", "templates/base.html"} <= places


def test_the_texts_in_the_code_are_english(texts):
    assert [text for text in texts if CHINESE.search(text.msgid)] == []


def test_every_text_is_translated(texts, catalogue):
    missing = {
        text.msgid: text.place
        for text in texts
        if not ((message := catalogue.get(text.msgid, text.context or None)) and any(message.string))
    }
    assert missing == {}


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_a_translation_has_the_holes_of_its_text(catalogue):
    wrong = [
        (msgid, string)
        for msgid, string in _entries(catalogue)
        if string and set(HOLES.findall(msgid)) != set(HOLES.findall(string))
    ]
    assert wrong == []


def test_a_translation_is_chinese_with_full_width_punctuation(catalogue):
    half_width = re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]")
    assert [string for _msgid, string in _entries(catalogue) if half_width.search(string)] == []
