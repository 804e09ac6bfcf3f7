"""Legal documents in the making: opened by a rung or a person, saved version by version, reopened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from arrears.cases.services.rungs import find_case, lock_account
from arrears.legal.documents.kept import GONE, edits_of, may_reopen, newest_version
from arrears.legal.documents.scope import scope_of
from arrears.legal.documents.sealed import seal, unseal
from arrears.legal.documents.written import Written, material_for, write
from arrears.legal.models import Draft, DraftVersion
from arrears.legal.rules.edits import Fault, read_edits
from arrears.legal.rules.ready import LETTER
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.words import sentence


class DraftThere(Conflict):
    """One of the kind is being written already, or stands as a paper: that one is to be reopened."""

    code = "legal.draft_there"


class DraftMoved(Conflict):
    """Somebody saved or finished it since the page was opened."""

    code = "legal.draft_moved"


class DraftRefused(Refused):
    """What was written into a field cannot stand; `faults` names each field with its reason."""

    code = "legal.draft_refused"

    def __init__(self, message: object, *, field: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(message, field=field, faults={one.key: sentence(one.because) for one in faults})
        self.faults = faults


class DraftStands(Conflict):
    """Its paper was handed over or filed: what was said cannot be unsaid."""

    code = "legal.draft_stands"


def open_draft(*, case_id: int, kind: str, as_of: date) -> int:
    """Begin a document of a case; its id. Raises NotFound, NotAskedFor (documents.scope), DraftThere."""
    case = find_case(case_id)
    lock_account(case.account_id)
    about = scope_of(case.pk, kind, as_of=as_of)
    standing = Draft.objects.filter(case=case, kind=kind).exclude(state=Draft.State.DROPPED)
    newest = standing.select_related("notice").order_by("-pk").first()
    if newest is not None and (newest.state == Draft.State.OPEN or may_reopen(newest)):
        raise DraftThere(_("This document is there already. Open that one."), draft=newest.pk)
    draft = begin(
        case_id=case.pk,
        kind=kind,
        charge_ids=about.charge_ids,
        approval_id=about.approval_id,
        filing_id=about.filing_id,
        as_of=as_of,
    )
    write_version(draft, write(kind, material_for(draft, as_of=as_of), {}))
    audit.record("draft.opened", kind="draft", pk=draft.pk, case=case.pk, document=kind)
    return int(draft.pk)


def begin(
    *,
    case_id: int,
    kind: str,
    charge_ids: Collection[int],
    approval_id: int | None,
    filing_id: int | None = None,
    as_of: date,
) -> Draft:
    """The row of a new document, without a version yet."""
    draft: Draft = Draft.objects.create(
        case_id=case_id,
        kind=kind,
        charge_ids=sorted(charge_ids),
        approval_id=approval_id,
        filing_id=filing_id,
        opened_on=as_of,
        opened_by_id=current_user_id(),
    )
    return draft


def save_draft(
    *,
    draft_id: int,
    version: int,
    given: Mapping[str, str],
    as_of: date,
    seen_on: date | None = None,
    note: str = "",
) -> int:
    """Keep what a person wrote over the data; the number of the version.

    `version`: the one that was open before him. `seen_on`: the day of the figures he saw: what he left as it
    was is no edit of his. Nothing is raised beyond what is owed. Raises NotFound, DraftMoved, DraftRefused.
    """
    draft = lock_draft(draft_id, version=version)
    before = edits_of(draft)
    seen = write(draft.kind, material_for(draft, as_of=min(seen_on or as_of, as_of)), before)
    read = read_edits(
        seen.pen.fields,
        given,
        before=before,
        late_fee_clause=seen.material.has_clause,
        to_a_court=draft.kind != LETTER,
    )
    if read.faults:
        first = read.faults[0]
        raise DraftRefused(sentence(first.because), field=first.key, faults=read.faults)
    written = write(draft.kind, material_for(draft, as_of=as_of), read.edits)
    made = write_version(draft, written, note=note.strip())
    audit.record("draft.saved", kind="draft", pk=draft.pk, version=made.number, changed=made.changed)
    return int(made.number)


def reopen_draft(*, draft_id: int) -> None:
    """Go on writing a finished document; its paper stands until the next one is finished. DraftStands."""
    draft = _locked(draft_id)
    if draft.state != Draft.State.FINISHED or not may_reopen(draft):
        raise DraftStands(_("This document was handed over, filed or withdrawn: write a new one."))
    draft.state = Draft.State.OPEN
    draft.save(update_fields=["state"])
    audit.record("draft.reopened", kind="draft", pk=draft.pk)


def drop_draft(*, draft_id: int, version: int) -> None:
    """Write it no further; a paper that was finished before stands again."""
    draft = lock_draft(draft_id, version=version)
    stands = draft.notice is not None and draft.notice.state not in GONE
    draft.state = Draft.State.FINISHED if stands else Draft.State.DROPPED
    draft.save(update_fields=["state"])
    audit.record("draft.dropped", kind="draft", pk=draft.pk)


def lock_draft(draft_id: int, *, version: int) -> Draft:
    """An open draft as somebody saw it. Raises NotFound, DraftMoved."""
    draft = _locked(draft_id)
    newest = newest_version(draft)
    if draft.state != Draft.State.OPEN or (newest.number if newest else 0) != version:
        raise DraftMoved(_("Somebody saved or finished this document since. Reload the page."))
    return draft


def write_version(
    draft: Draft, written: Written, *, note: str = "", notice_id: int | None = None
) -> DraftVersion:
    """Keep the document as it reads now, with what changed since the version before."""
    newest = newest_version(draft)
    before = unseal(newest.edits) if newest else {}
    known = {one.key for one in written.pen.fields}
    edits = {key: value for key, value in written.pen.edits.items() if key in known}
    changed = sorted(key for key in edits.keys() | before.keys() if edits.get(key) != before.get(key))
    version: DraftVersion = DraftVersion.objects.create(
        draft=draft,
        number=newest.number + 1 if newest else 1,
        edits=seal(edits, written.pen.fields),
        data=written.paper.as_json(),
        changed=changed,
        note=note,
        notice_id=notice_id,
        by_id=current_user_id(),
    )
    return version


def _locked(draft_id: int) -> Draft:
    # Through the case, so that a member of other communities finds nothing.
    account = Draft.objects.filter(pk=draft_id).values_list("case__account_id", flat=True).first()
    if account is None:
        raise NotFound(_("There is no such document."))
    lock_account(account)
    related = ("case", "notice", "approval__decided_by", "filing__notice")
    draft: Draft = Draft.objects.select_related(*related).get(pk=draft_id)
    return draft
