"""Tables of legal, one file per topic."""

from arrears.legal.models.drafts import Draft, DraftVersion, LawFirm
from arrears.legal.models.filings import Filing, Result

__all__ = ["Draft", "DraftVersion", "Filing", "LawFirm", "Result"]
