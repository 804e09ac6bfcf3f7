"""A charge's calculation in plain English, sentence by sentence what in_words says in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from billing.charges.queries.why import LateFeeLine, Why, WhyLine
from values.daily_rate import percent
from values.fen import yuan
from values.period import Period


def carried_over(why: Why) -> str:
    """A debt from before this system."""
    return f"{period(why.period)}: ¥{yuan(why.amount_fen)} (owed from before, carried over)"


def spent(why: Why) -> str:
    """A cost of collection."""
    proof = why.snapshot["cost"]["reference"]
    return f"¥{yuan(why.amount_fen)} spent on collecting the debt (proof: {proof})"


def total(fen: int) -> str:
    """The last line of a calculation."""
    return f"¥{yuan(fen)} together"


def months(lines: Sequence[WhyLine], *, per_bill: bool) -> str:
    """89.37㎡ × ¥2.35/㎡·month = ¥210.02 a month, × 12 months = ¥2520.24."""
    first, fen = lines[0], sum(line.amount_fen for line in lines)
    if per_bill:
        return f"{_price(first)} × {_counted(len(lines), 'month')} = ¥{yuan(fen)} (rounded once)"
    if len(lines) == 1:
        return f"{_price(first)} × 1 month = ¥{yuan(fen)}"
    return f"{_price(first)} = ¥{yuan(first.amount_fen)} a month, × {len(lines)} months = ¥{yuan(fen)}"


def part(line: WhyLine, *, month_fen: int, is_plain: bool) -> str:
    """A part of a month, by days."""
    rest = "" if is_plain else " (with the rest of the split by days)"
    return (
        f"{period(line.period)}, {_counted(line.days, 'day')}: {_price(line)} = ¥{yuan(month_fen)} the whole "
        f"month, × {line.days} ÷ {_counted(line.days_in_month, 'day')} = ¥{yuan(line.amount_fen)}{rest}"
    )


def pay_by(why: Why) -> str:
    """Until when, and what runs afterwards."""
    is_over = why.due_on < why.as_of
    text = f"It was due on {why.due_on}" if is_over else f"Please pay by {why.due_on} (that day included)"
    if not why.late_fee_rate:
        return f"{text}; there is no late fee on this item."
    daily = percent(Decimal(why.late_fee_rate))
    return f"{text}; what is paid later bears a late fee of {daily} a day as agreed in the contract."


def stretch(line: LateFeeLine, rate: str, *, exact: str) -> str:
    """One stretch of days on one unpaid amount."""
    free = f" ({_counted(line.free_days, 'more day')} not counted)" if line.free_days else ""
    return (
        f"{line.first_on} to {line.last_on}: ¥{yuan(line.unpaid_fen)} unpaid × {percent(Decimal(rate))} × "
        f"{_counted(line.days, 'day')}{free} = ¥{exact}"
    )


def capped(*, cap_fen: int, fen: int) -> str:
    """The late fee has reached its highest."""
    return f"The late fee is at most ¥{yuan(cap_fen)}: ¥{yuan(fen)} counts"


def rounded(fen: int) -> str:
    """The sum of the stretches as money."""
    return f"¥{yuan(fen)} together, rounded"


def paid(why: Why) -> str:
    """What is left of the late fee."""
    return f"¥{yuan(why.late_fee_paid_fen)} of it is paid, ¥{yuan(why.late_fee_fen)} is left"


def period(held: Period) -> str:
    """A period as an English reader writes it.

    >>> from datetime import date
    >>> period(Period.month(2026, 1)), period(Period(date(2026, 1, 1), date(2026, 4, 1)))
    ('January 2026', 'January 2026 to March 2026')
    >>> period(Period(date(2026, 4, 1), date(2026, 4, 18)))
    '2026-04-01 to 2026-04-17'
    """
    if not held.is_whole_months:
        return str(held.start) if held.days == 1 else f"{held.start} to {held.last_day}"
    first, last = f"{held.start:%B %Y}", f"{held.last_day:%B %Y}"
    return first if first == last else f"{first} to {last}"


def _price(line: WhyLine) -> str:
    price = f"{line.area_m2}㎡ × ¥{line.rate}/㎡·month" if line.area_m2 else f"¥{line.rate} a month"
    return f"({price} + ¥{line.surcharge} surcharge a month)" if line.has_surcharge else price


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
