"""What an account was charged and let off up to a day, each late fee as it stood on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from billing.charges.models import Adjustment, Charge
from billing.charges.queries.court_safe import court_terms
from billing.charges.queries.open import terms_of
from billing.charges.rules import late_fee
from billing.charges.rules.court_safe import CourtTerms, court_safe_owed, fen_days_of
from values.period import Period


class ChargedRow(NamedTuple):
    """A charge as of a day. `late_fee_fen`: all that had run by then, never less than what was paid of it."""

    charge_id: int
    bill_id: int | None
    bill_number: str
    fee_item: str
    kind: str
    period: Period
    issued_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    late_fee_fen: int
    late_fee_gone_fen: int
    late_fee_moves: tuple[tuple[date, int], ...]
    court_safe_fen: int

    @property
    def unpaid_fen(self) -> int:
        """Principal that was owed on the day."""
        return self.amount_fen - self.settled_fen

    @property
    def late_fee_owed_fen(self) -> int:
        """Late fee that was owed on the day."""
        return self.late_fee_fen - self.late_fee_gone_fen


class LetOffRow(NamedTuple):
    """What was let off on a day; negative where it was taken back."""

    charge_id: int
    fee_item: str
    period: Period
    kind: str
    part: str
    on: date
    reason: str
    amount_fen: int


def charged_until(account_id: int, *, as_of: date) -> list[ChargedRow]:
    """The account's charges that stood on a day, in the order they were issued."""
    found = (
        Charge.objects.filter(account_id=account_id, issued_on__lte=as_of)
        .filter(Q(reversed_on=None) | Q(reversed_on__gt=as_of))
        .select_related("bill", "fee_item")
        .prefetch_related("movements", "pauses")
        .order_by("issued_on", "due_on", "pk")
    )
    court: dict[int, CourtTerms] = {}
    for charge in found:
        if charge.community_id not in court:
            court[charge.community_id] = court_terms(charge.community_id, on=as_of)
    return [_charged(charge, as_of, court[charge.community_id]) for charge in found]


def let_off_until(account_id: int, *, as_of: date) -> list[LetOffRow]:
    """What was let off the account's charges up to a day, oldest first."""
    rows = (
        Adjustment.objects.filter(charge__account_id=account_id, on__lte=as_of)
        .filter(Q(charge__reversed_on=None) | Q(charge__reversed_on__gt=as_of))
        .select_related("charge__fee_item")
        .order_by("on", "pk")
    )
    return [
        LetOffRow(
            row.charge_id,
            row.charge.fee_item.name,
            Period(row.charge.period.lower, row.charge.period.upper),
            row.kind,
            row.part,
            row.on,
            row.reason,
            row.amount_fen,
        )
        for row in rows
    ]


def _charged(charge: Charge, as_of: date, court: CourtTerms) -> ChargedRow:
    moves = [move for move in charge.movements.all() if move.on <= as_of]
    explained = _explained(charge, [late_fee.Movement(move.on, move.principal_fen) for move in moves], as_of)
    gone = sum(move.late_fee_fen for move in moves)
    fee = max(explained.fee_fen, gone)
    paid = sum(move.late_fee_fen for move in moves if not move.is_waived)
    return ChargedRow(
        charge_id=charge.pk,
        bill_id=charge.bill_id,
        bill_number=charge.bill.number if charge.bill else "",
        fee_item=charge.fee_item.name,
        kind=charge.kind,
        period=Period(charge.period.lower, charge.period.upper),
        issued_on=charge.issued_on,
        due_on=charge.due_on,
        amount_fen=charge.amount_fen,
        settled_fen=sum(move.principal_fen for move in moves),
        late_fee_fen=fee,
        late_fee_gone_fen=gone,
        late_fee_moves=tuple((move.on, move.late_fee_fen) for move in moves if move.late_fee_fen),
        court_safe_fen=court_safe_owed(
            fee - gone, fen_days=fen_days_of(explained), paid_fen=paid, terms=court
        ),
    )


def _explained(charge: Charge, moves: Sequence[late_fee.Movement], as_of: date) -> late_fee.Explained:
    pauses = [late_fee.Pause(pause.first_on, pause.last_on) for pause in charge.pauses.all()]
    return late_fee.explain(terms_of(charge), moves, as_of=as_of, pauses=pauses)
