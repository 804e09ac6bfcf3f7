"""Use cases of legal, one file each."""

from arrears.legal.services.drafts import drop_draft, open_draft, reopen_draft, save_draft
from arrears.legal.services.filing import mark_filed
from arrears.legal.services.finishing import finish_draft
from arrears.legal.services.firms import FirmFields, save_firm
from arrears.legal.services.results import record_result
from arrears.legal.services.withdrawals import draft_withdrawals

__all__ = [
    "FirmFields",
    "draft_withdrawals",
    "drop_draft",
    "finish_draft",
    "mark_filed",
    "open_draft",
    "record_result",
    "reopen_draft",
    "save_draft",
    "save_firm",
]
