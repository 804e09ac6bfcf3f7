"""Everything owners know about one unit, for its page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from owners.models import LegacyIssue, Unit
from owners.queries.parties import ContactRow, PartyOfUnit, contacts_of, holders_of_unit
from owners.queries.units import UnitHeader, unit_header


class LegacyIssueRow(NamedTuple):
    """One legacy issue, open or closed."""

    issue_id: int
    text: str
    source: str
    recorded_on: date
    closed_on: date | None


class LinkedUnit(NamedTuple):
    """A bay of this unit, or the unit of this bay."""

    unit_id: int
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Holder:
    """One who holds or held the unit, with the ways to reach him."""

    party: PartyOfUnit
    contacts: tuple[ContactRow, ...]

    @property
    def is_debtor(self) -> bool:
        """The first-named owner owes; the others are joint debtors."""
        return self.party.role == "OWNER" and self.party.rank == 1


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit with its people now, before and to come, what is odd about it, and what belongs to it."""

    header: UnitHeader
    entrance: str
    floor: int | None
    special_needs: str
    location: str
    plate: str
    now: tuple[Holder, ...]
    before: tuple[Holder, ...]
    later: tuple[Holder, ...]
    issues: tuple[LegacyIssueRow, ...]
    linked: tuple[LinkedUnit, ...]


def unit_page(unit_id: int, *, on: date) -> UnitPage:
    """One unit on a day; NotFound when it is not there, or not the member's."""
    header = unit_header(unit_id)
    unit = Unit.objects.get(pk=unit_id)
    parties = holders_of_unit(unit_id)
    contacts = contacts_of({party.party_id for party in parties})
    holders = [Holder(party, tuple(contacts.get(party.party_id, ()))) for party in parties]
    return UnitPage(
        header=header,
        entrance=unit.entrance,
        floor=unit.floor,
        special_needs=unit.special_needs,
        location=unit.location,
        plate=unit.plate,
        now=tuple(row for row in holders if _holds(row.party, on)),
        before=tuple(row for row in holders if row.party.to_on is not None and row.party.to_on <= on),
        later=tuple(row for row in holders if row.party.from_on > on),
        issues=tuple(issues_of(unit_id)),
        linked=tuple(_linked(unit)),
    )


def _holds(party: PartyOfUnit, on: date) -> bool:
    return party.from_on <= on and (party.to_on is None or on < party.to_on)


def issues_of(unit_id: int) -> list[LegacyIssueRow]:
    """The legacy issues of a unit, open and closed, the newest first."""
    found = LegacyIssue.objects.filter(unit_id=unit_id).order_by("-recorded_on", "-pk")
    rows = found.values_list("pk", "text", "source", "recorded_on", "closed_on")
    return [LegacyIssueRow(*row) for row in rows]


def _linked(unit: Unit) -> list[LinkedUnit]:
    mine = Unit.objects.filter(linked_unit_id=unit.pk)
    if unit.linked_unit_id is not None:
        mine = mine | Unit.objects.filter(pk=unit.linked_unit_id)
    return [LinkedUnit(*row) for row in mine.order_by("sort_key").values_list("pk", "code", "kind")]
