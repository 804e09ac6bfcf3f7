"""Ladders: the first one of a company, and new versions. A version is never edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from arrears.cases.models import Ladder, Rung
from arrears.cases.queries.ladders import current_ladders
from arrears.cases.rules import ladder as rules
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit

# A company that starts today may still walk its past months.
ALWAYS: Final = date(2000, 1, 1)
MIN_PERIOD_DAYS: Final = 7
MAX_DAYS: Final = 3650


class LadderRefused(Refused):
    """A ladder whose rungs do not follow one another, or whose letters give less than seven days."""

    code = "cases.ladder_refused"


class VersionTaken(Conflict):
    """Somebody saved a version of this ladder at the same moment."""

    code = "cases.ladder_version_taken"


class RungDays(NamedTuple):
    """What may be changed of a rung: the first day it opens, and the days its document gives."""

    min_days: int
    period_days: int = 0


def ensure_ladder(*, active_from: date = ALWAYS) -> int:
    """The company's ladder; its first version when there is none. Returns the newest version's id."""
    newest = _newest()
    if newest is not None:
        return newest
    try:
        return _write(None, 1, "default", active_from, rules.DEFAULT_LADDER)
    except VersionTaken:
        return _newest() or 0  # two began at the same moment: the other one's is there


def new_version(
    *, community_id: int | None, name: str, active_from: date, days: Mapping[int, RungDays]
) -> int:
    """A new version for a community (None: the company) with other days for some levels; returns its id.

    It starts from the ladder that holds on `active_from`; order, approvers and documents stay.
    """
    ensure_ladder()
    after = draft_ladder(community_id=community_id, days=days, as_of=active_from)
    last = Ladder.objects.filter(community_id=community_id).aggregate(last=Max("version"))["last"] or 0
    ladder_id = _write(community_id, last + 1, name, active_from, after)
    audit.record("ladder.new_version", kind="ladder", pk=ladder_id, community=community_id)
    return ladder_id


def draft_ladder(
    *, community_id: int | None, days: Mapping[int, RungDays], as_of: date
) -> tuple[rules.Rung, ...]:
    """The ladder that holds on a day, with other days for some levels; nothing is saved. LadderRefused."""
    ladders = current_ladders(as_of=as_of)
    before = ladders.company if community_id is None else ladders.of(community_id)
    if not days.keys() <= {rung.level for rung in before}:
        raise NotFound(_("There is no such rung."))
    after = tuple(_changed(rung, days.get(rung.level)) for rung in before)
    _check(after)
    return after


def lock_walk() -> None:
    """One walker of a company at a time: a second waits here, and then finds the day walked."""
    list(Ladder.objects.select_for_update().filter(community=None).order_by("pk").values_list("pk")[:1])


def _newest() -> int | None:
    found = Ladder.objects.filter(community=None).order_by("-version").values_list("pk", flat=True).first()
    return None if found is None else int(found)


def _changed(rung: rules.Rung, days: RungDays | None) -> rules.Rung:
    if days is None:
        return rung
    return rules.Rung(
        rung.level,
        rung.code,
        days.min_days,
        rung.action,
        days.period_days,
        rung.approver,
        rung.document,
        rung.params,
    )


def _check(rungs: tuple[rules.Rung, ...]) -> None:
    for before, rung in zip((None, *rungs), rungs, strict=False):
        field = f"min_days_{rung.level}"
        if not 1 <= rung.min_days <= MAX_DAYS:
            raise LadderRefused(_("A rung opens after one day at the earliest."), field=field)
        if before is not None and rung.min_days < before.min_days:
            raise LadderRefused(_("A rung cannot open before the one below it."), field=field)
        gives_days = rung.action is rules.Action.DOCUMENT
        if gives_days and not MIN_PERIOD_DAYS <= rung.period_days <= MAX_DAYS:
            raise LadderRefused(
                _("A letter gives at least seven days to pay."), field=f"period_days_{rung.level}"
            )


def _write(
    community_id: int | None, version: int, name: str, active_from: date, rungs: tuple[rules.Rung, ...]
) -> int:
    try:
        with transaction.atomic():
            ladder = Ladder.objects.create(
                community_id=community_id, version=version, name=name, active_from=active_from
            )
    except IntegrityError as error:
        raise VersionTaken(_("Somebody changed this ladder a moment ago. Reload the page.")) from error
    Rung.objects.bulk_create(
        [
            Rung(
                ladder=ladder,
                level=rung.level,
                code=rung.code.value,
                min_days=rung.min_days,
                period_days=rung.period_days,
                approver=rung.approver or "",
                params=dict(rung.params),
            )
            for rung in rungs
        ]
    )
    return int(ladder.pk)
