"""Late fee (违约金): simple, daily, on unpaid principal, kept as lazy segments and rounded once (K5, K6)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from values.because import Because, because
from values.daily_rate import percent
from values.fen import Fen, round_half_up

E8: Final = 10**8
_WARN_ANNUAL_E8: Final = 24 * 10**6


class Terms(NamedTuple):
    """What a charge's contract says. `rate_e8`: daily rate x 1e8 (0.0003 = 30000); 0 where none is agreed.

    `original_fen`: the charge's principal as issued, the base of the cap; `cap_e4`: share of it x 1e4, None
    for no cap; `grace_days` are never charged afterwards (NON_RETROACTIVE).
    """

    due_on: date
    rate_e8: int
    original_fen: int
    grace_days: int = 0
    cap_e4: int | None = 10_000

    @property
    def cap_in_e8(self) -> int | None:
        """The cap in 1e-8 fen, exact."""
        return None if self.cap_e4 is None else self.original_fen * self.cap_e4 * 10_000


class Running(NamedTuple):
    """What a charge stores: closed segments (1e-8 fen, exact), where the open one starts, its base."""

    settled_e8: int
    from_on: date
    unpaid_fen: int


class Pause(NamedTuple):
    """Days that are not charged, both inclusive: a deferral, a plan from the day after its signing."""

    first_on: date
    last_on: date


class Movement(NamedTuple):
    """Principal that fell on a day: paid, waived or reversed (negative: it rose again)."""

    on: date
    principal_fen: int


class Segment(NamedTuple):
    """One line: `unpaid_fen` x rate x `days`; `free_days` of its span were paused or grace."""

    first_on: date
    last_on: date
    unpaid_fen: int
    days: int
    free_days: int
    amount_e8: int


class Explained(NamedTuple):
    """The calculation as it is shown: segments, their exact sum, the cap, and the one rounding."""

    segments: tuple[Segment, ...]
    rate_e8: int
    raw_e8: int
    cap_fen: Fen | None
    is_capped: bool
    fee_fen: Fen


def start(terms: Terms) -> Running:
    """A new charge: nothing settled, the day after the due day is day 1."""
    return Running(0, terms.due_on, terms.original_fen)


def accrued_e8(terms: Terms, running: Running, *, as_of: date, pauses: Sequence[Pause] = ()) -> int:
    """The fee so far in 1e-8 fen: settled + unpaid principal x rate x days, capped, not yet rounded.

    `pauses` are all of the charge's, also past ones: grace counts unpaused days only.
    """
    days = _days_between(terms, running.from_on, as_of, pauses)
    return _capped(terms, running.settled_e8 + running.unpaid_fen * terms.rate_e8 * days)


def accrued_fen(terms: Terms, running: Running, *, as_of: date, pauses: Sequence[Pause] = ()) -> Fen:
    """The fee so far, rounded once half up. The as-of day counts, the due day does not (K5).

    >>> terms = Terms(date(2026, 1, 31), 30000, 252024)
    >>> accrued_fen(terms, start(terms), as_of=date(2026, 8, 19))
    15121
    >>> accrued_fen(terms, start(terms), as_of=date(2026, 1, 31))
    0
    """
    return Fen(round_half_up(accrued_e8(terms, running, as_of=as_of, pauses=pauses), E8))


def outstanding_fen(
    terms: Terms,
    running: Running,
    *,
    as_of: date,
    pauses: Sequence[Pause] = (),
    paid_fen: int = 0,
    waived_fen: int = 0,
) -> Fen:
    """What of the fee is still owed: the rounded total less what was paid and waived, never below zero."""
    total = accrued_fen(terms, running, as_of=as_of, pauses=pauses)
    return Fen(max(total - paid_fen - waived_fen, 0))


def fen_days(terms: Terms, running: Running, *, as_of: date) -> int:
    """Unpaid principal x days charged so far: what the fee is a share of.

    Days that a cap left uncounted in a closed segment stay uncounted.

    >>> terms = Terms(date(2026, 1, 31), 30000, 252024)
    >>> fen_days(terms, start(terms), as_of=date(2026, 8, 19)) == 252_024 * 200
    True
    """
    if not terms.rate_e8:
        return 0
    days = _days_between(terms, running.from_on, as_of, ())
    return running.settled_e8 // terms.rate_e8 + running.unpaid_fen * days


def close_segment(
    terms: Terms, running: Running, *, on: date, unpaid_fen: int, pauses: Sequence[Pause] = ()
) -> Running:
    """Settle the open segment up to and with `on`; from the next day `unpaid_fen` is the base.

    ValueError for a day inside a closed segment (`needs_replay` tells): its days cannot be told apart now.

    >>> terms = Terms(date(2026, 1, 31), 50000, 252024)
    >>> after = close_segment(terms, start(terms), on=date(2026, 5, 11), unpaid_fen=166825)
    >>> accrued_fen(terms, after, as_of=date(2026, 6, 30)) - 12601
    4171
    """
    if needs_replay(terms, running, on=on):
        raise ValueError(f"the segment before {running.from_on} is closed; replay the charge's movements")
    settled = accrued_e8(terms, running, as_of=on, pauses=pauses)
    return Running(settled, max(running.from_on, on), unpaid_fen)


def needs_replay(terms: Terms, running: Running, *, on: date) -> bool:
    """Whether a movement or pause from `on` reaches back into a closed segment, so `replay` must be used."""
    return terms.due_on < running.from_on and on < running.from_on


def replay(terms: Terms, movements: Sequence[Movement], *, pauses: Sequence[Pause] = ()) -> Running:
    """The state after all movements, in whatever order they became known (back-dated ones, reversals)."""
    running = start(terms)
    for move in sorted(movements):
        left = running.unpaid_fen - move.principal_fen
        running = close_segment(terms, running, on=move.on, unpaid_fen=left, pauses=pauses)
    return running


def settled_until(terms: Terms, running: Running, *, pauses: Sequence[Pause] = ()) -> Running:
    """The same, closed up to the day after which every day counts: behind grace and all pauses.

    So whoever reads it adds `unpaid x rate x days` since `from_on` and need know neither (ADR 0003).

    >>> terms = Terms(date(2026, 1, 31), 30000, 252024)
    >>> paused = settled_until(terms, start(terms), pauses=[Pause(date(2026, 3, 1), date(2026, 5, 31))])
    >>> paused.from_on, accrued_fen(terms, paused, as_of=date(2026, 6, 20))
    (datetime.date(2026, 5, 31), 3629)
    """
    resumes_on = max([_grace_ends(terms, pauses), *(pause.last_on for pause in pauses)])
    if resumes_on <= running.from_on:
        return running
    settled = accrued_e8(terms, running, as_of=resumes_on, pauses=pauses)
    return Running(settled, resumes_on, running.unpaid_fen)


def explain(
    terms: Terms, movements: Sequence[Movement], *, as_of: date, pauses: Sequence[Pause] = ()
) -> Explained:
    """The whole calculation up to a day, for the bill, the unit page, the notice and the court's sheet."""
    segments: list[Segment] = []
    from_on, unpaid = terms.due_on, terms.original_fen
    for move in [*sorted(m for m in movements if m.on <= as_of), Movement(as_of, 0)]:
        if move.on > from_on:
            if unpaid > 0:
                segments.append(_segment(terms, from_on, move.on, unpaid, pauses))
            from_on = move.on
        unpaid -= move.principal_fen
    raw = sum(segment.amount_e8 for segment in segments)
    cap, counted = terms.cap_in_e8, _capped(terms, raw)
    return Explained(
        segments=tuple(segments),
        rate_e8=terms.rate_e8,
        raw_e8=raw,
        cap_fen=None if cap is None else Fen(round_half_up(cap, E8)),
        is_capped=counted < raw,
        fee_fen=Fen(round_half_up(counted, E8)),
    )


