"""Use cases of legal, one file each."""

from arrears.legal.services.filing import mark_filed

__all__ = ["mark_filed"]
