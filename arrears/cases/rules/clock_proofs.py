"""What proves an interruption, and why something that was done does not count as one (L-T5 to L-T14)."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.rules.limitation import Interruption


class Proof(StrEnum):
    """What a person proves by hand; what notices and payments tell by themselves is not among them."""

    MESSAGE_AGREED = "MESSAGE_AGREED"
    MEDIATION_REQUEST = "MEDIATION_REQUEST"
    NEWSPAPER = "NEWSPAPER"
    SIGNED_PAPER = "SIGNED_PAPER"
    WRITTEN_PROMISE = "WRITTEN_PROMISE"
    RECORDED_PROMISE = "RECORDED_PROMISE"
    SUSPENSION = "SUSPENSION"


class Claimed(NamedTuple):
    """What a person says about a proof.

    `at_agreed_address`: the contract names the address. `arrived`: a receipt or an answer shows arrival.
    `by_debtor`: the owner, a joint debtor or an authorised person said or signed it. `told_of_recording`: the
    other side knew that the call is recorded. `debtor_missing`: nobody knows where he is.
    """

    proof: Proof
    has_file: bool
    evidence: str
    at_agreed_address: bool = False
    arrived: bool = False
    by_debtor: bool = False
    told_of_recording: bool = False
    debtor_missing: bool = False


class Lacking(NamedTuple):
    """The field that is missing for the proof to hold, and the code of the reason."""

    field: str
    code: str


# What each proof shows: a demand, or that the debtor agreed. A suspension adds no days by itself.
SHOWS: Final = MappingProxyType(
    {
        Proof.MESSAGE_AGREED: Interruption.DEMAND,
        Proof.MEDIATION_REQUEST: Interruption.DEMAND,
        Proof.NEWSPAPER: Interruption.DEMAND,
        Proof.SIGNED_PAPER: Interruption.ACKNOWLEDGEMENT,
        Proof.WRITTEN_PROMISE: Interruption.ACKNOWLEDGEMENT,
        Proof.RECORDED_PROMISE: Interruption.ACKNOWLEDGEMENT,
        Proof.SUSPENSION: None,
    }
)
_NEEDS: Final = MappingProxyType(
    {
        Proof.MESSAGE_AGREED: ("at_agreed_address", "arrived"),
        Proof.MEDIATION_REQUEST: ("arrived",),
        Proof.NEWSPAPER: ("debtor_missing",),
        Proof.SIGNED_PAPER: ("by_debtor",),
        Proof.WRITTEN_PROMISE: ("by_debtor",),
        Proof.RECORDED_PROMISE: ("by_debtor", "told_of_recording"),
        Proof.SUSPENSION: (),
    }
)


def lacking(claimed: Claimed) -> Lacking | None:
    """The first thing that is missing for this proof to hold before a court; None when it holds.

    >>> lacking(Claimed(Proof.MESSAGE_AGREED, True, "微信", at_agreed_address=True))
    Lacking(field='arrived', code='proof_not_arrived')
    """
    for field in _NEEDS[claimed.proof]:
        if not getattr(claimed, field):
            return Lacking(field, _CODES[field])
    if not claimed.evidence.strip():
        return Lacking("evidence", "proof_not_described")
    return None if claimed.has_file else Lacking("file", "proof_without_file")


_CODES: Final = MappingProxyType(
    {
        "at_agreed_address": "proof_no_agreed_address",
        "arrived": "proof_not_arrived",
        "debtor_missing": "proof_debtor_not_missing",
        "by_debtor": "proof_not_by_debtor",
        "told_of_recording": "proof_secret_recording",
    }
)
_MESSAGES: Final = frozenset({"SMS", "WECHAT", "EMAIL"})


def why_no_interruption(method: str, result: str, *, receiver: str, agreed_address: bool) -> str:
    """Why a delivery that does not interrupt does not: the code of the reason.

    What it is worth was decided when it was recorded (notices); this only says it in words.

    >>> why_no_interruption("BULLETIN", "LEFT_WITH_PHOTO", receiver="NONE", agreed_address=False)
    'clock_bulletin'
    """
    if method == "BULLETIN":
        return "clock_bulletin"
    if result in ("RETURNED", "FAILED"):
        return "clock_came_back"
    if method in _MESSAGES:
        return "clock_no_receipt" if result != "RECEIPT" else "clock_no_agreed_address"
    if result == "LEFT_WITH_PHOTO":
        return "clock_only_left"
    if result == "REFUSED":
        return "clock_refused_elsewhere"
    return "clock_signed_by_stranger" if receiver == "OTHER" or not agreed_address else "clock_not_proved"
