"""Ladders, cases, steps, tasks, calls, visits, promises, holds, and what restarts a clock."""

from arrears.cases.models.case import Case, Step, Task
from arrears.cases.models.clock import ClockEvent
from arrears.cases.models.contact import Call, Promise, Visit
from arrears.cases.models.desk import Dial, Judgement, QuietDay
from arrears.cases.models.hold import Hold
from arrears.cases.models.ladder import Ladder, Rung
from arrears.cases.models.policy import Rebase, Relaxation

__all__ = [
    "Call",
    "Case",
    "ClockEvent",
    "Dial",
    "Hold",
    "Judgement",
    "Ladder",
    "Promise",
    "QuietDay",
    "Rebase",
    "Relaxation",
    "Rung",
    "Step",
    "Task",
    "Visit",
]
