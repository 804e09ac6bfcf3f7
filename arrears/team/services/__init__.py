"""Use cases, one file each."""

from arrears.team.services.changing import allow_places, call_off_round, close_round, drop_stop
from arrears.team.services.entering import (
    Handed,
    Seen,
    Sent,
    Signer,
    Skipped,
    Taken,
    note_refusal,
    take_entry,
)
from arrears.team.services.planning import Plan, Planned, plan_round
from arrears.team.services.printing import round_record, route_sheet, visit_record
from arrears.team.services.workplaces import ask_workplace

__all__ = [
    "Handed",
    "Plan",
    "Planned",
    "Seen",
    "Sent",
    "Signer",
    "Skipped",
    "Taken",
    "allow_places",
    "ask_workplace",
    "call_off_round",
    "close_round",
    "drop_stop",
    "note_refusal",
    "plan_round",
    "round_record",
    "route_sheet",
    "take_entry",
    "visit_record",
]
