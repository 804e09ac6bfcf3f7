"""The day's sheets: sign, return with a comment, correct by a new entry, and tell what nobody signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrears.team.models import Correction, SheetKind, SheetMark, Unsigned
from arrears.team.queries.sheets import Key, Sheet, find_sheet, sheets, signs
from arrears.team.rules.sheets import OPEN_STATES, UNSIGNED_STATES, SheetState
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit


class NotToSign(Conflict):
    """The sheet is signed already, waits for a correction, or was changed while it was looked at."""

    code = "team.not_to_sign"


class NotYours(Forbidden):
    """Nobody signs his own sheet, or one that a higher part signs."""

    code = "team.not_yours"


class CommentMissing(Refused):
    """A sheet goes back with what is to be corrected."""

    code = "team.comment_missing"


class NothingToCorrect(Refused):
    """The entry is not on this sheet, or nothing was written."""

    code = "team.nothing_to_correct"


def sign(*, key: Key, by: StaffMember, at: datetime, digest: str = "") -> int:
    """Sign a sheet as it stands; returns the mark's id. `digest`: what was looked at, if it was told.

    Raises NotFound, NotYours, NotToSign.
    """
    sheet = _to_mark(key, by)
    if digest and digest != sheet.digest:
        raise NotToSign(_("Something was added while you looked. Look again, then sign."))
    return _mark(sheet, SheetMark.Event.SIGNED, "", by, at)


def send_back(*, key: Key, comment: str, by: StaffMember, at: datetime) -> int:
    """Return a sheet to its person. Raises NotFound, NotYours, NotToSign, CommentMissing."""
    sheet = _to_mark(key, by)
    if not comment.strip():
        raise CommentMissing(_("Write what is to be corrected."), field="comment")
    return _mark(sheet, SheetMark.Event.RETURNED, comment.strip(), by, at)


def correct(*, key: Key, text: str, entry: str, by: StaffMember, at: datetime) -> int:
    """Put an entry of one's own sheet right by a new one; `entry`: call:17, visit:3, "" for the whole sheet.

    Raises NotFound, NotYours, NothingToCorrect.
    """
    sheet = _found(key)
    if sheet.row.person_id != by.user_id:
        raise NotYours(_("Only who made the entries corrects them."))
    if not text.strip():
        raise NothingToCorrect(_("Write what is right."), field="text")
    answers = SheetMark.objects.filter(
        kind=key.kind, subject_id=key.subject_id, community_id=key.community_id, day=key.day
    )
    row = Correction.objects.create(
        community_id=key.community_id,
        person_id=by.user_id,
        day=key.day,
        kind=key.kind,
        answers=answers.filter(event=SheetMark.Event.RETURNED).order_by("-pk").first(),
        text=text.strip(),
        at=at,
        **_corrected(sheet, entry),
    )
    audit.record("sheet.corrected", kind="sheet", pk=row.pk, day=key.day.isoformat(), text=text.strip())
    return int(row.pk)


def tell_unsigned(*, day: date) -> int:
    """At the end of a day: an alert for each sheet that nobody signed. A replay tells none twice."""
    rows = [
        Unsigned(
            community_id=row.community_id,
            kind=row.kind,
            subject_id=row.subject_id,
            day=day,
            person_id=row.person_id,
            state=row.state,
            entries=row.entries,
            role=row.needs,
        )
        for row in sheets(from_on=day, to_on=day)
        if row.state in UNSIGNED_STATES and row.entries
    ]
    told = set(Unsigned.objects.filter(day=day).values_list("kind", "subject_id", "community_id"))
    new = [row for row in rows if (row.kind, row.subject_id, row.community_id) not in told]
    Unsigned.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit.record("sheets.unsigned", kind="sheet", day=day.isoformat(), count=len(new))
    return len(new)


def _found(key: Key) -> Sheet:
    sheet = find_sheet(key)
    if sheet is None:
        raise NotFound(_("There is no such sheet."))
    return sheet


def _to_mark(key: Key, by: StaffMember) -> Sheet:
    sheet = _found(key)
    if not signs(by, sheet.row):
        raise NotYours(_("Somebody else signs this: nobody signs his own sheet."))
    if sheet.row.state not in OPEN_STATES:
        signed = sheet.row.state is SheetState.SIGNED
        raise NotToSign(
            _("This sheet is signed already.") if signed else _("This sheet waits for its correction.")
        )
    return sheet


def _mark(sheet: Sheet, event: str, comment: str, by: StaffMember, at: datetime) -> int:
    row = sheet.row
    try:
        with transaction.atomic():
            mark = SheetMark.objects.create(
                community_id=row.community_id,
                kind=row.kind,
                subject_id=row.subject_id,
                day=row.day,
                person_id=row.person_id,
                event=event,
                comment=comment,
                entries=row.entries,
                sampled=sorted(sheet.sampled),
                facts=dict(sheet.facts),
                digest=sheet.digest,
                by_id=by.user_id,
                at=at,
            )
    except IntegrityError as error:  # another one signed the same a moment ago
        raise NotToSign(_("This sheet is signed already.")) from error
    said = {"day": row.day.isoformat(), "person": row.person_name, "what": row.kind}
    if event == SheetMark.Event.SIGNED:
        audit.record("sheet.signed", kind="sheet", pk=mark.pk, **said)
    else:
        audit.record("sheet.returned", kind="sheet", pk=mark.pk, comment=comment, **said)
    return int(mark.pk)


def _corrected(sheet: Sheet, entry: str) -> dict[str, Any]:
    """The foreign key of the entry that is put right."""
    if sheet.row.kind == SheetKind.VISIT:
        return {"visit_id": sheet.row.subject_id}
    if not entry:
        return {}
    if entry not in {one.key for one in sheet.entries if one.kind in ("call", "visit")}:
        raise NothingToCorrect(_("This entry is not on the sheet."), field="entry")
    kind, pk = entry.split(":")
    return {f"{kind}_id": int(pk)}
