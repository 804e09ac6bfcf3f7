"""A metered charge and a share of a common cost in plain words, Chinese and English."""

from __future__ import annotations

from billing.charges.queries.why import Why, WhyPool
from values.fen import yuan


def metered(why: Why, *, english: bool) -> list[str]:
    """Both readings of each meter, then each step, then what of it is this owner's."""
    unit = why.measure
    if english:
        said = [
            f"Meter {one.serial}: {one.before} on {one.from_on}, {one.now} on {one.to_on}, "
            f"used {one.usage}{unit}"
            for one in why.readings
        ]
        said += [f"{line.quantity}{unit} × ¥{line.rate} = ¥{yuan(line.amount_fen)}" for line in why.lines]
        said += [f"Surcharge ¥{yuan(why.surcharge_fen)}"] if why.surcharge_fen else []
        return said + ([f"Your part: ¥{yuan(why.amount_fen)}"] if why.whole_fen != why.amount_fen else [])
    said = [
        f"表{one.serial}：{one.from_on}示数{one.before}，{one.to_on}示数{one.now}，用量{one.usage}{unit}"
        for one in why.readings
    ]
    said += [f"{line.quantity}{unit} × {line.rate}元 = {yuan(line.amount_fen)}元" for line in why.lines]
    said += [f"附加费{yuan(why.surcharge_fen)}元"] if why.surcharge_fen else []
    return said + ([f"其中您承担{yuan(why.amount_fen)}元"] if why.whole_fen != why.amount_fen else [])


def shared(why: Why, pool: WhyPool, *, english: bool) -> list[str]:
    """The whole cost, the share, and the days of it."""
    total, share = yuan(pool.amount_fen), yuan(pool.share_fen)
    if english:
        said = [f"Shared cost ¥{total} × {pool.weight} ÷ {pool.weight_sum} = ¥{share}"]
        days = f"{pool.days} of {pool.days_in_period} days = ¥{yuan(why.amount_fen)}"
        return said + ([days] if pool.is_part else [])
    said = [f"公摊总额{total}元 × {pool.weight} ÷ {pool.weight_sum} = {share}元"]
    days = f"共{pool.days_in_period}天中的{pool.days}天 = {yuan(why.amount_fen)}元"
    return said + ([days] if pool.is_part else [])
