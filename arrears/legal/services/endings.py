"""After a case was closed: what worked and what did not (R003-5)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from arrears.cases.rules.ladder import RungCode
from arrears.cases.services.rungs import find_case
from arrears.legal.models import Evaluation
from arrears.legal.queries.endings import outcome_of
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class EvaluationRefused(Refused):
    """Of a case that is open, or without saying why."""

    code = "legal.evaluation_refused"


def evaluate(*, case_id: int, worked: str, note: str, on: date, helped: str = "") -> int:
    """Note what was learned from a closed case; returns its id. Raises NotFound, EvaluationRefused."""
    find_case(case_id)
    ended = outcome_of(case_id)
    if ended is None:
        raise EvaluationRefused(_("Only a closed case is evaluated."))
    if worked not in Evaluation.Worked.values:
        raise EvaluationRefused(_("Say whether it worked."), field="worked")
    if helped and helped not in set(RungCode):
        raise EvaluationRefused(_("Choose the rung after which it moved."), field="helped")
    if not note.strip():
        raise EvaluationRefused(_("Write why it worked or not."), field="note")
    made = Evaluation.objects.create(
        case_id=case_id,
        outcome=ended.value,
        worked=worked,
        helped=helped,
        note=note.strip()[:500],
        on=on,
        by_id=current_user_id(),
    )
    audit.record(
        "case.evaluated", kind="case", pk=case_id, outcome=f"outcome.{ended}", worked=f"worked.{worked}"
    )
    return int(made.pk)
