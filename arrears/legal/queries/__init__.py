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
from arrears.legal.queries.drafts import (
    DraftRow,
    FirmRow,
    draft_rows,
    drafts,
    firm_rows,
    law_firm,
    law_firms,
)
from arrears.legal.queries.fees import Estimate, estimate
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
    "DraftRow",
    "Estimate",
    "FilingRow",
    "FirmRow",
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
    "draft_rows",
    "drafts",
    "estimate",
    "filed_sums",
    "filing_rows",
    "filings",
    "firm_rows",
    "instrument_of",
    "instruments_of",
    "law_firm",
    "law_firms",
    "review_sheet",
]
