"""What becomes of a unit's subscription when a register tells a price: the past is never touched."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Price(NamedTuple):
    """What a tariff costs: basis, millionths of a yuan, and fen on top per month."""

    basis: str
    rate_micro: int
    surcharge_fen: int


class Held(NamedTuple):
    """The unit's latest subscription of a fee item, half-open, with its price as it is or will first be."""

    subscription_id: int
    price: Price
    from_on: date
    to_on: date | None


class Move(StrEnum):
    """KEEP: nothing. BEGIN: a new subscription. SWITCH: close one, then begin. RETARGET: it has not begun."""

    KEEP = "KEEP"
    BEGIN = "BEGIN"
    SWITCH = "SWITCH"
    RETARGET = "RETARGET"


class Decision(NamedTuple):
    """What to do, and from which day the new price counts."""

    move: Move
    from_on: date


def resubscribe(held: Held | None, price: Price, *, start_on: date, switch_on: date) -> Decision:
    """Decide about one unit and fee item: `start_on` where nothing is held yet, `switch_on` for a change.

    >>> old, new_year = Held(1, Price("AREA", 2_350_000, 0), date(2022, 1, 1), None), date(2026, 1, 1)
    >>> resubscribe(old, Price("AREA", 2_800_000, 0), start_on=new_year, switch_on=new_year).move
    <Move.SWITCH: 'SWITCH'>
    """
    if held is None:
        return Decision(Move.BEGIN, start_on)
    if held.to_on is not None and held.to_on <= switch_on:
        return Decision(Move.BEGIN, switch_on)
    if held.price == price:
        return Decision(Move.KEEP, held.from_on)
    if held.from_on >= switch_on:
        return Decision(Move.RETARGET, held.from_on)
    return Decision(Move.SWITCH, switch_on)
