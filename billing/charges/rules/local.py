"""Dated rules from outside: vacant homes, paying ahead, a developer's duty, what courts measure by."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, NamedTuple

from owners.rules.ownership import HandoverRule

MOST_MONTHS: Final = 36
MOST_TIMES: Final = 4
LEAST_WAGE, MOST_WAGE = 10_000, 2_000_000
# How far a city lets a notice on the board go: sums only, masked rooms, rooms.
NOTICE_LEVELS: Final = ("L0", "L1", "L2")


class LocalKind(StrEnum):
    """What a rule is about (L-B2, L-B3, L-D3, L-L10, L-P10, L-PI5)."""

    VACANCY_RATIO = "VACANCY_RATIO"
    VACANCY_MONTHS = "VACANCY_MONTHS"
    PREPAY_MONTHS = "PREPAY_MONTHS"
    HANDOVER = "HANDOVER"
    LPR = "LPR"
    COURT_SAFE_K = "COURT_SAFE_K"
    NOTICE_LEVEL = "NOTICE_LEVEL"
    AVERAGE_WAGE = "AVERAGE_WAGE"


class LocalRule(NamedTuple):
    """A rule from a day on; `community_id` None: for all communities of the company."""

    kind: LocalKind
    community_id: int | None
    from_on: date
    value: str


def rule_on(rules: Iterable[LocalRule], *, kind: LocalKind, community_id: int, on: date) -> str | None:
    """The value in force on a day: the community's own newest rule before the company's; None: no rule.

    >>> city = LocalRule(LocalKind.PREPAY_MONTHS, None, date(2024, 1, 1), "12")
    >>> rule_on([city], kind=LocalKind.PREPAY_MONTHS, community_id=1, on=date(2026, 1, 1))
    '12'
    """
    fitting = [
        rule
        for rule in rules
        if rule.kind is kind and rule.community_id in (None, community_id) and rule.from_on <= on
    ]
    newest = max(fitting, key=lambda rule: (rule.community_id is not None, rule.from_on), default=None)
    return newest.value if newest else None


def read_value(kind: LocalKind, text: str) -> str:
    """A value as it is kept; ValueError where it cannot be one.

    >>> read_value(LocalKind.VACANCY_RATIO, "0.70"), read_value(LocalKind.VACANCY_RATIO, "70%")
    ('0.7', '0.7')
    >>> read_value(LocalKind.AVERAGE_WAGE, "133,045")
    '133045'
    >>> read_value(LocalKind.LPR, "3.00%"), read_value(LocalKind.COURT_SAFE_K, "1.30")
    ('0.03', '1.3')
    """
    plain = text.strip()
    if kind is LocalKind.HANDOVER:
        return HandoverRule(plain).value
    if kind in (LocalKind.PREPAY_MONTHS, LocalKind.VACANCY_MONTHS):
        months = int(plain)
        if not 1 <= months <= MOST_MONTHS:
            raise ValueError(text)
        return str(months)
    if kind is LocalKind.COURT_SAFE_K:
        return _times(plain)
    if kind is LocalKind.NOTICE_LEVEL:
        return NOTICE_LEVELS[NOTICE_LEVELS.index(plain.upper())]
    if kind is LocalKind.AVERAGE_WAGE:
        return _yearly(plain)
    return _ratio(plain)


def _yearly(text: str) -> str:
    """Whole yuan a year, as the bureaus of statistics publish them."""
    yuan = int(text.replace(",", ""))
    if not LEAST_WAGE <= yuan <= MOST_WAGE:
        raise ValueError(text)
    return str(yuan)


def _times(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or not 1 <= number <= MOST_TIMES or number != round(number, 2):
        raise ValueError(text)
    return format(number.normalize(), "f")


def _ratio(text: str) -> str:
    try:
        number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or not 0 <= number <= 1 or number != round(number, 4):
        raise ValueError(text)
    return format(number.normalize(), "f")
