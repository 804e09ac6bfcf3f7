"""Numbers for people: the day at a glance, the ageing of arrears, the manager's dashboard, its targets."""

from reports.queries.dashboard import Dashboard, Effort, HeatRow, Moved, Rate, dashboard
from reports.queries.day import (
    Ageing,
    AgeingRow,
    CallRow,
    Figure,
    Found,
    Today,
    ageing_report,
    first_steps,
    search,
    today,
)
from reports.queries.targets import TargetRow, targets

__all__ = [
    "Ageing",
    "AgeingRow",
    "CallRow",
    "Dashboard",
    "Effort",
    "Figure",
    "Found",
    "HeatRow",
    "Moved",
    "Rate",
    "TargetRow",
    "Today",
    "ageing_report",
    "dashboard",
    "first_steps",
    "search",
    "targets",
    "today",
]
