"""Letting one case climb a stage later than its policy says: who may, how long, and when legal must agree."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from arrears.cases.rules.limitation import last_day
from arrears.cases.rules.sanity import Wrong
from values.because import because
from values.period import add_months

MOST_MONTHS: Final = 12
# The clock of a debt must not run out because somebody was kind: legal looks at it first (G12).
LIMITATION_DAYS: Final = 90


def refuse_relaxation(
    *,
    level: int,
    standing: int,
    open_level: int | None,
    opens_on: date,
    due_ons: Iterable[date],
    by_legal: bool,
    as_of: date,
) -> Wrong | None:
    """None when the rung `level` may wait until `opens_on`. `standing`: the level the case stands on.

    `due_ons`: of what is unpaid; its clock is taken conservatively, from the due day alone.

    >>> asked = {"level": 4, "standing": 2, "open_level": None, "as_of": date(2026, 5, 1), "by_legal": False}
    >>> refuse_relaxation(**asked, opens_on=date(2026, 8, 1), due_ons=[date(2026, 1, 31)]) is None
    True
    >>> refuse_relaxation(**asked, opens_on=date(2026, 8, 1), due_ons=[date(2023, 9, 30)]).because.code
    'relaxed_past_limitation'
    """
    if level <= standing:
        return Wrong("level", because("relaxed_rung_taken"))
    if level == open_level:
        return Wrong("level", because("relaxed_rung_open"))
    if opens_on <= as_of:
        return Wrong("opens_on", because("relaxed_in_past"))
    latest_on = add_months(as_of, MOST_MONTHS)
    if opens_on > latest_on:
        return Wrong("opens_on", because("relaxed_too_long", latest_on=latest_on))
    expires_on = first_expiry(due_ons, as_of=as_of)
    if by_legal or expires_on is None or opens_on + timedelta(days=LIMITATION_DAYS) < expires_on:
        return None
    return Wrong("opens_on", because("relaxed_past_limitation", expires_on=expires_on))


def first_expiry(due_ons: Iterable[date], *, as_of: date) -> date | None:
    """The first day still ahead on which a debt of these due days could expire if nothing interrupted it.

    >>> first_expiry([date(2020, 1, 31), date(2023, 9, 30), date(2026, 1, 31)], as_of=date(2026, 5, 1))
    datetime.date(2026, 9, 30)
    """
    return min((day for due_on in due_ons if (day := last_day(due_on)) >= as_of), default=None)
