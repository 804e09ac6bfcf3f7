"""How heavy a case is, and a split that is fair by number and difficulty (domain 6.4, R000-F16, I5)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.rules.classes import CaseClass

_AGE_STEPS: Final = ((15, 1), (30, 2), (90, 3))
_AMOUNT_STEPS_FEN: Final = ((50_000, 0), (200_000, 1), (500_000, 2))
_CLASS_SCORE: Final = MappingProxyType(
    {CaseClass.A: 1, CaseClass.B: 2, CaseClass.D: 3, CaseClass.C: 4, CaseClass.E: 5}
)
_LEGACY_SCORE: Final = 2


class WorkCase(NamedTuple):
    """A case to give to somebody; `collector_id` has it now, `steward_id` looks after its building (片管)."""

    case_id: int
    score: int
    collector_id: int | None = None
    steward_id: int | None = None


def score(*, days_late: int, case_class: CaseClass | None, amount_fen: int, legacy_issue: bool) -> int:
    """Points of one case: ageing + class (0 while unclassified) + amount + 2 for a legacy issue.

    >>> score(days_late=31, case_class=CaseClass.E, amount_fen=500_001, legacy_issue=True)
    13
    """
    points = _step(days_late, _AGE_STEPS, beyond=4) + _step(amount_fen, _AMOUNT_STEPS_FEN, beyond=3)
    return points + (_CLASS_SCORE[case_class] if case_class else 0) + (_LEGACY_SCORE if legacy_issue else 0)


class Load(NamedTuple):
    """What a collector has already: sum of points and number of cases."""

    points: int = 0
    cases: int = 0


def split(
    cases: Sequence[WorkCase], *, collector_ids: Sequence[int], loads: Mapping[int, Load] | None = None
) -> dict[int, int]:
    """case id -> collector id: heaviest first, each to the lowest sum, then fewest cases, then lowest id.

    `loads` is the work that stays where it is and is not among `cases`.

    A case goes to the steward of its building, and without one stays with its collector, unless his sum is
    ahead of the lowest by more than the heaviest score of the cases given. ValueError without collectors.

    >>> list(split([WorkCase(n, s) for n, s in enumerate((8, 7, 6))], collector_ids=(1, 2, 3)).values())
    [1, 2, 3]
    >>> split([WorkCase(1, 5, collector_id=1, steward_id=2)], collector_ids=(1, 2, 3))
    {1: 2}
    """
    if not collector_ids:
        raise ValueError("nobody to give the cases to")
    before = loads or {}
    sums = {who: before.get(who, Load()).points for who in collector_ids}
    counts = {who: before.get(who, Load()).cases for who in collector_ids}
    heaviest = max((case.score for case in cases), default=0)
    given: dict[int, int] = {}
    for case in sorted(cases, key=lambda case: (-case.score, case.case_id)):
        chosen = min(collector_ids, key=lambda who: (sums[who], counts[who], who))
        tied = _tied_to(case, sums)
        if tied is not None and sums[tied] - sums[chosen] <= heaviest:
            chosen = tied
        given[case.case_id] = chosen
        sums[chosen] += case.score
        counts[chosen] += 1
    return given


def _tied_to(case: WorkCase, present: Mapping[int, int]) -> int | None:
    """Whose it should be before anything is weighed: the steward's, else who has it now."""
    return next((who for who in (case.steward_id, case.collector_id) if who in present), None)


def _step(value: int, steps: Sequence[tuple[int, int]], *, beyond: int) -> int:
    return next((points for limit, points in steps if value <= limit), beyond)
