"""What the units of a register's block pay: compared with what they pay already, changed from next month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from billing.charges.rules.pricing import rate_text
from billing.charges.rules.resubscribe import Held, Move, Price, resubscribe
from billing.charges.services.import_tariffs import PACKAGE, Fee, TariffBook
from owners.rules.compare import Change
from tenancy.kernel import sql
from values.fen import yuan


class Wish(NamedTuple):
    """A unit shall pay a fee. `unit_id` None: a new unit in a dry run. `start_on`: where it pays nothing."""

    code: str
    unit_id: int | None
    is_new: bool
    fee: Fee
    start_on: date
    to_on: date | None = None


class Agreed(NamedTuple):
    """What became of the wishes: price changes by unit code, and codes whose second fee was left out."""

    changes: dict[str, list[Change]]
    twice: list[Wish]


class Subscriber:
    """Decides about one block after the other, and with `commit` writes. A change begins on `switch_on`."""

    def __init__(self, book: TariffBook, *, switch_on: date, commit: bool) -> None:
        self._book, self._switch_on, self._commit = book, switch_on, commit
        self._start()

    def agree(self, wishes: Sequence[Wish]) -> Agreed:
        """What becomes of a block's wishes. A unit pays one tariff per fee item: a second one is left out."""
        self._start()
        known = [wish.unit_id for wish in wishes if wish.unit_id and not wish.is_new]
        latest = self._latest(known)
        seen: set[tuple[str, str]] = set()
        twice: list[Wish] = []
        for wish in (self._as_paid(wish, latest) for wish in wishes):
            key = (wish.code, wish.fee.item.name)
            if key in seen:
                twice.append(wish)
                continue
            seen.add(key)
            item_id = self._book.item_id(wish.fee.item)
            self._decide(wish, latest.get((wish.unit_id or 0, item_id or 0)))
        if self._commit:
            self._write()
        return Agreed(self._changes, twice)

    def _as_paid(self, wish: Wish, latest: dict[tuple[int, int], Held]) -> Wish:
        """A unit that pays the other of two like items keeps it: it must not pay both."""
        other = wish.fee.instead
        if other is None or wish.unit_id is None:
            return wish
        own, others = self._book.find(wish.fee.item), self._book.find(other)
        if (wish.unit_id, own or 0) in latest or (wish.unit_id, others or 0) not in latest:
            return wish
        return wish._replace(fee=wish.fee._replace(item=other, instead=None))

    def _start(self) -> None:
        self._changes: dict[str, list[Change]] = {}
        self._begins: list[tuple[Wish, int, date]] = []
        self._closes: list[int] = []
        self._retargets: list[tuple[int, int]] = []

    def _decide(self, wish: Wish, held: Held | None) -> None:
        start_on = wish.start_on if wish.is_new else self._switch_on
        move, from_on = resubscribe(held, wish.fee.price, start_on=start_on, switch_on=self._switch_on)
        if move is Move.KEEP:
            return
        if not wish.is_new:
            self._changes.setdefault(wish.code, []).append(_change(held, wish.fee, from_on))
        tariff_id = self._book.tariff_id(wish.fee)
        if tariff_id is None:
            return
        if held is not None and move is Move.RETARGET:
            self._retargets.append((held.subscription_id, tariff_id))
            return
        if held is not None and move is Move.SWITCH:
            self._closes.append(held.subscription_id)
        self._begins.append((wish, tariff_id, from_on))

    def _latest(self, unit_ids: list[int]) -> dict[tuple[int, int], Held]:
        if not unit_ids:
            return {}
        found = sql.rows(PACKAGE, "import_latest", {"unit_ids": unit_ids})
        return {
            (unit_id, item_id): Held(pk, self._book.price_of(tariff_id, from_on), from_on, to_on)
            for unit_id, item_id, pk, tariff_id, from_on, to_on in found
        }

    def _write(self) -> None:
        if self._closes:
            sql.run(PACKAGE, "import_close", {"ids": self._closes, "on": self._switch_on})
        if self._retargets:
            ids, tariff_ids = zip(*self._retargets, strict=True)
            sql.run(PACKAGE, "import_retarget", {"ids": list(ids), "tariff_ids": list(tariff_ids)})
        if self._begins:
            columns: dict[str, list[Any]] = {
                "unit_ids": [wish.unit_id for wish, _tariff, _on in self._begins],
                "tariff_ids": [tariff for _wish, tariff, _on in self._begins],
                "fee_item_ids": [self._book.item_id(wish.fee.item) for wish, _tariff, _on in self._begins],
                "froms_on": [on for _wish, _tariff, on in self._begins],
                "tos_on": [wish.to_on for wish, _tariff, _on in self._begins],
            }
            sql.run(PACKAGE, "import_subscribe", columns)


def _change(held: Held | None, fee: Fee, from_on: date) -> Change:
    old = "" if held is None else price_text(held.price)
    return Change("rate", old, f"{price_text(fee.price)} ({from_on.isoformat()})")


def price_text(price: Price) -> str:
    """2.35/㎡, or 300.00 for a fixed price, with what comes on top."""
    per = "/㎡" if price.basis == "AREA" else ""
    more = f"+{yuan(price.surcharge_fen)}" if price.surcharge_fen else ""
    return f"{rate_text(price.rate_micro)}{per}{more}"
