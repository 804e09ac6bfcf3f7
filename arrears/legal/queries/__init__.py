"""What legal answers to others: rows, not models."""

from arrears.legal.queries.court import (
    CourtPaper,
    FilingRow,
    NothingToFile,
    court_paper,
    court_papers,
    filing_rows,
    filings,
)
from arrears.legal.queries.review import Check, Claim, ReviewSheet, review_sheet

__all__ = [
    "Check",
    "Claim",
    "CourtPaper",
    "FilingRow",
    "NothingToFile",
    "ReviewSheet",
    "court_paper",
    "court_papers",
    "filing_rows",
    "filings",
    "review_sheet",
]
