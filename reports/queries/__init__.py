"""Numbers for people: the day at a glance, the ageing of arrears, the manager's dashboard, its targets."""

from reports.queries.dashboard import Dashboard, Effort, HeatRow, Moved, Rate, dashboard
from reports.queries.day import (
    Ageing,
    AgeingRow,
    CourtRow,
    Figure,
    Found,
    Late,
    Today,
    ageing_report,
    first_steps,
    search,
    today,
)
from reports.queries.funds import LOOK_BACK, Dunning, Funds, Waiting, funds_report, known_of, waiting
from reports.queries.targets import TargetRow, targets

__all__ = [
    "LOOK_BACK",
    "Ageing",
    "AgeingRow",
    "CourtRow",
    "Dashboard",
    "Dunning",
    "Effort",
    "Figure",
    "Found",
    "Funds",
    "HeatRow",
    "Late",
    "Moved",
    "Rate",
    "TargetRow",
    "Today",
    "Waiting",
    "ageing_report",
    "dashboard",
    "first_steps",
    "funds_report",
    "known_of",
    "search",
    "targets",
    "today",
    "waiting",
]
