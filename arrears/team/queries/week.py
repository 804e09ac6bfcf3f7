"""The weekly review: the figures of a week, packs that were made, and what meetings decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef

from arrears.cases.queries import NO_CASE, SPOKEN_LEVEL, stuck
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.team.models import Resolution, ResolutionEnd, Unsigned, WeekPack
from arrears.team.queries.sheets import PACKAGE, day_bounds
from arrears.team.rules.week import FIRST_CALL_DAYS, STUCK_DAYS, Days, Kept, below_floor, best_keepers
from owners.queries import communities
from tenancy.kernel import sql
from tenancy.kernel.permissions import StaffMember
from tenancy.people.queries.members import names_of

KEPT: Final = 500  # as many of each list are frozen; the count says how many there are
SPOKEN_DAYS: Final = 30


class PackRow(NamedTuple):
    """A pack in the list; `community_name` is empty for the company's."""

    pack_id: int
    community_id: int | None
    community_name: str
    meeting_on: date
    from_on: date
    to_on: date
    data_at: datetime
    decided: int
    still_open: int


class Action(NamedTuple):
    """Something a meeting decided. `state`: open, late or done."""

    resolution_id: int
    meeting_on: date
    what: str
    who: str
    until_on: date | None
    by: str
    at: datetime
    ended_on: date | None
    note: str
    state: str

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return {"action.LATE": "late", "action.OPEN": "info", "action.DONE": "good"}[self.state]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it was frozen, with its minutes and what earlier meetings left open."""

    row: PackRow
    figures: Mapping[str, Any]
    digest: str
    actions: tuple[Action, ...]
    earlier: tuple[Action, ...]


def week_figures(days: Days, *, community_id: int | None, as_of: date) -> dict[str, Any]:
    """Everything of the week as plain values, ready to be frozen; six statements."""
    asked = _asked(days, community_id, as_of)
    made, kept, broken = _promises(asked)
    moved = _moved(asked)
    return {
        "moved": moved,
        "promises": {"made": made, "people": kept, "broken": broken},
        "stuck": _stuck(community_id, as_of, standing=moved["standing"]),
        **_neglected(asked, days),
        "unsigned": _unsigned(days, community_id),
        "best": {"keepers": _best(kept), "fastest": _fastest(asked)},
    }


def packs(staff: StaffMember, *, community_id: int | None = None) -> list[PackRow]:
    """Packs in sight, the newest first; the company's only for who sees the whole company."""
    found = WeekPack.objects.order_by("-meeting_on", "community_id")
    if community_id is not None:
        found = found.filter(community_id=community_id)
    if staff.communities is not None:
        found = found.filter(community_id__in=staff.communities)
    rows = list(found.defer("figures"))
    places = {place.id: place.name for place in communities()}
    counts = _counts([row.pk for row in rows])
    return [_row(row, places, counts) for row in rows]


def pack(pack_id: int, staff: StaffMember, *, as_of: date) -> Pack | None:
    """One pack; None when it is not there, or not the member's."""
    row = WeekPack.objects.filter(pk=pack_id).first()
    if row is None or (staff.communities is not None and row.community_id not in staff.communities):
        return None
    places = {place.id: place.name for place in communities()}
    of_place = Resolution.objects.filter(community_id=row.community_id)
    mine = _actions(of_place.filter(pack_id=row.pk), as_of)
    done = ResolutionEnd.objects.filter(resolution_id=OuterRef("pk"), on__lt=row.meeting_on)
    before = of_place.filter(pack__meeting_on__lt=row.meeting_on).exclude(Exists(done))
    return Pack(_row(row, places, _counts([row.pk])), row.figures, row.digest, mine, _actions(before, as_of))


def _asked(days: Days, community_id: int | None, as_of: date) -> dict[str, Any]:
    from_at, until_at = day_bounds(days.from_on, days.to_on)
    spoken_on = days.from_on - timedelta(days=SPOKEN_DAYS)
    return {
        "from_on": days.from_on,
        "to_on": days.to_on,
        "from_at": from_at,
        "until_at": until_at,
        "as_of": as_of,
        "community_id": community_id,
        "spoken_on": spoken_on,
        "spoken_at": day_bounds(spoken_on, spoken_on)[0],
        "tolerance_fen": TOLERANCE_FEN,
    }


