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
from billing.banking.services.import_job import request_import
from billing.banking.services.import_statement import Imported, import_statement
from billing.banking.services.invoice_batches import Answered, read_results, send_batch
from billing.banking.services.invoice_red import ask_red
from billing.banking.services.invoices import ask_invoice, keep_invoice_file, withdraw_invoice
from billing.banking.services.matching import Matched, match_lines
from billing.banking.services.setup import add_bank_account, add_profile
from billing.banking.services.split_line import Part, split_line
from billing.banking.services.vat import add_vat_rate, set_seller

__all__ = [
    "Answered",
    "Confirmed",
    "Imported",
    "Matched",
    "Part",
    "Reconciled",
    "Returned",
    "add_bank_account",
    "add_debit_profile",
    "add_mandate",
    "add_profile",
    "add_vat_rate",
    "answer_exception",
    "ask_invoice",
    "ask_red",
    "call_off",
    "confirm_lines",
    "import_channel_file",
    "import_statement",
    "keep_in_suspense",
    "keep_invoice_file",
    "make_batch",
    "match_lines",
    "read_results",
    "read_return",
    "request_import",
    "review_exception",
    "revoke_mandate",
    "send_batch",
    "set_aside",
    "set_seller",
    "split_line",
    "withdraw_invoice",
]
