"""Money as whole fen: the only place that rounds yuan, prints them, reads them and splits them."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NewType

Fen = NewType("Fen", int)

ZERO: Final = Fen(0)
_YUAN_TEXT = re.compile(r"(-?)¥?((?:[0-9]{1,3}(?:,[0-9]{3})+)|[0-9]+)(?:\.([0-9]{1,2}))?元?")


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction, halves away from zero (四舍五入, K1). Exact: integers only.

    >>> round_half_up(5, 2), round_half_up(-5, 2), round_half_up(7, 3)
    (3, -3, 2)
    """
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def to_fen(yuan: Decimal) -> Fen:
    """Round half up to the fen, as a cashier does.

    >>> to_fen(Decimal("250.685"))
    25069
    """
    return Fen(int((yuan * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def yuan(fen: int) -> str:
    """Yuan with two decimals, as the API and files carry them.

    >>> yuan(252024), yuan(-5), yuan(0)
    ('2520.24', '-0.05', '0.00')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


def display(fen: int) -> str:
    """Yuan as a person reads them, with the sign before the currency.

    >>> display(252024), display(-100)
    ('¥2,520.24', '-¥1.00')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{whole:,}.{rest:02d}"


def parse_yuan(text: str) -> Fen:
    """Read yuan as people type them: full-width digits, ¥, 元 and thousands commas are allowed.

    Raises ValueError on anything else, also on a third decimal: nothing is rounded silently.

    >>> parse_yuan(" ￥2,520.24 "), parse_yuan("１２.５"), parse_yuan("-3元")
    (252024, 1250, -300)
    """
    found = _YUAN_TEXT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError(f"not an amount in yuan: {text!r}")
    sign, whole, cents = found.groups()
    fen = int(whole.replace(",", "")) * 100 + int((cents or "").ljust(2, "0"))
    return Fen(-fen if sign else fen)


def split_evenly(fen: int, n: int) -> tuple[Fen, ...]:
    """Instalments (K9): the first n-1 parts are the rounded quotient, the last takes the remainder.

    A total too small for its rounded parts gives smaller first parts, so no part changes sign.

    >>> split_evenly(524372, 6)
    (87395, 87395, 87395, 87395, 87395, 87397)
    """
    if n < 1:
        raise ValueError("at least one part is needed")
    if n == 1:
        return (Fen(fen),)
    size = abs(fen)
    part = min(round_half_up(size, n), size // (n - 1))
    sign = -1 if fen < 0 else 1
    return (*(Fen(sign * part),) * (n - 1), Fen(sign * (size - part * (n - 1))))


def split_floor_last(fen: int, n: int) -> tuple[Fen, ...]:
    """Opening arrears over months: equal whole fen, the last month takes the remainder.

    >>> split_floor_last(1000, 3)
    (333, 333, 334)
    """
    if n < 1:
        raise ValueError("at least one part is needed")
    size = abs(fen)
    part = size // n
    sign = -1 if fen < 0 else 1
    return (*(Fen(sign * part),) * (n - 1), Fen(sign * (size - part * (n - 1))))


def split_by_weight(fen: int, weights: Sequence[int]) -> tuple[Fen, ...]:
    """Share a pool by weight (K8): shares floored, left-over fen to the largest fractions, tie lowest index.

    Weights are non-negative integers (cm2, households, outstanding fen), not all zero; else ValueError.

    >>> split_by_weight(123456, (893700, 1205000, 1432800))
    (31242, 42125, 50089)
    >>> split_by_weight(10000, (1, 1, 1))
    (3334, 3333, 3333)
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    size = abs(fen)
    floors = [size * weight // total for weight in weights]
    by_fraction = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % total), i))
    for i in by_fraction[: size - sum(floors)]:
        floors[i] += 1
    sign = -1 if fen < 0 else 1
    return tuple(Fen(sign * part) for part in floors)
