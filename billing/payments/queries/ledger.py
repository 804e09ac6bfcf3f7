"""The statement of an account as of any day, from its charges, payments and waivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery, Sum

from billing.charges import queries as charges
from billing.charges.queries import AccountCard
from billing.charges.queries.ledger import ChargedRow, charged_until, let_off_until
from billing.payments.models import CreditEntry, Payment, Receipt
from billing.payments.rules.ledger import Entry, Line, sums, with_balances
from owners.queries import UnitHeader, unit_header
from values.period import Period

CHARGE, LATE_FEE = "ledger.charge", "LATE_FEE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """An account's statement. What it owes: `principal_fen` and `late_fee_fen`; what it holds: `credit_fen`.

    `balance_fen`, the last line's, is what it owes less what it holds.
    """

    card: AccountCard
    unit: UnitHeader
    as_of: date
    period: Period | None
    lines: tuple[Line, ...]
    open: tuple[ChargedRow, ...]
    debit_fen: int
    received_fen: int
    let_off_fen: int
    principal_fen: int
    late_fee_fen: int
    court_safe_fen: int
    credit_fen: int

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return self.principal_fen + self.late_fee_fen

    @property
    def balance_fen(self) -> int:
        """What is owed less the credit held."""
        return self.owed_fen - self.credit_fen

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed."""
        return self.owed_fen == 0


def account_ledger(account_id: int, *, as_of: date) -> Ledger:
    """The account's statement as of a day (value dates); NotFound where it is not, or not yours."""
    card = charges.account_card(account_id)
    charged = charged_until(account_id, as_of=as_of)
    lines = with_balances(
        [*_of_charges(charged), *_of_late_fee(charged, as_of), *_of_waivers(account_id, as_of),
         *_of_payments(account_id, as_of)]
    )  # fmt: skip
    debit_fen, received_fen, let_off_fen = sums(lines)
    return Ledger(
        card=card,
        unit=unit_header(card.unit_id),
        as_of=as_of,
        period=_hull(charged),
        lines=lines,
        open=tuple(row for row in charged if row.unpaid_fen or row.late_fee_owed_fen),
        debit_fen=debit_fen,
        received_fen=received_fen,
        let_off_fen=let_off_fen,
        principal_fen=sum(row.unpaid_fen for row in charged),
        late_fee_fen=sum(row.late_fee_owed_fen for row in charged),
        court_safe_fen=sum(row.court_safe_fen for row in charged),
        credit_fen=_credit(account_id, as_of),
    )


def _hull(charged: list[ChargedRow]) -> Period | None:
    """From the first day charged to the last."""
    if not charged:
        return None
    return Period(min(row.period.start for row in charged), max(row.period.end for row in charged))


def _of_charges(charged: list[ChargedRow]) -> list[Entry]:
    return [
        Entry(
            row.issued_on, CHARGE, f"{row.fee_item} {row.period.label}", row.bill_number,
            debit_fen=row.amount_fen, charge_id=row.charge_id, bill_id=row.bill_id,
        )
        for row in charged
    ]  # fmt: skip


def _of_late_fee(charged: list[ChargedRow], as_of: date) -> list[Entry]:
    """What was paid or let off of it stands beside that day's money, the rest on the statement's day."""
    found = [
        (row, on, fen)
        for row in charged
        for on, fen in (*row.late_fee_moves, (as_of, row.late_fee_owed_fen))
        if fen
    ]
    return [
        Entry(on, LATE_FEE, f"{row.fee_item} {row.period.label}", debit_fen=fen, charge_id=row.charge_id)
        for row, on, fen in found
    ]


def _of_waivers(account_id: int, as_of: date) -> list[Entry]:
    return [
        Entry(
            row.on, row.kind, f"{row.fee_item} {row.period.label}", row.reason, let_off_fen=row.amount_fen,
            charge_id=row.charge_id,
        )
        for row in let_off_until(account_id, as_of=as_of)
    ]  # fmt: skip


def _of_payments(account_id: int, as_of: date) -> list[Entry]:
    receipt = Receipt.objects.filter(payment_id=OuterRef("pk")).order_by("-pk").values("number")[:1]
    rows = (
        Payment.objects.filter(account_id=account_id, paid_on__lte=as_of)
        .exclude(Q(method=Payment.Method.CREDIT) & ~Q(kind=Payment.Kind.RELEASE))
        .annotate(receipt_number=Subquery(receipt))
        .order_by("paid_on", "pk")
    )
    return [
        Entry(
            row.paid_on, f"payment.{row.kind}", _about(row), row.receipt_number or row.reference,
            credit_fen=0 if row.kind == Payment.Kind.RELEASE else row.amount_fen, payment_id=row.pk,
        )
        for row in rows
    ]  # fmt: skip


def _about(payment: Payment) -> str:
    """How it came; of money that was set free: why. It came before, so it is no sum of the statement."""
    return str(payment.note if payment.kind == Payment.Kind.RELEASE else payment.method)


def _credit(account_id: int, as_of: date) -> int:
    entries = CreditEntry.objects.filter(account_id=account_id, payment__paid_on__lte=as_of)
    return int(entries.aggregate(fen=Sum("amount_fen"))["fen"] or 0)
