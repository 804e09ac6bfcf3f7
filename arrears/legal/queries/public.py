"""Notices without names: what a community's sheet would say today, what hangs, and what must come down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrears.cases.queries import current_ladders
from arrears.legal.models import PublicNotice
from arrears.legal.rules.public import Group, Home, Level, groups, rooms
from billing.charges.queries.local_rules import local_value
from billing.charges.rules.local import LocalKind
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound

PACKAGE: Final = "arrears.legal"
PUBLIC_NOTICE: Final = "legal.public_notice"


class PostedRow(NamedTuple):
    """A notice that hangs; `paid`: somebody it counts owes nothing any more."""

    public_id: int
    community_name: str
    number: str
    place: str
    to_on: date
    paid: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a notice may say: groups of at least three, rooms by level, and whom it counts."""

    groups: tuple[Group, ...]
    rooms: tuple[str, ...]
    account_ids: tuple[int, ...]

    @property
    def owed_fen(self) -> int:
        """All that is named together."""
        return sum(group.owed_fen for group in self.groups)


class PublicRow(NamedTuple):
    """A notice as people see it. `data` is what the sheet says."""

    public_id: int
    community_id: int
    community_name: str
    level: str
    state: str
    number: str
    as_of: date
    data: dict[str, Any]
    place: str
    from_on: date
    to_on: date
    asked_by: str | None
    signed_by: str | None
    signed_on: date | None
    approval_id: int | None
    posted_on: date | None
    posted_photo_id: int | None
    removed_on: date | None
    removed_photo_id: int | None

    @property
    def level_word(self) -> str:
        """The key of the level among the words."""
        return f"level.{self.level}"

    @property
    def state_word(self) -> str:
        """The key of the state; a sheet of rooms waits for legal first."""
        waits = self.state == "ASKED" and self.level != "L0" and self.signed_on is None
        return "public.WAITS_LEGAL" if waits else f"public.{self.state}"

    @property
    def units(self) -> int:
        """How many homes it counts."""
        return sum(group["unpaid"] for group in self.data["groups"])


def sheet(community_id: int, *, level: Level, as_of: date) -> Sheet:
    """What may be posted in a community on a day; empty where too few owe. Three reads."""
    period = next(r.period_days for r in current_ladders(as_of=as_of).of(community_id) if r.level == 7)
    asked = {"community_id": community_id, "as_of": as_of, "period_days": period}
    homes = [Home._make(row) for row in sql.rows(PACKAGE, "homes_to_post", asked)]
    everybody = [
        Home(0, building, entrance, room, 0)
        for building, entrance, room in sql.rows(PACKAGE, "homes_of", {"community_id": community_id})
    ]
    shown = groups(homes, Counter(home.building for home in everybody))
    named = {group.building for group in shown}
    counted = [home for home in homes if home.building in named]
    return Sheet(
        tuple(shown), tuple(rooms(counted, everybody, level)), tuple(home.account_id for home in counted)
    )


def allowed_level(community_id: int, *, on: date) -> str | None:
    """Up to which level the city lets a community go; None: no rule was entered, sums only."""
    return local_value(LocalKind.NOTICE_LEVEL, community_id=community_id, on=on)


def posted(*, as_of: date, public_id: int | None = None) -> list[PostedRow]:
    """What hangs now, the next to come down first."""
    asked = {"as_of": as_of, "public_id": public_id}
    return [PostedRow._make(row) for row in sql.rows(PACKAGE, "posted", asked)]


def public_notices() -> QuerySet[PublicNotice, Any]:
    """All notices, the newest first; to be paged."""
    return PublicNotice.objects.order_by("-pk")


def public_rows(page: QuerySet[PublicNotice, Any] | list[PublicNotice]) -> list[PublicRow]:
    """One page of notices."""
    ids = [row.pk for row in page]
    rows = PublicNotice.objects.filter(pk__in=ids).values_list(*_FIELDS)
    found = {row[0]: PublicRow._make(row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


def public_row(public_id: int) -> PublicRow:
    """One notice; NotFound when it is not there, or not the member's."""
    found = PublicNotice.objects.filter(pk=public_id).values_list(*_FIELDS).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return PublicRow._make(found)


_FIELDS: Final = (
    "pk", "community_id", "community__name", "level", "state", "number", "as_of", "data", "place", "from_on",
    "to_on", "asked_by__name", "signed_by__name", "signed_on", "approval_id", "posted_on", "posted_photo_id",
    "removed_on", "removed_photo_id",
)  # fmt: skip
