"""Gaps, floors and ceilings of phone contact, and which number comes next (R000-I14 to I17, L-CO3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from arrears.cases.rules.classes import CallOutcome, is_effective
from arrears.cases.rules.quiet import Quiet, usually
from values import windows
from values.because import Because, because
from values.holidays import is_workday as known_workday
from values.windows import PhoneKind


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """The product's ceilings and floor; a company may only make them gentler."""

    attempts_per_day: int = 3
    effective_per_day: int = 1
    retry_gap_min: int = 30
    contacts_per_week: int = 2


DEFAULT_LIMITS: Final = ContactLimits()
# Nobody leaves an owner alone for a year by quiet days alone: beyond that there is no next moment.
LOOK_AHEAD_DAYS: Final = 400
FRIDAY: Final = 4


class Attempt(NamedTuple):
    """One call that was made; `at` is Shanghai local time without a zone."""

    at: datetime
    number_kind: PhoneKind
    outcome: CallOutcome


class NextCall(NamedTuple):
    """Which number to ring, and from when on."""

    number_kind: PhoneKind
    at: datetime


def refuse_call(
    at: datetime,
    *,
    number_kind: PhoneKind,
    attempts: Sequence[Attempt],
    workday: bool,
    alternate: bool = False,
    written_only: bool = False,
    limits: ContactLimits = DEFAULT_LIMITS,
    quiet: Quiet = usually,
) -> Because | None:
    """None when the debtor may be called now, else why not. `attempts`: all calls to him, in order.

    Codes: `written_only` (hold NO_CONTACT), `quiet_day`, `outside_legal_hours`, `outside_call_window`,
    `spoken_today`, `too_many_attempts`, `retry_gap`.

    >>> seven = datetime(2026, 5, 11, 19, 10)
    >>> tried = [Attempt(seven, "mobile", CallOutcome.NO_ANSWER)]
    >>> refuse_call(datetime(2026, 5, 11, 19, 39), number_kind="mobile", attempts=tried, workday=True)
    Because(code='retry_gap', params={'next_at': '2026-05-11 19:40'})
    """
    if written_only:
        return because("written_only")
    return (
        quiet(at.date())
        or windows.may_call(at, kind=number_kind, alternate=alternate, workday=workday)
        or _refuse_more(at, attempts, limits)
    )


def next_call(
    now: datetime,
    *,
    attempts: Sequence[Attempt],
    has_landline: bool,
    has_mobile: bool,
    alternate: bool = False,
    limits: ContactLimits = DEFAULT_LIMITS,
    workday: Callable[[date], bool] = known_workday,
    quiet: Quiet = usually,
) -> NextCall | None:
    """The next number and its earliest moment; None without a number. Landline first, then mobile, in turn;
    where the one whose turn it is has its window closed, the other is rung if its own opens sooner.

    What it promises `refuse_call` grants: windows, caps, gaps and quiet days are passed until all fit.

    >>> next_call(datetime(2026, 5, 11, 9, 0), attempts=[], has_landline=True, has_mobile=True)
    NextCall(number_kind='landline', at=datetime.datetime(2026, 5, 11, 9, 30))
    >>> next_call(datetime(2027, 2, 4, 22, 0), attempts=[], has_landline=False, has_mobile=True).at
    datetime.datetime(2027, 2, 9, 9, 30)
    """
    kinds: list[PhoneKind] = []
    if has_landline:
        kinds.append("landline")
    if has_mobile:
        kinds.append("mobile")
    if not kinds:
        return None
    at = _after_caps(now, attempts, limits)
    for _ in range(LOOK_AHEAD_DAYS):
        if quiet(at.date()) is None:
            calls = [
                NextCall(kind, windows.next_opening(at, kind=kind, alternate=alternate, workday=workday))
                for kind in _in_turn(kinds, attempts, at.date())
            ]
            soonest = min(calls, key=lambda call: call.at)
            if soonest.at.date() == at.date():
                return soonest
        # A new day begins again with the landline.
        at = _morning_after(at)
    return None


def contacts_short(made_this_week: int, *, limits: ContactLimits = DEFAULT_LIMITS) -> int:
    """How many contacts the week still lacks (floor two, R000-I14).

    >>> contacts_short(0), contacts_short(3)
    (2, 0)
    """
    return max(0, limits.contacts_per_week - made_this_week)


def floor_due_on(made_this_week: int, *, as_of: date, limits: ContactLimits = DEFAULT_LIMITS) -> date | None:
    """The last day for the next contact that the week's floor asks for; None when the week has enough.

    The last of them by Friday, the one before it by Wednesday: the review is on Friday (R000-I16).

    >>> [str(floor_due_on(made, as_of=date(2026, 5, 11))) for made in (0, 1, 2)]
    ['2026-05-13', '2026-05-15', 'None']
    """
    short = contacts_short(made_this_week, limits=limits)
    if not short:
        return None
    friday = as_of + timedelta(days=FRIDAY - as_of.weekday())
    return max(as_of, friday - timedelta(days=2 * (short - 1)))


def floor_in_danger(made_this_week: int, *, as_of: date, limits: ContactLimits = DEFAULT_LIMITS) -> bool:
    """Whether every day left until Friday is needed: one conversation a day is the ceiling.

    >>> [floor_in_danger(0, as_of=date(2026, 5, day)) for day in (12, 14, 15, 16)]
    [False, True, True, True]
    """
    days_left = max(0, FRIDAY - as_of.weekday() + 1)
    return contacts_short(made_this_week, limits=limits) >= max(1, days_left)


def _after_caps(now: datetime, attempts: Sequence[Attempt], limits: ContactLimits) -> datetime:
    """The first moment from now on that neither a gap nor a ceiling of its day refuses."""
    refused = _refuse_more(now, attempts, limits)
    if refused is None:
        return now
    if refused.code == "retry_gap":
        return attempts[-1].at + timedelta(minutes=limits.retry_gap_min)
    return _morning_after(now)


def _morning_after(at: datetime) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), time())


def _refuse_more(at: datetime, attempts: Sequence[Attempt], limits: ContactLimits) -> Because | None:
    today = [one for one in attempts if one.at.date() == at.date()]
    if sum(is_effective(one.outcome) for one in today) >= limits.effective_per_day:
        return because("spoken_today", limit=limits.effective_per_day)
    if len(today) >= limits.attempts_per_day:
        return because("too_many_attempts", limit=limits.attempts_per_day)
    if attempts:
        next_at = attempts[-1].at + timedelta(minutes=limits.retry_gap_min)
        if at < next_at:
            return because("retry_gap", next_at=f"{next_at:%Y-%m-%d %H:%M}")
    return None


def _in_turn(kinds: Sequence[PhoneKind], attempts: Sequence[Attempt], on: date) -> list[PhoneKind]:
    """The kinds of number, the one whose turn it is first."""
    today = [one for one in attempts if one.at.date() == on]
    if not today or today[-1].number_kind not in kinds:
        return list(kinds)
    after = kinds.index(today[-1].number_kind) + 1
    return [*kinds[after:], *kinds[:after]]
