"""Words of the team: shared work, rounds."""

from __future__ import annotations

from arrears.team.words import fair, rounds


def speak() -> None:
    """Add these words to the company's vocabulary; a later part leaves standing what an earlier one says."""
    for part in (fair, rounds):
        part.speak()
