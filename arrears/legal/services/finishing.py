"""Finish a document: its version is frozen, numbered and queued as a paper; the ladder goes on with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries import open_tasks_of
from arrears.cases.rules.steps import StepState
from arrears.cases.services import papers
from arrears.cases.services.decisions import DELIVER_DAYS, FILE_DAYS
from arrears.cases.services.recording import TaskRow, add_tasks
from arrears.cases.services.rungs import follow, open_step
from arrears.legal.documents.kept import edits_of
from arrears.legal.documents.material import material_of
from arrears.legal.documents.scope import scope_of
from arrears.legal.documents.standing import obstacles
from arrears.legal.documents.written import RUNGS, Written, material_for, write
from arrears.legal.models import Draft
from arrears.legal.queries.unconfirmed import unconfirmed
from arrears.legal.rules.gates import Finding
from arrears.legal.rules.ready import LETTER, Unready
from arrears.legal.services.drafts import begin, lock_draft, write_version
from notices import queries as notices
from notices.services import withdraw_one
from tenancy.kernel.errors import Conflict, Refused
from tenancy.people.services import audit
from tenancy.people.words import WORDS, sentence
from values.because import because

_K, _S = Draft.Kind, Draft.State
# One case takes one road to the court: the paper of the other is taken back.
_INSTEAD_OF: Final = {_K.COMPLAINT: _K.PAYMENT_ORDER_APPLICATION, _K.PAYMENT_ORDER_APPLICATION: _K.COMPLAINT}
# Papers that stay true whatever is paid meanwhile.
_WITHOUT_SUMS: Final = frozenset({_K.EVIDENCE_LIST, _K.PAYMENT_ORDER_WITHDRAWAL})


class DraftNotReady(Refused):
    """Something is missing or stands in the way; `reason` is its stable code, `missing` the fields."""

    code = "legal.draft_not_ready"


class PaperHandedOver(Conflict):
    """The paper that this one is to replace was handed over meanwhile."""

    code = "legal.paper_handed_over"


def finish_draft(*, draft_id: int, version: int, as_of: date, goes_on: bool = False) -> int:
    """Freeze a document with its sums as of the day; returns the notice that is printed, carried or filed.

    `goes_on`: whoever finishes it has read which checks nobody confirmed; that is written down.
    Raises NotFound, DraftMoved, NotAskedFor (documents.scope), DraftNotReady, PaperHandedOver, NoContract.
    """
    draft = lock_draft(draft_id, version=version)
    if draft.kind in RUNGS:
        scope_of(draft.case_id, draft.kind, as_of=as_of)  # the rung may have been dropped since
    written = write(draft.kind, material_for(draft, as_of=as_of), edits_of(draft))
    found = obstacles(draft.kind, written)
    if found:
        raise _not_ready(found)
    open_checks = _unconfirmed(draft, written, as_of)
    if open_checks and not goes_on:
        raise _to_be_confirmed(open_checks)
    notice_id = _make(draft, written)
    if open_checks:
        checks = "、".join(one.word for one in open_checks)
        audit.record("draft.unconfirmed", kind="draft", pk=draft.pk, document=draft.kind, checks=checks)
    _tell_the_ladder(draft, written, as_of)
    audit.record("draft.finished", kind="draft", pk=draft.pk, document=draft.kind, notice=notice_id)
    return notice_id


def draft_for_rung(sheet: papers.Sheet, kind: str) -> int | None:
    """The document that an approved rung asks for: finished at once where nothing is missing or unconfirmed.

    What was written before stays: a payment withdrew the paper, and it is drawn up anew with what is left.
    """
    order = sheet.order
    ids = sorted(charge.charge_id for charge in order.charges)
    approval_id = order.signed.approval_id if order.signed else None
    draft = _to_go_on_with(order.case_id, kind)
    if draft is None:
        draft = begin(
            case_id=order.case_id, kind=kind, charge_ids=ids, approval_id=approval_id, as_of=sheet.issued_on
        )
    else:
        draft.charge_ids, draft.approval_id, draft.state = ids, approval_id, _S.OPEN
        draft.save(update_fields=["charge_ids", "approval", "state"])
    written = write(kind, material_of(sheet), edits_of(draft))
    if obstacles(kind, written) or _unconfirmed(draft, written, sheet.issued_on):
        write_version(draft, written)
        return None
    return _make(draft, written)


def register() -> None:
    """Let the ladder's papers for lawyers and courts be drafted."""
    papers.draft_first("LAWYER_LETTER", lambda sheet: draft_for_rung(sheet, _K.LAWYER_LETTER))
    papers.draft_first("COURT", lambda sheet: draft_for_rung(sheet, _K.PAYMENT_ORDER_APPLICATION))


