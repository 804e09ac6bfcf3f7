"""When an owner may be called, messaged or visited (R000-I15, I17, L-CO2 to L-CO4, L-S5, table S17)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from values.because import Because, because
from values.holidays import is_workday as known_workday

PhoneKind = Literal["landline", "mobile"]
Window = tuple[time, time]

LEGAL_OUTER: Final[Window] = (time(8), time(22))
MESSAGES: Final[Window] = (time(8), time(21))
VISITS: Final[Window] = (time(9), time(20))
RETRY_GAP: Final = timedelta(minutes=30)

_STANDARD: Final[tuple[Window, ...]] = ((time(9, 30), time(12)), (time(15), time(21)))
_ALTERNATE: Final[dict[PhoneKind, tuple[Window, ...]]] = {
    "landline": ((time(10), time(11, 30)), (time(19), time(21))),
    "mobile": ((time(9), time(14)), (time(19), time(21))),
}
_FREE_DAY_STARTS_AT: Final = time(10, 30)


def call_windows(*, kind: PhoneKind, alternate: bool, workday: bool) -> tuple[Window, ...]:
    """The day's windows, start inclusive, end exclusive; a free day's morning begins at 10:30 (R000-I15).

    >>> call_windows(kind="mobile", alternate=False, workday=False)[0]
    (datetime.time(10, 30), datetime.time(12, 0))
    """
    windows = _ALTERNATE[kind] if alternate else _STANDARD
    if workday:
        return windows
    return tuple((max(start, _FREE_DAY_STARTS_AT), end) for start, end in windows)


def may_call(at: datetime, *, kind: PhoneKind, alternate: bool = False, workday: bool) -> Because | None:
    """None when the call may be made now, else why not. `at` is Shanghai local time without a zone.

    Codes: `outside_legal_hours` (08:00-22:00, L-CO2), `outside_call_window`; both name the window(s), the
    latter the kind of number too: theirs differ.

    >>> may_call(datetime(2026, 5, 11, 9, 30), kind="mobile", workday=True) is None
    True
    >>> may_call(datetime(2026, 5, 11, 14, 59), kind="mobile", workday=True)
    Because(code='outside_call_window', params={'number': 'mobile', 'windows': '09:30-12:00 / 15:00-21:00'})
    """
    _local(at)
    if not _within(at.time(), LEGAL_OUTER):
        return because("outside_legal_hours", windows=_text(LEGAL_OUTER))
    windows = call_windows(kind=kind, alternate=alternate, workday=workday)
    if any(_within(at.time(), window) for window in windows):
        return None
    texts = " / ".join(_text(window) for window in windows)
    return because("outside_call_window", number=kind, windows=texts)


def next_opening(
    at: datetime,
    *,
    kind: PhoneKind,
    alternate: bool = False,
    workday: Callable[[date], bool] = known_workday,
) -> datetime:
    """The first moment from `at` on when a call may be made; `at` itself when it may be now.

    >>> next_opening(datetime(2026, 5, 11, 21, 0), kind="mobile")
    datetime.datetime(2026, 5, 12, 9, 30)
    """
    _local(at)
    for days in (0, 1):
        day = at.date() + timedelta(days=days)
        for start, end in call_windows(kind=kind, alternate=alternate, workday=workday(day)):
            moment = max(at, datetime.combine(day, start))
            if moment < datetime.combine(day, end):
                return moment
    raise AssertionError("every day has a call window")


def retry_at(
    failed_at: datetime,
    *,
    kind: PhoneKind,
    alternate: bool = False,
    gap: timedelta = RETRY_GAP,
    workday: Callable[[date], bool] = known_workday,
) -> datetime:
    """The earliest next try after an unanswered call (R000-I17: thirty minutes, inside a window).

    >>> retry_at(datetime(2026, 5, 11, 19, 10), kind="mobile")
    datetime.datetime(2026, 5, 11, 19, 40)
    >>> retry_at(datetime(2026, 5, 11, 20, 45), kind="mobile")
    datetime.datetime(2026, 5, 12, 9, 30)
    """
    return next_opening(failed_at + gap, kind=kind, alternate=alternate, workday=workday)


def may_message(at: datetime) -> Because | None:
    """None between 08:00 and 21:00 (L-S5), else `quiet_hours`.

    >>> may_message(datetime(2026, 5, 11, 21, 0))
    Because(code='quiet_hours', params={'windows': '08:00-21:00'})
    """
    _local(at)
    return None if _within(at.time(), MESSAGES) else because("quiet_hours", windows=_text(MESSAGES))


def next_message(at: datetime) -> datetime:
    """The first moment from `at` on when a message may go out.

    >>> next_message(datetime(2026, 5, 11, 21, 5))
    datetime.datetime(2026, 5, 12, 8, 0)
    """
    _local(at)
    if at.time() < MESSAGES[0]:
        return datetime.combine(at.date(), MESSAGES[0])
    return at if at.time() < MESSAGES[1] else datetime.combine(at.date() + timedelta(days=1), MESSAGES[0])


def may_visit(at: datetime) -> Because | None:
    """None between 09:00 and 20:00 (L-CO4), else `outside_visit_hours`."""
    _local(at)
    return None if _within(at.time(), VISITS) else because("outside_visit_hours", windows=_text(VISITS))


def _within(moment: time, window: Window) -> bool:
    return window[0] <= moment < window[1]


def _text(window: Window) -> str:
    return f"{window[0]:%H:%M}-{window[1]:%H:%M}"


def _local(at: datetime) -> None:
    # A zoned moment is a bug of the caller: its clock would be read as Shanghai's.
    if at.tzinfo is not None:
        raise ValueError("windows are told Shanghai local time without a zone")
