"""What a court made of a filing: which result may follow which, its days, and what of it is still unpaid."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.legal.rules.court import Timer, enforcement_last_day, timer_ends_on
from values.because import Because, because
from values.fen import display
from values.period import add_months


class ResultKind(StrEnum):
    """Three instruments that can be enforced, what takes one back, the turn to a suit, and two ends.

    CONTESTED: an objection or appeal keeps an order or judgment that was recorded ahead out of force. Only
    the docket enters it.
    """

    PAYMENT_ORDER = "PAYMENT_ORDER"
    JUDGMENT = "JUDGMENT"
    MEDIATION = "MEDIATION"
    CONTESTED = "CONTESTED"
    CONVERTED = "CONVERTED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


_K = ResultKind
INSTRUMENTS: Final = frozenset({_K.PAYMENT_ORDER, _K.JUDGMENT, _K.MEDIATION})
# Whoever is bound by these may still object or appeal while they are not in force.
CONTESTABLE: Final = frozenset({_K.PAYMENT_ORDER, _K.JUDGMENT})
ENDS: Final = frozenset({_K.REJECTED, _K.WITHDRAWN})
_SUIT: Final = frozenset({_K.JUDGMENT, _K.MEDIATION, _K.REJECTED, _K.WITHDRAWN})
# By what was filed, then by the newest result so far. The same kind again is a correction or an appeal.
_FOLLOWS: Final[Mapping[str, Mapping[ResultKind | None, Collection[ResultKind]]]] = MappingProxyType(
    {
        "PAYMENT_ORDER": {
            None: {_K.PAYMENT_ORDER, _K.CONVERTED, *ENDS},
            _K.PAYMENT_ORDER: {_K.PAYMENT_ORDER, _K.CONVERTED, *ENDS},
            _K.CONTESTED: {_K.PAYMENT_ORDER, _K.CONVERTED, *_SUIT},
            _K.CONVERTED: _SUIT,
            _K.JUDGMENT: _SUIT,
            _K.MEDIATION: {_K.MEDIATION},
        },
        "COMPLAINT": {
            None: _SUIT,
            _K.JUDGMENT: _SUIT,
            _K.CONTESTED: _SUIT,
            _K.MEDIATION: {_K.MEDIATION},
        },
    }
)
# An instrument states days and instalments, but nobody is given more than three years to pay a property fee.
_MOST_MONTHS: Final = 36
# The day before enforcement is barred is told 60, 30 and 7 days ahead (domain 6, S9).
ENFORCEMENT_ALERT_DAYS: Final = (60, 30, 7)


class Award(NamedTuple):
    """What an instrument orders to pay, in whole fen."""

    principal_fen: int = 0
    late_fee_fen: int = 0
    costs_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All of it."""
        return self.principal_fen + self.late_fee_fen + self.costs_fen


class Most(NamedTuple):
    """The most that can be awarded of a claim: each part, and principal with late fee together."""

    principal_fen: int
    late_fee_fen: int
    debt_fen: int
    costs_fen: int


def asked_for(total_fen: int, *, principal_fen: int = 0, late_fee_fen: int = 0, costs_fen: int = 0) -> Award:
    """What a paper asks the court for; a paper that does not tell its parts asks for principal.

    >>> asked_for(21_682, principal_fen=21_002, late_fee_fen=680)
    Award(principal_fen=21002, late_fee_fen=680, costs_fen=0)
    >>> asked_for(12_669)
    Award(principal_fen=12669, late_fee_fen=0, costs_fen=0)
    """
    parts = Award(principal_fen, late_fee_fen, costs_fen)
    return parts if parts.total_fen == total_fen else Award(total_fen)


class Days(NamedTuple):
    """Service on the debtor, the first day the instrument is in force, the last day to pay under it."""

    served_on: date
    effective_on: date | None = None
    perform_by: date | None = None


class Deadline(NamedTuple):
    """A day that counts, named by `code` among the words. `days_left` is negative once it has passed."""

    code: str
    last_on: date
    days_left: int

    @property
    def word(self) -> str:
        """The key of the deadline among the words."""
        return f"timer.{self.code}"

    @property
    def days_over(self) -> int:
        """How many days ago it passed; 0 while it has not."""
        return max(0, -self.days_left)

    @property
    def is_near(self) -> bool:
        """Whether the first alert of the two-year limit has come."""
        return 0 <= self.days_left <= ENFORCEMENT_ALERT_DAYS[0]


