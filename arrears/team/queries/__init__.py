"""What this app answers to others: rows, not models."""

from arrears.team.queries.candidates import Candidate, Paper, candidates, papers_to_carry
from arrears.team.queries.entries import EntryRow, entries_of_round
from arrears.team.queries.people import Walker, walkers
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
)

__all__ = [
    "Candidate",
    "DoorLine",
    "EntryRow",
    "Paper",
    "PaperAt",
    "RoundFilter",
    "RoundPage",
    "RoundRow",
    "StopLine",
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
    "walkers",
]
