"""What a person wrote into the fields of a paper, read and checked; nothing is raised beyond what is owed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from arrears.legal.rules.pen import Field, Kind
from notices.rules.lint import lint
from values.because import Because, because
from values.fen import parse_yuan

_YES: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}
_FREE: Final = frozenset({Kind.LINE, Kind.TEXT})


class Fault(NamedTuple):
    """Why what was written into a field cannot stand."""

    key: str
    because: Because


class Read(NamedTuple):
    """The edits that remain when everything is read, by key, and what cannot stand."""

    edits: dict[str, Any]
    faults: tuple[Fault, ...]


def read_edits(
    fields: Iterable[Field],
    given: Mapping[str, str],
    *,
    before: Mapping[str, Any],
    late_fee_clause: bool,
    to_a_court: bool,
) -> Read:
    """Read what was written; a field not given stays as it was, one that says what data say is no edit.

    `to_a_court`: a request for preservation or enforcement is no threat there.
    """
    edits, faults = dict(before), []
    known = {one.key: one for one in fields}
    faults += [Fault(key, because("draft_no_such_field")) for key in given if key not in known]
    for key, one in known.items():
        if key not in given:
            continue
        found = _read(one, given[key])
        if isinstance(found, Because):
            faults.append(Fault(key, found))
            continue
        wrong = _forbidden(one, found, late_fee_clause=late_fee_clause, to_a_court=to_a_court)
        if wrong is not None:
            faults.append(Fault(key, wrong))
        elif found == one.computed:
            edits.pop(key, None)
        elif not (one.kind is Kind.SECRET and found == ""):
            edits[key] = found.isoformat() if isinstance(found, date) else found
    return Read(edits, tuple(faults))


def _read(one: Field, raw: str) -> Any:
    text = raw.replace("\r\n", "\n").strip()
    if one.kind is Kind.YES:
        return _YES[text] if text in _YES else because("draft_not_yes_or_no")
    if one.kind is Kind.CHOICE:
        return text if text in one.choices or (not text and not one.required) else because("draft_no_choice")
    if one.kind is Kind.MONEY:
        return _money(one, text)
    if one.kind is Kind.DAY:
        return _day(text)
    return because("draft_too_long", most=one.most) if len(text) > one.most else text


def _day(text: str) -> Any:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return because("draft_no_day")


def _money(one: Field, text: str) -> Any:
    """A claim may be given up, in part or whole; it is never raised."""
    try:
        found = int(parse_yuan(text)) if text else 0
    except ValueError:
        return because("draft_no_amount")
    if found < 0:
        return because("draft_no_amount")
    if one.most_fen is not None and found > one.most_fen:
        return because("draft_beyond_owed", most_fen=one.most_fen)
    return found


def _forbidden(one: Field, found: Any, *, late_fee_clause: bool, to_a_court: bool) -> Because | None:
    """The first thing a paper may never say; what the data say needs no censor."""
    if one.kind not in _FREE or found == one.computed or not isinstance(found, str):
        return None
    wrong = lint(found, late_fee_clause=late_fee_clause or to_a_court, effective_instrument=to_a_court)
    return because("draft_forbidden", phrase=wrong[0].phrase) if wrong else None