def cap_as_issued(ratio: str | None, cap_fen: int, original_fen: int) -> int:
    """The cap as share of the principal x 1e4: the ratio of the contract, else what the cap in fen comes to.

    >>> cap_as_issued("0.3", 3_000, 10_000), cap_as_issued(None, 3_000, 10_000)
    (3000, 3000)
    """
    return round_half_up(cap_fen * 10_000, original_fen) if ratio is None else int(Decimal(ratio) * 10_000)


def rate_to_e8(rate: Decimal) -> int:
    """A daily rate to whole 1e-8; ValueError when finer.

    >>> rate_to_e8(Decimal("0.0003"))
    30000
    """
    scaled = rate * E8
    if scaled != scaled.to_integral_value() or scaled < 0:
        raise ValueError(f"a daily rate has at most eight decimals and is not negative: {rate}")
    return int(scaled)


def to_e8(fen: Decimal) -> int:
    """A stored numeric(20, 8) in fen to whole 1e-8 fen.

    >>> to_e8(Decimal("12601.20000000"))
    1260120000000
    """
    return int(fen.scaleb(8))


def from_e8(amount_e8: int) -> Decimal:
    """Whole 1e-8 fen to what numeric(20, 8) holds.

    >>> from_e8(1260120000000)
    Decimal('12601.20000000')
    """
    return Decimal(amount_e8).scaleb(-8)


