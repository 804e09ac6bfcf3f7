"""Which checks an act needs, which of them a person must confirm, and what forbids it (domain 6.2)."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from arrears.legal.rules.gate_facts import Act, Finding, State

_G6: Final = (
    "contract_in_force", "billed_once", "nothing_in_flight", "demand_delivered", "demand_over", "visited",
    "second_delivered", "second_over", "no_dispute", "nothing_agreed", "within_limitation", "review_decided",
)  # fmt: skip
_AFTER_LETTER: Final = (*_G6, "letter_delivered", "letter_over", "amount_fixed")
REQUIRED: Final[Mapping[Act, tuple[str, ...]]] = MappingProxyType(
    {
        Act.LAWYER_LETTER: _G6,
        Act.PAYMENT_ORDER: (
            *_AFTER_LETTER, "not_filed", "serviceable", "debtor_not_missing", "no_preservation",
            "late_fee_clause",
        ),
        Act.COMPLAINT: (
            *_AFTER_LETTER, "not_filed", "identity_known", "evidence_complete", "no_arbitration",
        ),
        Act.PUBLIC_NOTICE: ("letter_delivered", "letter_over", "no_dispute", "nothing_agreed"),
        Act.EXPORT: ("processing_agreement",),
    }
)  # fmt: skip
# What a court may hold against the claim: it forbids nothing, but before it is answered nothing is proven.
_WEIGHED: Final = (
    "tariff_known", "tariff_displayed", "area_known", "debtor_of_period", "late_fee_safe", "clause_shown",
)  # fmt: skip
CONFIRMED: Final[Mapping[Act, tuple[str, ...]]] = MappingProxyType(
    {
        Act.LAWYER_LETTER: (),
        Act.PAYMENT_ORDER: (*_WEIGHED, "court_of_domicile", "no_service_complaint"),
        Act.COMPLAINT: _WEIGHED,
        Act.PUBLIC_NOTICE: (),
        Act.EXPORT: (),
    }
)


def shut(findings: Iterable[Finding], act: Act) -> Finding | None:
    """The first check that forbids the act; None when it may be done.

    >>> from arrears.legal.rules.gates import Known, checklist
    >>> from datetime import date
    >>> shut(checklist(Known(date(2026, 1, 1))), Act.LAWYER_LETTER).code
    'contract_in_force'
    """
    wanted = REQUIRED[act]
    failed = (one for one in findings if one.code in wanted and one.state is State.FAILED)
    return next(failed, None)


def barred(findings: Iterable[Finding]) -> dict[Act, Finding]:
    """Every act that is forbidden now, with the first check that forbids it."""
    rows = tuple(findings)
    return {act: found for act in Act if (found := shut(rows, act)) is not None}


def to_confirm(findings: Iterable[Finding]) -> dict[Act, tuple[Finding, ...]]:
    """Every act that nothing forbids but that is not proven either, with what a person must answer first."""
    rows = tuple(findings)
    found = {act: unmet(rows, (*REQUIRED[act], *CONFIRMED[act])) for act in Act if shut(rows, act) is None}
    return {act: waiting for act, waiting in found.items() if waiting}


def unmet(findings: Iterable[Finding], codes: Collection[str]) -> tuple[Finding, ...]:
    """Of some checks those that are not passed."""
    return tuple(one for one in findings if one.code in codes and one.state is not State.PASSED)
