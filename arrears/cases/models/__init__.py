"""Ladders, cases, steps, tasks, calls, visits, promises, holds, disputes, and what restarts a clock."""

from arrears.cases.models.case import Case, Step, Task
from arrears.cases.models.clock import ClockAlert, ClockEvent, LimitationDecision
from arrears.cases.models.contact import Call, Promise, Visit
from arrears.cases.models.desk import Dial, Judgement, QuietDay
from arrears.cases.models.dispute import DisputedCharge
from arrears.cases.models.hold import Hold
from arrears.cases.models.ladder import Ladder, Rung
from arrears.cases.models.policy import Rebase, Relaxation
from arrears.cases.models.review import CaseReview

__all__ = [
    "Call",
    "Case",
    "CaseReview",
    "ClockAlert",
    "ClockEvent",
    "Dial",
    "DisputedCharge",
    "Hold",
    "Judgement",
    "Ladder",
    "LimitationDecision",
    "Promise",
    "QuietDay",
    "Rebase",
    "Relaxation",
    "Rung",
    "Step",
    "Task",
    "Visit",
]
