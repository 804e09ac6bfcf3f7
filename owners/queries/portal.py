"""What an owner's phone opens, and what its holder may see of himself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from owners.models import Contact, Ownership, Party, Unit
from owners.rules.phone_key import phone_key
from tenancy.kernel.crypto import fingerprint


class HeldUnit(NamedTuple):
    """A unit that a party holds. `rank` 1 is the debtor, the others are joint debtors."""

    unit_id: int
    role: str
    rank: int
    debtor_id: int | None
    debtor_name: str


class UnitPlace(NamedTuple):
    """Where a unit is, as an owner reads it."""

    unit_id: int
    community_id: int
    community_name: str
    code: str
    kind: str
    area_cm2: int


class PartyName(NamedTuple):
    """A party by name."""

    party_id: int
    name: str


def admitted(phone: str) -> list[int]:
    """Parties of the open company that a mobile number may log in for.

    Those for which staff verified the number; otherwise the one party that has it. A number that two parties
    share unverified opens neither: nobody knows whose it is.
    """
    rows = Contact.objects.filter(
        kind=Contact.Kind.MOBILE,
        value_hash=fingerprint(phone_key(phone)),
        state__in=[Contact.State.GOOD, Contact.State.UNCHECKED],
    ).values_list("party_id", "verified_on")
    roots = _roots(party_id for party_id, _verified_on in rows)
    verified = {roots[party_id] for party_id, verified_on in rows if verified_on is not None}
    if verified:
        return sorted(verified)
    everyone = set(roots.values())
    return sorted(everyone) if len(everyone) == 1 else []


def same_people(party_ids: Collection[int]) -> list[int]:
    """These parties with all that were merged with them: accounts keep the party they were opened for."""
    found = set(_roots(party_ids).values())
    newest = found
    while newest:
        merged = Party.objects.filter(merged_into_id__in=newest).values_list("pk", flat=True)
        newest = set(merged) - found
        found |= newest
    return sorted(found)


def names_of(party_ids: Collection[int]) -> list[PartyName]:
    """The parties by name, merged ones under the name that stayed."""
    named = Party.objects.filter(pk__in=set(_roots(party_ids).values())).order_by("pk")
    return [PartyName(*row) for row in named.values_list("pk", "name")]


def held_by(party_ids: Collection[int], *, on: date) -> list[HeldUnit]:
    """The units that these parties hold on a day, each once with its strongest title."""
    held = Ownership.objects.filter(party_id__in=list(party_ids), held__contains=on, unit__retired_on=None)
    # 'OWNER' sorts after 'OCCUPANT'.
    rows = list(held.order_by("unit_id", "-role", "rank").values_list("unit_id", "role", "rank"))
    titles = {unit_id: (role, rank) for unit_id, role, rank in reversed(rows)}
    firsts = Ownership.objects.filter(
        unit_id__in=list(titles), role=Ownership.Role.OWNER, rank=1, held__contains=on
    )
    debtors = {
        unit_id: (party_id, name)
        for unit_id, party_id, name in firsts.values_list("unit_id", "party_id", "party__name")
    }
    return [
        HeldUnit(unit_id, role, rank, *debtors.get(unit_id, (None, "")))
        for unit_id, (role, rank) in titles.items()
    ]


def places_of(unit_ids: Collection[int]) -> dict[int, UnitPlace]:
    """Where the units are, in the order people count them."""
    found = Unit.objects.filter(pk__in=list(unit_ids)).order_by("community__code", "sort_key", "pk")
    rows = found.values_list("pk", "community_id", "community__name", "code", "kind", "area_cm2")
    return {row[0]: UnitPlace(*row) for row in rows}


def _roots(party_ids: Iterable[int]) -> dict[int, int]:
    """Each party's own row, or the one it was merged into in the end."""
    roots = {party_id: party_id for party_id in party_ids}
    while True:
        merged = Party.objects.filter(pk__in=set(roots.values()), merged_into__isnull=False)
        into = dict(merged.values_list("pk", "merged_into_id"))
        if not into:
            return roots
        roots = {party_id: into.get(root, root) for party_id, root in roots.items()}
