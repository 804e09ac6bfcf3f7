"""Which channels a message takes, in which order, its caps and its hours (L-S2, L-S5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from values import windows
from values.because import Because, because

SMS_PER_DAY: Final = 1
SMS_PER_WEEK: Final = 3
_WEEK_DAYS: Final = 7
CAP_DAYS: Final = _WEEK_DAYS - 1  # how far back the caps look


class Channel(StrEnum):
    """What a gateway or a printer can carry."""

    WECHAT = "WECHAT"
    APP = "APP"
    SMS = "SMS"
    EMAIL = "EMAIL"
    PAPER = "PAPER"


class Purpose(StrEnum):
    """Why a message goes out."""

    BILL = "BILL"
    PRE_DUE = "PRE_DUE"
    REMINDER = "REMINDER"
    DEMAND_COPY = "DEMAND_COPY"
    RECEIPT = "RECEIPT"
    OFFER = "OFFER"
    ANSWER = "ANSWER"


class Address(NamedTuple):
    """Where a party can be reached; `offers` is the consent to commercial messages on it."""

    channel: Channel
    to: str
    offers: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Channels in the order to try: the first that is handed over is enough. Empty: `because` says why."""

    addresses: tuple[Address, ...]
    because: Because | None = None


_C = Channel
_FRIENDLY: Final = (_C.WECHAT, _C.APP, _C.SMS, _C.EMAIL)
# A debt is spoken of where it surely arrives: the receipt of an SMS is evidence (L-S4).
_PRESSING: Final = (_C.SMS, _C.WECHAT, _C.APP, _C.EMAIL)
_ORDER: Final = MappingProxyType(
    {
        Purpose.BILL: (*_FRIENDLY, _C.PAPER),
        Purpose.PRE_DUE: _FRIENDLY,
        Purpose.REMINDER: _PRESSING,
        Purpose.DEMAND_COPY: _PRESSING,
        Purpose.RECEIPT: _FRIENDLY,
        Purpose.OFFER: _FRIENDLY,
        Purpose.ANSWER: _FRIENDLY,
    }
)
_DUNNING: Final = frozenset({Purpose.REMINDER, Purpose.DEMAND_COPY})


def plan(
    purpose: Purpose,
    addresses: Sequence[Address],
    *,
    sms_sent_on: Sequence[date] = (),
    as_of: date,
) -> Plan:
    """Where the message goes. `sms_sent_on`: days of the dunning SMS already sent for this case.

    Codes of an empty plan: `no_channel`, `no_consent` (offers), `sms_cap_day`, `sms_cap_week`.

    >>> both = [Address(Channel.EMAIL, "a@b.cn"), Address(Channel.SMS, "13800001234")]
    >>> [one.channel.value for one in plan(Purpose.REMINDER, both, as_of=date(2026, 2, 1)).addresses]
    ['SMS', 'EMAIL']
    """
    order = _ORDER[purpose]
    usable = [one for one in addresses if one.channel in order and one.to]
    if not usable:
        return Plan((), because("no_channel"))
    if purpose is Purpose.OFFER:
        usable = [one for one in usable if one.offers]
        if not usable:
            return Plan((), because("no_consent"))
    capped = refuse_sms(sms_sent_on, as_of=as_of) if purpose in _DUNNING else None
    if capped is not None:
        usable = [one for one in usable if one.channel is not Channel.SMS]
    if not usable:
        return Plan((), capped)
    return Plan(tuple(sorted(usable, key=lambda one: order.index(one.channel))))


def refuse_sms(sent_on: Sequence[date], *, as_of: date) -> Because | None:
    """None when one more dunning SMS may go to this case: at most one a day and three in seven days (L-S5).

    >>> refuse_sms([date(2026, 2, 2)], as_of=date(2026, 2, 2))
    Because(code='sms_cap_day', params={'limit': 1, 'next_on': '2026-02-03'})
    """
    if sum(day == as_of for day in sent_on) >= SMS_PER_DAY:
        return because("sms_cap_day", limit=SMS_PER_DAY, next_on=as_of + timedelta(days=1))
    week = sorted(day for day in sent_on if 0 <= (as_of - day).days < _WEEK_DAYS)
    if len(week) >= SMS_PER_WEEK:
        next_on = week[-SMS_PER_WEEK] + timedelta(days=_WEEK_DAYS)
        return because("sms_cap_week", limit=SMS_PER_WEEK, next_on=next_on)
    return None


def send_at(channel: Channel, wanted: datetime) -> datetime:
    """The first moment from `wanted` on (Shanghai local): nothing that rings leaves from 21:00 to 08:00.

    >>> send_at(Channel.SMS, datetime(2026, 2, 1, 21, 0))
    datetime.datetime(2026, 2, 2, 8, 0)
    """
    quiet = channel in (Channel.SMS, Channel.WECHAT, Channel.APP)
    return windows.next_message(wanted) if quiet else wanted
