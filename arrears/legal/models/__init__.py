"""Tables of legal, one file per topic."""

from arrears.legal.models.filings import Filing, Result

__all__ = ["Filing", "Result"]
