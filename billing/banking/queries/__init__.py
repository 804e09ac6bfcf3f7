"""What banking answers to others: rows, not models."""

from billing.banking.queries.lines import (
    Choice,
    LineFilter,
    LineRow,
    StateSum,
    choices,
    line_row,
    line_rows,
    line_sum,
    lines,
    next_waiting,
    state_sums,
)
from billing.banking.queries.profiles import profile_by_code, profiles
from billing.banking.queries.statements import (
    BankAccountRow,
    StatementRow,
    bank_accounts,
    statement_ids,
    statement_row,
    statement_rows,
)

__all__ = [
    "BankAccountRow",
    "Choice",
    "LineFilter",
    "LineRow",
    "StateSum",
    "StatementRow",
    "bank_accounts",
    "choices",
    "line_row",
    "line_rows",
    "line_sum",
    "lines",
    "next_waiting",
    "profile_by_code",
    "profiles",
    "state_sums",
    "statement_ids",
    "statement_row",
    "statement_rows",
]
