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
from arrears.legal.queries.instruments import Instrument, instrument_of
from arrears.legal.queries.proceedings import AtCourt, Course, ResultRow, at_court, course, courses
from arrears.legal.queries.review import Check, Claim, ReviewSheet, review_sheet

__all__ = [
    "AtCourt",
    "Check",
    "Claim",
    "Course",
    "CourtPaper",
    "FilingRow",
    "Instrument",
    "NothingToFile",
    "ResultRow",
    "ReviewSheet",
    "at_court",
    "course",
    "courses",
    "court_paper",
    "court_papers",
    "filing_rows",
    "filings",
    "instrument_of",
    "review_sheet",
]
