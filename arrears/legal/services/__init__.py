"""Use cases of legal, one file each."""

from arrears.legal.services.filing import mark_filed
from arrears.legal.services.results import record_result

__all__ = ["mark_filed", "record_result"]
