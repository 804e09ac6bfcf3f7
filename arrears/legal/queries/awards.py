"""The most that a court can award of a filing, for every door where an award is entered."""

from __future__ import annotations

from datetime import date
from typing import Final

from arrears.cases.queries.subjects import late_charges
from arrears.legal.models import DocketEntry, Filing, Result
from arrears.legal.rules.court import court_fees
from arrears.legal.rules.results import Most, most_of
from billing.charges.queries.costs import costs_of

_CONVERTED: Final = "CONVERTED"


def most_awarded(filing: Filing, *, on: date) -> Most:
    """What was claimed, the late fee that a suit asks for until payment, court fees and booked costs."""
    asked = (filing.principal_fen or 0) + (filing.late_fee_fen or 0)
    beside_fen = max(0, filing.claim_fen - asked) if filing.principal_fen is not None else 0
    account_id = filing.case.account_id
    booked_fen = sum(row.amount_fen for row in costs_of(account_id) if row.reversed_on is None)
    suit = _is_suit(filing)
    return most_of(
        filing.claim_fen,
        principal_fen=filing.principal_fen,
        late_fee_fen=filing.late_fee_fen,
        runs_on_fen=_runs_on(filing, account_id, on) if suit else 0,
        costs_fen=max(beside_fen, booked_fen) + _fees(filing, suit=suit),
    )


def _is_suit(filing: Filing) -> bool:
    if filing.kind == Filing.Kind.COMPLAINT:
        return True
    return Result.objects.filter(filing=filing, kind=_CONVERTED).exists()


def _runs_on(filing: Filing, account_id: int, on: date) -> int:
    """Late fee since the filing, where the paper asks for it until payment."""
    if filing.kind == Filing.Kind.COMPLAINT and filing.notice is not None:
        if not filing.notice.data.get("claims", {}).get("until_paid"):
            return 0
    elif filing.late_fee_fen == 0:
        return 0
    claimed = set(filing.charge_ids)

    def late_fee_fen(day: date) -> int:
        rows = late_charges([account_id], as_of=day).get(account_id, [])
        return sum(charge.late_fee_fen for charge in rows if charge.charge_id in claimed)

    return max(0, late_fee_fen(on) - late_fee_fen(filing.filed_on))


def _fees(filing: Filing, *, suit: bool) -> int:
    """The fee of the order, or that of the suit once for each instance."""
    if not suit:
        return filing.fee_fen
    appeals = DocketEntry.objects.filter(filing=filing, kind=DocketEntry.Kind.APPEALED).count()
    return (1 + appeals) * int(court_fees(filing.claim_fen).acceptance_fen)
