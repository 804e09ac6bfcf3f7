"""Words of collection: the ladder and the desk, the limitation clock, disputes, policies, visits."""

from __future__ import annotations

from arrears.cases.words import clock, disputes, ladder, policy, visits


def speak() -> None:
    """Add these words to the company's vocabulary; a later part leaves standing what an earlier one says."""
    for part in (ladder, clock, disputes, policy, visits):
        part.speak()
