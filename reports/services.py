"""What reports write: the sums of a day, and the targets of a year."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from owners.queries import communities, community_card
from reports.models import Target
from reports.queries import figures
from reports.rules import compare
from tenancy.kernel import sql
from tenancy.kernel.errors import Refused
from tenancy.people.services import audit

MAX_FEN = 10**13


class BadTarget(Refused):
    """A target is a sum of money above nothing, of a year around now."""

    code = "reports.target_not_valid"


class _Line(NamedTuple):
    community_id: int
    as_of: date
    sums: figures.Sums
    more: figures.More | None


def keep_figures(*, as_of: date, at: datetime) -> int:
    """Keep the sums of a day, and anew those of the days it is compared with. How many rows were kept."""
    ids = [row.id for row in communities()]
    more = figures.reckon_more(as_of, community_ids=ids)
    lines = [
        _Line(community_id, day, sums, more[community_id] if day == as_of else None)
        for day in (as_of, compare.month_before(as_of), compare.year_before(as_of))
        for community_id, sums in figures.reckon_sums(day, community_ids=ids).items()
    ]
    return sql.run("reports", "keep_tallies", _columns(lines, at)) if lines else 0


def set_target(*, community_id: int, year: int, amount_fen: int, from_on: date) -> int:
    """What a community means to collect in a year, from a day on; the same day's is written over. Its id."""
    place = community_card(community_id)
    if amount_fen <= 0:
        raise BadTarget(_("Write an amount above 0."), field="amount")
    if amount_fen > MAX_FEN:
        raise BadTarget(_("This amount is too large to be a target."), field="amount")
    if abs(year - from_on.year) > 1:
        raise BadTarget(_("A target is for this year, the one before or the next."), field="year")
    target, _made = Target.objects.update_or_create(
        community_id=community_id, year=year, from_on=from_on, defaults={"amount_fen": amount_fen}
    )
    audit.record(
        "target.set", kind="target", pk=target.pk, community=place.name, year=year, amount_fen=amount_fen
    )
    return int(target.pk)


def _columns(lines: Iterable[_Line], at: datetime) -> dict[str, Any]:
    columns: dict[str, Any] = {name: [] for name in ("community_id", "as_of", *figures.Sums._fields, "more")}
    for line in lines:
        columns["community_id"].append(line.community_id)
        columns["as_of"].append(line.as_of)
        for name, value in line.sums._asdict().items():
            columns[name].append(value)
        columns["more"].append(None if line.more is None else json.dumps(line.more.as_json()))
    return {**columns, "computed_at": at}
