"""The history of a ticket in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from arrears.relief.queries import EventRow
from tenancy.people.words import WORDS, sentence


class Event(NamedTuple):
    """One line of components/timeline.html."""

    on: date
    at: datetime | None
    title: str
    detail: str
    who: str
    url: str | None


def told(rows: Iterable[EventRow]) -> list[Event]:
    """The newest first, in the reader's language; a file or a message is a click away."""
    return [_event(row) for row in reversed(list(rows))]


def _event(row: EventRow) -> Event:
    said = [sentence(row.because)] if row.because else []
    said += [row.text] if row.text else []
    said += [", ".join(name for _id, name in row.files)] if row.files else []
    who = _("Owner") if row.by_owner else row.who or _("Automatic")
    title = str(WORDS[f"ticket.event.{row.kind}"])
    return Event(row.on, row.at, title, " · ".join(said), who, _url(row))


def _url(row: EventRow) -> str | None:
    if row.files:
        return reverse("people:file", args=[row.files[0][0]])
    return reverse("notices:notice", args=[row.notice_id]) if row.notice_id else None
