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
from arrears.team.services.week import EndedAlready, MinuteRefused, end_resolution, make_packs, resolve

__all__ = [
    "CommentMissing",
    "DutyRefused",
    "EndedAlready",
    "Handed",
    "MinuteRefused",
    "NotToSign",
    "NotYours",
    "NothingToCorrect",
    "PlanChanged",
    "cancel_leave",
    "correct",
    "distribute",
    "end_resolution",
    "enter_leave",
    "hand_over",
    "make_packs",
    "resolve",
    "send_back",
    "set_steward",
    "sign",
    "tell_unsigned",
]
