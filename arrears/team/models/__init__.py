"""Team: who works on what, the day's sheets and their signatures, the weekly review."""

from arrears.team.models.duty import Cover, Leave, Steward
from arrears.team.models.review import Resolution, ResolutionEnd, WeekPack
from arrears.team.models.sheet import Correction, SheetKind, SheetMark, Unsigned

__all__ = [
    "Correction",
    "Cover",
    "Leave",
    "Resolution",
    "ResolutionEnd",
    "SheetKind",
    "SheetMark",
    "Steward",
    "Unsigned",
    "WeekPack",
]
