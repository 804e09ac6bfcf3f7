"""Legal documents that are being written: every save is kept; a finished one is a numbered paper."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arrears.cases.models import Case
from arrears.legal.models.filings import Filing
from notices.models import Notice
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, User


class Draft(TenantModel):
    """A document of a case that is being written, and the paper that was made of it last.

    `approval`: the rung's, where the ladder asked for it. `filing`: the one that a withdrawal is about.
    """

    class Kind(models.TextChoices):
        LAWYER_LETTER = "LAWYER_LETTER"
        PAYMENT_ORDER_APPLICATION = "PAYMENT_ORDER_APPLICATION"
        COMPLAINT = "COMPLAINT"
        EVIDENCE_LIST = "EVIDENCE_LIST"
        PAYMENT_ORDER_WITHDRAWAL = "PAYMENT_ORDER_WITHDRAWAL"

    class State(models.TextChoices):
        OPEN = "OPEN"
        FINISHED = "FINISHED"
        DROPPED = "DROPPED"

    case = models.ForeignKey(Case, related_name="drafts", **PINNED)
    kind = models.CharField(max_length=30, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    charge_ids = ArrayField(models.BigIntegerField(), default=list)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    filing = models.ForeignKey(Filing, null=True, related_name="+", **PINNED)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "case", "kind"], condition=Q(state="OPEN"), name="draft_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="FINISHED") | Q(notice__isnull=False), name="draft_finished_is_a_paper"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "case", "-id"], name="draft_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DraftVersion(TenantModel):
    """One save: what a person wrote over the data, by field, and the paper as it read then. Append-only.

    Personal numbers stand sealed in both. `notice`: the paper that was made of this very version.
    """

    draft = models.ForeignKey(Draft, related_name="versions", **PINNED)
    number = models.SmallIntegerField()
    edits = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    changed = ArrayField(models.CharField(max_length=80), default=list)
    note = models.CharField(max_length=200, blank=True)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "draft", "number"], name="draft_version_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="draft_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} v{self.number}"
