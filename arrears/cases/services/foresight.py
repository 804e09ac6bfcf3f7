"""If this ladder held tonight: what the walk would do under it and under what holds; nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from arrears.cases.models import Case
from arrears.cases.queries.calling import out_of_reach
from arrears.cases.queries.facts import Row, as_standing, stream_facts
from arrears.cases.queries.instruments import payable_until
from arrears.cases.queries.ladders import Ladders, current_ladders
from arrears.cases.queries.subjects import subjects
from arrears.cases.queries.transfers import Waits, waits
from arrears.cases.rules.day import walk_one
from arrears.cases.rules.ladder import Action, Facts, Rung
from arrears.cases.rules.ladder_compare import Difference, compare
from arrears.cases.rules.steps import StepState
from arrears.cases.services import papers
from arrears.cases.services.climbs import Climb, listed_charges
from arrears.cases.services.reminders import Round
from owners.queries import communities
from tenancy.people.services.jobs import Progress

PENDING: Final = "PAYMENT_PENDING"
# What a night asks of people and sends to owners, in the order of the ladder.
COUNTED: Final = (
    "messages", "calls", "letters", "visits", "approvals", "reviews", "filings", "closed",
)  # fmt: skip
_COUNTED_AS: Final[Mapping[Action, str]] = {
    Action.CALL: "calls",
    Action.VISIT: "visits",
    Action.DOCUMENT: "letters",
    Action.REVIEW: "reviews",
    Action.FILING: "filings",
}
LadderOf = Callable[[Row], tuple[Rung, ...]]


@dataclass(slots=True)
class Night:
    """One night by community: what is counted, and the rungs that open by their code."""

    counts: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    steps: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Foresight:
    """A night under the ladders that hold (`now`) and under the one that is tried (`then`).

    `places`: the communities it is about, by name, also those in which nothing happens. `rungs`: every rung
    of both ladders side by side.
    """

    as_of: date
    accounts: int
    places: tuple[tuple[int, str], ...]
    now: Night
    then: Night
    rungs: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a job's row: figures by community, the names as they are today."""
        return {
            "as_of": self.as_of.isoformat(),
            "accounts": self.accounts,
            "rungs": [
                {"level": one.level, "now": _days(one.before), "then": _days(one.after)} for one in self.rungs
            ],
            "communities": [
                {
                    "community_id": pk,
                    "name": name,
                    "now": {kind: self.now.counts[pk][kind] for kind in COUNTED},
                    "then": {kind: self.then.counts[pk][kind] for kind in COUNTED},
                }
                for pk, name in self.places
            ],
        }


def _days(rung: Rung | None) -> dict[str, Any] | None:
    if rung is None:
        return None
    return {
        "rung": rung.code.value,
        "min_days": rung.min_days,
        "period_days": rung.period_days,
        "approver": rung.approver or "",
    }