def _to_go_on_with(case_id: int, kind: str) -> Draft | None:
    """A document that was never finished, or whose paper a payment withdrew."""
    newest = Draft.objects.filter(case_id=case_id, kind=kind).exclude(state=_S.DROPPED)
    draft: Draft | None = newest.select_related("case", "notice").order_by("-pk").first()
    if draft is None or draft.state == _S.OPEN:
        return draft
    return draft if draft.notice is not None and draft.notice.state == "WITHDRAWN" else None


def _make(draft: Draft, written: Written) -> int:
    """The numbered paper, in place of the one that was finished before."""
    for old_id, state in _papers_before(draft):
        if state not in ("WITHDRAWN", "SKIPPED") and not withdraw_one(
            notice_id=old_id, reason_code="replaced"
        ):
            raise PaperHandedOver(_("The paper that was finished before has been handed over."))
    told = written.material.sheet
    ids = () if draft.kind in _WITHOUT_SUMS else written.claimed.charge_ids
    numbered: list[Written] = []

    def make(sheet: papers.Sheet) -> dict[str, object]:
        numbered.append(write(draft.kind, material_of(sheet, filing=draft.filing), written.pen.edits))
        return numbered[0].paper.as_json()

    notice_id = papers.queue_paper(told, kind=draft.kind, make=make, charge_ids=ids)
    draft.state, draft.notice = _S.FINISHED, notices.get(notice_id)
    draft.save(update_fields=["state", "notice"])
    write_version(draft, numbered[0], notice_id=notice_id)
    return notice_id


def _papers_before(draft: Draft) -> list[tuple[int, str]]:
    """Id and state of the papers that this one takes the place of."""
    found = [(draft.notice.pk, draft.notice.state)] if draft.notice is not None else []
    other = _INSTEAD_OF.get(_K(draft.kind))
    if other is None:
        return found
    rivals = Draft.objects.filter(case_id=draft.case_id, kind=other).exclude(state=_S.DROPPED)
    for rival in rivals.select_related("notice"):
        if rival.notice is not None and rival.notice.state == "QUEUED":
            found.append((rival.notice.pk, rival.notice.state))
    return found


def _tell_the_ladder(draft: Draft, written: Written, as_of: date) -> None:
    """The open rung that asked for the paper has it now, and so has whoever carries or files it."""
    paper = draft.notice
    assert paper is not None  # noqa: S101 - it was made a moment ago
    other = _INSTEAD_OF.get(_K(draft.kind))
    if other is not None:
        Draft.objects.filter(case_id=draft.case_id, kind=other, state=_S.OPEN).update(state=_S.DROPPED)
    step, rung = open_step(draft.case_id), RUNGS.get(draft.kind)
    if step is None or step.code != rung or step.event == StepState.PROPOSED:
        return
    why = because("paper_finished", rung=rung, number=paper.number)
    ids = [charge.charge_id for charge in written.claimed.charges]
    follow(step, StepState.SENT, on=as_of, why=why, notice_id=paper.pk, charge_ids=ids)
    kind, days = ("DELIVER", DELIVER_DAYS) if draft.kind == LETTER else ("FILE", FILE_DAYS)
    waiting = [task.due_on for task in open_tasks_of(draft.case_id, as_of=as_of) if task.kind == kind]
    due_on = waiting[0] if waiting else as_of + timedelta(days=days)
    add_tasks([TaskRow(draft.case_id, kind, due_on, why, paper.pk)])


def _unconfirmed(draft: Draft, written: Written, as_of: date) -> tuple[Finding, ...]:
    ids = written.claimed.charge_ids
    return unconfirmed(draft.case_id, draft.kind, charge_ids=ids, fields=written.pen.fields, as_of=as_of)


def _to_be_confirmed(checks: Sequence[Finding]) -> DraftNotReady:
    names = "、".join(f"{one.gate} {WORDS.get(one.word, one.code)}" for one in checks)
    why = because("draft_unconfirmed", checks=names)
    return DraftNotReady(sentence(why), field="goes_on", reason=why.code, checks=[one.code for one in checks])


def _not_ready(found: tuple[Unready, ...]) -> DraftNotReady:
    first = found[0]
    missing = [one.field for one in found if one.because.code == "draft_field_missing"]
    return DraftNotReady(
        sentence(first.because), field=first.field or None, reason=first.because.code, missing=missing
    )
