"""Visit rounds: a list, and one round with its stops as they stand at reading time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from arrears.cases.rules.holds import LEFT_ALONE
from arrears.team.models import Round, RoundPolicy, Stop
from arrears.team.rules.rounds import StopFacts, StopState, stop_state, why_not_served
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.because import Because

PACKAGE: Final = "arrears.team"
OPEN, CLOSED, CALLED_OFF = "OPEN", "CLOSED", "CALLED_OFF"
STATES: Final = (OPEN, CLOSED, CALLED_OFF)
_WAITING: Final = ("QUEUED", "SENDING")


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """What the list is narrowed to; None and "" mean any. `user_id`: the rounds of one person."""

    community_id: int | None = None
    user_id: int | None = None
    state: str = ""
    on: date | None = None


class RoundRow(NamedTuple):
    """A round with what was done: doors, visits among them, visits made, skipped, papers handed over."""

    round_id: int
    community_id: int
    community_name: str
    on: date
    main_id: int
    main: str
    second_id: int | None
    second: str
    by_manager: bool
    note: str
    created_by: str
    created_at: datetime
    closed_at: datetime | None
    called_off_at: datetime | None
    doors: int
    visits: int
    visited: int
    skipped: int
    handed_over: int

    @property
    def state(self) -> str:
        """OPEN, CLOSED or CALLED_OFF."""
        if self.called_off_at is not None:
            return CALLED_OFF
        return OPEN if self.closed_at is None else CLOSED

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"round.{self.state}"

    @property
    def people(self) -> str:
        """Who goes."""
        return f"{self.main}、{self.second}" if self.second else self.main


class PaperAt(NamedTuple):
    """A paper at a stop. `over`: served there; `missing`: what came of it there that does not count."""

    stop_id: int
    notice_id: int
    kind: str
    number: str
    state: str
    delivered_on: date | None
    over: bool
    missing: str

    @property
    def open(self) -> bool:
        """Whether it is still to be handed over here: what does not count may be tried again."""
        waits = self.state in _WAITING or (bool(self.missing) and self.state == "SENT")
        return waits and not self.over

    @property
    def lacks(self) -> Because | None:
        """What its delivery here lacks to count."""
        return why_not_served(self.missing) if self.missing and not self.over else None


class Word(NamedTuple):
    """Something that was said or tried before."""

    on: date
    how: str
    result: str
    feedback: str

    @property
    def result_word(self) -> str:
        """The key of the result among the words."""
        return f"outcome.{self.result}" if self.how == "CALL" else self.result


@dataclass(frozen=True, slots=True)
class StopLine:
    """A stop as it stands now, with all that a collector needs at the door."""

    stop_id: int
    position: int
    unit_id: int
    unit_code: str
    building: str
    entrance: str
    floor: int | None
    account_id: int
    case_id: int | None
    kind: str
    workplace: str
    party_name: str
    klass: str
    overdue_fen: int
    days_late: int
    held: str
    promised_on: date | None
    legacy_issue: str
    skipped: str
    came_at: datetime | None
    state: StopState
    papers: tuple[PaperAt, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"stop.{self.state.value}"

    @property
    def may_enter(self) -> bool:
        """Whether something may still be entered here."""
        return self.state in (StopState.OPEN, StopState.SKIPPED, StopState.HELD) or any(
            paper.open for paper in self.papers
        )


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A stop as patrol sees it: where, and which papers. It holds no name, no amount, no class."""

    stop_id: int
    position: int
    unit_code: str
    state: StopState
    papers: tuple[PaperAt, ...] = ()

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"stop.{self.state.value}"

    @property
    def may_enter(self) -> bool:
        """Whether a paper may still be handed over here."""
        return self.state in (StopState.OPEN, StopState.SKIPPED) and any(paper.open for paper in self.papers)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round with its stops in walking order; `counts`: stops by state."""

    row: RoundRow
    stops: tuple[StopLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many stops stand in each state that occurs."""
        found: dict[str, int] = defaultdict(int)
        for stop in self.stops:
            found[stop.state.value] += 1
        return dict(found)

    @property
    def left(self) -> int:
        """How many doors are still to be done."""
        return sum(stop.state is StopState.OPEN for stop in self.stops)


def find_rounds(chosen: RoundFilter) -> QuerySet[Any]:
    """The ids of the rounds that fit, the newest first."""
    found = Round.objects.order_by("-on", "-pk")
    if chosen.community_id is not None:
        found = found.filter(community_id=chosen.community_id)
    if chosen.user_id is not None:
        found = found.filter(Q(main_id=chosen.user_id) | Q(second_id=chosen.user_id))
    if chosen.on is not None:
        found = found.filter(on=chosen.on)
    states = {
        OPEN: Q(closed_at=None, called_off_at=None),
        CLOSED: Q(closed_at__isnull=False),
        CALLED_OFF: Q(called_off_at__isnull=False),
    }
    found = found.filter(states.get(chosen.state, Q()))
    ids: QuerySet[Any] = found.values_list("pk", flat=True)
    return ids


