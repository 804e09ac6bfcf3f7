"""Why is this the number: a charge's calculation line by line, and its late fee with the formula."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from billing.charges.models import Charge, Movement
from billing.charges.queries.court_safe import Compared, compared, court_terms
from billing.charges.queries.open import late_fee_owed, terms_of
from billing.charges.queries.pools import weight_text
from billing.charges.rules import late_fee
from billing.charges.rules.court_safe import CourtTerms, fen_days_of
from tenancy.kernel.errors import NotFound
from values.period import Period


class WhyLine(NamedTuple):
    """A month of a charge: area (None for a fixed price) x rate + surcharge, by days where it is a part."""

    month: str
    period: Period
    days: int
    days_in_month: int
    basis: str
    area_m2: str | None
    rate: str
    surcharge: str
    amount_fen: int
    quantity: str = ""

    @property
    def is_part(self) -> bool:
        """Whether only some days of the month are charged."""
        return self.days != self.days_in_month

    @property
    def has_surcharge(self) -> bool:
        """Whether something is added to area x rate."""
        return Decimal(self.surcharge) != 0


class WhyReading(NamedTuple):
    """What a meter counted between two readings."""

    meter_id: int
    serial: str
    from_on: date
    before: str
    to_on: date
    now: str
    usage: str
    kind: str
    multiplier: int


class WhyPool(NamedTuple):
    """The common cost that a charge is a share of: total x weight / all weights, maybe by days."""

    pool_id: int
    amount_fen: int
    method: str
    weight: str
    weight_sum: str
    usage: str
    price: str
    measure: str
    share_fen: int
    days: int
    days_in_period: int

    @property
    def is_part(self) -> bool:
        """Whether the share is split between two parties."""
        return self.days != self.days_in_period


class LateFeeLine(NamedTuple):
    """A stretch of days on one unpaid amount: unpaid x rate x days, in exact fen text."""

    first_on: date
    last_on: date
    unpaid_fen: int
    days: int
    free_days: int
    exact_yuan: str


class MovementRow(NamedTuple):
    """What was paid towards a charge, or let off, and when."""

    on: date
    principal_fen: int
    late_fee_fen: int
    is_waived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One charge with everything that made its number. `late_fee_rate` empty: none agreed.

    `court`: the late fee beside what courts grant, for staff only.
    """

    charge_id: int
    account_id: int
    unit_id: int
    unit_code: str
    fee_item: str
    kind: str
    bill_id: int | None
    bill_number: str
    period: Period
    issued_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    waived_fen: int
    unpaid_fen: int
    reversed_on: date | None
    rounding: str
    tariff: str
    lines: tuple[WhyLine, ...]
    late_fee_rate: str
    late_fee_lines: tuple[LateFeeLine, ...]
    late_fee_total_fen: int
    late_fee_paid_fen: int
    late_fee_waived_fen: int
    late_fee_fen: int
    late_fee_cap_fen: int
    is_capped: bool
    as_of: date
    movements: tuple[MovementRow, ...]
    readings: tuple[WhyReading, ...]
    year_to_date: str
    measure: str
    surcharge_fen: int
    whole_fen: int
    by_reading: bool
    pool: WhyPool | None
    snapshot: dict[str, Any]
    fen_days: int
    court: Compared | None

    @property
    def paid_fen(self) -> int:
        """Principal that was paid; the rest of what is settled was let off."""
        return self.settled_fen - self.waived_fen

    @property
    def cost_word(self) -> str:
        """The key of what it was spent on, where it is a cost of collection."""
        return f"cost.{self.snapshot['cost']['kind']}" if "cost" in self.snapshot else ""

    @property
    def is_metered(self) -> bool:
        """Whether it stands on readings."""
        return bool(self.readings)


def charge_why(charge_id: int, *, as_of: date) -> Why:
    """The calculation of one charge; NotFound where it is not (or not yours)."""
    charge = (
        Charge.objects.select_related("fee_item", "bill", "unit")
        .prefetch_related("movements", "pauses")
        .filter(pk=charge_id)
        .first()
    )
    if charge is None:
        raise NotFound(_("There is no such charge."))
    return explain_charge(charge, as_of=as_of, court=court_terms(charge.community_id, on=as_of))


def explain_charges(charge_ids: Collection[int], *, as_of: date) -> list[Why]:
    """The calculations of many charges in a few reads, without what courts would grant."""
    found = (
        Charge.objects.select_related("fee_item", "bill", "unit")
        .prefetch_related("movements", "pauses")
        .filter(pk__in=charge_ids)
        .order_by("due_on", "pk")
    )
    return [explain_charge(charge, as_of=as_of) for charge in found]


