"""Who holds a unit, and how to reach them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from owners.models import Contact, Ownership, Unit
from owners.rules.phone_key import phone_key
from tenancy.kernel.crypto import fingerprint


class PartyOfUnit(NamedTuple):
    """A party that holds a unit from a day up to but without another (None: still)."""

    party_id: int
    name: str
    kind: str
    role: str
    rank: int
    from_on: date
    to_on: date | None


class ContactRow(NamedTuple):
    """A number or address, masked; the whole of it is another, logged, question."""

    contact_id: int
    kind: str
    masked: str
    state: str
    position: int
    agreed_for_service: bool
    verified_on: date | None

    @property
    def may_verify(self) -> bool:
        """Whether it is a number in use that staff could make sure of: the portal asks for mobiles only."""
        in_use = self.state in (Contact.State.GOOD, Contact.State.UNCHECKED)
        return in_use and self.kind == Contact.Kind.MOBILE


def parties_of_unit(unit_id: int, on: date) -> list[PartyOfUnit]:
    """Who holds the unit on a day: owners before occupants, the debtor (rank 1) first."""
    return _rows(_holders(unit_id).filter(held__contains=on))


def holders_of_unit(unit_id: int) -> list[PartyOfUnit]:
    """Everyone who holds or held the unit, the newest first."""
    return sorted(_rows(_holders(unit_id)), key=lambda row: row.from_on, reverse=True)


def contacts_of(party_ids: Collection[int]) -> dict[int, list[ContactRow]]:
    """Contacts by party in the order to try them; parties without any are left out."""
    fields = ("party_id", "pk", "kind", "masked", "state", "position", "agreed_for_service", "verified_on")
    found: dict[int, list[ContactRow]] = {}
    contacts = Contact.objects.filter(party_id__in=list(party_ids)).order_by("position", "pk")
    for party_id, *contact in contacts.values_list(*fields):
        found.setdefault(party_id, []).append(ContactRow(*contact))
    return found


def parties_with_phone(number: str) -> list[int]:
    """Parties of the open company that have this number, void and wrong ones left out."""
    found = Contact.objects.filter(value_hash=fingerprint(phone_key(number)), state__in=["GOOD", "UNCHECKED"])
    return list(found.order_by("party_id").values_list("party_id", flat=True))


def units_of_party(party_id: int, on: date) -> list[int]:
    """Ids of the units that a party holds on a day, in order."""
    held = Unit.objects.filter(ownerships__party_id=party_id, ownerships__held__contains=on)
    return list(held.order_by("community_id", "sort_key").values_list("pk", flat=True).distinct())


def _holders(unit_id: int) -> QuerySet[Ownership, Any]:
    # Through the unit, so that a member of other communities finds nobody.
    return Ownership.objects.filter(unit__in=Unit.objects.filter(pk=unit_id))


def _rows(held: QuerySet[Ownership, Any]) -> list[PartyOfUnit]:
    fields = ("party_id", "party__name", "party__kind", "role", "rank", "held")
    return [
        PartyOfUnit(party_id, name, kind, role, rank, span.lower, span.upper)
        for party_id, name, kind, role, rank, span in held.order_by("-role", "rank").values_list(*fields)
    ]