def rounds_to_walk(user_id: int, *, since: date) -> list[RoundRow]:
    """The rounds of one person that are not over, from a day on: the next one first."""
    found = _of_person(user_id).filter(on__gte=since).values_list("pk", flat=True)
    return sorted(round_rows(found), key=lambda row: (row.on, row.round_id))


def rounds_left(user_id: int, *, as_of: date, since: date) -> tuple[int, int]:
    """How many rounds of one person wait by a day, and how many of them since an earlier one."""
    waiting = _of_person(user_id).filter(on__range=(since, as_of))
    found = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(on__lt=as_of)))
    return found["all"], found["late"]


def _of_person(user_id: int) -> QuerySet[Round, Any]:
    mine = Round.objects.filter(Q(main_id=user_id) | Q(second_id=user_id))
    return mine.filter(closed_at=None, called_off_at=None)


def round_rows(round_ids: Collection[int]) -> list[RoundRow]:
    """A page of what `find_rounds` found, the newest first."""
    return [RoundRow._make(row) for row in sql.rows(PACKAGE, "round_rows", {"ids": list(round_ids)})]


def round_page(round_id: int, *, as_of: date) -> RoundPage:
    """One round; NotFound when it is not there, or not the member's."""
    row = get_round(round_id)
    params = {"round_id": round_id, "as_of": as_of, "left_alone": list(LEFT_ALONE)}
    found = sql.rows(PACKAGE, "round_stops", params)
    papers = _papers(round_id)
    words = last_words([row[8] for row in found if row[8] is not None])
    return RoundPage(row, tuple(_stop(row, as_of, papers, words) for row in found))


def get_round(round_id: int) -> RoundRow:
    """The head of one round; NotFound."""
    # Through the model, so that a member of other communities finds nothing.
    if not Round.objects.filter(pk=round_id).exists():
        raise NotFound(_("There is no such round."))
    (row,) = round_rows([round_id])
    return row


def round_of_stop(stop_id: int) -> int:
    """The round that a stop belongs to; NotFound when either is not there, or not the member's."""
    round_id = Stop.objects.filter(pk=stop_id).values_list("round_id", flat=True).first()
    if round_id is None or not Round.objects.filter(pk=round_id).exists():
        raise NotFound(_("There is no such stop."))
    return int(round_id)


def doors_of(stops: Sequence[StopLine]) -> tuple[DoorLine, ...]:
    """The same stops without anything about the owner: a stop that is paid or held is only not needed."""
    hidden = {StopState.PAID: StopState.GONE, StopState.HELD: StopState.GONE}
    return tuple(
        DoorLine(stop.stop_id, stop.position, stop.unit_code, hidden.get(stop.state, stop.state), stop.papers)
        for stop in stops
        if stop.state is not StopState.DROPPED
    )


def keeps_places() -> bool:
    """Whether the company lets a visitor add where he stood."""
    return bool(RoundPolicy.objects.filter(keeps_places=True).exists())


def last_words(case_ids: Collection[int]) -> dict[int, tuple[Word, ...]]:
    """The last three calls and visits of cases, the newest first."""
    found: dict[int, list[Word]] = defaultdict(list)
    for case_id, *said in sql.rows(PACKAGE, "last_words", {"case_ids": list(case_ids)}):
        found[case_id].append(Word(*said))
    return {case_id: tuple(rows) for case_id, rows in found.items()}


def _papers(round_id: int) -> dict[int, tuple[PaperAt, ...]]:
    found: dict[int, list[PaperAt]] = defaultdict(list)
    for row in sql.rows(PACKAGE, "stop_papers", {"round_id": round_id}):
        found[row[0]].append(PaperAt._make(row))
    return {stop_id: tuple(rows) for stop_id, rows in found.items()}


def _stop(
    row: tuple[Any, ...],
    as_of: date,
    papers: dict[int, tuple[PaperAt, ...]],
    words: dict[int, tuple[Word, ...]],
) -> StopLine:
    (
        stop_id, position, unit_id, unit_code, building, entrance, floor, account_id, case_id, kind,
        workplace, dropped, name, klass, fen, oldest_on, held, promised_on, legacy, visited, skipped, came_at,
        papers_open, papers_done,
    ) = row  # fmt: skip
    facts = StopFacts(
        case_id is not None, dropped, visited, bool(skipped), fen, bool(held), papers_open, papers_done
    )
    days_late = (as_of - oldest_on).days if oldest_on else 0
    return StopLine(
        stop_id, position, unit_id, unit_code, building, entrance, floor, account_id, case_id, kind,
        workplace, name, klass, fen, days_late, held, promised_on, legacy, skipped, came_at,
        stop_state(facts), papers.get(stop_id, ()), words.get(case_id, ()),
    )  # fmt: skip
