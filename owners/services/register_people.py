"""The people of a register's block: who is new, who is known by identity number, what reaches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from owners.models import Party
from owners.queries.register import developer_of, parties_by_identity
from owners.rules.compare import Difference, Holder, Known, Named, Reach, Wanted
from owners.rules.party_kind import is_organisation
from owners.rules.phone_key import last_four
from owners.rules.search import name_key
from tenancy.kernel import sql
from tenancy.kernel.crypto import encrypt, fingerprint

DEVELOPER_NAME = "{community}开发商"


class _NewParty(NamedTuple):
    party_id: int
    kind: str
    named: Named


class _NewOwnership(NamedTuple):
    unit_id: int
    party_id: int
    rank: int
    since: date


class _NewContact(NamedTuple):
    party_id: int
    reach: Reach
    position: int


class People:
    """Collects the parties, ownerships and contacts of one block, then writes each kind at once."""

    def __init__(self, community: tuple[int, str]) -> None:
        self._community_id, self._community_name = community
        self._parties: list[_NewParty] = []
        self._ownerships: list[_NewOwnership] = []
        self._contacts: list[_NewContact] = []
        self._identities: list[tuple[int, Named]] = []
        self._developer: int | None = None

    def move_in(
        self, units: Sequence[tuple[int, Wanted]], near: Mapping[str, Sequence[Holder]]
    ) -> dict[str, int]:
        """Put the named owners into their units; returns the debtor by code.

        Two rows are the same person when name and identity number agree. Without a number every unit has its
        own party, for equal names prove nothing; but a bay's user of the linked unit's owner's name is he.
        """
        hashes = {owner.id_hash for _pk, row in units for owner in row.owners if owner.id_hash}
        known = parties_by_identity(hashes)
        spare = self._spare_ids(sum(max(len(row.owners), 1) for _pk, row in units) + 1)
        debtor: dict[str, int] = {}
        for unit_id, row in units:
            names = {holder.key: holder.party_id for holder in near.get(row.code, ())}
            parties = [self._party(owner, known, names, spare) for owner in row.owners]
            if not parties and row.developer:
                parties = [self._the_developer(spare)]
            for rank, party_id in enumerate(parties, start=1):
                self._ownerships.append(_NewOwnership(unit_id, party_id, rank, row.since))
            if parties:
                debtor[row.code] = parties[0]
                self._reach(parties[0], row.phones, 0)
        return debtor

    def complete(self, unit: Known, difference: Difference) -> None:
        """Add to known owners what the register tells in addition."""
        if unit.holders:
            self._reach(unit.holders[0].party_id, difference.new_phones, len(unit.phones))
        self._identities += difference.new_identities

    def save(self) -> None:
        """Write everything collected."""
        if self._parties:
            sql.run("owners", "insert_parties", _party_columns(self._parties))
        if self._ownerships:
            unit_ids, party_ids, ranks, since = zip(*self._ownerships, strict=True)
            columns = {"unit_ids": unit_ids, "party_ids": party_ids, "ranks": ranks, "since": since}
            sql.run("owners", "insert_ownerships", {name: list(value) for name, value in columns.items()})
        if self._contacts:
            sql.run("owners", "insert_contacts", _contact_columns(self._contacts))
        if self._identities:
            sql.run("owners", "add_identities", _identity_columns(self._identities))

    def _party(
        self, owner: Named, known: dict[tuple[str, str], int], near: dict[str, int], spare: list[int]
    ) -> int:
        if owner.key in near:
            return near[owner.key]
        identity = (owner.id_hash, owner.key)
        if owner.id_hash and identity in known:
            return known[identity]
        organisation = is_organisation(owner.name, owner.id_number)
        kind = Party.Kind.ORGANISATION if organisation else Party.Kind.PERSON
        party = _NewParty(spare.pop(), kind.value, owner)
        self._parties.append(party)
        if owner.id_hash:
            known[identity] = party.party_id
        return party.party_id

    def _the_developer(self, spare: list[int]) -> int:
        if self._developer is None:
            name = DEVELOPER_NAME.format(community=self._community_name)
            self._developer = developer_of(self._community_id, name_key=name_key(name))
            if self._developer is None:
                self._developer = spare.pop()
                named = Named(name, name_key(name), "", "")
                self._parties.append(_NewParty(self._developer, Party.Kind.DEVELOPER.value, named))
        return self._developer

    def _reach(self, party_id: int, phones: Sequence[Reach], after: int) -> None:
        for position, reach in enumerate(phones, start=after + 1):
            self._contacts.append(_NewContact(party_id, reach, position))

    def _spare_ids(self, count: int) -> list[int]:
        return [row[0] for row in sql.rows("owners", "spare_party_ids", {"count": count})]


def _party_columns(parties: Sequence[_NewParty]) -> dict[str, list[object]]:
    return {
        "ids": [party.party_id for party in parties],
        "kinds": [party.kind for party in parties],
        "names": [party.named.name for party in parties],
        "name_keys": [party.named.key for party in parties],
        "id_numbers": [encrypt(party.named.id_number) for party in parties],
        "id_hashes": [party.named.id_hash for party in parties],
    }


def _contact_columns(contacts: Sequence[_NewContact]) -> dict[str, list[object]]:
    return {
        "party_ids": [contact.party_id for contact in contacts],
        "kinds": [contact.reach.kind for contact in contacts],
        "values": [encrypt(contact.reach.number) for contact in contacts],
        "hashes": [contact.reach.hash for contact in contacts],
        "last4_hashes": [fingerprint(last_four(contact.reach.number)) for contact in contacts],
        "masks": [contact.reach.masked for contact in contacts],
        "positions": [contact.position for contact in contacts],
    }


def _identity_columns(identities: Sequence[tuple[int, Named]]) -> dict[str, list[object]]:
    return {
        "party_ids": [party_id for party_id, _named in identities],
        "id_numbers": [encrypt(named.id_number) for _party_id, named in identities],
        "id_hashes": [named.id_hash for _party_id, named in identities],
    }
