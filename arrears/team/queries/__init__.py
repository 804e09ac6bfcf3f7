"""What the team answers to others: rows, not models."""

from arrears.team.queries.board import Board, Card, LoadRow, Pile, distribution_board, workload
from arrears.team.queries.duty import LeaveRow, StewardRow, leaves, staffing_of, stewards
from arrears.team.queries.fair import FairPlan, Move, fair_plan
from arrears.team.queries.record import FoundLines, RecordFilter, RecordLine, find_lines, record_lines
from arrears.team.queries.sheets import (
    Key,
    Sheet,
    SheetRow,
    Unfinished,
    find_sheet,
    queue,
    sheets,
    signs,
    unfinished,
    unfinished_for,
)
from arrears.team.queries.week import Action, Pack, PackRow, pack, packs

__all__ = [
    "Action",
    "Board",
    "Card",
    "FairPlan",
    "FoundLines",
    "Key",
    "LeaveRow",
    "LoadRow",
    "Move",
    "Pack",
    "PackRow",
    "Pile",
    "RecordFilter",
    "RecordLine",
    "Sheet",
    "SheetRow",
    "StewardRow",
    "Unfinished",
    "distribution_board",
    "fair_plan",
    "find_lines",
    "find_sheet",
    "leaves",
    "pack",
    "packs",
    "queue",
    "record_lines",
    "sheets",
    "signs",
    "staffing_of",
    "stewards",
    "unfinished",
    "unfinished_for",
    "workload",
]
