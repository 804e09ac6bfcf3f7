"""Use cases of the ladder and the desk, one file each."""

from arrears.cases.services import letters as _letters
from arrears.cases.services.assigning import Assigned, CannotTake, assign_cases
from arrears.cases.services.calls import CallRefused, JustPaid, Logged, PromiseRefused, log_call
from arrears.cases.services.decisions import decide
from arrears.cases.services.distribution import assign_collectors
from arrears.cases.services.holds import release_hold, set_hold
from arrears.cases.services.ladders import RungDays, ensure_ladder, new_version
from arrears.cases.services.todo import finish_task
from arrears.cases.services.visits import Signature, log_visit
from arrears.cases.services.walk import Walk, walk_ladder

__all__ = [
    "Assigned",
    "CallRefused",
    "CannotTake",
    "JustPaid",
    "Logged",
    "PromiseRefused",
    "RungDays",
    "Signature",
    "Walk",
    "assign_cases",
    "assign_collectors",
    "decide",
    "ensure_ladder",
    "finish_task",
    "log_call",
    "log_visit",
    "new_version",
    "release_hold",
    "set_hold",
    "walk_ladder",
]
_ = _letters  # imported for what it registers