def _moved(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Cases opened, closed by reason, standing, rungs taken, contacts, money after a contact."""
    found: dict[str, Any] = {"closed": {}, "levels": {}}
    for name, key, count, fen in sql.rows(PACKAGE, "week_cases", asked):
        if name in ("closed", "level"):
            found["closed" if name == "closed" else "levels"][key] = count
        elif name == "collected":
            found |= {"payments": count, "collected_fen": fen}
        else:
            found[name] = count
    return found


def _promises(asked: Mapping[str, Any]) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    """How many were made; made, due and kept by person; and those that were broken."""
    made, due, kept = Counter[int](), Counter[int](), Counter[int]()
    names: dict[int, str] = {}
    broken = []
    for (
        who,
        name,
        _pk,
        case_id,
        room,
        owner,
        made_on,
        promised_on,
        fen,
        is_made,
        is_due,
        was_kept,
    ) in sql.rows(PACKAGE, "week_promises", asked):
        names[who] = name
        made[who] += is_made
        due[who] += is_due
        kept[who] += is_due and was_kept
        if is_due and not was_kept:
            said = {"made_on": made_on.isoformat(), "promised_on": promised_on.isoformat(), "fen": fen}
            broken.append({"case": case_id, "room": room, "owner": owner, "collector": name, **said})
    people = [
        {
            "user": who,
            "name": name,
            "made": made[who],
            "due": due[who],
            "kept": kept[who],
            "rate": _rate(due[who], kept[who]),
        }
        for who, name in sorted(names.items(), key=lambda item: item[1])
    ]
    return sum(made.values()), people, broken


def _rate(due: int, kept: int) -> str | None:
    rate = Kept("", due, kept).rate
    return None if rate is None else str(rate)


def _stuck(community_id: int | None, as_of: date, *, standing: int) -> list[dict[str, Any]]:
    """Where the money stands, by rung, like the dashboard's table; every open case is in one of the lines."""
    places = None if community_id is None else [community_id]
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in stuck(as_of=as_of, community_ids=places):
        for at, value in enumerate((row.accounts, row.overdue_fen, row.undelivered)):
            sums[row.level][at] += value
    found = [
        {"rung": SPOKEN_LEVEL[level], "cases": cases, "fen": fen, "undelivered": undelivered}
        for level, (cases, fen, undelivered) in sorted(sums.items())
    ]
    rest = standing - sum(cases for level, (cases, _fen, _undelivered) in sums.items() if level != NO_CASE)
    return [*found, {"rung": "NOTHING_DUE", "cases": rest, "fen": 0, "undelivered": 0}] if rest else found


def _neglected(asked: Mapping[str, Any], days: Days) -> dict[str, Any]:
    """Cases that stand still, were spoken to too seldom, or were called too late for the first time."""
    still, floor, late = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    since = days.to_on - timedelta(days=STUCK_DAYS)
    for case_id, room, owner, collector, opened_on, fen, contacts, first_on, moved_on, *waits in sql.rows(
        PACKAGE, "week_neglected", asked
    ):
        said = {"case": case_id, "room": room, "owner": owner, "collector": collector, "fen": fen}
        if (still_since := _still_since(moved_on or opened_on, waits[2], since)) is not None:
            still.append(said | {"since": still_since.isoformat(), "rung": waits[0], "event": waits[1]})
        if below_floor(opened_on=opened_on, contacts=contacts, days=days):
            floor.append(said | {"contacts": contacts})
        by = opened_on + timedelta(days=FIRST_CALL_DAYS)
        if days.from_on <= by <= days.to_on and (first_on is None or first_on > by):
            late.append(said | {"opened_on": opened_on.isoformat()})
    return {"still": _cut(still), "floor": _cut(floor), "late_first": _cut(late)}


def _still_since(moved_on: date, waits_on: date | None, since: date) -> date | None:
    """Since when nothing moves, or a rung waits for somebody although calls go on; None where all is well."""
    waits_long = waits_on is not None and waits_on < since
    return waits_on if waits_long else moved_on if moved_on < since else None


def _cut(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(rows), "rows": rows[:KEPT]}


def _unsigned(days: Days, community_id: int | None) -> dict[str, Any]:
    """Days on which something stayed unsigned at midnight."""
    found = Unsigned.objects.filter(day__range=(days.from_on, days.to_on))
    if community_id is not None:
        found = found.filter(community_id=community_id)
    by_day = Counter(found.values_list("day", flat=True))
    return {
        "count": sum(by_day.values()),
        "days": [[day.isoformat(), n] for day, n in sorted(by_day.items())],
    }


def _best(people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = [Kept(row["name"], row["due"], row["kept"]) for row in people if row["user"]]
    return [
        {"name": row.name, "due": row.due, "kept": row.kept, "rate": str(row.rate)}
        for row in best_keepers(rows)
    ]


def _fastest(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"case": case_id, "room": room, "collector": name, "days": days, "note": note}
        for case_id, room, name, days, note in sql.rows(PACKAGE, "week_fastest", asked)
    ]


def _counts(pack_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Pack -> how much was decided, and how much of it is open."""
    ended = Exists(ResolutionEnd.objects.filter(resolution_id=OuterRef("pk")))
    counts: dict[int, tuple[int, int]] = {}
    found = Resolution.objects.filter(pack_id__in=pack_ids).annotate(ended=ended)
    for pack_id, who, is_ended in found.values_list("pack_id", "who_id", "ended"):
        decided, still_open = counts.get(pack_id, (0, 0))
        counts[pack_id] = decided + 1, still_open + (who is not None and not is_ended)
    return counts


def _row(row: WeekPack, places: Mapping[int, str], counts: Mapping[int, tuple[int, int]]) -> PackRow:
    name = places.get(row.community_id or 0, "")
    return PackRow(
        row.pk,
        row.community_id,
        name,
        row.meeting_on,
        row.from_on,
        row.to_on,
        row.data_at,
        *counts.get(row.pk, (0, 0)),
    )


def _actions(found: Any, as_of: date) -> tuple[Action, ...]:
    rows = list(found.select_related("pack").defer("pack__figures").order_by("pk"))
    ends = {
        row.resolution_id: row for row in ResolutionEnd.objects.filter(resolution__in=[r.pk for r in rows])
    }
    names = names_of({pk for row in rows for pk in (row.who_id, row.by_id)})
    return tuple(_action(row, ends.get(row.pk), names, as_of) for row in rows)


def _action(row: Resolution, end: ResolutionEnd | None, names: Mapping[int, str], as_of: date) -> Action:
    late = end is None and row.until_on is not None and row.until_on < as_of
    noted = end is not None or row.who_id is None
    state = "action.DONE" if noted else "action.LATE" if late else "action.OPEN"
    return Action(
        row.pk,
        row.pack.meeting_on,
        row.what,
        names.get(row.who_id or 0, ""),
        row.until_on,
        names.get(row.by_id, ""),
        row.at,
        end.on if end else None,
        end.note if end else "",
        state,
    )
