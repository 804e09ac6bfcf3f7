"""The counter: a room becomes an account with what it owes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from billing.charges import queries as charges
from billing.payments.queries.lists import (
    CashPointRow,
    ReceiptHit,
    cash_points,
    receipts_by_number,
    receipts_ending,
)
from billing.payments.queries.preview import Preview, open_of, preview_allocation
from owners import queries as owners
from owners.rules.numbering import read_number

_HITS = 9


class Choice(NamedTuple):
    """An account of the room: who owes, how much."""

    account_id: int
    party_name: str
    owed_fen: int


@dataclass(frozen=True, slots=True)
class Counter:
    """What the counter shows: rooms to choose from, or one room's accounts and the chosen one's debts."""

    words: str = ""
    hits: tuple[owners.UnitHit, ...] = ()
    receipts: tuple[ReceiptHit, ...] = ()
    unit: owners.UnitHeader | None = None
    accounts: tuple[Choice, ...] = ()
    preview: Preview | None = None
    desks: tuple[CashPointRow, ...] = ()
    elsewhere: tuple[charges.ElsewhereRow, ...] = ()

    @property
    def found_nothing(self) -> bool:
        """Words were typed and no room answers to them."""
        return bool(self.words) and not self.hits and not self.receipts and self.unit is None


def counter(
    *,
    paid_on: date,
    words: str = "",
    unit_id: int | None = None,
    account_id: int | None = None,
    amount_fen: int | None = None,
    designated: Collection[int] | None = None,
    received_fen: int | None = None,
    is_cash: bool = True,
) -> Counter:
    """The counter for typed words, a chosen unit or a chosen account; NotFound for a foreign one.

    Words: a room, a name, a phone, else a receipt's number or its last digits.

    One room that fits is opened at once; of its accounts the one that owes most is chosen. Ticks of charges
    that are no longer open are dropped: the screen shows what is so now, `take_payment` refuses surprises.
    """
    if account_id is None and unit_id is None:
        hits = tuple(owners.find_units(words, limit=_HITS)) if words else ()
        receipts = tuple(_receipts(words)) if words and not hits else ()
        if len(hits) == 1:
            unit_id = hits[0].unit_id
        elif len({hit.account_id for hit in receipts}) == 1:
            account_id = receipts[0].account_id
        else:
            return Counter(words=words, hits=hits, receipts=receipts)
    if account_id is not None:
        unit_id = charges.account_card(account_id).unit_id
    unit = owners.unit_header(int(unit_id or 0))
    accounts = _accounts(unit.unit_id, paid_on)
    chosen = account_id or (max(accounts, key=lambda a: a.owed_fen).account_id if accounts else None)
    shown = None
    if chosen is not None:
        shown = preview_allocation(
            account_id=chosen,
            paid_on=paid_on,
            amount_fen=amount_fen,
            designated=_still_open(chosen, paid_on, designated),
            received_fen=received_fen,
            is_cash=is_cash,
        )
    return Counter(
        words=words or unit.code,
        unit=unit,
        accounts=accounts,
        preview=shown,
        elsewhere=tuple(charges.owed_elsewhere(unit.unit_id, as_of=paid_on)),
        desks=tuple(cash_points(community_id=unit.community_id)),
    )


def _receipts(words: str) -> list[ReceiptHit]:
    """What was paid before under a receipt's number, or under its last digits."""
    return receipts_by_number({words.strip(), read_number(words) or ""}) or receipts_ending(words)


def _still_open(account_id: int, paid_on: date, ticks: Collection[int] | None) -> Collection[int] | None:
    if ticks is None:
        return None
    return set(ticks) & {charge.charge_id for charge in open_of(account_id, paid_on).charges}


def _accounts(unit_id: int, paid_on: date) -> tuple[Choice, ...]:
    rows = charges.accounts_of_unit(unit_id)
    owed = _owed([row.account_id for row in rows], paid_on)
    return tuple(Choice(row.account_id, row.party_name, owed[row.account_id]) for row in rows)


def _owed(account_ids: Collection[int], paid_on: date) -> dict[int, int]:
    found = dict.fromkeys(account_ids, 0)
    for charge in charges.open_charges(account_ids=list(account_ids), as_of=paid_on):
        found[charge.account_id] += charge.owed_fen
    return found
