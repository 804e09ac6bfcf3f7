"""How a case ended, what was written off, and what was learned."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from arrears.legal.models import Evaluation, WriteOff
from arrears.legal.rules.outcomes import Ending, Outcome, outcome
from tenancy.kernel import sql

PACKAGE: Final = "arrears.legal"


class WriteOffRow(NamedTuple):
    """A request to write off, with where it stands."""

    write_off_id: int
    case_id: int
    state: str
    principal_fen: int
    late_fee_fen: int
    reason: str
    file_id: int
    asked_by: str | None
    asked_on: date
    closed_on: date | None
    written_off_fen: int
    approval_id: int
    decided_by: str | None
    second_approval_id: int | None
    second_by: str | None

    @property
    def state_word(self) -> str:
        """The key of where it stands; after the first yes it waits for finance."""
        waits = self.state == "ASKED" and self.second_approval_id is not None
        return "writeoff.WAITS_FINANCE" if waits else f"writeoff.{self.state}"


class EvaluationRow(NamedTuple):
    """What was learned from a case."""

    outcome: str
    worked: str
    helped: str
    note: str
    on: date
    by: str | None
    at: datetime

    @property
    def outcome_word(self) -> str:
        """The key of the outcome among the words."""
        return f"outcome.{self.outcome}"

    @property
    def worked_word(self) -> str:
        """The key of whether it worked."""
        return f"worked.{self.worked}"


def outcome_of(case_id: int) -> Outcome | None:
    """How a case ended; None while it is open (or not there)."""
    rows = sql.rows(PACKAGE, "ending", {"case_id": case_id})
    return outcome(Ending(*rows[0][1:])) if rows else None


def write_offs_of(case_id: int) -> list[WriteOffRow]:
    """What was asked to be written off in a case, the newest first."""
    fields = (
        "pk", "case_id", "state", "principal_fen", "late_fee_fen", "reason", "file_id", "asked_by__name",
        "asked_on", "closed_on", "written_off_fen", "approval_id", "approval__decided_by__name",
        "second_approval_id", "second_approval__decided_by__name",
    )  # fmt: skip
    rows = WriteOff.objects.filter(case_id=case_id).order_by("-pk").values_list(*fields)
    return [WriteOffRow._make(row) for row in rows]


def evaluations_of(case_id: int) -> list[EvaluationRow]:
    """What was learned from a case, the newest first."""
    fields = ("outcome", "worked", "helped", "note", "on", "by__name", "at")
    rows = Evaluation.objects.filter(case_id=case_id).order_by("-pk").values_list(*fields)
    return [EvaluationRow._make(row) for row in rows]
