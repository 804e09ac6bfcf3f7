"""The search box: a room, an owner's name, the last four digits of a phone."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from owners.rules.codes import Place
from owners.rules.phone_key import phone_key
from owners.rules.search import candidates, name_key, normalise_code
from tenancy.kernel import sql
from tenancy.kernel.crypto import fingerprint

MANY = 1000


class UnitHit(NamedTuple):
    """One unit that the text may mean."""

    unit_id: int
    code: str
    community_name: str
    owner_name: str


def find_units(text: str, limit: int) -> list[UnitHit]:
    """Units that the text may mean, exact codes first: 31602 is 3-1-1602 and building 3, room 1602."""
    return [UnitHit(*row[:4]) for row in sql.rows("owners", "find_units", _asked(text, limit))]


def found_unit_ids(text: str) -> list[int]:
    """Ids of everything the text may mean, as many as a list can show."""
    return [row[0] for row in sql.rows("owners", "find_units", _asked(text, MANY))]


def code_readings(words: str) -> list[str]:
    """The codes that words may be: a room without leading zeros, or a bay's own number, zeros and all."""
    exact = unicodedata.normalize("NFKC", words).strip().upper()
    return [code for code in (normalise_code(words), exact) if code]


def _asked(text: str, limit: int) -> dict[str, object]:
    words = text.strip()
    readings = candidates(words)
    # With the entrance said too it is a code: one step to its row.
    whole = [Place(r.building, r.entrance, r.room) for r in readings if r.building and r.entrance is not None]
    partly = [r for r in readings if r.building and r.entrance is None]
    digits = phone_key(words) if words.replace("-", "").replace(" ", "").isdecimal() else ""
    return {
        "codes": code_readings(words),
        "whole": [place.code for place in whole],
        "buildings": [r.building for r in partly],
        "building_rooms": [r.room for r in partly],
        "rooms": [r.room for r in readings if r.building is None],
        "name": name_key(words),
        "last4": fingerprint(digits) if len(digits) == 4 else "",
        "phone": fingerprint(digits) if len(digits) >= 7 else "",
        "limit": limit,
    }
