"""Imports as screens and the API show them: how far, what was found, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import ImportBatch, ImportLine
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Job

WEIGHTS: Final = ("ERROR", "WARNING", "CHANGE", "NOTE")


@dataclass(frozen=True, slots=True)
class BatchCard:
    """One upload. `state`: CHECKING, CHECKED, IMPORTING, DONE or FAILED."""

    batch_id: int
    kind: str
    state: str
    community_id: int
    community_name: str
    file_id: int
    file_name: str
    as_of: date
    counts: dict[str, Any]
    job: Job | None
    error_code: str
    error_text: str
    created_by: str
    created_at: datetime
    committed_at: datetime | None

    @property
    def state_word(self) -> str:
        """The state in the reader's language."""
        words = {
            "CHECKING": _("Being checked"),
            "CHECKED": _("Waits for confirmation"),
            "IMPORTING": _("Being imported"),
            "DONE": _("Imported"),
        }
        return words.get(self.state, _("Failed"))

    @property
    def is_running(self) -> bool:
        """Whether the worker has it."""
        return self.state in ("CHECKING", "IMPORTING")

    @property
    def is_done(self) -> bool:
        """Whether it was imported."""
        return self.state == "DONE"

    @property
    def can_confirm(self) -> bool:
        """Whether a person may confirm it now."""
        return self.state == "CHECKED"

    @property
    def has_news(self) -> bool:
        """Whether importing would write anything."""
        return bool(self.counts.get("created") or self.counts.get("changed"))


def batch_card(batch_id: int) -> BatchCard:
    """One upload; NotFound when it is not there, or not the member's."""
    batch = _batches().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such import."))
    return card(batch)


def batches() -> QuerySet[ImportBatch, Any]:
    """All uploads, the newest first; `card` makes each presentable."""
    return _batches().order_by("-created_at", "-pk")


def card(batch: ImportBatch) -> BatchCard:
    """A row as plain data."""
    job = batch.job
    return BatchCard(
        batch_id=batch.pk,
        kind=batch.kind,
        state=_state(batch),
        community_id=batch.community_id,
        community_name=batch.community.name,
        file_id=batch.file_id,
        file_name=batch.file.name,
        as_of=batch.as_of,
        counts=batch.counts,
        job=job,
        error_code=job.error_code if job else "",
        error_text=_error_text(job),
        created_by=batch.created_by.name if batch.created_by else "",
        created_at=batch.created_at,
        committed_at=batch.committed_at,
    )


def lines(batch_id: int, weight: str = "") -> QuerySet[ImportLine, Any]:
    """What was found, in file order; of one weight when asked for."""
    found = ImportLine.objects.filter(batch_id=batch_id).order_by("weight", "pk")
    return found.filter(weight=weight) if weight in WEIGHTS else found


def _batches() -> QuerySet[ImportBatch, Any]:
    return ImportBatch.objects.select_related("community", "file", "job", "created_by")


def _error_text(job: Job | None) -> str:
    if job is not None and job.state == Job.State.CANCELLED:
        return _("The work was stopped on request. Nothing was changed.")
    return job.error_text if job is not None else ""


def _state(batch: ImportBatch) -> str:
    if batch.committed_at is not None:
        return "DONE"
    job = batch.job
    if job is not None and job.finished_at is None:
        return "IMPORTING" if batch.checked_at else "CHECKING"
    # An import that failed leaves its check standing: it can be confirmed again.
    return "FAILED" if batch.checked_at is None else "CHECKED"
