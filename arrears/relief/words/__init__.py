"""Words of relief: applications with deferrals and plans, disputes with their tickets."""

from __future__ import annotations

from arrears.relief.words import applications, tickets


def speak() -> None:
    """Add these words to the company's vocabulary; a later part leaves standing what an earlier one says."""
    for part in (applications, tickets):
        part.speak()
