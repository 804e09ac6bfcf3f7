"""Use cases of the team, one file each."""

from arrears.team.services.changing import allow_places, call_off_round, close_round, drop_stop
from arrears.team.services.duty import (
    DutyRefused,
    Noted,
    PlanChanged,
    cancel_leave,
    distribute,
    enter_leave,
    hand_over,
    set_steward,
)
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
from arrears.team.services.workplaces import ask_workplace

__all__ = [
    "CommentMissing",
    "DutyRefused",
    "EndedAlready",
    "Handed",
    "MinuteRefused",
    "NotToSign",
    "NotYours",
    "Noted",
    "NothingToCorrect",
    "Plan",
    "PlanChanged",
    "Planned",
    "Seen",
    "Sent",
    "Signer",
    "Skipped",
    "Taken",
    "allow_places",
    "ask_workplace",
    "call_off_round",
    "cancel_leave",
    "close_round",
    "correct",
    "distribute",
    "drop_stop",
    "end_resolution",
    "enter_leave",
    "hand_over",
    "make_packs",
    "note_refusal",
    "plan_round",
    "resolve",
    "round_record",
    "route_sheet",
    "send_back",
    "set_steward",
    "sign",
    "take_entry",
    "tell_unsigned",
    "visit_record",
]
