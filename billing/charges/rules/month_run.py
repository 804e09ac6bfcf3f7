"""The month run as a ladder of steps: what is done, what comes next, what is missing."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from values.because import Because, because
from values.fen import display


class StepCode(StrEnum):
    """The rungs, in order."""

    READINGS = "READINGS"
    PREVIEW = "PREVIEW"
    DIFFERENCES = "DIFFERENCES"
    APPROVE = "APPROVE"
    ISSUE = "ISSUE"
    PRINT = "PRINT"
    DELIVER = "DELIVER"


class StepState(StrEnum):
    """How a step stands. OPTIONAL: nobody must, somebody may."""

    DONE = "DONE"
    NEXT = "NEXT"
    LATER = "LATER"
    MISSING = "MISSING"
    OPTIONAL = "OPTIONAL"


class Release(StrEnum):
    """What became of a request that somebody else looks at the run before it goes out."""

    NOT_ASKED = ""
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"

    @property
    def stops(self) -> bool:
        """Whether the run must wait."""
        return self in (Release.PENDING, Release.REJECTED)


class Facts(NamedTuple):
    """What is known of a community's month. `to_issue` None: nothing can be previewed, `missing` says why.

    `left_out`: units that should be billed and cannot be. `changed` None: nothing was billed in the period
    before. `papers`: bill notices that stand.
    """

    missing: str = ""
    tariffs: int = 0
    to_issue: int | None = None
    to_issue_fen: int = 0
    left_out: int = 0
    changed: int | None = None
    release: Release = Release.NOT_ASKED
    bills: int = 0
    amount_fen: int = 0
    papers: int = 0
    printed: int = 0
    delivered: int = 0


class Step(NamedTuple):
    """One rung with its state and a number in words."""

    code: StepCode
    state: StepState
    because: Because


def month_steps(facts: Facts) -> tuple[Step, ...]:
    """Every step of a month. One of them at most is next."""
    steps = (
        _readings(facts),
        _preview(facts),
        _differences(facts),
        _approve(facts),
        _issue(facts),
        *_papers(facts),
    )
    seen, told = False, []
    for step in steps:
        is_second = seen and step.state is StepState.NEXT
        seen = seen or step.state is StepState.NEXT
        told.append(step._replace(state=StepState.LATER) if is_second else step)
    return tuple(told)


def share(part: int, whole: int) -> str:
    """A rate with two decimals, half up; a dash for a part of nothing (domain 3.4).

    >>> share(2, 3), share(0, 0)
    ('66.67%', '—')
    """
    if not whole:
        return "—"
    return f"{(Decimal(part * 100) / whole).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _readings(facts: Facts) -> Step:
    if facts.missing:
        return Step(StepCode.READINGS, StepState.MISSING, because("run_missing", what=facts.missing))
    return Step(StepCode.READINGS, StepState.DONE, because("run_no_meters", tariffs=facts.tariffs))


def _preview(facts: Facts) -> Step:
    if facts.to_issue is None:
        return Step(StepCode.PREVIEW, StepState.LATER, because("run_preview_later"))
    if not facts.to_issue:
        return Step(StepCode.PREVIEW, StepState.DONE, because("run_nothing_left"))
    why = because("run_previewed", bills=facts.to_issue, amount=display(facts.to_issue_fen))
    return Step(StepCode.PREVIEW, StepState.DONE, why)


def _differences(facts: Facts) -> Step:
    if facts.to_issue is None:
        return Step(StepCode.DIFFERENCES, StepState.LATER, because("run_preview_later"))
    if facts.changed is None:
        return Step(StepCode.DIFFERENCES, StepState.DONE, because("run_nothing_before"))
    return Step(StepCode.DIFFERENCES, StepState.DONE, because("run_changed", units=facts.changed))


def _approve(facts: Facts) -> Step:
    states = {
        Release.NOT_ASKED: (StepState.OPTIONAL, "run_release_free"),
        Release.PENDING: (StepState.NEXT, "run_release_pending"),
        Release.APPROVED: (StepState.DONE, "run_release_approved"),
        Release.REJECTED: (StepState.MISSING, "run_release_rejected"),
    }
    state, code = states[facts.release]
    if facts.release is Release.NOT_ASKED and not facts.to_issue:
        code = "run_release_none"
    return Step(StepCode.APPROVE, state, because(code))


def _issue(facts: Facts) -> Step:
    issued = because("run_issued", bills=facts.bills, amount=display(facts.amount_fen))
    if facts.to_issue:
        if facts.release.stops:
            return Step(StepCode.ISSUE, StepState.LATER, because("run_waits_for_release"))
        why = because(
            "run_to_issue", bills=facts.to_issue, amount=display(facts.to_issue_fen), issued=facts.bills
        )
        return Step(StepCode.ISSUE, StepState.NEXT, why)
    if facts.bills:
        return Step(StepCode.ISSUE, StepState.DONE, issued)
    if facts.to_issue is None:
        return Step(StepCode.ISSUE, StepState.LATER, because("run_preview_later"))
    if not facts.left_out:
        return Step(StepCode.ISSUE, StepState.DONE, because("run_nothing_due"))
    return Step(StepCode.ISSUE, StepState.MISSING, because("run_nobody_billed"))


def _papers(facts: Facts) -> tuple[Step, Step]:
    if not facts.papers:
        nothing = because("run_no_papers")
        return Step(StepCode.PRINT, StepState.LATER, nothing), Step(
            StepCode.DELIVER, StepState.LATER, nothing
        )
    printed = because("run_printed", printed=facts.printed, papers=facts.papers)
    delivered = because(
        "run_delivered",
        delivered=facts.delivered,
        papers=facts.papers,
        share=share(facts.delivered, facts.papers),
    )
    return (
        Step(StepCode.PRINT, _until(facts.printed, facts.papers), printed),
        Step(StepCode.DELIVER, _until(facts.delivered, facts.papers), delivered),
    )


def _until(part: int, whole: int) -> StepState:
    return StepState.DONE if part >= whole else StepState.NEXT
