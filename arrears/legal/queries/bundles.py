"""Bundles that were asked for: who, for whom, until when, what is inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrears.legal.models import Bundle
from tenancy.kernel.errors import NotFound


class BundleRow(NamedTuple):
    """One bundle. `made_at` None: it is still being put together, or its job failed (`job_state`)."""

    bundle_id: int
    case_id: int
    unit_code: str
    audience: str
    purpose: str
    recipient: str
    firm_id: int | None
    agreement_id: int | None
    agreed_from: date | None
    agreed_until: date | None
    as_of: date
    expires_on: date
    asked_by: str
    asked_at: datetime
    made_at: datetime | None
    pages: int
    contents: Sequence[Mapping[str, Any]]
    job_id: int | None
    job_state: str
    sha256: str
    archive_sha256: str

    @property
    def audience_word(self) -> str:
        """The key of the audience among the words."""
        return f"audience.{self.audience}"

    @property
    def is_made(self) -> bool:
        """Whether its files are there."""
        return self.made_at is not None

    def is_open(self, on: date) -> bool:
        """Whether it may be opened on a day."""
        return self.is_made and on <= self.expires_on


def bundles_of(case_id: int, *, limit: int = 20) -> list[BundleRow]:
    """The bundles of a case, the newest first."""
    return _rows(Bundle.objects.filter(case_id=case_id).order_by("-pk")[:limit])


def bundle_row(bundle_id: int) -> BundleRow:
    """One bundle; NotFound when it is not there, or not the member's."""
    found = _rows(Bundle.objects.filter(pk=bundle_id))
    if not found:
        raise NotFound(_("There is no such bundle."))
    return found[0]


def _rows(found: QuerySet[Bundle]) -> list[BundleRow]:
    rows = found.values_list(
        "pk", "case_id", "case__unit__code", "audience", "purpose", "recipient", "firm_id", "agreement_id",
        "agreement__from_on", "agreement__until", "as_of", "expires_on",
        "asked_by__name", "asked_at", "made_at", "pages", "contents", "job_id", "job__state",
        "pdf__sha256", "archive__sha256",
    )  # fmt: skip
    return [BundleRow(*(*row[:-3], row[-3] or "", row[-2] or "", row[-1] or "")) for row in rows]
