"""What this app answers to others: rows, not models."""

from arrears.team.queries.board import Board, Card, LoadRow, Pile, distribution_board, workload
from arrears.team.queries.candidates import Candidate, Paper, candidates, papers_to_carry
from arrears.team.queries.duty import LeaveRow, StewardRow, leaves, staffing_of, stewards
from arrears.team.queries.entries import EntryRow, entries_of_round
from arrears.team.queries.fair import FairPlan, Move, fair_plan
from arrears.team.queries.people import Walker, walkers
from arrears.team.queries.record import FoundLines, RecordFilter, RecordLine, find_lines, record_lines
from arrears.team.queries.rounds import (
    STATES as ROUND_STATES,
)
from arrears.team.queries.rounds import (
    DoorLine,
    PaperAt,
    RoundFilter,
    RoundPage,
    RoundRow,
    StopLine,
    doors_of,
    find_rounds,
    get_round,
    keeps_places,
    round_of_stop,
    round_page,
    round_rows,
    rounds_to_walk,
)
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
from arrears.team.queries.visit import VisitCard, visit_card
from arrears.team.queries.week import Action, Pack, PackRow, pack, packs

__all__ = [
    "ROUND_STATES",
    "Action",
    "Board",
    "Candidate",
    "Card",
    "DoorLine",
    "EntryRow",
    "FairPlan",
    "FoundLines",
    "Key",
    "LeaveRow",
    "LoadRow",
    "Move",
    "Pack",
    "PackRow",
    "Paper",
    "PaperAt",
    "Pile",
    "RecordFilter",
    "RecordLine",
    "RoundFilter",
    "RoundPage",
    "RoundRow",
    "Sheet",
    "SheetRow",
    "StewardRow",
    "StopLine",
    "Unfinished",
    "VisitCard",
    "Walker",
    "candidates",
    "distribution_board",
    "doors_of",
    "entries_of_round",
    "fair_plan",
    "find_lines",
    "find_rounds",
    "find_sheet",
    "get_round",
    "keeps_places",
    "leaves",
    "pack",
    "packs",
    "papers_to_carry",
    "queue",
    "record_lines",
    "round_of_stop",
    "round_page",
    "round_rows",
    "rounds_to_walk",
    "sheets",
    "signs",
    "staffing_of",
    "stewards",
    "unfinished",
    "unfinished_for",
    "visit_card",
    "walkers",
    "workload",
]
