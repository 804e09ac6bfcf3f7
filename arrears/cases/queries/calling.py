"""May this owner be rung now, on which number, and when next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils.timezone import localtime, make_aware, make_naive

from arrears.cases.models import Hold, Step
from arrears.cases.queries.subjects import Subject
from arrears.cases.rules.classes import CallOutcome
from arrears.cases.rules.contact import Attempt, next_call, refuse_call
from arrears.cases.rules.holds import HOLD_RULES, CallsWhileHeld, HoldKind
from arrears.cases.rules.ladder import RungCode
from owners.queries import ContactRow, contacts_of
from tenancy.kernel import sql
from values.because import Because, because
from values.holidays import is_workday
from values.windows import PhoneKind

PACKAGE: Final = "arrears.cases"
PHONES: Final[dict[str, PhoneKind]] = {"LANDLINE": "landline", "MOBILE": "mobile"}
_USABLE: Final = frozenset({"GOOD", "UNCHECKED"})
_CAPS_LOOK_BACK: Final = timedelta(days=2)


class Ring(NamedTuple):
    """The number that is next. `contact` None: no usable number. `refused` None: ring now, else why not.

    `next_at` None beside a refusal: a hold stands; its end, if it has one, is in the reason.
    """

    contact: ContactRow | None
    refused: Because | None
    next_at: datetime | None
    phones: tuple[ContactRow, ...]


def ring(subject: Subject, *, at: datetime, alternate: bool) -> Ring:
    """Which number to ring at `at` (aware), and if it may not be rung, why and when next (aware)."""
    phones = usable_phones(subject.party_id)
    attempts = attempts_to(subject.party_id, at=at)
    upcoming = next_call(
        local_time(at),
        attempts=attempts,
        has_landline=any(one.kind == "LANDLINE" for one in phones),
        has_mobile=any(one.kind == "MOBILE" for one in phones),
        alternate=alternate,
    )
    if upcoming is None:
        return Ring(None, because("no_number"), None, ())
    chosen = next(one for one in phones if PHONES[one.kind] == upcoming.number_kind)
    held = hold_against_calls(subject.account_id, as_of=local_time(at).date())
    if held is not None:
        return Ring(chosen, held, None, tuple(phones))
    refused = _refuse_hour(
        subject, at=at, number_kind=upcoming.number_kind, alternate=alternate, attempts=attempts
    )
    next_at = None if refused is None else make_aware(upcoming.at)
    return Ring(chosen, refused, next_at, tuple(phones))


def refuse_now(subject: Subject, *, at: datetime, number_kind: PhoneKind, alternate: bool) -> Because | None:
    """Why the owner must not be called at `at`: a hold, his wish, the hour, or enough calls; else None."""
    held = hold_against_calls(subject.account_id, as_of=local_time(at).date())
    if held is not None:
        return held
    attempts = attempts_to(subject.party_id, at=at)
    return _refuse_hour(subject, at=at, number_kind=number_kind, alternate=alternate, attempts=attempts)


def _refuse_hour(
    subject: Subject, *, at: datetime, number_kind: PhoneKind, alternate: bool, attempts: Sequence[Attempt]
) -> Because | None:
    local = local_time(at)
    return refuse_call(
        local,
        number_kind=number_kind,
        attempts=attempts,
        workday=is_workday(local.date()),
        alternate=alternate,
        written_only=subject.no_calls,
    )


def hold_against_calls(account_id: int, *, as_of: date) -> Because | None:
    """The hold under which nobody rings, if one stands on the day."""
    for hold in active_holds(account_id, as_of=as_of):
        if HOLD_RULES[HoldKind(hold.kind)].calls is CallsWhileHeld.NONE:
            return because("held", kind=hold.kind, until=hold.to_on)
    return None


def active_holds(account_id: int, *, as_of: date) -> list[Hold]:
    """The holds of an account that stand on a day."""
    found = Hold.objects.filter(account_id=account_id, from_on__lte=as_of).order_by("from_on", "pk")
    return [
        hold
        for hold in found
        if (hold.to_on is None or hold.to_on >= as_of)
        and (hold.released_on is None or hold.released_on > as_of)
    ]


def usable_phones(party_id: int) -> list[ContactRow]:
    """Numbers worth ringing, in the order to try them."""
    known = contacts_of([party_id]).get(party_id, [])
    return [one for one in known if one.kind in PHONES and one.state in _USABLE]


def out_of_reach(party_ids: Collection[int]) -> set[int]:
    """Those of some parties who have no number worth ringing."""
    known = contacts_of(party_ids)
    return {
        party_id
        for party_id in party_ids
        if not any(one.kind in PHONES and one.state in _USABLE for one in known.get(party_id, ()))
    }


def attempts_to(party_id: int, *, at: datetime) -> list[Attempt]:
    """The calls to a party that caps and gaps still remember at a moment."""
    params = {"party_id": party_id, "since": at - _CAPS_LOOK_BACK, "until": at}
    return [
        Attempt(local_time(made_at), PHONES.get(kind, "mobile"), CallOutcome(outcome))
        for made_at, kind, outcome in sql.rows(PACKAGE, "calls_to_party", params)
    ]


def local_time(at: datetime) -> datetime:
    """Shanghai's wall clock, without a zone, as windows are told."""
    return make_naive(localtime(at))


def speaks_alternately(case_id: int) -> bool:
    """Whether the other call windows hold: ordinary dunning failed by then (R000-I17)."""
    visiting = Step.objects.filter(case_id=case_id, code=RungCode.VISIT, event="DUE")
    return bool(visiting.exists())
