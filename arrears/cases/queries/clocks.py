"""The clock of each charge with all that was done about it: what counts, what does not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.models import ClockEvent
from arrears.cases.queries.expiring import DEMANDS, PACKAGE, Decided, decided
from arrears.cases.rules.clock_proofs import why_no_interruption
from arrears.cases.rules.limitation import (
    Clock,
    Interruption,
    LimitationEvent,
    Status,
    alerts,
    trace,
)
from billing.charges.queries import ChargeName, charge_names
from tenancy.kernel import sql
from values.because import Because, because

MANUAL: Final = "manual:"
_NOT_ARRIVED: Final = {"FAILED": "clock_failed", "UNKNOWN": "clock_only_sent", "SENT": "clock_only_sent"}


class Said(NamedTuple):
    """One thing that was done about a charge. `why`: the reason it does not count; None when it counts.

    `what`: NOTICE, PAYMENT or EVENT; `code`: kind of the notice, method of the payment, kind of the event.
    """

    what: str
    source_id: int
    on: date
    until: date | None
    code: str
    number: str
    method: str
    result: str
    evidence: str
    file_id: int | None
    who: str
    amount_fen: int | None
    why: Because | None

    @property
    def counts(self) -> bool:
        """Whether it interrupts limitation."""
        return self.why is None

    @property
    def notice_id(self) -> int | None:
        """The paper or message, if it is one."""
        return self.source_id if self.what == "NOTICE" else None

    @property
    def payment_id(self) -> int | None:
        """The payment, if it is one."""
        return self.source_id if self.what == "PAYMENT" else None

    @property
    def reference(self) -> str:
        """The number of a paper, as people read it; what an event was told by is for the house to know."""
        return self.number if self.what == "NOTICE" else ""

    @property
    def undo_source(self) -> str:
        """What a person entered and may take back; empty for all else."""
        mine = self.what == "EVENT" and self.number.startswith(MANUAL) and self.code != "VOID"
        return self.number if mine else ""

    @property
    def proof_word(self) -> str:
        """The key of how a person proved it; empty for all else."""
        return f"proof.{self.method}" if self.what == "EVENT" and self.method else ""

    @property
    def word(self) -> str:
        """The key of what it is among the words."""
        return f"clock.{self.code}" if self.what == "EVENT" else self.code


class ChargeClock(NamedTuple):
    """An unpaid charge, until when it may be sued for, and why."""

    charge: ChargeName
    clock: Clock
    events: tuple[Said, ...]
    decision: Decided | None

    @property
    def anchor(self) -> Said | None:
        """The event the clock runs from; None when it runs from the due day."""
        days = (self.clock.anchor_on,)
        found = [one for one in self.events if one.counts and (one.until in days or one.on in days)]
        return found[-1] if found and self.clock.anchor_on != self.charge.due_on else None

    @property
    def is_expired(self) -> bool:
        """Whether the debtor may refuse to pay it."""
        return self.clock.status is Status.EXPIRED

    @property
    def is_pending(self) -> bool:
        """Whether it lies with a court: the clock stands."""
        return self.clock.status is Status.IN_PROCEEDING

    @property
    def is_barred(self) -> bool:
        """Expired, and no lawyer let it into the legal rungs."""
        said = self.decision
        stands = said is not None and said.expired_on == self.clock.last_on and said.decision == "CLAIM"
        return self.is_expired and not stands

    @property
    def alerts(self) -> tuple[date, ...]:
        """The days of the alerts before its last day."""
        return alerts(self.clock.last_on) if self.clock.last_on else ()


def clocks(
    *,
    as_of: date,
    account_ids: Collection[int] | None = None,
    charge_ids: Collection[int] | None = None,
) -> list[ChargeClock]:
    """The clocks of some charges, or of all unpaid ones of some accounts; oldest due first. Three reads."""
    names = charge_names(account_ids=account_ids, charge_ids=charge_ids)
    ids = [name.charge_id for name in names]
    said, words = _said(ids), decided(ids)
    return [
        _charge_clock(name, said.get(name.charge_id, ()), words.get(name.charge_id), as_of) for name in names
    ]


def _said(charge_ids: list[int]) -> Mapping[int, Sequence[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    asked = {"charge_ids": charge_ids, "demands": list(DEMANDS)}
    for charge_id, *row in sql.rows(PACKAGE, "clock_said", asked) if charge_ids else ():
        found[charge_id].append(_one(*row))
    return _first_arrivals_only(found)


def _one(
    what: str, source_id: int, on: date, until: date | None, code: str, number: str, method: str, result: str,
    receiver: str, agreed: bool, interrupts: bool, evidence: str, file_id: int | None, who: str, fen: str,
) -> Said:  # fmt: skip
    why = None
    if not interrupts:
        why = because(_why_not(what, code, method, result, receiver, agreed))
    amount = int(fen) if fen else None
    return Said(what, source_id, on, until, code, number, method, result, evidence, file_id, who, amount, why)


def _why_not(what: str, code: str, method: str, result: str, receiver: str, agreed: bool) -> str:
    if what == "EVENT":
        return "clock_suspension" if code == "SUSPENSION" else "clock_taken_back"
    if what == "PAYMENT":
        return "clock_own_credit" if code == "CREDIT" else "clock_payment_reversed"
    if result in ("QUEUED", "SENDING"):
        return "clock_not_out"
    if result in _NOT_ARRIVED:
        return _NOT_ARRIVED[result]
    if result == "DELIVERED":
        return "clock_no_agreed_address"
    return why_no_interruption(method, result, receiver=receiver, agreed_address=agreed)


def _first_arrivals_only(found: dict[int, list[Said]]) -> Mapping[int, Sequence[Said]]:
    """A paper that arrived twice restarts the clock once, on the first day."""
    for said in found.values():
        arrived: set[int] = set()
        for place, one in enumerate(said):
            if one.what == "NOTICE" and one.counts:
                if one.source_id in arrived:
                    said[place] = one._replace(why=because("clock_arrived_before"))
                arrived.add(one.source_id)
    return found


def _charge_clock(
    name: ChargeName, said: Sequence[Said], decision: Decided | None, as_of: date
) -> ChargeClock:
    known = [one for one in said if one.on <= as_of]
    proven = [one for one in known if one.counts]
    traced = trace(name.due_on, [_event(one) for one in proven], as_of=as_of)
    late = {id(one) for one, counts in zip(proven, traced.counted, strict=True) if not counts}
    events = tuple(_judged(one, name, late=id(one) in late) for one in known)
    return ChargeClock(name, traced.clock, events, decision)


def _judged(one: Said, name: ChargeName, *, late: bool) -> Said:
    if late:
        return one._replace(why=because("clock_after_expiry"))
    if one.counts and one.on < name.due_on and (one.until or one.on) < name.due_on:
        return one._replace(why=because("clock_before_due", due_on=name.due_on))
    return one


def _event(one: Said) -> LimitationEvent:
    if one.what == "EVENT":
        return LimitationEvent(Interruption(one.code), one.on, one.until)
    kind = Interruption.DEMAND if one.what == "NOTICE" else Interruption.PART_PAYMENT
    return LimitationEvent(kind, one.on)


def is_noted(account_id: int, source: str) -> bool:
    """Whether the clock already knows of a source, such as `application:17`."""
    return ClockEvent.objects.filter(account_id=account_id, source=source).exists()
