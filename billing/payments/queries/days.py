"""Business days: what a day of a community brought, and how far it is closed, reviewed and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Max, Q, Sum

from billing.payments.models import CashDeposit, CashHandover, CashSession, DayClose, Payment, Tendered
from billing.payments.queries.tills import moved
from billing.payments.rules.cash_day import closing_fen
from tenancy.kernel import sql

PACKAGE: Final = "billing.payments"
OPEN, CLOSED, REVIEWED, SIGNED = "DAY_OPEN", "DAY_CLOSED", "DAY_REVIEWED", "DAY_SIGNED"


class DayRow(NamedTuple):
    """A business day in the list; `state` is DAY_OPEN, DAY_CLOSED, DAY_REVIEWED or DAY_SIGNED."""

    community_id: int
    community_name: str
    day: date
    payments: int
    amount_fen: int
    open_sessions: int
    number: str
    difference_fen: int
    closed_by: str
    reviewed_by: str
    signed_by: str
    state: str

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return {OPEN: "warn", CLOSED: "info"}.get(self.state, "good")


@dataclass(frozen=True, slots=True)
class Cash:
    """The day's cash: opening + in - refunds - deposited - handed to finance against what was counted."""

    opening_fen: int = 0
    in_fen: int = 0
    out_fen: int = 0
    deposited_fen: int = 0
    handed_fen: int = 0
    counted_fen: int = 0

    @property
    def expected_fen(self) -> int:
        """What should have been left."""
        return closing_fen(
            opening_fen=self.opening_fen, receipts_fen=self.in_fen, refunds_fen=self.out_fen,
            deposited_fen=self.deposited_fen, handed_fen=self.handed_fen,
        )  # fmt: skip

    @property
    def difference_fen(self) -> int:
        """More, or less, than that."""
        return self.counted_fen - self.expected_fen


@dataclass(frozen=True, slots=True)
class Figures:
    """What a day's report says of money, as plain values: frozen as they are when the day is closed.

    `methods`: kind, method, how many, fen. `items`: fee, class, how many, fen. `receipts`: desk, first, last,
    how many, voided numbers. `deposits`: bank, slip, fen, who. `tills`: desk, cashier, opening, expected,
    counted, reason. `months`, `years`: fen since the first of the month, of the year.
    """

    methods: tuple[tuple[str, str, int, int], ...] = ()
    items: tuple[tuple[str, str, int, int], ...] = ()
    receipts: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = ()
    deposits: tuple[tuple[str, str, int, str], ...] = ()
    tills: tuple[tuple[str, str, int, int, int, str], ...] = ()
    cash: Cash = field(default_factory=Cash)
    untilled_fen: int = 0
    month_fen: int = 0
    year_fen: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def received_fen(self) -> int:
        """New money; used credit is none."""
        return sum(fen for kind, _way, _n, fen in self.methods if kind == Payment.Kind.RECEIVED)

    @property
    def returned_fen(self) -> int:
        """What was taken back or paid out, as a positive sum."""
        return -sum(fen for kind, _way, _n, fen in self.methods if kind != Payment.Kind.RECEIVED)

    @property
    def taken(self) -> list[tuple[str, int, int]]:
        """New money by method: how many, how much."""
        return [row[1:] for row in self.methods if row[0] == Payment.Kind.RECEIVED]

    @property
    def returned(self) -> list[tuple[str, str, int, int]]:
        """Reversals and refunds by method."""
        return [row for row in self.methods if row[0] != Payment.Kind.RECEIVED]

    def as_json(self) -> dict[str, Any]:
        """For the table; from_json reads it."""
        return asdict(self)

    @staticmethod
    def from_json(said: Mapping[str, Any]) -> Figures:
        """What as_json wrote: lists become tuples again."""

        def rows(name: str) -> tuple[Any, ...]:
            return tuple(tuple(row) for row in said[name])

        return Figures(
            methods=rows("methods"),
            items=rows("items"),
            receipts=tuple((*row[:-1], tuple(row[-1])) for row in said["receipts"]),
            deposits=rows("deposits"),
            tills=rows("tills"),
            cash=Cash(**said["cash"]),
            untilled_fen=said["untilled_fen"],
            month_fen=said["month_fen"],
            year_fen=said["year_fen"],
            more=said["more"],
        )


@dataclass(frozen=True, slots=True)
class DayReport:
    """The report of a day: its figures, frozen once it is closed, and who stands under it."""

    community_id: int
    day: date
    state: str
    number: str
    figures: Figures
    open_sessions: int = 0
    closed_by_id: int | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    reviewed_by_id: int | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None


