"""Tills: whose session stands open at a desk, what it took, what should lie there and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.payments.models import CashDeposit, CashHandover, CashSession, Tendered
from billing.payments.rules.cash_day import COUNTS, closing_fen
from tenancy.kernel.errors import NotFound


class TillRow(NamedTuple):
    """A session in a list; `state` is TILL_OPEN, TILL_CLOSED or TILL_DIFFERENCE."""

    session_id: int
    community_name: str
    cash_point: str
    cashier: str
    day: date
    opened_at: datetime
    closed_at: datetime | None
    opening_fen: int
    expected_fen: int | None
    counted_fen: int | None
    reason: str

    @property
    def difference_fen(self) -> int | None:
        """More (or less) than there should be; None while open."""
        if self.counted_fen is None or self.expected_fen is None:
            return None
        return self.counted_fen - self.expected_fen

    @property
    def state(self) -> str:
        """TILL_OPEN, TILL_CLOSED, or TILL_DIFFERENCE where another sum was counted."""
        if self.closed_at is None:
            return "TILL_OPEN"
        return "TILL_DIFFERENCE" if self.difference_fen else "TILL_CLOSED"

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return {"TILL_OPEN": "info", "TILL_CLOSED": "good", "TILL_DIFFERENCE": "warn"}[self.state]


class Moved(NamedTuple):
    """Cash of a session: what came in, went back to payers, went to the bank, was handed on."""

    receipts_fen: int
    refunds_fen: int
    deposited_fen: int
    handed_fen: int


class CountRow(NamedTuple):
    """A count: its turn, its notes and coins (worth, how many), what they are worth."""

    turn: int
    pieces: tuple[tuple[int, int], ...]
    counted_fen: int
    counted_at: datetime
    counted_by: str


class HandoverRow(NamedTuple):
    """A hand-over. `left_fen`: what finance still holds of it."""

    handover_id: int
    session_id: int
    community_id: int
    day: date
    purpose: str
    amount_fen: int
    offered_by_id: int
    offered_by: str
    to_user_id: int
    to_user: str
    accepted_at: datetime | None
    declined_at: datetime | None
    note: str
    deposited_fen: int

    @property
    def state(self) -> str:
        """HANDOVER_OFFERED, HANDOVER_ACCEPTED or HANDOVER_DECLINED."""
        if self.declined_at:
            return "HANDOVER_DECLINED"
        return "HANDOVER_ACCEPTED" if self.accepted_at else "HANDOVER_OFFERED"

    @property
    def left_fen(self) -> int:
        """What was not taken to the bank yet."""
        return self.amount_fen - self.deposited_fen


class DepositRow(NamedTuple):
    """A deposit slip."""

    deposit_id: int
    day: date
    bank: str
    slip_number: str
    amount_fen: int
    made_by: str
    file_id: int | None


@dataclass(frozen=True, slots=True)
class Till:
    """A session with all that moved in it. `moved` is None until a count was entered: it is blind."""

    row: TillRow
    community_id: int
    cash_point_id: int
    cashier_id: int
    opening_reason: str
    left_fen: int | None
    payments: int
    counts: tuple[CountRow, ...]
    handovers: tuple[HandoverRow, ...]
    deposits: tuple[DepositRow, ...]
    moved: Moved | None

    @property
    def is_open(self) -> bool:
        """Whether cash still moves."""
        return self.row.closed_at is None

    @property
    def expected_fen(self) -> int | None:
        """What should lie there; None as long as that is not to be known."""
        if self.row.expected_fen is not None or self.moved is None:
            return self.row.expected_fen
        return closing_fen(opening_fen=self.row.opening_fen, **self.moved._asdict())

    @property
    def counted_fen(self) -> int | None:
        """The last count."""
        return self.counts[-1].counted_fen if self.counts else None

    @property
    def difference_fen(self) -> int | None:
        """The last count against what should lie there."""
        if self.counted_fen is None or self.expected_fen is None:
            return None
        return self.counted_fen - self.expected_fen

    @property
    def may_count(self) -> bool:
        """Whether a count or the one recount is left."""
        return self.is_open and len(self.counts) < COUNTS


@dataclass(frozen=True, slots=True)
class DeskTill:
    """A desk at the counter: the session that stands open there, or what the last one left."""

    cash_point_id: int
    name: str
    session_id: int | None
    cashier_id: int | None
    cashier: str
    day: date | None
    left_fen: int | None


_ROW = (
    "pk", "community__name", "cash_point__name", "cashier__name", "day", "opened_at", "closed_at",
    "opening_fen", "expected_fen", "counted_fen", "reason",
)  # fmt: skip
_HANDOVER = (
    "pk", "session_id", "community_id", "day", "purpose", "amount_fen", "offered_by_id", "offered_by__name",
    "to_user_id", "to_user__name", "accepted_at", "declined_at", "note", "deposited",
)  # fmt: skip


def tills(
    *,
    community_id: int | None = None,
    state: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> QuerySet[CashSession, int]:
    """The ids of sessions, the newest first."""
    found = CashSession.objects.all()
    if community_id is not None:
        found = found.filter(community_id=community_id)
    if from_on is not None:
        found = found.filter(day__gte=from_on)
    if to_on is not None:
        found = found.filter(day__lte=to_on)
    if state == "TILL_OPEN":
        found = found.filter(closed_at=None)
    elif state == "TILL_DIFFERENCE":
        found = found.exclude(counted_fen=F("expected_fen")).filter(closed_at__isnull=False)
    return found.order_by("-day", "-pk").values_list("pk", flat=True)


def till_rows(session_ids: list[int]) -> list[TillRow]:
    """A page of them."""
    rows = CashSession.objects.filter(pk__in=session_ids).order_by("-day", "-pk")
    return [TillRow(*row) for row in rows.values_list(*_ROW)]


def till(session_id: int) -> Till:
    """One session; NotFound when there is none, or it is of a community out of sight."""
    session = CashSession.objects.filter(pk=session_id).first()
    if session is None:
        raise NotFound(_("There is no such cash session."))
    (row,) = till_rows([session_id])
    counts = _counts(session)
    known = bool(counts) or session.closed_at is not None
    return Till(
        row=row,
        community_id=session.community_id,
        cash_point_id=session.cash_point_id,
        cashier_id=session.cashier_id,
        opening_reason=session.opening_reason,
        left_fen=session.left_fen,
        payments=session.payments.count(),
        counts=counts,
        handovers=tuple(handovers(session_id=session_id)),
        deposits=_deposits(session_id),
        moved=moved(session_id) if known else None,
    )


def moved(*session_ids: int) -> Moved:
    """What moved in sessions, all together; hand-overs count once they are accepted."""
    inside = {"session_id__in": session_ids}
    taken = Tendered.objects.filter(**inside, method="CASH").aggregate(
        came=Sum("amount_fen", filter=Q(amount_fen__gt=0), default=0),
        went=Sum("amount_fen", filter=Q(amount_fen__lt=0), default=0),
    )
    deposited = CashDeposit.objects.filter(**inside).aggregate(fen=Sum("amount_fen", default=0))
    handed = CashHandover.objects.filter(**inside, accepted_at__isnull=False)
    return Moved(
        receipts_fen=taken["came"],
        refunds_fen=-taken["went"],
        deposited_fen=deposited["fen"],
        handed_fen=handed.aggregate(fen=Sum("amount_fen", default=0))["fen"],
    )


def handovers(**where: Any) -> list[HandoverRow]:
    """Hand-overs with these columns, in order."""
    rows = CashHandover.objects.filter(**where).annotate(deposited=Sum("deposits__amount_fen", default=0))
    return [HandoverRow(*row) for row in rows.order_by("pk").values_list(*_HANDOVER)]


def handover(handover_id: int) -> HandoverRow:
    """One hand-over; NotFound when there is none."""
    found = handovers(pk=handover_id)
    if not found:
        raise NotFound(_("There is no such hand-over."))
    return found[0]


def waiting_for(user_id: int) -> list[HandoverRow]:
    """Hand-overs that a person is to confirm."""
    return handovers(to_user_id=user_id, accepted_at=None, declined_at=None)


def held_by_finance() -> list[HandoverRow]:
    """Cash that finance was handed and has not taken to the bank."""
    taken = handovers(purpose=CashHandover.Purpose.FINANCE, accepted_at__isnull=False)
    return [row for row in taken if row.left_fen > 0]


def left_at(cash_point_id: int) -> int | None:
    """What the last session left at a desk, with what it handed to the next cashier; None at a new desk."""
    last = CashSession.objects.filter(cash_point_id=cash_point_id).order_by("-pk").first()
    if last is None:
        return None
    on = CashHandover.objects.filter(
        session=last, purpose=CashHandover.Purpose.TILL, accepted_at__isnull=False
    )
    handed = on.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return int((last.counted_fen or 0) + handed)


def desk_till(cash_point_id: int, name: str) -> DeskTill:
    """What the counter says about the till of a desk."""
    now = CashSession.objects.filter(cash_point_id=cash_point_id, closed_at=None)
    found = now.values_list("pk", "cashier_id", "cashier__name", "day").first()
    if found is None:
        return DeskTill(cash_point_id, name, None, None, "", None, left_at(cash_point_id))
    session_id, cashier_id, cashier, day = found
    return DeskTill(cash_point_id, name, session_id, cashier_id, cashier, day, None)


def uses_sessions(community_id: int) -> bool:
    """Whether a community keeps its cash by sessions: since the first of them it does."""
    return CashSession.objects.filter(community_id=community_id).exists()


def open_sessions(community_id: int, *, until: date) -> list[TillRow]:
    """Sessions of a community up to a day that nobody has closed."""
    found = CashSession.objects.filter(community_id=community_id, closed_at=None, day__lte=until)
    return [TillRow(*row) for row in found.order_by("pk").values_list(*_ROW)]


def _counts(session: CashSession) -> tuple[CountRow, ...]:
    rows = session.counts.order_by("turn").values_list(
        "turn", "pieces", "counted_fen", "counted_at", "counted_by__name"
    )
    return tuple(
        CountRow(turn, tuple(sorted(((int(k), v) for k, v in pieces.items()), reverse=True)), fen, at, who)
        for turn, pieces, fen, at, who in rows
    )


def _deposits(session_id: int) -> tuple[DepositRow, ...]:
    return tuple(deposits(session_id=session_id))


def deposits(**where: Any) -> list[DepositRow]:
    """Deposit slips with these columns, in order."""
    rows = CashDeposit.objects.filter(**where).order_by("pk")
    columns = ("pk", "day", "bank", "slip_number", "amount_fen", "made_by__name", "file_id")
    return [DepositRow(*row) for row in rows.values_list(*columns)]
