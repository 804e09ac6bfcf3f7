"""Team: visit rounds, sign-off, leave, the record sheet and the weekly review."""

from arrears.team.models.rounds import Entry, Round, RoundPolicy, Stop, StopPaper, WorkplaceAsk

__all__ = ["Entry", "Round", "RoundPolicy", "Stop", "StopPaper", "WorkplaceAsk"]
