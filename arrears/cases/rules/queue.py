"""The order of a collector's calls: urgency first, then value. Every row says why it stands there."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.rules.contact import floor_in_danger
from values.because import Because, because

CHECK: Final = "CHECK_PAYMENT"

# Thousands of calls share a reason on one day: it is made once.
_why = lru_cache(maxsize=4096)(because)

# Within the rest: whom nobody has spoken to yet, then who may still be won over, the away, the known days.
_CLASS_ORDER: Final[Mapping[str, int]] = MappingProxyType(
    {"": 0, "B_UNDECIDED": 1, "D_REMOTE": 2, "E_REFUSED": 3, "C_UNREACHABLE": 4, "A_PROMISED": 5}
)


class Waiting(NamedTuple):
    """A call that is due. `promised_on`: newest promise about what is still owed. `contacts`: this week's."""

    kind: str
    due_on: date
    overdue_fen: int
    days_late: int
    klass: str = ""
    promised_on: date | None = None
    contacts: int = 0


class Place(NamedTuple):
    """Where a call stands: smaller keys first. `because`: the one thing that put it there."""

    key: tuple[int, int, int, int, int]
    because: Because


def place(call: Waiting, *, as_of: date) -> Place:
    """The order of the desk.

    1 broken promise, 2 a promise for today or tomorrow, 3 a payment to look for, 4 the week's floor in
    danger, 5 everybody else by class. Among equals the longest waiting promise day, then the greater
    amount, then the older debt.

    >>> today = date(2026, 5, 14)
    >>> calls = {
    ...     "old": Waiting("CALL", today, 90_000, 80, "B_UNDECIDED", None, 2),
    ...     "broken": Waiting("CALL", today, 10_000, 20, "B_UNDECIDED", date(2026, 5, 12), 2),
    ...     "near": Waiting("CALL", today, 20_000, 20, "A_PROMISED", date(2026, 5, 15), 2),
    ...     "floor": Waiting("CALL", today, 30_000, 20, "B_UNDECIDED", None, 0),
    ...     "new": Waiting("CALL", today, 40_000, 2, "", None, 2),
    ... }
    >>> sorted(calls, key=lambda name: place(calls[name], as_of=today).key)
    ['broken', 'near', 'floor', 'new', 'old']
    >>> place(calls["broken"], as_of=today).because
    Because(code='queue_promise_broken', params={'promised_on': '2026-05-12'})
    """
    tier, first, why = _urgency(call, as_of)
    return Place((tier, first, _CLASS_ORDER.get(call.klass, 1), -call.overdue_fen, -call.days_late), why)


def _urgency(call: Waiting, as_of: date) -> tuple[int, int, Because]:
    promised_on = call.promised_on
    if promised_on is not None and promised_on < as_of:
        return 1, promised_on.toordinal(), _why("queue_promise_broken", promised_on=promised_on)
    if promised_on is not None and promised_on <= as_of + timedelta(days=1):
        return 2, promised_on.toordinal(), _why("queue_promise_near", promised_on=promised_on)
    if call.kind == CHECK:
        return 3, 0, _why("queue_check")
    if floor_in_danger(call.contacts, as_of=as_of):
        return 4, call.contacts, _why("queue_floor", made=call.contacts)
    if not call.klass:
        return 5, 0, _why("queue_new")
    return 5, 0, _why("queue_class", klass=call.klass)