@dataclass(frozen=True, slots=True)
class Proceeding:
    """What a filing is and what came of it so far; `kind` None while the court has said nothing."""

    filing_kind: str
    filed_on: date
    kind: ResultKind | None = None
    days: Days | None = None


def kinds_after(filing_kind: str, newest: ResultKind | None) -> tuple[ResultKind, ...]:
    """Which results may be recorded next, in the order of the enumeration.

    >>> [kind.value for kind in kinds_after("COMPLAINT", None)]
    ['JUDGMENT', 'MEDIATION', 'REJECTED', 'WITHDRAWN']
    >>> kinds_after("PAYMENT_ORDER", ResultKind.REJECTED)
    ()
    """
    may = _FOLLOWS.get(filing_kind, {}).get(newest, ())
    return tuple(kind for kind in ResultKind if kind in may)


def complete(kind: ResultKind, days: Days) -> Days:
    """The days with what the law adds: a payment order gives fifteen days and is in force the day after.

    >>> complete(ResultKind.PAYMENT_ORDER, Days(date(2026, 6, 1)))[1:]
    (datetime.date(2026, 6, 17), datetime.date(2026, 6, 16))
    """
    if kind not in INSTRUMENTS:
        return Days(days.served_on)
    if kind is not _K.PAYMENT_ORDER:
        return days
    perform_by = days.perform_by or timer_ends_on(Timer.OBJECTION, from_on=days.served_on)
    return Days(days.served_on, days.effective_on or perform_by + timedelta(days=1), perform_by)


def refuse_days(kind: ResultKind, days: Days, *, filed_on: date, as_of: date) -> tuple[str, Because] | None:
    """(field, why) of the first day that cannot be, None when all can. `days` are complete.

    >>> early = Days(date(2026, 6, 1), date(2026, 6, 17), date(2026, 6, 10))
    >>> refuse_days(ResultKind.PAYMENT_ORDER, early, filed_on=date(2026, 5, 1), as_of=date(2026, 7, 1))[0]
    'perform_by'
    """
    if days.served_on > as_of:
        return "served_on", because("result_in_future")
    if days.served_on < filed_on:
        return "served_on", because("result_before_filing", filed_on=filed_on)
    return _refuse_terms(kind, days) if kind in INSTRUMENTS else None


def _refuse_terms(kind: ResultKind, days: Days) -> tuple[str, Because] | None:
    latest_on = add_months(days.served_on, _MOST_MONTHS)
    for field, day in (("perform_by", days.perform_by), ("effective_on", days.effective_on)):
        if day is None:
            return field, because("result_needs_day")
        if day < days.served_on:
            return field, because("result_before_service", served_on=days.served_on)
        if day > latest_on:
            return field, because("result_too_far", latest_on=latest_on)
    fifteenth_on = timer_ends_on(Timer.OBJECTION, from_on=days.served_on)
    if kind is not _K.PAYMENT_ORDER or days.perform_by is None or days.effective_on is None:
        return None
    if days.perform_by < fifteenth_on:
        return "perform_by", because("order_gives_fifteen_days", earliest_on=fifteenth_on)
    if days.effective_on <= fifteenth_on:
        return "effective_on", because(
            "order_in_force_after_fifteen_days", earliest_on=fifteenth_on + timedelta(days=1)
        )
    return None


def most_of(
    claim_fen: int,
    *,
    principal_fen: int | None,
    late_fee_fen: int | None,
    runs_on_fen: int = 0,
    costs_fen: int = 0,
) -> Most:
    """What a court can award of a claim; `runs_on_fen`: late fee since, asked for until payment.

    A claim that was filed before its parts were kept bounds them together.

    >>> most_of(21_682, principal_fen=21_002, late_fee_fen=680, runs_on_fen=700)
    Most(principal_fen=21002, late_fee_fen=1380, debt_fen=22382, costs_fen=0)
    >>> most_of(21_682, principal_fen=None, late_fee_fen=None)
    Most(principal_fen=21682, late_fee_fen=21682, debt_fen=21682, costs_fen=0)
    """
    if principal_fen is None or late_fee_fen is None:
        return Most(claim_fen, claim_fen + runs_on_fen, claim_fen + runs_on_fen, costs_fen)
    late_fen = late_fee_fen + runs_on_fen
    return Most(principal_fen, late_fen, principal_fen + late_fen, costs_fen)


