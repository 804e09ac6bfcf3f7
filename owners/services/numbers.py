"""Gapless numbers: a block is taken under a row lock once it is known how many are needed."""

from __future__ import annotations

from tenancy.kernel import sql


def take_numbers(*, community_id: int, series: str, year: int, count: int) -> int:
    """The first of `count` numbers of a series; the row stays locked until the transaction ends.

    A rolled-back transaction gives its numbers back, so nothing is ever missing. ValueError for count < 1.
    """
    if count < 1:
        raise ValueError("at least one number is needed")
    taken = sql.rows(
        "owners",
        "take_numbers",
        {"community_id": community_id, "series": series, "year": year, "count": count},
    )
    return int(taken[0][0])
