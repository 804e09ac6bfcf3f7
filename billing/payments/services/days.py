"""Business days: closed by one, reviewed by another, signed by finance; a closed one never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from billing.payments.models import DayClose
from billing.payments.queries.days import OPEN, Figures, closed_until, days, reckon
from billing.payments.queries.tills import open_sessions
from owners import services as owners
from owners.queries import CommunityCard, community_card
from owners.rules.numbering import document_number
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit

PACKAGE: Final = "billing.payments"
SERIES: Final = "FUNDS"


class DayClosed(Conflict):
    """Nothing is booked on a closed day, or on a day before one."""

    code = "payments.day_closed"


class DayAhead(Refused):
    """A day that has not come cannot be closed."""

    code = "payments.day_ahead"


class SessionsOpen(Conflict):
    """A till of the day was not counted and closed."""

    code = "payments.sessions_open"


class EarlierDayOpen(Conflict):
    """Days are closed in order: a report for each that moved something."""

    code = "payments.earlier_day_open"


class NotClosed(NotFound):
    """There is no report of this day yet."""

    code = "payments.day_not_closed"


class SamePerson(Forbidden):
    """Who closed a day does not review it, who did either does not sign it."""

    code = "payments.day_needs_another_person"


class DaySignedBefore(Conflict):
    """The day was reviewed, or signed, before; or it must be reviewed first."""

    code = "payments.day_state"


def check_days_open(community_ids: Iterable[int], *, on: date) -> None:
    """DayClosed when a community has closed the day or a later one; else it stays open while we book."""
    for community_id in sorted(set(community_ids)):
        ((last,),) = sql.rows(PACKAGE, "hold_day", {"community_id": community_id, "alone": False})
        if last is not None and on <= last:
            text = _("The business day %(day)s of %(community)s is closed. Book it on an open day.")
            place = community_card(community_id)
            raise DayClosed(text % {"day": on.isoformat(), "community": place.name}, field="posted_on")


def is_closed(community_id: int, *, on: date) -> bool:
    """Whether a day of a community, or one after it, was closed."""
    last = closed_until(community_id)
    return last is not None and on <= last


@transaction.atomic
def close_day(
    *,
    community_id: int,
    day: date,
    by: int,
    on: date,
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> str:
    """Freeze the figures of a day under the next number of the community's reports; the number.

    `more`: what others know of the day (rates, what collectors did), frozen along. `on`: today.
    """
    place = community_card(community_id)
    sql.rows(PACKAGE, "hold_day", {"community_id": community_id, "alone": True})
    _check_may_close(place, day, on)
    figures = reckon(community_id, day)
    frozen = {**figures.as_json(), "more": dict(more or {})}
    first = owners.take_numbers(community_id=community_id, series=SERIES, year=day.year, count=1)
    closed = _write(figures, frozen, place, day, document_number(SERIES, place.code, day.year, first), by, at)
    audit.record(
        "day.closed",
        kind="day_close",
        pk=closed.pk,
        number=closed.number,
        counted_fen=closed.counted_fen,
        difference_fen=closed.counted_fen - closed.expected_fen,
    )
    return str(closed.number)


@transaction.atomic
def review_day(*, community_id: int, day: date, by: StaffMember, at: datetime) -> None:
    """A second person has looked at the day's report."""
    closed = _locked(community_id, day)
    if closed.closed_by_id == by.user_id:
        raise SamePerson(_("You closed this day yourself; somebody else must review it."))
    updated = DayClose.objects.filter(pk=closed.pk, reviewed_at=None)
    if updated.update(reviewed_by_id=by.user_id, reviewed_at=at) == 0:
        raise DaySignedBefore(_("This day was reviewed already."))
    audit.record("day.reviewed", kind="day_close", pk=closed.pk, number=closed.number)


@transaction.atomic
def sign_day(*, community_id: int, day: date, by: StaffMember, at: datetime) -> None:
    """Finance signs a reviewed day."""
    closed = _locked(community_id, day)
    if by.user_id in (closed.closed_by_id, closed.reviewed_by_id):
        raise SamePerson(_("You closed or reviewed this day; a third person signs it."))
    if closed.reviewed_at is None:
        raise DaySignedBefore(_("This day must be reviewed before it is signed."))
    updated = DayClose.objects.filter(pk=closed.pk, signed_at=None)
    if updated.update(signed_by_id=by.user_id, signed_at=at) == 0:
        raise DaySignedBefore(_("This day was signed already."))
    audit.record("day.signed", kind="day_close", pk=closed.pk, number=closed.number)


def _check_may_close(place: CommunityCard, day: date, on: date) -> None:
    if day > on:
        raise DayAhead(_("This day has not come yet."), field="day")
    if is_closed(place.id, on=day):
        text = _("%(community)s has closed %(day)s already, or a later day.")
        raise DayClosed(text % {"day": day.isoformat(), "community": place.name}, field="day")
    waiting = open_sessions(place.id, until=day)
    if waiting:
        text = _("The cash session of %(name)s at %(desk)s (%(day)s) is open. Count and close it first.")
        first = waiting[0]
        said = {"name": first.cashier, "desk": first.cash_point, "day": first.day.isoformat()}
        raise SessionsOpen(text % said)
    last = closed_until(place.id)
    since = last + timedelta(days=1) if last else date.min
    earlier = days(
        from_on=since, to_on=day - timedelta(days=1), community_id=place.id, state=OPEN
    )  # fmt: skip
    if earlier:
        text = _("Close %(day)s first: it has payments and no report yet.")
        raise EarlierDayOpen(text % {"day": earlier[-1].day.isoformat()}, field="day")


def _write(
    figures: Figures,
    frozen: Mapping[str, Any],
    place: CommunityCard,
    day: date,
    number: str,
    by: int,
    at: datetime,
) -> DayClose:
    cash = figures.cash
    made: DayClose = DayClose.objects.create(
        community_id=place.id,
        day=day,
        number=number,
        opening_fen=cash.opening_fen,
        cash_in_fen=cash.in_fen,
        cash_out_fen=cash.out_fen,
        deposited_fen=cash.deposited_fen,
        handed_fen=cash.handed_fen,
        expected_fen=cash.expected_fen,
        counted_fen=cash.counted_fen,
        received_fen=figures.received_fen,
        returned_fen=figures.returned_fen,
        figures=frozen,
        closed_by_id=by,
        closed_at=at,
    )
    return made


def _locked(community_id: int, day: date) -> DayClose:
    found: DayClose | None = (
        DayClose.objects.select_for_update(no_key=True).filter(community_id=community_id, day=day).first()
    )
    if found is None:
        raise NotClosed(_("This day is not closed yet."))
    return found
