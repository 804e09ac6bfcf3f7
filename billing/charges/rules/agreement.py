"""What a service contract may say: its days, its late fee, its timetable, where the money goes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from billing.charges.rules.due import DEFAULT_RULE, DueKind, DueRule, check_rule
from values.because import Because, because
from values.daily_rate import percent

MOST_RATE: Final = Decimal("0.01")
LEAST_RATE: Final = Decimal("0.00001")
_FINEST: Final = Decimal("0.00000001")
MOST_CAP: Final = Decimal("9.99")
MOST_GRACE_DAYS: Final = 365
_YEARS: Final = (1990, 2099)
_ACCOUNT: Final = re.compile(r"[0-9][0-9 -]{4,38}[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A contract's terms. `end_on` exclusive, None: open; `late_fee_rate` a fraction a day, None: none.

    `late_fee_cap_ratio`: share of the principal; `due_day` None: the last day of the period's first month.
    """

    kind: str
    name: str
    number: str
    start_on: date
    end_on: date | None
    late_fee_rate: Decimal | None
    late_fee_clause: str
    late_fee_cap_ratio: Decimal
    late_fee_grace_days: int
    principal_first: bool
    issue_day: int
    due_day: int | None
    payee_name: str
    payee_bank: str
    payee_account: str


class Fault(NamedTuple):
    """What is wrong, and the field that it stands beside."""

    field: str
    because: Because


# Terms that a debt was made under: they stay while charges stand under the contract.
LASTING: Final = (
    "late_fee_rate",
    "late_fee_clause",
    "late_fee_cap_ratio",
    "late_fee_grace_days",
    "principal_first",
    "due_day",
)


def fault_of(terms: Agreement) -> Fault | None:
    """The first thing that is wrong; None for terms that may stand."""
    return next(_faults(terms), None)


def changed_terms(before: Agreement, after: Agreement) -> tuple[str, ...]:
    """The lasting terms that differ, in order."""
    return tuple(name for name in LASTING if getattr(before, name) != getattr(after, name))


def _faults(terms: Agreement) -> Iterator[Fault]:
    yield from _days(terms)
    yield from _late_fee(terms)
    yield from _timetable(terms)
    yield from _payee(terms)


def _days(terms: Agreement) -> Iterator[Fault]:
    for field, day in (("start_on", terms.start_on), ("end_on", terms.end_on)):
        if day is not None and not _YEARS[0] <= day.year <= _YEARS[1]:
            yield Fault(field, because("contract_day_far", year=day.year))
    if terms.end_on is not None and terms.end_on <= terms.start_on:
        yield Fault("end_on", because("contract_ends_before_it_starts"))


def _late_fee(terms: Agreement) -> Iterator[Fault]:
    rate = terms.late_fee_rate
    if rate is None:
        if terms.late_fee_clause:
            yield Fault("late_fee_rate", because("clause_without_rate"))
    else:
        if not LEAST_RATE <= rate <= MOST_RATE:
            limits = {"least": percent(LEAST_RATE), "most": percent(MOST_RATE)}
            yield Fault("late_fee_rate", because("late_fee_rate_absurd", rate=percent(rate), **limits))
        if rate % _FINEST:
            yield Fault("late_fee_rate", because("late_fee_rate_too_fine"))
        if not terms.late_fee_clause:
            yield Fault("late_fee_clause", because("rate_without_clause"))
    cap = terms.late_fee_cap_ratio
    if not Decimal("0.01") <= cap <= MOST_CAP or cap % Decimal("0.01"):
        yield Fault("late_fee_cap_ratio", because("late_fee_cap_out_of_range"))
    if not 0 <= terms.late_fee_grace_days <= MOST_GRACE_DAYS:
        yield Fault("late_fee_grace_days", because("grace_out_of_range", most=MOST_GRACE_DAYS))


def _timetable(terms: Agreement) -> Iterator[Fault]:
    rule = DEFAULT_RULE if terms.due_day is None else DueRule(DueKind.DAY_OF_MONTH, terms.due_day)
    wrong = check_rule(rule, issue_day=terms.issue_day)
    if wrong is not None:
        yield Fault("issue_day" if wrong.code == "issue_day_out_of_range" else "due_day", wrong)


def _payee(terms: Agreement) -> Iterator[Fault]:
    """A bill without the account for payments cannot be issued (R000-A1, A4)."""
    for field in ("name", "payee_name", "payee_bank", "payee_account"):
        if not getattr(terms, field).strip():
            yield Fault(field, because("contract_field_missing"))
    if _ACCOUNT.fullmatch(terms.payee_account) is None:
        yield Fault("payee_account", because("account_number_unreadable"))
