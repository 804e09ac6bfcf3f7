"""Areas as whole square centimetres: reading square metres and printing them."""

from decimal import Decimal


def to_cm2(square_metres: Decimal) -> int:
    """Square metres to cm2; ValueError when finer than one cm2, so that nothing is rounded silently.

    >>> to_cm2(Decimal("89.37"))
    893700
    """
    cm2 = square_metres * 10_000
    if cm2 != cm2.to_integral_value():
        raise ValueError(f"finer than one square centimetre: {square_metres}")
    return int(cm2)


def square_metres(cm2: int) -> str:
    """At least the two decimals of a title deed, more only where they are not zero.

    >>> square_metres(893700), square_metres(1000000), square_metres(893755)
    ('89.37', '100.00', '89.3755')
    """
    whole, rest = divmod(abs(cm2), 10_000)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return f"{'-' if cm2 < 0 else ''}{whole}.{decimals}"
