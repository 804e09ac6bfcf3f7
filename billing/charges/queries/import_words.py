"""One finding of an import in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from billing.charges.models import ImportLine
from tenancy.people.words import SENTENCES, WORDS

_PREFIX = "import."


class LineWords(NamedTuple):
    """What a finding says: how heavy, why, and for a change the field with both values."""

    weight: str
    reason: str
    old: str
    new: str


class LineRow(NamedTuple):
    """One finding as a table shows it."""

    weight: str
    code: str
    place: str
    unit: str
    header: str
    value: str
    reason: str
    old: str
    new: str


def line_words(line: ImportLine) -> LineWords:
    """The words of one finding."""
    names = {
        "ERROR": pgettext("a row", "Rejected"),
        "WARNING": _("Warning"),
        "CHANGE": _("Change"),
        "NOTE": _("Left aside"),
    }
    weight = names.get(line.weight, line.weight)
    if line.weight == "CHANGE":
        field = str(WORDS.get(f"{_PREFIX}{line.code}", line.code))
        return LineWords(weight, field, _word(line.old), _word(line.new))
    return LineWords(weight, str(SENTENCES.get(f"{_PREFIX}{line.code}", line.code)), "", "")


def line_row(line: ImportLine) -> LineRow:
    """One finding as plain data."""
    words = line_words(line)
    place = f"{line.sheet} {line.column}{line.row}" if line.row else line.sheet
    return LineRow(
        line.weight, line.code, place, line.unit, line.header, line.value, words.reason, words.old, words.new
    )


def _word(value: str) -> str:
    return str(WORDS.get(value, value)) if value.isupper() else value
