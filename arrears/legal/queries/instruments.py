"""Instruments in force: what was awarded, what of it is unpaid, and until when it can be enforced."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.subjects import late_charges
from arrears.legal.models import Filing, Result
from arrears.legal.rules.interest import PaidOn, doubled_interest_until
from arrears.legal.rules.results import INSTRUMENTS, Award, remaining
from billing.charges.queries import OpenCharge
from billing.payments.queries.history import Paid, paid_on_charges
from tenancy.kernel import sql

PACKAGE: Final = "arrears.legal"
_LATE_FEE: Final = "LATE_FEE"
_PRINCIPAL: Final = "PRINCIPAL"


class Instrument(NamedTuple):
    """An order, judgment or mediation paper with what it awards.

    `unpaid` and `interest_fen`, the doubled interest for late performance, are as of the day asked.
    """

    result_id: int
    kind: str
    court: str
    case_number: str
    served_on: date
    effective_on: date
    perform_by: date
    award: Award
    unpaid: Award
    interest_fen: int = 0


def payable_until(case_ids: Collection[int]) -> dict[int, date]:
    """Case id -> the last day to pay under its instrument; cases without one are left out."""
    return dict(sql.rows(PACKAGE, "payable_until", {"case_ids": list(case_ids)}))


def instrument_of(case_id: int, *, as_of: date) -> Instrument | None:
    """The instrument of a case's newest claim, None without one."""
    return instruments_of([case_id], as_of=as_of).get(case_id)


def instruments_of(case_ids: Collection[int], *, as_of: date) -> dict[int, Instrument]:
    """The instruments of these cases' newest claims, by case; four reads, however many cases."""
    if not case_ids:
        return {}
    claims = Filing.objects.filter(case_id__in=case_ids).exclude(kind=Filing.Kind.ENFORCEMENT)
    newest = {filing.case_id: filing for filing in claims.select_related("case").order_by("pk")}
    answers = Result.objects.filter(filing_id__in=[filing.pk for filing in newest.values()])
    results = {result.filing_id: result for result in answers.order_by("pk")}
    awarded = [
        (filing, results[filing.pk])
        for filing in newest.values()
        if filing.pk in results and results[filing.pk].kind in INSTRUMENTS
    ]
    books = _books([filing for filing, _result in awarded], as_of)
    return {filing.case_id: _instrument(filing, result, books, as_of) for filing, result in awarded}


class _Books(NamedTuple):
    """What is unpaid per account, and what was paid, for some claims."""

    late: Mapping[int, Sequence[OpenCharge]]
    paid: dict[int, list[Paid]]


def _books(filings: Sequence[Filing], as_of: date) -> _Books:
    paid: dict[int, list[Paid]] = {}
    for one in paid_on_charges([charge_id for filing in filings for charge_id in filing.charge_ids]):
        paid.setdefault(one.charge_id, []).append(one)
    return _Books(late_charges([filing.case.account_id for filing in filings], as_of=as_of), paid)


def _instrument(filing: Filing, found: Result, books: _Books, as_of: date) -> Instrument:
    award = Award(found.principal_fen, found.late_fee_fen, found.costs_fen)
    unpaid = _unpaid(filing, found, award, books, as_of)
    # A constraint of the table gives every instrument its days.
    assert found.effective_on is not None  # noqa: S101 - for the type checker
    assert found.perform_by is not None  # noqa: S101
    return Instrument(
        found.pk,
        found.kind,
        found.court,
        found.case_number,
        found.served_on,
        found.effective_on,
        found.perform_by,
        award,
        unpaid,
        _interest(filing, found, award, books, as_of),
    )


def _interest(filing: Filing, found: Result, award: Award, books: _Books, as_of: date) -> int:
    assert found.perform_by is not None  # noqa: S101 - for the type checker
    paid = [
        PaidOn(one.paid_on, one.amount_fen)
        for charge_id in set(filing.charge_ids)
        for one in books.paid.get(charge_id, [])
        if one.part == _PRINCIPAL and one.paid_on > _since(filing, found)
    ]
    return doubled_interest_until(award.principal_fen, paid, perform_by=found.perform_by, as_of=as_of)


def _unpaid(filing: Filing, found: Result, award: Award, books: _Books, as_of: date) -> Award:
    since = _since(filing, found)
    claimed = set(filing.charge_ids)
    late = books.late.get(filing.case.account_id, [])
    paid = [one for charge_id in claimed for one in books.paid.get(charge_id, [])]
    return remaining(
        award,
        unpaid_principal_fen=sum(charge.unpaid_fen for charge in late if charge.charge_id in claimed),
        late_fee_paid_fen=sum(
            one.amount_fen for one in paid if one.part == _LATE_FEE and since < one.paid_on <= as_of
        ),
    )


def _since(filing: Filing, found: Result) -> date:
    """An order awards what was applied for; a court that heard both sides knows what was paid until then."""
    return filing.filed_on if found.kind == Result.Kind.PAYMENT_ORDER else found.served_on
