"""May this owner be rung now, on which number, and when next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from django.utils.timezone import localtime, make_aware, make_naive

from arrears.cases.models import Call, Hold, Step, Visit
from arrears.cases.queries.quiet_days import quiet_of
from arrears.cases.queries.subjects import Subject
from arrears.cases.rules.classes import EFFECTIVE, CallOutcome
from arrears.cases.rules.contact import (
    DEFAULT_LIMITS,
    LOOK_AHEAD_DAYS,
    Attempt,
    NextCall,
    next_call,
    refuse_call,
)
from arrears.cases.rules.holds import REMIND_DAYS, SILENT, HoldKind, Standing, refuse_spoken
from arrears.cases.rules.ladder import RungCode
from arrears.cases.rules.quiet import Quiet
from arrears.cases.rules.visits import MET
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

    `next_at` None beside a refusal: written only, or a hold stands that nobody has ended.
    """

    contact: ContactRow | None
    refused: Because | None
    next_at: datetime | None
    phones: tuple[ContactRow, ...]


def ring(subject: Subject, *, at: datetime, alternate: bool) -> Ring:
    """Which number to ring at `at` (aware), and if it may not be rung, why and when next (aware)."""
    phones = usable_phones(subject.party_id)
    if not phones:
        return Ring(None, because("no_number"), None, ())
    attempts, silent = attempts_to(subject.party_id, at=at), silence(subject, since=local_time(at).date())
    upcoming = _upcoming(phones, local_time(at), attempts=attempts, alternate=alternate, silent=silent)
    turn = PHONES[phones[0].kind] if upcoming is None else upcoming.number_kind
    chosen = next(one for one in phones if PHONES[one.kind] == turn)
    refused = _refuse(subject, at=at, number_kind=turn, alternate=alternate, attempts=attempts, silent=silent)
    later = None if refused is None or upcoming is None or subject.no_calls else make_aware(upcoming.at)
    return Ring(chosen, refused, later, tuple(phones))


def try_again(subject: Subject, *, made: Attempt, alternate: bool) -> datetime | None:
    """When on the same day an owner who did not answer may be rung again (aware); None when no more then."""
    attempts = [*attempts_to(subject.party_id, at=make_aware(made.at)), made]
    silent, phones = silence(subject, since=made.at.date()), usable_phones(subject.party_id)
    upcoming = _upcoming(phones, made.at, attempts=attempts, alternate=alternate, silent=silent)
    if upcoming is None or upcoming.at.date() != made.at.date():
        return None
    return make_aware(upcoming.at)


def _upcoming(
    phones: Sequence[ContactRow],
    at: datetime,
    *,
    attempts: Sequence[Attempt],
    alternate: bool,
    silent: Quiet,
) -> NextCall | None:
    return next_call(
        at,
        attempts=attempts,
        has_landline=any(one.kind == "LANDLINE" for one in phones),
        has_mobile=any(one.kind == "MOBILE" for one in phones),
        alternate=alternate,
        quiet=silent,
    )


def refuse_now(subject: Subject, *, at: datetime, number_kind: PhoneKind, alternate: bool) -> Because | None:
    """Why the owner must not be called at `at`: a hold, his wish, day, hour, enough calls; or None."""
    attempts = attempts_to(subject.party_id, at=at)
    return _refuse(
        subject, at=at, number_kind=number_kind, alternate=alternate, attempts=attempts,
        silent=silence(subject, since=local_time(at).date()),
    )  # fmt: skip


def _refuse(
    subject: Subject,
    *,
    at: datetime,
    number_kind: PhoneKind,
    alternate: bool,
    attempts: Sequence[Attempt],
    silent: Quiet,
) -> Because | None:
    local = local_time(at)
    return refuse_call(
        local,
        number_kind=number_kind,
        attempts=attempts,
        workday=is_workday(local.date()),
        alternate=alternate,
        written_only=subject.no_calls,
        quiet=silent,
    )


def silence(subject: Subject, *, since: date) -> Quiet:
    """Why nobody rings an owner on a day from then on: a hold, a quiet day, or a visit that reached him."""
    held, quiet = holding(subject.account_id), quiet_of(subject.community_id)
    met = _met_on(subject.party_id, since=since)

    def silent(day: date) -> Because | None:
        # Whoever was spoken to at his door was spoken to: one conversation a day is the ceiling.
        return held(day) or quiet(day) or (because("met_today") if day in met else None)

    return silent


def _met_on(party_id: int, *, since: date) -> set[date]:
    """The days since then on which a visitor spoke to a party, on whichever of his accounts."""
    seen = Visit.objects.filter(account__party_id=party_id, on__gte=since, result__in=MET)
    return set(seen.values_list("on", flat=True))


def holding(account_id: int) -> Quiet:
    """Why nobody rings an account on a day: a hold under which nobody speaks to its owner."""
    holds = list(Hold.objects.filter(account_id=account_id, kind__in=SILENT).order_by("from_on", "pk"))
    reminded = _spoken_on(account_id, holds)

    def held(day: date) -> Because | None:
        standing = (_standing(hold) for hold in holds if stands(hold, as_of=day))
        refused = (refuse_spoken(one, on=day, reminded=reminded) for one in standing)
        return next((why for why in refused if why is not None), None)

    return held


def _standing(hold: Hold) -> Standing:
    return Standing(HoldKind(hold.kind), hold.to_on, tuple(hold.agreed_days))


def _spoken_on(account_id: int, holds: Sequence[Hold]) -> set[date]:
    """The days on which somebody spoke to the owner while something agreed with him stands."""
    days = [hold.agreed_days[0] for hold in holds if hold.agreed_days]
    if not days:
        return set()
    since = make_aware(datetime.combine(min(days) - timedelta(days=REMIND_DAYS), time()))
    calls = Call.objects.filter(account_id=account_id, at__gte=since, outcome__in=EFFECTIVE)
    return {local_time(at).date() for at in calls.values_list("at", flat=True)}


def after_holds(account_id: int, day: date) -> date:
    """The first day from `day` on on which no hold keeps the collector from ringing.

    The day itself when nobody knows when the hold ends: the task waits with it.
    """
    held = holding(account_id)
    ahead = (day + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    return next((one for one in ahead if held(one) is None), day)


def active_holds(account_id: int, *, as_of: date) -> list[Hold]:
    """The holds of an account that stand on a day."""
    found = Hold.objects.filter(account_id=account_id, from_on__lte=as_of).order_by("from_on", "pk")
    return [hold for hold in found if stands(hold, as_of=as_of)]


def stands(hold: Hold, *, as_of: date) -> bool:
    """Whether a hold stands on a day, its last one included."""
    begun = hold.from_on <= as_of and (hold.to_on is None or hold.to_on >= as_of)
    return begun and (hold.released_on is None or hold.released_on > as_of)


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


def just_tried(*, at: datetime) -> set[int]:
    """The cases whose owners were rung too short a time before a moment to be rung again."""
    since = at - timedelta(minutes=DEFAULT_LIMITS.retry_gap_min)
    return set(Call.objects.filter(at__gt=since, at__lte=at).values_list("case_id", flat=True))


def local_time(at: datetime) -> datetime:
    """Shanghai's wall clock, without a zone, as windows are told."""
    return make_naive(localtime(at))


def speaks_alternately(case_id: int) -> bool:
    """Whether the other call windows hold: ordinary dunning failed by then (R000-I17)."""
    visiting = Step.objects.filter(case_id=case_id, code=RungCode.VISIT, event="DUE")
    return bool(visiting.exists())