def refuse_award(award: Award, most: Most) -> tuple[str, Because] | None:
    """(field, why) when the sums cannot be: nothing awarded, or a part beyond what was claimed (L-P1).

    >>> refuse_award(Award(21_002, 8_888_800), most_of(21_682, principal_fen=21_002, late_fee_fen=680))[0]
    'late_fee_fen'
    """
    if award.principal_fen <= 0:
        return "principal_fen", because("award_needs_principal")
    if award.principal_fen > most.principal_fen:
        return "principal_fen", because("award_beyond_claim", most=display(most.principal_fen))
    late_fen = min(most.late_fee_fen, most.debt_fen - award.principal_fen)
    if award.late_fee_fen > late_fen:
        return "late_fee_fen", because("award_beyond_claim", most=display(late_fen))
    if award.costs_fen > most.costs_fen:
        return "costs_fen", because("costs_beyond_claim", most=display(most.costs_fen))
    return None


def payable_until(days: Days) -> date | None:
    """The last day on which enforcement must still wait; None while days are missing.

    Enforcement opens when the instrument is in force and its days to pay are over.

    >>> payable_until(Days(date(2026, 6, 1), date(2026, 6, 17), date(2026, 6, 16)))
    datetime.date(2026, 6, 16)
    """
    if days.effective_on is None or days.perform_by is None:
        return None
    return max(days.perform_by, days.effective_on - timedelta(days=1))


def remaining(award: Award, *, unpaid_principal_fen: int, late_fee_paid_fen: int) -> Award:
    """What of an award is unpaid: never more principal than the books say, never late fee that was paid.

    The books let late fee run on, an award does not: what was paid on it beyond the awarded late fee was paid
    on the award's principal. Courts add doubled interest instead. `late_fee_paid_fen`: since the award.

    >>> remaining(Award(21_002, 693, 1_667), unpaid_principal_fen=20_000, late_fee_paid_fen=700)
    Award(principal_fen=19993, late_fee_fen=0, costs_fen=1667)
    """
    beyond_fen = max(0, late_fee_paid_fen - award.late_fee_fen)
    return Award(
        max(0, min(award.principal_fen, unpaid_principal_fen) - beyond_fen),
        max(0, award.late_fee_fen - late_fee_paid_fen),
        award.costs_fen,
    )


def deadlines(found: Proceeding, *, as_of: date) -> tuple[Deadline, ...]:
    """The days that count now, the next first: the court's, the debtor's, our two years (L-P1, L-P6, L-T15).

    >>> filed = Proceeding("PAYMENT_ORDER", date(2026, 5, 21))
    >>> [(one.code, one.days_left) for one in deadlines(filed, as_of=date(2026, 5, 25))]
    [('ACCEPTANCE', 1), ('ISSUE', 16)]
    """
    return tuple(Deadline(code, day, (day - as_of).days) for code, day in _last_days(found, as_of))


def _last_days(found: Proceeding, as_of: date) -> list[tuple[str, date]]:
    if found.kind is None and found.filing_kind == "PAYMENT_ORDER":
        accepted_on = timer_ends_on(Timer.ACCEPTANCE, from_on=found.filed_on)
        return [
            (Timer.ACCEPTANCE.value, accepted_on),
            (Timer.ISSUE.value, timer_ends_on(Timer.ISSUE, from_on=accepted_on)),
        ]
    if found.days is None or found.kind is None:
        return []
    if found.kind is _K.CONVERTED:
        return [(Timer.CONVERSION.value, timer_ends_on(Timer.CONVERSION, from_on=found.days.served_on))]
    if found.days.perform_by is None:
        return []
    paying = [("PERFORM", found.days.perform_by)] if as_of <= found.days.perform_by else []
    return [*paying, ("ENFORCEMENT", enforcement_last_day(found.days.perform_by))]
