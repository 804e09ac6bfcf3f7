"""What is kept of a draft: its newest version, and whether its paper still lies here."""

from __future__ import annotations

from typing import Any, Final

from arrears.legal.documents.sealed import unseal
from arrears.legal.models import Draft, DraftVersion, Filing

LIES_HERE: Final = "QUEUED"
GONE: Final = frozenset({"WITHDRAWN", "SKIPPED"})


def newest_version(draft: Draft) -> DraftVersion | None:
    """The save that counts."""
    found: DraftVersion | None = DraftVersion.objects.filter(draft=draft).order_by("-number").first()
    return found


def edits_of(draft: Draft) -> dict[str, Any]:
    """What persons wrote into it so far."""
    newest = newest_version(draft)
    return unseal(newest.edits) if newest else {}


def list_edits(case_id: int) -> dict[str, Any]:
    """What persons wrote into the newest list of evidence of a case."""
    rows = Draft.objects.filter(case_id=case_id, kind=Draft.Kind.EVIDENCE_LIST)
    newest = rows.exclude(state=Draft.State.DROPPED).order_by("-pk").first()
    return edits_of(newest) if newest else {}


def may_reopen(draft: Draft) -> bool:
    """Whether the paper still lies here: nobody has it, and no court."""
    notice = draft.notice
    if notice is None or notice.state != LIES_HERE:
        return False
    return not Filing.objects.filter(notice=notice).exists()
