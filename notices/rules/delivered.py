"""When a document has arrived: one function of way, result and receiver (L-T6, L-T7, L-E3)."""

from enum import StrEnum
from typing import Final, NamedTuple


class Method(StrEnum):
    """How it was handed over."""

    HAND = "HAND"
    EMS = "EMS"
    REGISTERED_MAIL = "REGISTERED_MAIL"
    MAILBOX = "MAILBOX"
    DOOR_POST = "DOOR_POST"
    SMS = "SMS"
    WECHAT = "WECHAT"
    EMAIL = "EMAIL"
    BULLETIN = "BULLETIN"


class Result(StrEnum):
    """What came of it. ACCEPTED: a server took it; RECEIPT: the platform reports arrival."""

    SIGNED = "SIGNED"
    REFUSED = "REFUSED"
    LEFT_WITH_PHOTO = "LEFT_WITH_PHOTO"
    ACCEPTED = "ACCEPTED"
    RECEIPT = "RECEIPT"
    RETURNED = "RETURNED"
    FAILED = "FAILED"


class Receiver(StrEnum):
    """Who took it; NONE where nobody did or the carrier does not say."""

    OWNER = "OWNER"
    ADULT_CORESIDENT = "ADULT_CORESIDENT"
    AGENT = "AGENT"
    OTHER = "OTHER"
    NONE = "NONE"


class Delivered(NamedTuple):
    """Whether it arrived, whether that opens the next legal gate, and whether it interrupts limitation."""

    delivered: bool
    opens_gates: bool
    interrupts: bool


BILL_NOTICE: Final = "BILL_NOTICE"
REMINDER: Final = "REMINDER"
# What a light way is enough for: neither is a step towards a court.
_LIGHT_DOCUMENTS: Final = frozenset({BILL_NOTICE, REMINDER})

_MAIL: Final = frozenset({Method.EMS, Method.REGISTERED_MAIL})
_MESSAGES: Final = frozenset({Method.SMS, Method.WECHAT, Method.EMAIL})
_COUNTS_FOR_OWNER: Final = frozenset({Receiver.OWNER, Receiver.ADULT_CORESIDENT, Receiver.AGENT})

_NO: Final = Delivered(False, False, False)
_YES: Final = Delivered(True, True, True)


def delivered(
    method: Method, result: Result, receiver: Receiver, *, document: str, agreed_address: bool
) -> Delivered:
    """What a recorded delivery is worth. `agreed_address`: the contract names it as address for service.

    >>> delivered(Method.EMS, Result.REFUSED, Receiver.NONE, document="DEMAND", agreed_address=True)
    Delivered(delivered=True, opens_gates=True, interrupts=True)
    >>> delivered(Method.SMS, Result.RECEIPT, Receiver.NONE, document="DEMAND", agreed_address=False)
    Delivered(delivered=True, opens_gates=False, interrupts=False)
    """
    if method in _MESSAGES:
        return _message(result, document, agreed_address)
    if result is Result.SIGNED:
        return _YES if _signature_counts(method, receiver, agreed_address) else _NO
    if result is Result.REFUSED:
        return _YES if method in _MAIL and agreed_address else _NO
    if result is Result.LEFT_WITH_PHOTO:
        return _left(method, document)
    return _NO


class Entered(NamedTuple):
    """What somebody writes down about a hand-over."""

    method: Method
    result: Result
    receiver: Receiver
    receiver_name: str
    relation: str
    handed_over_by: str
    waybill: str
    has_photo: bool


class Wrong(NamedTuple):
    """The field that cannot be so, and the code of the reason."""

    field: str
    code: str


def refuse_entry(entry: Entered) -> Wrong | None:
    """The first thing about an entry that cannot be true, None when it can be.

    Who signs by hand has a name, the owner too; what lies in a mailbox or at a door nobody signed for. Only a
    carrier may report a signature without saying whose.

    >>> refuse_entry(Entered(Method.MAILBOX, Result.SIGNED, Receiver.OWNER, "张三", "", "", "", False))
    Wrong(field='result', code='cannot_be_signed')
    """
    method, result, receiver = entry.method, entry.result, entry.receiver
    signed, left = result is Result.SIGNED, result is Result.LEFT_WITH_PHOTO
    mail, by_hand = method in _MAIL, method is Method.HAND
    somebody = receiver is not Receiver.NONE
    named = by_hand or receiver not in (Receiver.NONE, Receiver.OWNER)
    refusals = (
        (signed and not (mail or by_hand), "result", "cannot_be_signed"),
        (left and mail, "result", "mail_is_not_left"),
        (left and not entry.has_photo, "photo", "photo_needed"),
        (left and somebody, "receiver", "left_for_nobody"),
        (signed and not somebody and not mail, "receiver", "receiver_needed"),
        (signed and named and not entry.receiver_name, "receiver_name", "receiver_name_needed"),
        (
            signed and receiver is Receiver.ADULT_CORESIDENT and not entry.relation,
            "relation",
            "relation_needed",
        ),
        (mail and not entry.waybill, "waybill", "waybill_needed"),
        (by_hand and not entry.handed_over_by, "handed_over_by", "handed_over_by_needed"),
    )
    return next((Wrong(field, code) for wrong, field, code in refusals if wrong), None)


def is_handed_over(result: Result) -> bool:
    """Whether it left our hands at all: sent, even where it is not delivered."""
    return result is not Result.FAILED


def _message(result: Result, document: str, agreed_address: bool) -> Delivered:
    if result is not Result.RECEIPT:
        return _NO
    return Delivered(True, document in _LIGHT_DOCUMENTS, agreed_address)


def _signature_counts(method: Method, receiver: Receiver, agreed_address: bool) -> bool:
    if receiver in _COUNTS_FOR_OWNER:
        return method is Method.HAND or method in _MAIL
    # A carrier's "signed" without a name counts; a named stranger only where the address itself was agreed.
    return method in _MAIL and (receiver is Receiver.NONE or agreed_address)


def _left(method: Method, document: str) -> Delivered:
    left_at_home = method in (Method.DOOR_POST, Method.MAILBOX, Method.HAND)
    return Delivered(True, True, False) if left_at_home and document == BILL_NOTICE else _NO
