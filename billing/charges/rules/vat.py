"""The tax inside a tax-included price."""

from typing import NamedTuple

from values.fen import Fen, round_half_up


class Split(NamedTuple):
    """A gross amount in fen as net and tax."""

    net_fen: Fen
    tax_fen: Fen


def split_gross(gross_fen: int, *, percent: int) -> Split:
    """Net is rounded, tax is what remains (S15, L-R3).

    >>> split_gross(252024, percent=6)
    Split(net_fen=237758, tax_fen=14266)
    """
    net = round_half_up(gross_fen * 100, 100 + percent)
    return Split(Fen(net), Fen(gross_fen - net))
