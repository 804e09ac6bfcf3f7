"""Whether a law firm may be given data: an agreement on processing them is in force (G11)."""

from datetime import date


def agreement_in_force(signed_on: date | None, until: date | None, *, on: date) -> bool:
    """Signed, and not run out; without an end it stands.

    >>> agreement_in_force(date(2026, 1, 1), date(2026, 12, 31), on=date(2026, 12, 31))
    True
    >>> agreement_in_force(None, None, on=date(2026, 1, 1))
    False
    """
    return signed_on is not None and signed_on <= on and (until is None or on <= until)
