"""Use cases of the team, one file each."""

from arrears.team.services.duty import (
    DutyRefused,
    Handed,
    PlanChanged,
    cancel_leave,
    distribute,
    enter_leave,
    hand_over,
    set_steward,
)
from arrears.team.services.sheets import (
    CommentMissing,
    NothingToCorrect,
    NotToSign,
    NotYours,
    correct,
    send_back,
    sign,
    tell_unsigned,
)

__all__ = [
    "CommentMissing",
    "DutyRefused",
    "Handed",
    "NotToSign",
    "NotYours",
    "NothingToCorrect",
    "PlanChanged",
    "cancel_leave",
    "correct",
    "distribute",
    "enter_leave",
    "hand_over",
    "send_back",
    "set_steward",
    "sign",
    "tell_unsigned",
]
