"""A day as a collector types it: `fri`, `周五`, `+3`, `15日`, `3-15`, `2026-03-15`."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from values.period import add_months

_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("mon", "周一", "星期一"),
            ("tue", "周二", "星期二"),
            ("wed", "周三", "星期三"),
            ("thu", "周四", "星期四"),
            ("fri", "周五", "星期五"),
            ("sat", "周六", "星期六"),
            ("sun", "周日", "星期日", "周天", "星期天"),
        )
    )
    for name in names
}
_NEAR: Final = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2}
_ISO = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_PLUS = re.compile(r"\+(\d{1,3})")


def read_day(text: str, *, today: date) -> date | None:
    """The day that was meant, never before today unless written with its year; None when not understood.

    A weekday is the next one, never today; a day of the month is this month's or, when past, the next's.

    >>> monday = date(2026, 5, 11)
    >>> [str(read_day(text, today=monday)) for text in ("fri", "+3", "15日", "9", "明天", "2026-05-01", "?")]
    ['2026-05-15', '2026-05-14', '2026-05-15', '2026-06-09', '2026-05-12', '2026-05-01', 'None']
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    weekday = _WEEKDAYS.get(typed[:3] if typed.endswith("day") else typed)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if plus := _PLUS.fullmatch(typed):
        return today + timedelta(days=int(plus[1]))
    if full := _ISO.fullmatch(typed):
        return _day(int(full[1]), int(full[2]), int(full[3]))
    if part := _MONTH_DAY.fullmatch(typed):
        this_year = _day(today.year, int(part[1]), int(part[2]))
        return (
            this_year
            if this_year and this_year >= today
            else _day(today.year + 1, int(part[1]), int(part[2]))
        )
    if day := _DAY.fullmatch(typed):
        return _day_of_month(int(day[1]), today)
    return None


def _day_of_month(number: int, today: date) -> date | None:
    first = today.replace(day=1)
    for months in (0, 1, 2):
        month = add_months(first, months)
        found = _day(month.year, month.month, number)
        if found is not None and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
