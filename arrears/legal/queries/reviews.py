"""Review sheets that were written, with what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from arrears.cases.queries.standing import Proposed, proposed
from arrears.legal.models import Review
from arrears.legal.rules.review import decide_by


class ReviewRow(NamedTuple):
    """A version of a sheet. `facts` are those of its day; `decision`: of the request it was written for."""

    review_id: int
    case_id: int
    version: int
    need: str
    chance: str
    chance_reason: str
    advice: str
    cost_fen: int
    facts: dict[str, Any]
    on: date
    decide_by: date
    by: str | None
    at: datetime
    approval_id: int
    decision: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str

    @property
    def chance_word(self) -> str:
        """The key of the chance among the words."""
        return f"chance.{self.chance}"

    @property
    def advice_word(self) -> str:
        """The key of the advice among the words."""
        return f"advice.{self.advice}"


class OpenReview(NamedTuple):
    """A review that waits for the branch's general manager."""

    of: Proposed
    decide_by: date


def reviews_of(case_id: int) -> list[ReviewRow]:
    """The sheets of a case, the newest first."""
    fields = (
        "pk", "case_id", "version", "need", "chance", "chance_reason", "advice", "cost_fen", "facts", "on",
        "decide_by", "by__name", "at", "approval_id", "approval__decision", "approval__decided_by__name",
        "approval__decided_at", "approval__reason",
    )  # fmt: skip
    rows = Review.objects.filter(case_id=case_id).order_by("-version").values_list(*fields)
    return [ReviewRow._make(row) for row in rows]


def open_reviews(case_id: int | None = None) -> list[OpenReview]:
    """Reviews that wait, the oldest first; of one case if given."""
    return [OpenReview(one, decide_by(one.on)) for one in proposed("LEGAL_REVIEW", case_id=case_id)]
