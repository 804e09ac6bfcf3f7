"""Instruments in force: what was awarded, what of it is unpaid, and until when it can be enforced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.subjects import late_charges
from arrears.legal.models import Filing, Result
from arrears.legal.rules.results import INSTRUMENTS, Award, remaining
from billing.payments.queries.history import paid_on_charges
from tenancy.kernel import sql

PACKAGE: Final = "arrears.legal"
_LATE_FEE: Final = "LATE_FEE"


class Instrument(NamedTuple):
    """An order, judgment or mediation paper with what it awards; `unpaid` is as of the day asked."""

    result_id: int
    kind: str
    court: str
    case_number: str
    served_on: date
    effective_on: date
    perform_by: date
    award: Award
    unpaid: Award


def payable_until(case_ids: Collection[int]) -> dict[int, date]:
    """Case id -> the last day to pay under its instrument; cases without one are left out."""
    return dict(sql.rows(PACKAGE, "payable_until", {"case_ids": list(case_ids)}))


def instrument_of(case_id: int, *, as_of: date) -> Instrument | None:
    """The instrument of a case's newest claim, None without one."""
    filing = (
        Filing.objects.filter(case_id=case_id)
        .exclude(kind=Filing.Kind.ENFORCEMENT)
        .select_related("case")
        .order_by("-pk")
        .first()
    )
    found = None if filing is None else Result.objects.filter(filing=filing).order_by("-pk").first()
    if filing is None or found is None or found.kind not in INSTRUMENTS:
        return None
    award = Award(found.principal_fen, found.late_fee_fen, found.costs_fen)
    return Instrument(
        found.pk,
        found.kind,
        found.court,
        found.case_number,
        found.served_on,
        found.effective_on,
        found.perform_by,
        award,
        _unpaid(filing, found, award, as_of),
    )


def _unpaid(filing: Filing, found: Result, award: Award, as_of: date) -> Award:
    # An order awards what was applied for; a court that heard both sides knows what was paid until then.
    since = filing.filed_on if found.kind == Result.Kind.PAYMENT_ORDER else found.served_on
    claimed = set(filing.charge_ids)
    late = late_charges([filing.case.account_id], as_of=as_of).get(filing.case.account_id, [])
    paid = paid_on_charges(filing.charge_ids)
    return remaining(
        award,
        unpaid_principal_fen=sum(charge.unpaid_fen for charge in late if charge.charge_id in claimed),
        late_fee_paid_fen=sum(
            one.amount_fen for one in paid if one.part == _LATE_FEE and since < one.paid_on <= as_of
        ),
    )
