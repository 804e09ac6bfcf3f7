"""Words of team: visit rounds, sign-off, leave, the record sheet and the weekly review."""

from __future__ import annotations

from django.utils.functional import Promise

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {}
TOLD: dict[str, str | Promise] = {}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
