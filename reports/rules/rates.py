"""Every rate of a report, each defined once (domain 3.4).

Inputs are whole sums: principal in fen after approved waivers, counted by allocation to periods, or counts
of units or papers. A rate is a percentage with two decimals, half up; None (a dash) where the whole is 0.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TWO_PLACES: Final = Decimal("0.01")


def percentage(part: int, whole: int) -> Decimal | None:
    """part / whole in percent, rounded once.

    >>> percentage(469_368, 652_518), percentage(0, 0)
    (Decimal('71.93'), None)
    """
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TWO_PLACES, rounding=ROUND_HALF_UP)


def current_rate(*, collected_fen: int, receivable_fen: int) -> Decimal | None:
    """当期收缴率: collected for periods 1 January..T of the year / receivable for the same periods."""
    return percentage(collected_fen, receivable_fen)


def arrears_recovery_rate(*, collected_fen: int, opening_arrears_fen: int) -> Decimal | None:
    """往年清欠率: collected this year on earlier years' periods / arrears on 1 January."""
    return percentage(collected_fen, opening_arrears_fen)


def overall_rate(
    *,
    current_collected_fen: int,
    arrears_collected_fen: int,
    current_receivable_fen: int,
    opening_arrears_fen: int,
) -> Decimal | None:
    """综合收缴率: both collected / (current receivable + opening arrears)."""
    return percentage(
        current_collected_fen + arrears_collected_fen, current_receivable_fen + opening_arrears_fen
    )


def annual_rate(*, collected_fen: int, full_year_receivable_fen: int) -> Decimal | None:
    """年度收缴率: collected for all the year's periods / issued + projected for the whole year."""
    return percentage(collected_fen, full_year_receivable_fen)


def household_rate(*, units_clear_in_period: int, units_billed: int) -> Decimal | None:
    """户数收缴率: units without arrears of the period / units billed in it."""
    return percentage(units_clear_in_period, units_billed)


def household_clear_rate(*, units_clear_of_all_years: int, units_billed: int) -> Decimal | None:
    """户数清欠率: units without arrears of any year / units billed."""
    return percentage(units_clear_of_all_years, units_billed)


def on_time_rate(*, paid_on_time_fen: int, due_fen: int) -> Decimal | None:
    """按时缴费率: paid on or before the due date / principal due."""
    return percentage(paid_on_time_fen, due_fen)


def overdue_rate(
    *, overdue_unpaid_fen: int, current_receivable_fen: int, opening_arrears_fen: int
) -> Decimal | None:
    """逾期未缴费率: overdue unpaid / (current receivable + opening arrears)."""
    return percentage(overdue_unpaid_fen, current_receivable_fen + opening_arrears_fen)


def dunning_coverage(*, overdue_units_contacted: int, overdue_units: int) -> Decimal | None:
    """逾期催缴率: overdue units with at least one logged contact in the period / overdue units."""
    return percentage(overdue_units_contacted, overdue_units)


def dunning_success_amount(*, paid_within_30_days_fen: int, dunned_fen: int) -> Decimal | None:
    """催缴成功率(金额): paid within 30 days of the first contact / principal dunned."""
    return percentage(paid_within_30_days_fen, dunned_fen)


def dunning_success_units(*, cleared_within_30_days: int, dunned_units: int) -> Decimal | None:
    """催缴成功率(户数): dunned units fully paid within 30 days / dunned units."""
    return percentage(cleared_within_30_days, dunned_units)


def promise_kept_rate(*, kept: int, due: int) -> Decimal | None:
    """承诺兑现率: promises paid by the promised day / promises due."""
    return percentage(kept, due)


def delivery_rate(*, delivered: int, sent: int) -> Decimal | None:
    """送达率: documents delivered or signed / sent."""
    return percentage(delivered, sent)


def debit_rate(*, debited_fen: int, sent_fen: int) -> Decimal | None:
    """代扣成功率: amount debited / amount sent to the bank."""
    return percentage(debited_fen, sent_fen)


def share_rate(*, part_fen: int, total_collected_fen: int) -> Decimal | None:
    """回款率 by channel or customer type: collected that way / all collected."""
    return percentage(part_fen, total_collected_fen)


def change_pp(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """同比 / 环比 in percentage points; None where one of the two has no rate.

    >>> change_pp(Decimal("71.93"), Decimal("70.00"))
    Decimal('1.93')
    """
    return None if now is None or then is None else now - then
