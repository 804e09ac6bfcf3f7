"""Lists of legal documents in the making, of a case and of the company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from arrears.legal.models import Draft, DraftVersion


class DraftRow(NamedTuple):
    """One document: what it is, how far it is, who wrote on it last."""

    draft_id: int
    case_id: int
    community_name: str
    unit_code: str
    party_name: str
    kind: str
    state: str
    opened_on: date
    version: int
    saved_at: datetime | None
    saved_by: str
    notice_id: int | None
    number: str

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"draft.{self.state}"

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return {"OPEN": "warn", "FINISHED": "good"}.get(self.state, "")


def drafts(*, state: str = "", kind: str = "", case_id: int | None = None) -> QuerySet[Draft, Any]:
    """Documents, those being written first, then the newest; to be paged."""
    # Joined to the case, so that a member of other communities sees nothing of theirs.
    related = ("case__unit", "case__community", "case__account__party", "notice")
    newest = DraftVersion.objects.filter(draft=OuterRef("pk")).order_by("-number")
    rows = Draft.objects.select_related(*related).annotate(
        last_number=Subquery(newest.values("number")[:1]),
        last_at=Subquery(newest.values("at")[:1]),
        last_by=Subquery(newest.values("by__name")[:1]),
    )
    wanted: dict[str, Any] = {"state": state, "kind": kind, "case_id": case_id}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    ordered: QuerySet[Draft, Any] = rows.order_by("-pk") if state else rows.order_by("-state", "-pk")
    return ordered


def written_edits(case_id: int) -> list[dict[str, Any]]:
    """What persons wrote into the papers of a case, the newest save of each paper, the newest first."""
    rows = DraftVersion.objects.filter(draft__case_id=case_id).exclude(draft__state=Draft.State.DROPPED)
    newest = dict(rows.order_by("pk").values_list("draft_id", "edits"))
    return list(reversed(newest.values()))


def list_ticks(case_id: int) -> dict[str, bool]:
    """Which items persons ticked, or took out, in the newest list of evidence of a case; by code."""
    rows = Draft.objects.filter(case_id=case_id, kind=Draft.Kind.EVIDENCE_LIST)
    newest = rows.exclude(state=Draft.State.DROPPED).order_by("-pk").first()
    versions = DraftVersion.objects.filter(draft=newest).order_by("-number")
    edits = versions.values_list("edits", flat=True).first() if newest is not None else None
    ticks = {key.split(".")[1]: value for key, value in (edits or {}).items() if key.endswith(".listed")}
    return {code: bool(value) for code, value in ticks.items()}


def draft_rows(page: Sequence[Any]) -> list[DraftRow]:
    """One page of them."""
    return [
        DraftRow(
            row.pk,
            row.case_id,
            row.case.community.name,
            row.case.unit.code,
            row.case.account.party.name,
            row.kind,
            row.state,
            row.opened_on,
            row.last_number or 0,
            row.last_at,
            row.last_by or "",
            row.notice_id,
            row.notice.number if row.notice else "",
        )
        for row in page
    ]
