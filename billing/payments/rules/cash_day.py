"""The till at the end of the day."""

from values.because import Because, because
from values.fen import Fen


def closing_fen(*, opening_fen: int, receipts_fen: int, refunds_fen: int, deposited_fen: int) -> Fen:
    """What the till must hold (S16).

    >>> closing_fen(opening_fen=50000, receipts_fen=326050, refunds_fen=12000, deposited_fen=300000)
    64050
    """
    return Fen(opening_fen + receipts_fen - refunds_fen - deposited_fen)


def check_count(*, expected_fen: int, counted_fen: int, reason: str = "") -> Because | None:
    """Whether the day may be closed: a difference needs a reason (S16); else `cash_differs` (difference_fen).

    >>> check_count(expected_fen=64050, counted_fen=64000)
    Because(code='cash_differs', params={'difference_fen': -50})
    """
    difference = counted_fen - expected_fen
    if difference and not reason.strip():
        return because("cash_differs", difference_fen=difference)
    return None
