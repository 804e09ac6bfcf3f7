"""Gaps, floors and ceilings of phone contact, and which number comes next (R000-I14 to I17, L-CO3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from arrears.cases.rules.classes import CallOutcome, is_effective
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
) -> Because | None:
    """None when the debtor may be called now, else why not. `attempts`: all calls to him, in order.

    Codes: `written_only` (hold NO_CONTACT), `outside_legal_hours`, `outside_call_window`, `spoken_today`,
    `too_many_attempts`, `retry_gap`.

    >>> seven = datetime(2026, 5, 11, 19, 10)
    >>> tried = [Attempt(seven, "mobile", CallOutcome.NO_ANSWER)]
    >>> refuse_call(datetime(2026, 5, 11, 19, 39), number_kind="mobile", attempts=tried, workday=True)
    Because(code='retry_gap', params={'next_at': '2026-05-11 19:40'})
    """
    if written_only:
        return because("written_only")
    return windows.may_call(at, kind=number_kind, alternate=alternate, workday=workday) or _refuse_more(
        at, attempts, limits
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
) -> NextCall | None:
    """The next number and its earliest moment; None without a number. Landline first, then mobile, in turn.

    >>> next_call(datetime(2026, 5, 11, 9, 0), attempts=[], has_landline=True, has_mobile=True)
    NextCall(number_kind='landline', at=datetime.datetime(2026, 5, 11, 9, 30))
    """
    kinds: list[PhoneKind] = []
    if has_landline:
        kinds.append("landline")
    if has_mobile:
        kinds.append("mobile")
    if not kinds:
        return None
    at = now
    refused = _refuse_more(at, attempts, limits)
    if refused is not None and refused.code == "retry_gap":
        at = attempts[-1].at + timedelta(minutes=limits.retry_gap_min)
    elif refused is not None:
        at = datetime.combine(now.date() + timedelta(days=1), time())
    for _ in range(2):
        kind = _kind_in_turn(kinds, attempts, at.date())
        opening = windows.next_opening(at, kind=kind, alternate=alternate, workday=workday)
        if opening.date() == at.date():
            break
        # A new day begins again with the landline.
        at = datetime.combine(opening.date(), time())
    return NextCall(kind, opening)


def contacts_short(made_this_week: int, *, limits: ContactLimits = DEFAULT_LIMITS) -> int:
    """How many contacts the week still lacks (floor two, R000-I14).

    >>> contacts_short(0), contacts_short(3)
    (2, 0)
    """
    return max(0, limits.contacts_per_week - made_this_week)


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


def _kind_in_turn(kinds: Sequence[PhoneKind], attempts: Sequence[Attempt], on: date) -> PhoneKind:
    today = [one for one in attempts if one.at.date() == on]
    if not today or today[-1].number_kind not in kinds:
        return kinds[0]
    return kinds[(kinds.index(today[-1].number_kind) + 1) % len(kinds)]
