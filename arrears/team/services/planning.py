"""Plan a round: who goes on a day, to which doors, in walking order, with which papers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.services.rungs import lock_accounts
from arrears.team.models import Round, Stop, StopPaper
from arrears.team.queries.candidates import Candidate, Paper, candidates, in_order, papers_to_carry
from arrears.team.queries.duty import away_on
from arrears.team.queries.people import Walker, walkers
from arrears.team.rules.rounds import MOST_STOPS, Asked, Walkers, refuse_day, refuse_walkers
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.words import sentence
from values.because import Because


class RoundRefused(Refused):
    """A round that nobody may walk like this: a day, the people, or too many doors. Names its field."""

    code = "team.round_refused"


class NothingToWalk(Conflict):
    """None of what was chosen is still to be visited or handed over."""

    code = "team.nothing_to_walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned. `with_papers`: take along what waits for the visited accounts.

    `workplaces`: approved asks whose owners are visited at work; `task_ids` names their visits as well.
    """

    on: date
    main_id: int
    second_id: int | None = None
    task_ids: Collection[int] = ()
    notice_ids: Collection[int] = ()
    with_papers: bool = False
    workplaces: Collection[int] = ()
    note: str = ""


class Planned(NamedTuple):
    """The round, and how many of the chosen things were left out: paid, held, planned or handed over."""

    round_id: int
    stops: int
    left_out: int


def plan_round(*, plan: Plan, as_of: date, at: datetime) -> Planned:
    """Make a round of one community. Raises RoundRefused, NothingToWalk, NotFound (a walker)."""
    _refuse(refuse_day(plan.on, as_of=as_of), field="on")
    visits = candidates(plan.task_ids, on=plan.on, as_of=as_of)
    lock_accounts([visit.account_id for visit in visits])
    # Read again: whoever planned the same door a moment ago has committed by now.
    visits = [row for row in candidates(plan.task_ids, on=plan.on, as_of=as_of) if not row.planned]
    along = [visit.account_id for visit in visits] if plan.with_papers else []
    papers = papers_to_carry(plan.notice_ids, on=plan.on, account_ids=along)
    community_id = _community(visits, papers)
    main, second = _people(plan, community_id)
    _refuse_people(plan, visits, main, second)
    row: Round = Round.objects.create(
        community_id=community_id,
        on=plan.on,
        main_id=main.user_id,
        second_id=second.user_id if second else None,
        by_manager=main.is_manager or (second is not None and second.is_manager),
        note=plan.note.strip(),
        created_by_id=current_user_id(),
        created_at=at,
    )
    stops = _stops(row, plan, visits, papers)
    audit.record("round.planned", kind="round", pk=row.pk, on=plan.on.isoformat(), count=len(stops))
    chosen = len(set(plan.task_ids)) + len(set(plan.notice_ids))
    taken = len(visits) + sum(paper.notice_id in set(plan.notice_ids) for paper in papers)
    return Planned(int(row.pk), len(stops), max(0, chosen - taken))


def _community(visits: Sequence[Candidate], papers: Sequence[Paper]) -> int:
    everything: list[Candidate | Paper] = [*visits, *papers]
    found = {row.community_id for row in everything}
    if not found:
        raise NothingToWalk(
            _("Nothing of this is still to be done: paid, held, planned for that day, or handed over.")
        )
    if len(found) > 1:
        raise RoundRefused(_("A round stays in one community. Choose one first."))
    (community_id,) = found
    return community_id


def _people(plan: Plan, community_id: int) -> tuple[Walker, Walker | None]:
    known = {walker.user_id: walker for walker in walkers(community_id)}
    wanted = {"main": plan.main_id, "second": plan.second_id}
    for field, user_id in wanted.items():
        if user_id is not None and user_id not in known:
            raise NotFound(_("Nobody of this name walks rounds in this community."), field=field)
    if plan.second_id == plan.main_id:
        raise RoundRefused(_("The second person is somebody else."), field="second")
    away = set(away_on(plan.on).values_list("user_id", flat=True))
    for field, user_id in wanted.items():
        if user_id in away:
            who = known[user_id].name
            raise RoundRefused(_("%(name)s is away on that day.") % {"name": who}, field=field)
    return known[plan.main_id], None if plan.second_id is None else known[plan.second_id]


def _refuse_people(plan: Plan, visits: Sequence[Candidate], main: Walker, second: Walker | None) -> None:
    asked = [
        Asked(
            visit.unit_code,
            visit.klass,
            visit=True,
            manager=visit.kind == "PM_VISIT",
            workplace=visit.workplace_id in set(plan.workplaces),
        )
        for visit in visits
    ]
    manages = main.is_manager or (second is not None and second.is_manager)
    told = Walkers(second.name if second else "", main.visits, manages)
    _refuse(refuse_walkers(asked, told), field="main" if not main.visits else "second")


def _refuse(why: Because | None, *, field: str) -> None:
    if why is not None:
        raise RoundRefused(sentence(why), field=field, why=why.as_json())


def _stops(row: Round, plan: Plan, visits: Sequence[Candidate], papers: Sequence[Paper]) -> list[Stop]:
    visit_of = {visit.account_id: visit for visit in visits}
    everything: list[Candidate | Paper] = [*papers, *visits]
    doors = {one.account_id: one.door for one in everything}
    units = {one.account_id: one.unit_id for one in everything}
    order = in_order(list(doors.values()), everything)
    if len(order) > MOST_STOPS:
        raise RoundRefused(_("A round has at most %(most)d doors.") % {"most": MOST_STOPS})
    stops = []
    for position, door in enumerate(order, start=1):
        visit = visit_of.get(door.key)
        at_work = visit is not None and visit.workplace_id in set(plan.workplaces)
        stops.append(
            Stop(
                round=row,
                on=row.on,
                position=position,
                unit_id=units[door.key],
                account_id=door.key,
                case_id=visit.case_id if visit else None,
                task_id=visit.task_id if visit else None,
                workplace_id=visit.workplace_id if visit and at_work else None,
            )
        )
    made = Stop.objects.bulk_create(stops)
    at_stop = {stop.account_id: stop for stop in made}
    StopPaper.objects.bulk_create(
        StopPaper(stop=at_stop[paper.account_id], notice_id=paper.notice_id) for paper in papers
    )
    return made
