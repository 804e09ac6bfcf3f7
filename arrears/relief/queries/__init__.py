"""What this app answers to others: rows, not models."""

from arrears.relief.queries.applications import (
    ApplicationCard,
    ApplicationFilter,
    ApplicationRow,
    Preview,
    application_card,
    application_rows,
    application_sums,
    applications,
    applications_of,
    askable,
    preview,
)
from arrears.relief.queries.plans import PlanRow, plan_rows

__all__ = [
    "ApplicationCard",
    "ApplicationFilter",
    "ApplicationRow",
    "PlanRow",
    "Preview",
    "application_card",
    "application_rows",
    "application_sums",
    "applications",
    "applications_of",
    "askable",
    "plan_rows",
    "preview",
]
