"""A charge's calculation in plain words of the owner's language: what, times what, makes what."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import get_language

from billing.charges.api import in_english, in_words_measured
from billing.charges.queries.why import LateFeeLine, Why, WhyLine
from billing.charges.rules.pricing import Rounding
from values.daily_rate import in_full, percent
from values.fen import round_half_up, yuan


def calculation(why: Why) -> list[str]:
    """How the amount came about: one sentence for the months that are alike, one for each part of a month."""
    if why.is_metered:
        return in_words_measured.metered(why, english=_is_english())
    if why.pool is not None:
        return in_words_measured.shared(why, why.pool, english=_is_english())
    if why.cost_word:
        return [_spent(why)]
    if not why.lines:
        return [_carried_over(why)]
    per_bill = why.rounding == Rounding.PER_BILL
    sentences = [
        _part(group[0]) if group[0].is_part else _months(group, per_bill=per_bill)
        for group in _alike(why.lines)
    ]
    if len(sentences) > 1:
        sentences.append(_total(why.amount_fen))
    return sentences


def pay_by(why: Why) -> str:
    """Until when, and what runs afterwards."""
    if _is_english():
        return in_english.pay_by(why)
    day = _day(why.due_on)
    text = f"缴费截止日是{day}，已过" if why.due_on < why.as_of else f"请在{day}（含当日）前缴纳"
    if not why.late_fee_rate:
        return f"{text}，本项不计违约金。"
    return f"{text}，逾期部分按合同约定每日{in_full(Decimal(why.late_fee_rate))}计算违约金。"


def late_fee(why: Why) -> list[str]:
    """The late fee as of the day: unpaid x rate x days for each stretch, the cap, what is left to pay."""
    if not why.late_fee_lines or why.late_fee_total_fen == 0:
        return []
    sentences = [_stretch(line, why.late_fee_rate) for line in why.late_fee_lines if line.days]
    total = Decimal(yuan(why.late_fee_total_fen))
    if why.is_capped:
        sentences.append(_capped(why))
    elif len(sentences) > 1 or sum(Decimal(line.exact_yuan) for line in why.late_fee_lines) != total:
        sentences.append(_rounded(why.late_fee_total_fen))
    if why.late_fee_paid_fen:
        sentences.append(_paid(why))
    return sentences


def _is_english() -> bool:
    return get_language() == "en"


def _carried_over(why: Why) -> str:
    if _is_english():
        return in_english.carried_over(why)
    return f"{why.period.label}，{yuan(why.amount_fen)}元（此前系统结转的欠费）"


def _spent(why: Why) -> str:
    if _is_english():
        return in_english.spent(why)
    return f"追讨欠费支出{yuan(why.amount_fen)}元（凭证号{why.snapshot['cost']['reference']}）"


def _total(fen: int) -> str:
    return in_english.total(fen) if _is_english() else f"合计{yuan(fen)}元"


def _capped(why: Why) -> str:
    if _is_english():
        return in_english.capped(cap_fen=why.late_fee_cap_fen, fen=why.late_fee_total_fen)
    return f"违约金不超过{yuan(why.late_fee_cap_fen)}元，按{yuan(why.late_fee_total_fen)}元计"


def _rounded(fen: int) -> str:
    return in_english.rounded(fen) if _is_english() else f"合计四舍五入为{yuan(fen)}元"


def _paid(why: Why) -> str:
    if _is_english():
        return in_english.paid(why)
    return f"已缴违约金{yuan(why.late_fee_paid_fen)}元，尚余{yuan(why.late_fee_fen)}元"


def _alike(lines: Sequence[WhyLine]) -> list[list[WhyLine]]:
    return [list(group) for _price, group in groupby(lines, key=_same_price)]


def _same_price(line: WhyLine) -> tuple[str, str, str, str]:
    # A part of a month is a sentence of its own, whatever its price.
    return (str(line.period) if line.is_part else "", line.basis, line.rate, line.surcharge)


def _months(lines: Sequence[WhyLine], *, per_bill: bool) -> str:
    """89.37㎡ × 2.35元/㎡·月 = 每月210.02元，× 12个月 = 2520.24元."""
    if _is_english():
        return in_english.months(lines, per_bill=per_bill)
    first, total = lines[0], sum(line.amount_fen for line in lines)
    if per_bill:
        return f"{_price(first)} × {len(lines)}个月 = {yuan(total)}元（整单四舍五入）"
    if len(lines) == 1:
        return f"{_price(first)} × 1个月 = {yuan(total)}元"
    return f"{_price(first)} = 每月{yuan(first.amount_fen)}元，× {len(lines)}个月 = {yuan(total)}元"


def _part(line: WhyLine) -> str:
    month = _month_fen(line)
    plain = round_half_up(month * line.days, line.days_in_month)
    if _is_english():
        return in_english.part(line, month_fen=month, is_plain=plain == line.amount_fen)
    rest = "" if plain == line.amount_fen else "（按天分摊的尾差计入本笔）"
    return (
        f"{line.period.label}共{line.days}天：{_price(line)} = 全月{yuan(month)}元，"
        f"× {line.days}天 ÷ {line.days_in_month}天 = {yuan(line.amount_fen)}元{rest}"
    )


def _price(line: WhyLine) -> str:
    price = f"{line.area_m2}㎡ × {line.rate}元/㎡·月" if line.area_m2 else f"{line.rate}元/月"
    return f"（{price} + 附加费{line.surcharge}元/月）" if line.has_surcharge else price


def _month_fen(line: WhyLine) -> int:
    area = Decimal(line.area_m2) if line.area_m2 else Decimal(1)
    exact = area * Decimal(line.rate) + Decimal(line.surcharge)
    numerator, denominator = (exact * 100).as_integer_ratio()
    return round_half_up(numerator, denominator)


def _stretch(line: LateFeeLine, rate: str) -> str:
    if _is_english():
        return in_english.stretch(line, rate, exact=_exact(line.exact_yuan))
    free = f"（另有{line.free_days}天不计）" if line.free_days else ""
    daily = percent(Decimal(rate))
    return (
        f"{_day(line.first_on)}至{_day(line.last_on)}：未缴{yuan(line.unpaid_fen)}元 × {daily} × "
        f"{line.days}天{free} = {_exact(line.exact_yuan)}元"
    )


def _exact(text: str) -> str:
    """At least the two decimals of money, more only where they are not zero."""
    whole, _dot, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}"
