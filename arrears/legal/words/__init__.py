"""Words of the legal stage: filings, drafts, gates, the process at court, the evidence bundle."""

from __future__ import annotations

from arrears.legal.words import bundle, drafts, filings, gates, process


def speak() -> None:
    """Add these words to the company's vocabulary; a later part leaves standing what an earlier one says."""
    for part in (filings, drafts, gates, process, bundle):
        part.speak()
