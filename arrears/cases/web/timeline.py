"""The history of a case in sentences: what happened, why, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from arrears.cases.queries import TimelineRow
from tenancy.people.words import WORDS, sentence
from values.fen import display

_BY_ITSELF = ("STEP", "NOTICE")
_NAMED = ("OWNER", "GIVEN")  # the title says the name already


class Event(NamedTuple):
    """One line of components/timeline.html."""

    on: date
    at: datetime | None
    title: str
    detail: str
    who: str
    url: str | None


def events(rows: Iterable[TimelineRow]) -> list[Event]:
    """Rows in the reader's language, in the order given."""
    return [Event(row.on, row.at, _title(row), _detail(row), _who(row), _url(row)) for row in rows]


def _who(row: TimelineRow) -> str:
    """Who did it; what the night does by itself has nobody."""
    return row.who or (_("Automatic") if row.kind in _BY_ITSELF else "")


def _title(row: TimelineRow) -> str:
    titles = {
        "STEP": lambda: f"{_word(row.code)} · {_word(f'event.{row.event}')}",
        "CALL": lambda: _("Call: %(outcome)s") % {"outcome": _word(f"outcome.{row.code}")},
        "VISIT": lambda: _("Visit: %(result)s") % {"result": _word(row.code)},
        "PROMISE": lambda: _("Promise for %(day)s") % {"day": row.day},
        "GIVEN": lambda: _("Given to %(name)s") % {"name": row.said},
        "HOLD": lambda: _("On hold: %(kind)s") % {"kind": _word(row.code)},
        "RELEASE": lambda: _("Hold released: %(kind)s") % {"kind": _word(row.code)},
        "NOTICE": lambda: f"{_word(row.code)} · {_word(row.event)}",
        "DELIVERY": lambda: (
            _("%(paper)s handed over: %(result)s") % {"paper": _word(row.code), "result": _word(row.event)}
        ),
        "OWNER": lambda: _("%(part)s from here on: %(name)s") % {"part": _word(row.code), "name": row.said},
        "ISSUE": lambda: _("Legacy issue noted"),
        "SETTLED": lambda: _("Legacy issue settled"),
    }  # fmt: skip
    fen = row.amount_fen or 0
    said = _("Paid %(amount)s") if fen >= 0 else _("Went back %(amount)s")
    paid = said % {"amount": display(abs(fen))}
    return titles[row.kind]() if row.kind in titles else paid


def _detail(row: TimelineRow) -> str:
    parts = [row.number] if row.number else []
    if row.because is not None:
        parts.append(sentence(row.because))
    if row.kind in ("CALL", "VISIT") and row.day is not None:
        parts.append(_("promised for %(day)s") % {"day": row.day})
    if row.kind == "HOLD":
        parts.append(_("until %(day)s") % {"day": row.day} if row.day else _("until further notice"))
    if row.kind in ("CALL", "PROMISE") and row.amount_fen:
        said = _("past due then: %(amount)s") if row.kind == "CALL" else _("promised: %(amount)s")
        parts.append(said % {"amount": display(row.amount_fen)})
    if row.kind == "PAYMENT":
        parts.append(_word(row.code))
    if row.reason_code:
        parts.append(_word(row.reason_code if row.kind == "DELIVERY" else f"arrears.{row.reason_code}"))
    if row.said and row.kind not in _NAMED:
        parts.append(_word(row.said))  # what the product noted itself is a code
    return " · ".join(parts)


def _url(row: TimelineRow) -> str | None:
    targets = (
        # A visit's record shows its photo and the signature.
        ("team:visit_record", row.order if row.kind == "VISIT" else None),
        ("notices:notice", row.notice_id),
        ("cases:approval", row.approval_id),
        ("people:file", row.file_id),
        ("payments:payment", row.payment_id),
    )
    try:
        return next((reverse(name, args=[pk]) for name, pk in targets if pk is not None), None)
    except NoReverseMatch:
        return None


def _word(code: str) -> str:
    return str(WORDS.get(code, code))
