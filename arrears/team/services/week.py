"""The weekly review: packs of frozen figures, and the minutes of the meeting."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from arrears.team.models import Resolution, ResolutionEnd, WeekPack
from arrears.team.queries.week import pack, week_figures
from arrears.team.rules.sheets import digest
from arrears.team.rules.week import days_of
from owners.queries import communities
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.queries.members import members
from tenancy.people.services import audit


class MinuteRefused(Refused):
    """Nothing decided, nobody of the company, or a day that does not fit."""

    code = "team.minute_refused"


class EndedAlready(Conflict):
    """Somebody noted what became of it already."""

    code = "team.ended_already"


def make_packs(*, meeting_on: date, at: datetime) -> int:
    """The packs of one meeting, a community's each and the company's; a replay makes none twice."""
    days = days_of(meeting_on)
    made = set(WeekPack.objects.filter(meeting_on=meeting_on).values_list("community_id", flat=True))
    places = [place.id for place in communities()]
    wanted: list[int | None] = [pk for pk in (*places, None) if pk not in made]
    rows = []
    for community_id in wanted if places else ():
        figures = week_figures(days, community_id=community_id, as_of=meeting_on)
        rows.append(
            WeekPack(
                community_id=community_id,
                meeting_on=meeting_on,
                from_on=days.from_on,
                to_on=days.to_on,
                data_at=at,
                figures=figures,
                digest=digest(figures),
            )
        )
    WeekPack.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        audit.record("review.made", kind="review", day=meeting_on.isoformat(), count=len(rows))
    return len(rows)


def resolve(
    *,
    pack_id: int,
    what: str,
    who_id: int | None,
    until_on: date | None,
    by: StaffMember,
    as_of: date,
    at: datetime,
) -> int:
    """Write into the minutes what was decided, and who does it until when. NotFound, MinuteRefused."""
    found = pack(pack_id, by, as_of=as_of)
    if found is None:
        raise NotFound(_("There is no such review."))
    if not what.strip():
        raise MinuteRefused(_("Write what was decided."), field="what")
    if who_id is not None and who_id not in {member.user_id for member in members() if member.is_active}:
        raise MinuteRefused(_("Choose somebody of the company."), field="who")
    if who_id is not None and until_on is None:
        raise MinuteRefused(_("Say until when."), field="until_on")
    if until_on is not None and until_on < found.row.meeting_on:
        raise MinuteRefused(_("The last day lies before the meeting."), field="until_on")
    if until_on is not None and until_on < as_of:
        raise MinuteRefused(_("The last day has passed already."), field="until_on")
    row = Resolution.objects.create(
        pack_id=pack_id,
        community_id=found.row.community_id,
        what=what.strip(),
        who_id=who_id,
        until_on=until_on,
        by_id=by.user_id,
        at=at,
    )
    audit.record("review.resolved", kind="review", pk=pack_id, what=what.strip())
    return int(row.pk)


def end_resolution(*, resolution_id: int, note: str, by: StaffMember, as_of: date, at: datetime) -> None:
    """Note what became of something that was decided. NotFound, MinuteRefused, EndedAlready."""
    row = Resolution.objects.filter(pk=resolution_id).first()
    if row is None or pack(row.pack_id, by, as_of=as_of) is None:
        raise NotFound(_("There is no such decision."))
    if not note.strip():
        raise MinuteRefused(_("Write what became of it."), field="note")
    end = ResolutionEnd(
        resolution_id=row.pk,
        community_id=row.community_id,
        on=as_of,
        note=note.strip(),
        by_id=by.user_id,
        at=at,
    )
    ResolutionEnd.objects.bulk_create([end], ignore_conflicts=True)
    kept = ResolutionEnd.objects.get(resolution_id=row.pk)
    if (kept.by_id, kept.at) != (by.user_id, at):
        raise EndedAlready(_("This is noted as done already."))
    audit.record("review.ended", kind="review", pk=row.pack_id, note=note.strip())
