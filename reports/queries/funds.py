"""项目资金日报表: the day's money as payments know it, and what collectors did, in one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from billing.payments.queries import DayReport, Figures, day_report, days
from billing.payments.queries.days import CLOSED, OPEN
from owners.queries import community_card
from reports.queries.figures import SHANGHAI, reckon_sums
from reports.rules import rates
from tenancy.kernel import sql

_BILLS: Final = ("BILL_NOTICE", "PRE_DUE")  # no dunning
_SPOKEN_DAYS: Final = 30
LOOK_BACK: Final = timedelta(days=92)


class Dunning(NamedTuple):
    """What collectors did on a day, and what was paid by accounts they had reached out to."""

    calls: int = 0
    visits: int = 0
    papers: int = 0
    promises: int = 0
    promised_fen: int = 0
    paid: int = 0
    paid_fen: int = 0


class Beside(NamedTuple):
    """What moved no cash: let off or set free on the day; not booked or closed at banks and channels."""

    discounts: int = 0
    discounts_fen: int = 0
    waivers: int = 0
    waivers_fen: int = 0
    write_offs: int = 0
    write_offs_fen: int = 0
    unbooked: int = 0
    unbooked_fen: int = 0
    exceptions: int = 0
    exceptions_fen: int = 0
    released: int = 0
    released_fen: int = 0


@dataclass(frozen=True, slots=True)
class Funds:
    """The whole report of a community's day."""

    community_name: str
    report: DayReport
    dunning: Dunning
    beside: Beside
    rate: Decimal | None

    @property
    def figures(self) -> Figures:
        """The money."""
        return self.report.figures


class Waiting(NamedTuple):
    """Days before today without a report, and reports without a review."""

    unclosed: int
    unreviewed: int


def funds_report(community_id: int, day: date) -> Funds:
    """The frozen report of a closed day, else what there is so far."""
    place = community_card(community_id)
    report = day_report(community_id, day)
    said = report.figures.more if report.number else known_of(community_id, day)
    return Funds(place.name, report, _dunning(said), _beside(said), _rate(said))


def known_of(community_id: int, day: date) -> dict[str, int]:
    """What this storey knows of a day, as plain values to be frozen with its money."""
    start = datetime.combine(day, time(), tzinfo=SHANGHAI)
    spoken_on = day - timedelta(days=_SPOKEN_DAYS)
    asked = {
        "community_id": community_id,
        "day": day,
        "from_at": start,
        "until_at": start + timedelta(days=1),
        "spoken_on": spoken_on,
        "spoken_from": datetime.combine(spoken_on, time(), tzinfo=SHANGHAI),
        "bills": list(_BILLS),
    }
    (row,) = sql.rows("reports", "dunning_of_day", asked)
    (other,) = sql.rows("reports", "beside_the_till", asked)
    sums = reckon_sums(day, community_ids=[community_id])[community_id]
    rate = {"collected_fen": sums.collected_fen, "receivable_fen": sums.receivable_fen}
    return {**Dunning(*map(int, row))._asdict(), **Beside(*map(int, other))._asdict(), **rate}


def waiting(*, as_of: date) -> Waiting:
    """What of the last three months is still to be closed, and to be reviewed."""
    rows = days(from_on=as_of - LOOK_BACK, to_on=as_of - timedelta(days=1))
    states = [row.state for row in rows]
    return Waiting(states.count(OPEN), states.count(CLOSED))


def _dunning(said: Mapping[str, Any]) -> Dunning:
    return Dunning(*(int(said.get(name, 0)) for name in Dunning._fields))


def _beside(said: Mapping[str, Any]) -> Beside:
    # A day that was frozen before these were known says nothing of them.
    return Beside(*(int(said.get(name, 0)) for name in Beside._fields))


def _rate(said: Mapping[str, Any]) -> Decimal | None:
    return rates.current_rate(
        collected_fen=int(said.get("collected_fen", 0)), receivable_fen=int(said.get("receivable_fen", 0))
    )
