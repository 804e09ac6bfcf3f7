"""One visit that was made, whoever recorded it: on a round or at the desk."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final, NamedTuple

from arrears.cases.queries.visits import case_of_visit
from tenancy.kernel import sql

PACKAGE: Final = "arrears.team"


class VisitCard(NamedTuple):
    """A visit with its case, signature and photo; `received_at` when a phone sent it."""

    visit_id: int
    case_id: int
    community_name: str
    unit_code: str
    party_name: str
    on: date
    time_in: time | None
    time_out: time | None
    by: str
    second_person: str
    by_manager: bool
    result: str
    reason_code: str
    feedback: str
    promised_on: date | None
    signer: str
    signer_name: str
    signer_relation: str
    signature_id: int | None
    photo_id: int | None
    received_at: datetime | None
    place: str


def visit_card(visit_id: int) -> VisitCard:
    """One visit; NotFound when it is not there, or not the member's."""
    case_of_visit(visit_id)
    (row,) = sql.rows(PACKAGE, "visit_card", {"visit_id": visit_id})
    return VisitCard._make(row)
