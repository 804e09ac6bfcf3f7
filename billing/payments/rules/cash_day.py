"""The till at the end of the day."""

from collections.abc import Mapping
from typing import Final

from values.because import Because, because
from values.fen import Fen

# Notes and coins in fen: 100, 50, 20, 10, 5, 1 yuan, 5 and 1 jiao; and single fen, which bills are made of.
PIECES_FEN: Final = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 1)
MAX_PIECES: Final = 100_000
COUNTS: Final = 2  # one recount


def counted_fen(pieces: Mapping[int, int]) -> Fen:
    """What notes and coins are worth; ValueError for a piece there is not, or a number that cannot be.

    >>> counted_fen({10000: 6, 1000: 4, 50: 1})
    64050
    """
    if any(worth not in PIECES_FEN or not 0 <= number <= MAX_PIECES for worth, number in pieces.items()):
        raise ValueError(pieces)
    return Fen(sum(worth * number for worth, number in pieces.items()))


def closing_fen(
    *, opening_fen: int, receipts_fen: int, refunds_fen: int, deposited_fen: int, handed_fen: int = 0
) -> Fen:
    """What the till must hold (S16).

    >>> closing_fen(opening_fen=50000, receipts_fen=326050, refunds_fen=12000, deposited_fen=300000)
    64050
    """
    return Fen(opening_fen + receipts_fen - refunds_fen - deposited_fen - handed_fen)


def check_count(*, expected_fen: int, counted_fen: int, reason: str = "") -> Because | None:
    """Whether the day may be closed: a difference needs a reason (S16); else `cash_differs` (difference_fen).

    >>> check_count(expected_fen=64050, counted_fen=64000)
    Because(code='cash_differs', params={'difference_fen': -50})
    """
    difference = counted_fen - expected_fen
    if difference and not reason.strip():
        return because("cash_differs", difference_fen=difference)
    return None