def explain_charge(charge: Charge, *, as_of: date, court: CourtTerms | None = None) -> Why:
    """A charge (fee item, bill, unit, movements and pauses at hand) as plain data."""
    snapshot = charge.snapshot
    moves = sorted(charge.movements.all(), key=lambda move: (move.on, move.pk))
    fee = _fee(charge, moves, as_of)
    owed_fen = 0 if charge.reversed_on else late_fee_owed(charge, as_of=as_of)
    return Why(
        charge_id=charge.pk,
        account_id=charge.account_id,
        unit_id=charge.unit_id,
        unit_code=charge.unit.code,
        fee_item=charge.fee_item.name,
        kind=charge.kind,
        bill_id=charge.bill_id,
        bill_number=charge.bill.number if charge.bill else "",
        period=Period(charge.period.lower, charge.period.upper),
        issued_on=charge.issued_on,
        due_on=charge.due_on,
        amount_fen=charge.amount_fen,
        settled_fen=charge.settled_fen,
        waived_fen=charge.waived_fen,
        unpaid_fen=charge.amount_fen - charge.settled_fen,
        reversed_on=charge.reversed_on,
        rounding=snapshot.get("rounding", ""),
        tariff=snapshot.get("tariff", {}).get("name", ""),
        lines=tuple(_line(line, snapshot.get("area_m2")) for line in snapshot.get("lines", ())),
        late_fee_rate=format(charge.late_fee_rate.normalize(), "f") if charge.late_fee_rate else "",
        late_fee_lines=tuple(_late_line(segment) for segment in fee.segments if fee.rate_e8),
        late_fee_total_fen=fee.fee_fen,
        late_fee_paid_fen=charge.late_fee_paid_fen,
        late_fee_waived_fen=charge.late_fee_waived_fen,
        late_fee_fen=owed_fen,
        late_fee_cap_fen=charge.late_fee_cap_fen,
        is_capped=fee.is_capped,
        as_of=as_of,
        movements=tuple(map(_movement, moves)),
        readings=tuple(map(_reading, snapshot.get("readings", ()))),
        year_to_date=snapshot.get("year_to_date", ""),
        measure=snapshot.get("measure", ""),
        surcharge_fen=snapshot.get("surcharge_fen", 0),
        whole_fen=snapshot.get("whole_fen", charge.amount_fen),
        by_reading=snapshot.get("by_reading", False),
        pool=_pool(snapshot["pool"]) if "pool" in snapshot else None,
        snapshot=snapshot,
        fen_days=fen_days_of(fee),
        court=court and compared(fee, owed_fen=owed_fen, paid_fen=charge.late_fee_paid_fen, terms=court),
    )


def _fee(charge: Charge, moves: Sequence[Movement], as_of: date) -> late_fee.Explained:
    return late_fee.explain(
        terms_of(charge),
        [late_fee.Movement(move.on, move.principal_fen) for move in moves],
        as_of=as_of,
        pauses=[late_fee.Pause(pause.first_on, pause.last_on) for pause in charge.pauses.all()],
    )


def _movement(move: Movement) -> MovementRow:
    return MovementRow(move.on, move.principal_fen, move.late_fee_fen, move.is_waived)


def _line(line: dict[str, Any], area_m2: str | None) -> WhyLine:
    return WhyLine(
        month=line["month"],
        period=Period.parse(line["period"]),
        days=line["days"],
        days_in_month=line["days_in_month"],
        basis=line["basis"],
        area_m2=area_m2 if line["basis"] == "AREA" else None,
        rate=line["rate"],
        surcharge=line["surcharge"],
        amount_fen=line["amount_fen"],
        quantity=line.get("quantity", ""),
    )


def _reading(said: dict[str, Any]) -> WhyReading:
    return WhyReading(
        meter_id=said["meter_id"],
        serial=said["serial"],
        from_on=date.fromisoformat(said["from_on"]),
        before=said["from"],
        to_on=date.fromisoformat(said["to_on"]),
        now=said["to"],
        usage=said["usage"],
        kind=said["kind"],
        multiplier=said["multiplier"],
    )


def _pool(said: dict[str, Any]) -> WhyPool:
    return WhyPool(
        pool_id=said["id"],
        amount_fen=said["amount_fen"],
        method=said["method"],
        weight=weight_text(said["weight"], said["method"]),
        weight_sum=weight_text(said["weight_sum"], said["method"]),
        usage=said["usage"] or "",
        price=said["price"] or "",
        measure=said["measure"],
        share_fen=said["share_fen"],
        days=said["days"],
        days_in_period=said["days_in_period"],
    )


def _late_line(segment: late_fee.Segment) -> LateFeeLine:
    exact = late_fee.from_e8(segment.amount_e8).scaleb(-2).normalize()
    return LateFeeLine(
        segment.first_on,
        segment.last_on,
        segment.unpaid_fen,
        segment.days,
        segment.free_days,
        format(exact, "f"),
    )
