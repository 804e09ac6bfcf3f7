"""What legal answers to others: rows, not models."""

from arrears.legal.queries.court import (
    AtCounter,
    CourtPaper,
    FilingRow,
    NothingToFile,
    at_counter,
    court_paper,
    court_papers,
    filed_sums,
    filing_rows,
    filings,
)
from arrears.legal.queries.instruments import Instrument, instrument_of, instruments_of
from arrears.legal.queries.proceedings import AtCourt, Course, ResultRow, at_court, course, courses
from arrears.legal.queries.review import Check, Claim, ReviewSheet, review_sheet

__all__ = [
    "AtCounter",
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
    "at_counter",
    "at_court",
    "course",
    "courses",
    "court_paper",
    "court_papers",
    "filed_sums",
    "filing_rows",
    "filings",
    "instrument_of",
    "instruments_of",
    "review_sheet",
]
