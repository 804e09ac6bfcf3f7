"""Use cases of the ladder and the desk, one file each."""

from arrears.cases.services import letters as _letters
from arrears.cases.services.assigning import Assigned, CannotTake, assign_cases
from arrears.cases.services.calls import CallRefused, JustPaid, Logged, PromiseRefused, log_call
from arrears.cases.services.clock_proofs import record_proof, take_back_proof
from arrears.cases.services.decisions import decide
from arrears.cases.services.dialling import Dialled, dial
from arrears.cases.services.disputes import (
    Disputed,
    DisputeRefused,
    end_dispute,
    open_dispute,
    reopen_dispute,
    resume_late_fees,
)
from arrears.cases.services.distribution import assign_collectors
from arrears.cases.services.floor import keep_floor
from arrears.cases.services.foresight import Foresight, Night, foresee
from arrears.cases.services.foresight_job import request_foresight, run_foresight
from arrears.cases.services.holds import release_hold, set_hold
from arrears.cases.services.ladders import RungDays, draft_ladder, ensure_ladder, new_version
from arrears.cases.services.limitation import Watched, demand_by_ems, record_lawyer_decision, watch_clocks
from arrears.cases.services.no_contact import EndAsked, ask_end
from arrears.cases.services.post import post_notice
from arrears.cases.services.quiet_days import add_quiet_days, drop_quiet_days
from arrears.cases.services.rebasing import rebase
from arrears.cases.services.relaxing import end_relaxation, relax
from arrears.cases.services.reviews import review_cases
from arrears.cases.services.staffing import Staffing, staffing, told_by
from arrears.cases.services.todo import finish_task
from arrears.cases.services.visits import Signature, log_visit
from arrears.cases.services.walk import Walk, walk_ladder

__all__ = [
    "Assigned",
    "CallRefused",
    "CannotTake",
    "Dialled",
    "DisputeRefused",
    "Disputed",
    "EndAsked",
    "Foresight",
    "JustPaid",
    "Logged",
    "Night",
    "PromiseRefused",
    "RungDays",
    "Signature",
    "Staffing",
    "Walk",
    "Watched",
    "add_quiet_days",
    "ask_end",
    "assign_cases",
    "assign_collectors",
    "decide",
    "demand_by_ems",
    "dial",
    "draft_ladder",
    "drop_quiet_days",
    "end_dispute",
    "end_relaxation",
    "ensure_ladder",
    "finish_task",
    "foresee",
    "keep_floor",
    "log_call",
    "log_visit",
    "new_version",
    "open_dispute",
    "post_notice",
    "rebase",
    "record_lawyer_decision",
    "record_proof",
    "relax",
    "release_hold",
    "reopen_dispute",
    "request_foresight",
    "resume_late_fees",
    "review_cases",
    "run_foresight",
    "set_hold",
    "staffing",
    "take_back_proof",
    "told_by",
    "walk_ladder",
    "watch_clocks",
]
_ = _letters  # imported for what it registers
