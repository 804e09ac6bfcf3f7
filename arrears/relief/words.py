"""Words of relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from __future__ import annotations

from django.utils.functional import Promise

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {}
TOLD: dict[str, str | Promise] = {}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
