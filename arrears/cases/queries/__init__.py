"""What the ladder answers to others: rows, not models."""

from arrears.cases.queries.approvals import (
    ApprovalCard,
    RequestRow,
    approval_card,
    approval_cards,
    approvals,
)
from arrears.cases.queries.calling import just_tried
from arrears.cases.queries.case_facts import CaseFacts, case_facts
from arrears.cases.queries.cases import NO_RUNG as NO_RUNG_COVERS
from arrears.cases.queries.cases import (
    CaseFilter,
    CaseLine,
    HoldRow,
    case_line,
    case_lines,
    case_of_hold,
    cases_of_unit,
    collectors,
    find_cases,
    hold_row,
    holds_of,
    is_closed_since,
    newest_case,
)
from arrears.cases.queries.clocks import ChargeClock, clocks, is_noted
from arrears.cases.queries.coverage import Asked, Coverage, LeftOut, coverage, standing_coverage
from arrears.cases.queries.desk import (
    Agreed,
    CallDesk,
    CallGate,
    CaseTask,
    call_desk,
    call_gate,
    case_of_task,
    open_tasks_of,
    phones_of,
)
from arrears.cases.queries.deviations import (
    DeviationFilter,
    RelaxedRow,
    case_of_relaxation,
    deviations,
    relaxed_rows,
)
from arrears.cases.queries.disputed import (
    DisputedPart,
    disputed_before,
    disputed_charges,
    disputed_fen,
    parts_of,
    undisputed,
)
from arrears.cases.queries.expiring import barred_charges, expired_charges
from arrears.cases.queries.found import FoundCase, FoundCases
from arrears.cases.queries.kept import KeptRate, kept_by_collector, kept_by_party
from arrears.cases.queries.ladders import (
    LadderComparison,
    LadderRow,
    Ladders,
    compare_ladders,
    current_ladders,
    ladder_version,
    ladder_versions,
    version_before,
)
from arrears.cases.queries.owner_standing import (
    OwnerStanding,
    party_standing,
    party_standings,
    unit_standings,
)
from arrears.cases.queries.promised import PromiseRow, promises_of
from arrears.cases.queries.quiet_days import QuietRow, quiet_rows
from arrears.cases.queries.rebasing import RebasePreview, rebase_preview
from arrears.cases.queries.reviewed import is_reviewed
from arrears.cases.queries.stuck import NO_CASE, NO_RUNG, SPOKEN_LEVEL, Stuck, stuck
from arrears.cases.queries.tasks import OpenTask, open_tasks, tasks_due
from arrears.cases.queries.timeline import case_timeline, unit_timeline
from arrears.cases.queries.timeline_row import TimelineRow
from arrears.cases.queries.visits import VisitRow, visits_due, visits_of
from arrears.cases.queries.worklist import (
    Due,
    TaskLine,
    WorkFilter,
    due_tasks,
    next_case,
    own_queue,
    reviews_due,
    task_lines,
    worklist,
)
from arrears.cases.queries.workload import Offer, Taker, WorkRow, covers, offer, open_work, takers
from arrears.cases.rules.ladder import Rung
from arrears.cases.rules.ladder_compare import Difference
from tenancy.people.queries.approvals import Remark

__all__ = [
    "NO_CASE",
    "NO_RUNG",
    "NO_RUNG_COVERS",
    "SPOKEN_LEVEL",
    "Agreed",
    "ApprovalCard",
    "Asked",
    "CallDesk",
    "CallGate",
    "CaseFacts",
    "CaseFilter",
    "CaseLine",
    "CaseTask",
    "ChargeClock",
    "Coverage",
    "DeviationFilter",
    "Difference",
    "DisputedPart",
    "Due",
    "FoundCase",
    "FoundCases",
    "HoldRow",
    "KeptRate",
    "LadderComparison",
    "LadderRow",
    "Ladders",
    "LeftOut",
    "Offer",
    "OpenTask",
    "OwnerStanding",
    "PromiseRow",
    "QuietRow",
    "RebasePreview",
    "RelaxedRow",
    "Remark",
    "RequestRow",
    "Rung",
    "Stuck",
    "Taker",
    "TaskLine",
    "TimelineRow",
    "VisitRow",
    "WorkFilter",
    "WorkRow",
    "approval_card",
    "approval_cards",
    "approvals",
    "barred_charges",
    "call_desk",
    "call_gate",
    "case_facts",
    "case_line",
    "case_lines",
    "case_of_hold",
    "case_of_relaxation",
    "case_of_task",
    "case_timeline",
    "cases_of_unit",
    "clocks",
    "collectors",
    "compare_ladders",
    "coverage",
    "covers",
    "current_ladders",
    "deviations",
    "disputed_before",
    "disputed_charges",
    "disputed_fen",
    "due_tasks",
    "expired_charges",
    "find_cases",
    "hold_row",
    "holds_of",
    "is_closed_since",
    "is_noted",
    "is_reviewed",
    "just_tried",
    "kept_by_collector",
    "kept_by_party",
    "ladder_version",
    "ladder_versions",
    "newest_case",
    "next_case",
    "offer",
    "open_tasks",
    "open_tasks_of",
    "open_work",
    "own_queue",
    "parts_of",
    "party_standing",
    "party_standings",
    "phones_of",
    "promises_of",
    "quiet_rows",
    "rebase_preview",
    "relaxed_rows",
    "reviews_due",
    "standing_coverage",
    "stuck",
    "takers",
    "task_lines",
    "tasks_due",
    "undisputed",
    "unit_standings",
    "unit_timeline",
    "version_before",
    "visits_due",
    "visits_of",
    "worklist",
]
