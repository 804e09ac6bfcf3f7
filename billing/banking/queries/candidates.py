"""Which accounts a block of transfers may mean: gathered as sets, indexed in memory, judged by the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from billing.banking.rules import matching
from billing.banking.rules.matching import NO_DEBT, Candidate, Debt, Reason, Scored
from billing.banking.rules.rooms import is_whole, rooms_in
from billing.charges.queries import open_on_days
from owners.queries.search import code_readings
from owners.rules.codes import Place
from owners.rules.search import Reading, candidates, name_key
from tenancy.kernel import sql

PACKAGE: Final = "billing.banking"


class Transfer(NamedTuple):
    """A line as it is matched."""

    line_id: int
    on: date
    amount_fen: int
    payer_name: str
    payer_hash: str
    serial: str
    remark: str


class Meant(NamedTuple):
    """An account that something about a line points to."""

    account_id: int
    unit_id: int
    code: str
    building: str
    entrance: str
    room: str
    is_closed: bool
    party_name: str
    party_key: str
    holders: Sequence[str]
    hashes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Words:
    """What one line says: the names of its payer and the rooms of its remark, with all they may mean."""

    payer_key: str
    remark_key: str
    rooms: tuple[tuple[bool, tuple[str, ...], tuple[Reading, ...]], ...]


class Numbered(NamedTuple):
    """How many units of the community have a room number, and one of them."""

    unit_id: int
    units: int


class Ranked(NamedTuple):
    """A line with the accounts that may be meant, the strongest first."""

    transfer: Transfer
    ranked: list[Scored]


def rank_block(transfers: Sequence[Transfer], *, community_id: int) -> tuple[list[Ranked], dict[int, Meant]]:
    """Every line with its candidates, and who the candidates are. A fixed number of reads a block and day."""
    words = [_words(one) for one in transfers]
    numbered = _numbered(words, community_id)
    book = _Book(_gather(transfers, words, numbered, community_id), numbered)
    found = [book.of(one, said) for one, said in zip(transfers, words, strict=True)]
    debts = _debts(transfers, found)
    ranked = []
    for one, said, guesses in zip(transfers, words, found, strict=True):
        line = matching.Line(one.amount_fen, said.payer_key, said.remark_key)
        known = [replace(c, debt=debts.get((one.on, c.account_id), NO_DEBT)) for c in guesses]
        ranked.append(Ranked(one, matching.rank(line, known)))
    return ranked, book.accounts


class _Book:
    """The accounts of a block by code, room, name and the bank account that paid before."""

    def __init__(self, rows: Iterable[Meant], rooms: dict[str, Numbered]) -> None:
        self.accounts = {row.account_id: row for row in rows}
        self._rooms = rooms
        self._names: dict[int, frozenset[str]] = {}
        self._by_code: dict[str, list[Meant]] = defaultdict(list)
        self._by_room: dict[tuple[str | None, str], list[Meant]] = defaultdict(list)
        self._by_name: dict[str, list[Meant]] = defaultdict(list)
        self._by_hash: dict[str, list[Meant]] = defaultdict(list)
        parties: dict[int, set[str]] = defaultdict(set)
        for row in self.accounts.values():
            parties[row.unit_id].add(row.party_key)
        for row in self.accounts.values():
            self._enter(row, parties[row.unit_id])

    def _enter(self, row: Meant, parties: set[str]) -> None:
        # Who has an account of his own on the unit pays into that one.
        others = set() if row.is_closed else set(row.holders) - parties
        self._names[row.account_id] = frozenset({row.party_key, *others} - {""})
        self._by_code[row.code].append(row)
        for building in (row.building, None):
            self._by_room[building, row.room].append(row)
        for name in self._names[row.account_id]:
            self._by_name[name].append(row)
        for hashed in row.hashes:
            self._by_hash[hashed].append(row)

    def of(self, one: Transfer, words: Words) -> list[Candidate]:
        """The accounts that this line may mean, each with what of the rooms speaks for it."""
        named = {row.account_id: row for row in self._by_name.get(words.payer_key, ())}
        paid = self._by_hash.get(one.payer_hash, ()) if one.payer_hash else ()
        known = {row.account_id: row for row in paid}
        rooms: dict[int, Reason] = {}
        for whole, codes, readings in words.rooms:
            fits = self._fits(codes, readings)
            reason = Reason.ROOM if whole else self._short(fits, readings)
            bare = {reading.room for reading in readings if reading.building is None}
            found = dict.fromkeys(fits, reason)
            # A number that many rooms have points to nobody, but it agrees with who is meant anyway.
            for pk, row in (named | known).items():
                if row.room in bare:
                    found.setdefault(pk, Reason.ROOM_ONE_OF)
            for pk, why in found.items():
                if pk not in rooms or matching.WEIGHTS[why] > matching.WEIGHTS[rooms[pk]]:
                    rooms[pk] = why
        return [
            Candidate(pk, self._names[pk], self.accounts[pk].is_closed, rooms.get(pk), pk in known)
            for pk in sorted(rooms.keys() | known.keys() | named.keys())
        ]

    def _fits(self, codes: tuple[str, ...], readings: tuple[Reading, ...]) -> dict[int, Meant]:
        found = {row.account_id: row for code in codes for row in self._by_code.get(code, ())}
        for reading in readings:
            if reading.building is None and not self._is_lone(reading.room):
                continue
            for row in self._by_room.get((reading.building, reading.room), ()):
                if reading.fits(row.building, row.entrance, row.room):
                    found[row.account_id] = row
        return found

    def _is_lone(self, room: str) -> bool:
        numbered = self._rooms.get(room)
        return numbered is not None and numbered.units == 1

    def _short(self, fits: dict[int, Meant], readings: tuple[Reading, ...]) -> Reason:
        """A run of digits names a unit only where nothing else is numbered so."""
        units = {row.unit_id for row in fits.values()}
        for reading in readings:
            if reading.building is None and (numbered := self._rooms.get(reading.room)):
                units |= {numbered.unit_id} if numbered.units == 1 else {numbered.unit_id, 0}
        return Reason.ROOM_SHORT if len(units) == 1 else Reason.ROOM_ONE_OF


def _words(one: Transfer) -> Words:
    rooms = tuple(
        (is_whole(room), tuple(code_readings(room)), tuple(candidates(room))) for room in rooms_in(one.remark)
    )
    return Words(name_key(one.payer_name), name_key(one.remark), rooms)


def _numbered(words: Sequence[Words], community_id: int) -> dict[str, Numbered]:
    asked = {
        r.room for said in words for whole, _codes, readings in said.rooms if not whole for r in readings
    }
    if not asked:
        return {}
    rows = sql.rows(PACKAGE, "rooms", {"community_id": community_id, "rooms": sorted(asked)})
    return {room: Numbered(unit_id, units) for room, unit_id, units in rows}


def _gather(
    transfers: Sequence[Transfer], words: Sequence[Words], numbered: dict[str, Numbered], community_id: int
) -> Iterable[Meant]:
    rooms = [room for said in words for room in said.rooms]
    readings = {reading for _whole, _codes, meant in rooms for reading in meant}
    codes = {code for _whole, found, _readings in rooms for code in found}
    # With the entrance said too it is a code: one step to its row.
    codes |= {
        Place(r.building, r.entrance, r.room).code for r in readings if r.building and r.entrance is not None
    }
    partly = sorted((r.building, r.room) for r in readings if r.building and r.entrance is None)
    lone = [numbered[r.room] for r in readings if r.building is None and r.room in numbered]
    given = {
        "community_id": community_id,
        "unit_ids": sorted(one.unit_id for one in lone if one.units == 1),
        "codes": sorted(codes),
        "buildings": [building for building, _room in partly],
        "rooms": [room for _building, room in partly],
        "names": sorted({said.payer_key for said in words} - {""}),
        "hashes": sorted({one.payer_hash for one in transfers} - {""}),
    }
    return (Meant(*row) for row in sql.rows(PACKAGE, "candidates", given))


def _debts(
    transfers: Sequence[Transfer], found: Sequence[Sequence[Candidate]]
) -> dict[tuple[date, int], Debt]:
    """What each account owed on the day of the line that may mean it."""
    wanted: dict[date, set[int]] = defaultdict(set)
    for one, guesses in zip(transfers, found, strict=True):
        wanted[one.on] |= {c.account_id for c in guesses}
    debts: dict[tuple[date, int], Debt] = {}
    for on, charges in open_on_days(wanted).items():
        bills: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for charge in charges:
            sums = bills[charge.account_id][charge.bill_id or 0]
            sums[0] += charge.unpaid_fen
            sums[1] += charge.owed_fen
        for account_id, of_bills in bills.items():
            principal = sum(unpaid for unpaid, _owed in of_bills.values())
            total = sum(owed for _unpaid, owed in of_bills.values())
            alone = frozenset(fen for bill, sums in of_bills.items() if bill for fen in sums if fen)
            debts[on, account_id] = Debt(total, principal, alone)
    return debts