def days(*, from_on: date, to_on: date, community_id: int | None = None, state: str = "") -> list[DayRow]:
    """Business days between two days, the newest first."""
    asked = {"from_on": from_on, "to_on": to_on, "community_id": community_id}
    rows = [DayRow(*row) for row in sql.rows(PACKAGE, "days", asked)]
    return [row for row in rows if state in ("", row.state)]


def closed_until(community_id: int) -> date | None:
    """The last closed day of a community: on it and before it nothing is booked any more."""
    day: date | None = DayClose.objects.filter(community_id=community_id).aggregate(day=Max("day"))["day"]
    return day


def day_report(community_id: int, day: date) -> DayReport:
    """The frozen report of a closed day, else what there is so far."""
    joined = ("closed_by", "reviewed_by", "signed_by")
    closed = DayClose.objects.select_related(*joined).filter(community_id=community_id, day=day).first()
    if closed is None:
        waiting = CashSession.objects.filter(community_id=community_id, day__lte=day, closed_at=None).count()
        figures = reckon(community_id, day)
        return DayReport(community_id, day, OPEN, "", figures, open_sessions=waiting)
    reviewed, signed = closed.reviewed_by, closed.signed_by
    state = SIGNED if signed else REVIEWED if reviewed else CLOSED
    return DayReport(
        community_id=community_id,
        day=day,
        state=state,
        number=closed.number,
        figures=Figures.from_json(closed.figures),
        closed_by_id=closed.closed_by_id,
        closed_by=closed.closed_by.name,
        closed_at=closed.closed_at,
        reviewed_by_id=closed.reviewed_by_id,
        reviewed_by=reviewed.name if reviewed else "",
        reviewed_at=closed.reviewed_at,
        signed_by=signed.name if signed else "",
        signed_at=closed.signed_at,
    )


def reckon(community_id: int, day: date) -> Figures:
    """The figures of a day from what is booked."""
    asked = {"community_id": community_id, "day": day}
    money = Tendered.objects.filter(community_id=community_id).exclude(method=Payment.Method.CREDIT)
    of_day = money.filter(posted_on=day)
    sums = money.filter(posted_on__gte=day.replace(month=1, day=1), posted_on__lte=day).aggregate(
        month=Sum("amount_fen", filter=Q(posted_on__gte=day.replace(day=1)), default=0),
        year=Sum("amount_fen", default=0),
    )
    methods: dict[tuple[str, str], list[int]] = {}
    for kind, way, fen in of_day.values_list("kind", "method", "amount_fen"):
        found = methods.setdefault((kind, way), [0, 0])
        found[0], found[1] = found[0] + 1, found[1] + fen
    untilled = of_day.filter(method=Payment.Method.CASH, session_id=None)
    return Figures(
        methods=tuple((kind, way, n, fen) for (kind, way), (n, fen) in sorted(methods.items())),
        items=tuple((fee, of, n, fen) for fee, of, n, fen in sql.rows(PACKAGE, "day_items", asked)),
        receipts=tuple(
            (desk, first or "", last or "", n, tuple(voided))
            for desk, first, last, n, voided in sql.rows(PACKAGE, "day_receipts", asked)
        ),
        deposits=tuple(
            CashDeposit.objects.filter(**asked)
            .order_by("pk")
            .values_list("bank", "slip_number", "amount_fen", "made_by__name")
        ),
        tills=tuple(
            CashSession.objects.filter(**asked, closed_at__isnull=False)
            .order_by("pk")
            .values_list(
                "cash_point__name", "cashier__name", "opening_fen", "expected_fen", "counted_fen", "reason"
            )
        ),
        cash=_cash(community_id, day),
        untilled_fen=untilled.aggregate(fen=Sum("amount_fen", default=0))["fen"],
        month_fen=sums["month"],
        year_fen=sums["year"],
    )


def _cash(community_id: int, day: date) -> Cash:
    asked = {"community_id": community_id, "day": day}
    desks = sql.rows(PACKAGE, "desks_left", asked)
    of_tills = moved(*CashSession.objects.filter(**asked).values_list("pk", flat=True))
    handed = CashHandover.objects.filter(
        **asked, purpose=CashHandover.Purpose.FINANCE, accepted_at__isnull=False
    )
    return Cash(
        opening_fen=sum(before or 0 for _desk, before, _after in desks),
        in_fen=of_tills.receipts_fen,
        out_fen=of_tills.refunds_fen,
        deposited_fen=of_tills.deposited_fen,
        handed_fen=handed.aggregate(fen=Sum("amount_fen", default=0))["fen"],
        counted_fen=sum(after or 0 for _desk, _before, after in desks),
    )
