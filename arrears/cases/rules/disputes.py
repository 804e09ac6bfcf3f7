"""A dispute of a charge or of an amount of it: what is left to ask for, and what cannot be disputed."""

from typing import NamedTuple

from values.because import Because, because


class Left(NamedTuple):
    """What may still be asked for."""

    unpaid_fen: int
    late_fee_fen: int


def left_undisputed(unpaid_fen: int, late_fee_fen: int, *, disputed_fen: int) -> Left:
    """What of a charge is not disputed: principal first, and as much of its late fee in proportion.

    Money that comes in meanwhile goes to the undisputed part. The late fee is cut down, never up: what is
    disputed is not asked for.

    >>> left_undisputed(10000, 301, disputed_fen=3000)
    Left(unpaid_fen=7000, late_fee_fen=210)
    >>> left_undisputed(2500, 75, disputed_fen=3000)
    Left(unpaid_fen=0, late_fee_fen=0)
    """
    left = max(unpaid_fen - disputed_fen, 0)
    return Left(left, late_fee_fen * left // unpaid_fen if unpaid_fen else 0)


def refuse_part(amount_fen: int | None, *, charged_fen: int, unpaid_fen: int) -> Because | None:
    """Why an amount of a charge cannot be disputed; None when it can. `amount_fen` None: all of it.

    >>> refuse_part(None, charged_fen=10000, unpaid_fen=0).code
    'dispute_of_paid'
    >>> refuse_part(10001, charged_fen=10000, unpaid_fen=5000).code
    'dispute_of_too_much'
    """
    if unpaid_fen <= 0:
        return because("dispute_of_paid")
    if amount_fen is not None and amount_fen <= 0:
        return because("dispute_of_nothing")
    if amount_fen is not None and amount_fen > charged_fen:
        return because("dispute_of_too_much")
    return None
