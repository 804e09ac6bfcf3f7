"""What this app answers to others: rows, not models."""

from arrears.team.queries.candidates import Candidate, Paper, candidates, papers_to_carry
from arrears.team.queries.entries import EntryRow, entries_of_round
from arrears.team.queries.people import Walker, walkers
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
from arrears.team.queries.visit import VisitCard, visit_card

__all__ = [
    "ROUND_STATES",
    "Candidate",
    "DoorLine",
    "EntryRow",
    "Paper",
    "PaperAt",
    "RoundFilter",
    "RoundPage",
    "RoundRow",
    "StopLine",
    "VisitCard",
    "Walker",
    "candidates",
    "doors_of",
    "entries_of_round",
    "find_rounds",
    "get_round",
    "keeps_places",
    "papers_to_carry",
    "round_of_stop",
    "round_page",
    "round_rows",
    "rounds_to_walk",
    "visit_card",
    "walkers",
]