def annual_warning(rate_e8: int, *, limit_e8: int = _WARN_ANNUAL_E8) -> Because | None:
    """`late_fee_rate_high` when 365 days exceed the limit (24 % by default; courts cut such rates, L-L3).

    >>> annual_warning(30000) is None, annual_warning(100000)
    (True, Because(code='late_fee_rate_high', params={'annual': '36.5%', 'limit': '24%'}))
    """
    annual = rate_e8 * 365
    if annual <= limit_e8:
        return None
    return because("late_fee_rate_high", annual=percent(from_e8(annual)), limit=percent(from_e8(limit_e8)))


def _capped(terms: Terms, amount_e8: int) -> int:
    cap = terms.cap_in_e8
    return amount_e8 if cap is None else min(amount_e8, cap)


def _segment(terms: Terms, from_on: date, to_on: date, unpaid: int, pauses: Sequence[Pause]) -> Segment:
    days = _days_between(terms, from_on, to_on, pauses)
    span = (to_on - from_on).days
    first_on = from_on + timedelta(days=1)
    return Segment(first_on, to_on, unpaid, days, span - days, unpaid * terms.rate_e8 * days)


def _grace_ends(terms: Terms, pauses: Sequence[Pause]) -> date:
    """The last day of grace: paused days do not use it up."""
    day, ends_on = terms.due_on, terms.due_on + timedelta(days=terms.grace_days)
    while day < ends_on:
        day = ends_on
        paused = _paused_days(pauses, after=terms.due_on, until=day)
        ends_on = terms.due_on + timedelta(days=terms.grace_days + paused)
    return day


def _days_between(terms: Terms, from_on: date, to_on: date, pauses: Sequence[Pause]) -> int:
    """Charged days after `from_on` up to and with `to_on`; a difference of two totals, so segments add up."""
    if to_on <= from_on:
        return 0
    return _charged_days(terms, to_on, pauses) - _charged_days(terms, from_on, pauses)


def _charged_days(terms: Terms, day: date, pauses: Sequence[Pause]) -> int:
    late = (day - terms.due_on).days - _paused_days(pauses, after=terms.due_on, until=day)
    return max(late - terms.grace_days, 0)


def _paused_days(pauses: Sequence[Pause], *, after: date, until: date) -> int:
    """Days of (after, until] that lie in a pause; a day in two pauses counts once."""
    paused, seen_to = 0, after
    for pause in sorted(pauses):
        first = max(pause.first_on, seen_to + timedelta(days=1))
        last = min(pause.last_on, until)
        if first <= last:
            paused += (last - first).days + 1
            seen_to = last
    return paused
