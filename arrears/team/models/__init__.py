"""Team: who works on what, the rounds of visits, the day's sheets and their signatures, the weekly review."""

from arrears.team.models.duty import Cover, Leave, Steward
from arrears.team.models.review import Resolution, ResolutionEnd, WeekPack
from arrears.team.models.rounds import Entry, Round, RoundPolicy, Stop, StopPaper, WorkplaceAsk
from arrears.team.models.sheet import Correction, SheetKind, SheetMark, Unsigned

__all__ = [
    "Correction",
    "Cover",
    "Entry",
    "Leave",
    "Resolution",
    "ResolutionEnd",
    "Round",
    "RoundPolicy",
    "SheetKind",
    "SheetMark",
    "Steward",
    "Stop",
    "StopPaper",
    "Unsigned",
    "WeekPack",
    "WorkplaceAsk",
]
