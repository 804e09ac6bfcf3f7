"""Ladders, cases, steps, tasks, calls, visits, promises, holds, disputes, and what restarts a clock."""

from arrears.cases.models.case import Case, Step, Task
from arrears.cases.models.clock import ClockEvent
from arrears.cases.models.contact import Call, Promise, Visit
from arrears.cases.models.dispute import DisputedCharge
from arrears.cases.models.hold import Hold
from arrears.cases.models.ladder import Ladder, Rung

__all__ = [
    "Call",
    "Case",
    "ClockEvent",
    "DisputedCharge",
    "Hold",
    "Ladder",
    "Promise",
    "Rung",
    "Step",
    "Task",
    "Visit",
]
