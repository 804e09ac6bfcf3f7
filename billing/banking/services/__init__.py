"""The verbs of banking: read statements, match and book transfers, set up accounts."""

from billing.banking.services.channels import (
    Reconciled,
    answer_exception,
    import_channel_file,
    review_exception,
)
from billing.banking.services.debit_profiles import add_debit_profile
from billing.banking.services.debits import (
    Returned,
    add_mandate,
    call_off,
    make_batch,
    read_return,
    revoke_mandate,
)
from billing.banking.services.decide import Confirmed, confirm_lines, keep_in_suspense, set_aside
from billing.banking.services.import_statement import Imported, import_statement
from billing.banking.services.matching import Matched, match_lines
from billing.banking.services.setup import add_bank_account, add_profile

__all__ = [
    "Confirmed",
    "Imported",
    "Matched",
    "Reconciled",
    "Returned",
    "add_bank_account",
    "add_debit_profile",
    "add_mandate",
    "add_profile",
    "answer_exception",
    "call_off",
    "confirm_lines",
    "import_channel_file",
    "import_statement",
    "keep_in_suspense",
    "make_batch",
    "match_lines",
    "read_return",
    "review_exception",
    "revoke_mandate",
    "set_aside",
]
