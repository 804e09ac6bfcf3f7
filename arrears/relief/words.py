"""Words of relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from __future__ import annotations

from django.utils.functional import Promise

from arrears.relief import words_applications
from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {**words_applications.SPOKEN}
TOLD: dict[str, str | Promise] = {**words_applications.TOLD}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
