"""What the page of the day offers to one member, in the order in which the desk works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from reports.queries import Figure, Late, Today
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.words import WORDS
from values.fen import display


@dataclass(frozen=True, slots=True)
class Card:
    """One thing the day asks for or brought: what, how many, how much, a remark, and where it is done."""

    title: str
    count: int
    fen: int | None
    remark: str
    url: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where the day's work begins, by one key."""

    title: str
    url: str
    key: str
    icon: str


class _Offer(NamedTuple):
    permission: Permission
    place: str
    key: str
    title: Callable[[], str]
    figure: Callable[[Today], Figure]
    remark: Callable[[Today], str] | None = None
    money: bool = False
    also: Permission | None = None
    narrowed: Callable[[Today], dict[str, str]] | None = None

    def fits(self, staff: StaffMember) -> bool:
        return staff.can(self.permission) or (self.also is not None and staff.can(self.also))


def _queue(day: Today) -> dict[str, str]:
    return {"collector": "mine"} if day.own_queue else {}


def _since_before(day: Today) -> str:
    late = day.calls_late.count
    return _("%(count)d of them since before today") % {"count": late} if late else ""


def _overdue(day: Today) -> str:
    late = day.court.late
    return _("%(count)d of them overdue") % {"count": late} if late else ""


def _missed(day: Today) -> str:
    return _late(day.court_days)


def _unanswered(day: Today) -> str:
    return _late(day.tickets)


def _unwalked(day: Today) -> str:
    late = day.rounds.late
    return _("%(count)d of them since before today") % {"count": late} if late else ""


def _late(waiting: Late) -> str:
    return _("%(count)d of them overdue") % {"count": waiting.late} if waiting.late else ""


def _asked_back(day: Today) -> str:
    asked = day.questions
    return _("%(count)d questions to answer") % {"count": asked} if asked else ""


def _to_review(day: Today) -> str:
    count = day.days.unreviewed
    return _("%(count)d closed days wait for review") % {"count": count} if count else ""


def _oldest_to_sign(day: Today) -> str:
    return _oldest(day.sheets.sign_from)


def _oldest_returned(day: Today) -> str:
    return _oldest(day.sheets.returned_from)


def _oldest(oldest: date | None) -> str:
    return _("the oldest of %(day)s") % {"day": oldest.isoformat()} if oldest else ""


def _by_method(day: Today) -> str:
    counted = [(WORDS[method.upper()], figure.fen) for method, figure in day.taken_by.items() if figure.count]
    return " · ".join(f"{name} {display(fen)}" for name, fen in counted)


