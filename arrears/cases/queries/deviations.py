"""Where a case is treated more gently than its policy says: who decided it, why and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from arrears.cases.models import Case, Relaxation
from arrears.cases.rules.ladder import DEFAULT_LADDER
from tenancy.kernel import sql

_CODES: Final = {rung.level: rung.code.value for rung in DEFAULT_LADDER}
PACKAGE: Final = "arrears.cases"


@dataclass(frozen=True, slots=True)
class DeviationFilter:
    """Which of them; `ended`: those that are over, one way or the other."""

    community_id: int | None = None
    ended: bool = False


class RelaxedRow(NamedTuple):
    """A rung of a case that opens later. `state`: STANDING, or ENDED by its day or by a person."""

    relaxation_id: int
    case_id: int
    community_name: str
    unit_code: str
    party_name: str
    rung: str
    from_on: date
    opens_on: date
    reason: str
    by: str
    ended_on: date | None
    ended_by: str
    state: str

    @property
    def word(self) -> str:
        """The key of the state among the words."""
        return f"relaxed.{self.state}"

    @property
    def is_standing(self) -> bool:
        """Whether the rung still waits."""
        return self.state == "STANDING"


def deviations(chosen: DeviationFilter, *, as_of: date) -> QuerySet[Relaxation]:
    """The relaxed stages that fit, the soonest to end first; ended ones, the newest first."""
    # Joined to the case, so that a member of other communities finds nothing.
    rows = Relaxation.objects.filter(case__opened_on__lte=as_of)
    if chosen.community_id is not None:
        rows = rows.filter(case__community_id=chosen.community_id)
    standing = Q(ended_on=None, opens_on__gt=as_of)
    if chosen.ended:
        return rows.exclude(standing).order_by("-opens_on", "-pk")
    return rows.filter(standing).order_by("opens_on", "pk")


def relaxed_rows(found: Iterable[Relaxation], *, as_of: date) -> list[RelaxedRow]:
    """Rows in full, in their order."""
    ids = [int(row.pk) for row in found]
    rows = {values[0]: _row(values, as_of) for values in sql.rows(PACKAGE, "relaxed_rows", {"ids": ids})}
    return [rows[pk] for pk in ids if pk in rows]


def relaxations_of(case_id: int, *, as_of: date) -> list[RelaxedRow]:
    """Every relaxed stage of a case, the newest first."""
    return relaxed_rows(Relaxation.objects.filter(case_id=case_id).order_by("-pk"), as_of=as_of)


def case_of_relaxation(relaxation_id: int) -> int | None:
    """The case it belongs to, if there is such a row."""
    case_ids = Relaxation.objects.filter(pk=relaxation_id).values("case_id")
    return Case.objects.filter(pk__in=case_ids).values_list("pk", flat=True).first()


def _row(values: tuple[Any, ...], as_of: date) -> RelaxedRow:
    pk, case_id, place, unit, party, level, from_on, opens_on, reason, by, ended_on, ended_by = values
    standing = ended_on is None and opens_on > as_of
    return RelaxedRow(
        pk, case_id, place, unit, party, _CODES[level], from_on, opens_on, reason, by or "", ended_on,
        ended_by or "", "STANDING" if standing else "ENDED",
    )  # fmt: skip