@contextmanager
def reading_only() -> Iterator[None]:
    """Nothing can be written inside: PostgreSQL itself refuses."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def foresee(
    *, tried: tuple[Rung, ...], community_id: int | None, as_of: date, progress: Progress | None = None
) -> Foresight:
    """A day's night if `tried` held for every case of a community (None: of all without their own).

    The same facts, the same decisions and the same last looks as the walk: whom no number reaches, whose
    contract has ended, whose charges no paper may list. An approval under which a paper would be drawn up
    anew after a part payment is counted as asked again.
    """
    with reading_only():
        ladders = current_ladders(as_of=as_of)
        seer = _Seer(waits(as_of=as_of), as_of)
        accounts = 0
        if progress is not None:
            progress.start(max(1, Case.objects.filter(closed_on=None).count()))
        for block in stream_facts(as_of=as_of):
            rows = [row for row in block if _concerned(row.community_id, ladders, community_id)]
            accounts += len(block)
            seer.see(rows, lambda row: ladders.of_case(row.ladder_id, row.community_id), seer.now)
            seer.see(rows, lambda _row: tried, seer.then)
            if progress is not None:
                progress.step(accounts)
        places = [(row.id, row.name) for row in communities() if _concerned(row.id, ladders, community_id)]
        held = ladders.company if community_id is None else ladders.of(community_id)
        return Foresight(as_of, accounts, tuple(places), seer.now, seer.then, compare(held, tried))


def _concerned(place_id: int, ladders: Ladders, community_id: int | None) -> bool:
    return place_id not in ladders.own if community_id is None else place_id == community_id


class _Seer:
    """Decides blocks under two ladders and counts what the walk would write."""

    def __init__(self, moving: Waits, as_of: date) -> None:
        self._as_of = as_of
        self._waiting = {wait.account_id: wait.until for wait in moving.new}
        self._over = set(moving.over.values())
        self._round: Round | None = None
        self._issuable: dict[int, bool] = {}
        self.now, self.then = Night(), Night()

    def see(self, rows: Sequence[Row], ladder_of: LadderOf, night: Night) -> None:
        """Count a block into a night."""
        until = payable_until([(row, ladder_of(row)) for row in rows])
        opens = []
        taken: dict[int, frozenset[int]] = {}
        for row in rows:
            standing = as_standing(
                self._held(row), as_of=self._as_of, instrument_due_on=until.get(row.case_id or 0)
            )
            outcome = walk_one(standing, ladder_of(row), as_of=self._as_of)
            if row.case_id and any(event.event is StepState.TAKEN for event in outcome.events):
                taken[row.case_id] = frozenset(row.open_charge_ids or ())
            if outcome.opening is not None:
                opens.append((row, outcome.facts, outcome.opening))
            elif outcome.clear is not None and row.case_id:
                night.counts[row.community_id]["closed"] += 1
        listed = listed_charges(opens, as_of=self._as_of, taken=taken) if opens else {}
        self._count(
            [
                self._climb(row, facts, opening.rung, opening.because, listed[row.account_id])
                for row, facts, opening in opens
                if listed[row.account_id]
            ],
            night,
        )

    def _held(self, row: Row) -> Row:
        """The row as the walk finds it after it set and released the holds of money on its way."""
        kinds = dict(zip(row.hold_kinds or (), row.hold_untils or (), strict=True))
        if row.account_id in self._over:
            kinds.pop(PENDING, None)
        if row.account_id in self._waiting:
            kinds[PENDING] = self._waiting[row.account_id]
        return row._replace(hold_kinds=list(kinds) or None, hold_untils=list(kinds.values()) or None)

    def _climb(self, row: Row, facts: Facts, rung: Rung, because: Any, charges: Any) -> Climb:
        # A case that is not open yet has no number; its account's own, negative, tells it from all others.
        return Climb(
            row.case_id or -row.account_id, row.account_id, row.community_id, rung, because, facts, charges
        )

    def _count(self, climbs: Sequence[Climb], night: Night) -> None:
        signed = [climb for climb in climbs if climb.rung.approver]
        free: dict[Action, list[Climb]] = {action: [] for action in Action}
        for climb in climbs:
            if not climb.rung.approver:
                free[climb.rung.action].append(climb)
        self._add(signed, "approvals", night)
        self._messages(free.pop(Action.MESSAGE), night)
        unreached = self._unreached(free[Action.CALL])
        for climb in (climb for group in free.values() for climb in group):
            if climb.rung.action is Action.DOCUMENT and not self._may_issue(climb.community_id):
                continue
            kind = "visits" if climb.account_id in unreached else _COUNTED_AS[climb.rung.action]
            self._add([climb], kind, night)

    def _messages(self, climbs: Sequence[Climb], night: Night) -> None:
        if not climbs:
            return
        self._round = self._round or Round(as_of=self._as_of)
        drafts, nobody = self._round.compose(climbs)
        self._add([climb for climb, _draft in drafts], "messages", night)
        night.steps.update(reminded.climb.rung.code.value for reminded in nobody)

    def _unreached(self, climbs: Sequence[Climb]) -> set[int]:
        """Accounts whose owner has no number: the walk sends somebody to the door instead."""
        if not climbs:
            return set()
        who = {pk: one.party_id for pk, one in subjects([climb.account_id for climb in climbs]).items()}
        silent = out_of_reach(set(who.values()))
        return {pk for pk, party_id in who.items() if party_id in silent}

    def _may_issue(self, community_id: int) -> bool:
        if community_id not in self._issuable:
            self._issuable[community_id] = papers.may_issue(community_id, as_of=self._as_of)
        return self._issuable[community_id]

    def _add(self, climbs: Sequence[Climb], kind: str, night: Night) -> None:
        for climb in climbs:
            night.counts[climb.community_id][kind] += 1
            night.steps[climb.rung.code.value] += 1