P = Permission
_DAY = (
    _Offer(
        P.CALL_LOG,
        "cases:worklist",
        "",
        lambda: _("Calls due"),
        lambda day: day.calls,
        _since_before,
        narrowed=_queue,
    ),
    _Offer(
        P.CASE_SEE,
        "cases:cases",
        "p",
        lambda: _("Promises due today"),
        lambda day: day.promises,
        money=True,
        narrowed=lambda day: {"promised_on": day.as_of.isoformat()},
    ),
    _Offer(P.VISIT_LOG, "cases:visits", "v", lambda: _("Visits due"), lambda day: day.visits),
    _Offer(
        P.ROUND_WALK,
        "team:walks",
        "",
        lambda: _("My rounds"),
        lambda day: Figure(day.rounds.count),
        _unwalked,
    ),
    _Offer(
        P.DELIVERY_RECORD,
        "notices:deliveries",
        "d",
        lambda: _("Papers to deliver"),
        lambda day: day.deliveries,
    ),
    _Offer(
        P.PAYMENT_SEE,
        "payments:payments",
        "m",
        lambda: _("Taken today"),
        lambda day: day.taken,
        _by_method,
        money=True,
        narrowed=lambda day: {"posted_from": day.as_of.isoformat(), "posted_to": day.as_of.isoformat()},
    ),
    _Offer(
        P.CASH_SEE,
        "reports:days",
        "f",
        lambda: _("Days not closed"),
        lambda day: Figure(day.days.unclosed),
        _to_review,
    ),
    _Offer(
        P.APPROVAL_ANSWER,
        "cases:approvals",
        "a",
        lambda: _("Decisions that wait for you"),
        lambda day: Figure(day.approvals),
        _asked_back,
        narrowed=lambda day: {"mine": "true"} if day.approvals else {},
    ),
    _Offer(
        P.TICKET_ANSWER,
        "relief:tickets",
        "",
        lambda: _("Tickets to answer"),
        lambda day: Figure(day.tickets.count),
        _unanswered,
    ),
    _Offer(
        P.SHEET_SIGN,
        "team:sign",
        "u",
        lambda: _("Sheets to sign"),
        lambda day: Figure(day.sheets.to_sign),
        _oldest_to_sign,
    ),
    _Offer(
        P.CALL_LOG,
        "team:sheets",
        "",
        lambda: _("Sheets returned to you"),
        lambda day: Figure(day.sheets.returned),
        _oldest_returned,
        also=P.VISIT_LOG,
        narrowed=lambda day: {"state": "RETURNED"},
    ),
    _Offer(
        P.LEGAL_SEE,
        "legal:papers",
        "",
        lambda: _("Court papers and reviews"),
        lambda day: Figure(day.court.count),
        _overdue,
        also=P.APPROVAL_DECIDE,
    ),
    _Offer(
        P.FILING_RECORD,
        "legal:calendar",
        "",
        lambda: _("Court days within a week"),
        lambda day: Figure(day.court_days.count),
        _missed,
    ),
)
_NIGHT = (
    _Offer(
        P.PAYMENT_SEE,
        "payments:payments",
        "",
        lambda: _("Payments booked"),
        lambda day: day.overnight_paid,
        lambda day: _("cash and transfers; used credit is no payment"),
        money=True,
    ),
    _Offer(
        P.CASE_SEE,
        "cases:cases",
        "",
        lambda: _("Objected"),
        lambda day: day.overnight_objected,
        lambda day: _("disputes entered"),
    ),
    _Offer(
        P.NOTICE_SEE,
        "notices:notices",
        "",
        lambda: _("Messages that failed"),
        lambda day: day.overnight_unsent,
        lambda day: _("failed or of unknown fate after the last try"),
    ),
)


def in_queue(day: Today) -> str:
    """What keeps the call desk to the queue of the page."""
    return f"?{urlencode(_queue(day))}" if day.own_queue else ""


def starts(day: Today, staff: StaffMember) -> list[Start]:
    """The call desk at the first case that is due, and the counter."""
    found = []
    if staff.can(P.CALL_LOG) and day.next_calls:
        first = reverse("cases:call", args=[day.next_calls[0].case_id]) + in_queue(day)
        found.append(Start(_("Start calling"), first, "c", "phone"))
    if staff.can(P.PAYMENT_TAKE):
        found.append(Start(_("Counter"), reverse("payments:counter"), "t", "cash"))
    return found


def of_the_day(day: Today, staff: StaffMember) -> list[Card]:
    """Calls, promises, visits, deliveries, money, decisions: what the member may do of these."""
    return [_card(offer, day, staff) for offer in _DAY if offer.fits(staff)]


def overnight(day: Today, staff: StaffMember) -> list[Card]:
    """What came in since the last nightly run."""
    return [_card(offer, day, staff) for offer in _NIGHT if offer.fits(staff)]


def _card(offer: _Offer, day: Today, staff: StaffMember) -> Card:
    figure = offer.figure(day)
    remark = offer.remark(day) if offer.remark else ""
    fen = figure.fen if offer.money else None
    url = _url(offer.place) if staff.can(offer.permission) else None
    if url and offer.narrowed and (chosen := offer.narrowed(day)):
        url = f"{url}?{urlencode(chosen)}"
    return Card(offer.title(), figure.count, fen, remark, url, offer.key)


def _url(place: str) -> str | None:
    try:
        return reverse(place)
    except NoReverseMatch:
        return None
