"""What legal answers to others: rows, not models."""

from arrears.cases.queries import case_line
from arrears.legal.queries.calendar import CourtDay, court_days
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
from arrears.legal.queries.dockets import DocketCard, EntryRow, docket_of
from arrears.legal.queries.drafts import (
    DraftRow,
    draft_rows,
    drafts,
)
from arrears.legal.queries.endings import (
    EvaluationRow,
    WriteOffRow,
    evaluations_of,
    outcome_of,
    write_offs_of,
)
from arrears.legal.queries.fees import Estimate, estimate
from arrears.legal.queries.firms import (
    AgreementRow,
    FirmRow,
    agreements_of,
    firm_rows,
    law_firm,
    law_firms,
)
from arrears.legal.queries.gates import Checklist, checklist, filing_shut
from arrears.legal.queries.instruments import Instrument, instrument_of, instruments_of
from arrears.legal.queries.proceedings import AtCourt, Course, ResultRow, at_court, course, courses
from arrears.legal.queries.public import (
    PublicRow,
    public_notices,
    public_row,
    public_rows,
)
from arrears.legal.queries.review import Claim, ReviewSheet, review_sheet
from arrears.legal.queries.reviews import OpenReview, ReviewRow, open_reviews, reviews_of
from arrears.legal.queries.unconfirmed import unconfirmed
from owners.queries import community_card

__all__ = [
    "AgreementRow",
    "AtCounter",
    "AtCourt",
    "Checklist",
    "Claim",
    "Course",
    "CourtDay",
    "CourtPaper",
    "DocketCard",
    "DraftRow",
    "EntryRow",
    "Estimate",
    "EvaluationRow",
    "FilingRow",
    "FirmRow",
    "Instrument",
    "NothingToFile",
    "OpenReview",
    "PublicRow",
    "ResultRow",
    "ReviewRow",
    "ReviewSheet",
    "WriteOffRow",
    "agreements_of",
    "at_counter",
    "at_court",
    "case_line",
    "checklist",
    "community_card",
    "course",
    "courses",
    "court_days",
    "court_paper",
    "court_papers",
    "docket_of",
    "draft_rows",
    "drafts",
    "estimate",
    "evaluations_of",
    "filed_sums",
    "filing_rows",
    "filing_shut",
    "filings",
    "firm_rows",
    "instrument_of",
    "instruments_of",
    "law_firm",
    "law_firms",
    "open_reviews",
    "outcome_of",
    "public_notices",
    "public_row",
    "public_rows",
    "review_sheet",
    "reviews_of",
    "unconfirmed",
    "write_offs_of",
]
