"""What lies before the courts, how it goes on there, how a case ends, and what is posted."""

from arrears.legal.models.bundles import Bundle
from arrears.legal.models.drafts import Draft, DraftVersion
from arrears.legal.models.endings import Evaluation, WriteOff
from arrears.legal.models.filings import Filing, Result
from arrears.legal.models.firms import LawFirm, ProcessingAgreement
from arrears.legal.models.process import DeadlineAlert, DocketEntry, GateNote, Review
from arrears.legal.models.public import PublicNotice

__all__ = [
    "Bundle",
    "DeadlineAlert",
    "DocketEntry",
    "Draft",
    "DraftVersion",
    "Evaluation",
    "Filing",
    "GateNote",
    "LawFirm",
    "ProcessingAgreement",
    "PublicNotice",
    "Result",
    "Review",
    "WriteOff",
]
