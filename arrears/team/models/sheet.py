"""A day's record sheet: its marks, corrections of what was entered, and what nobody signed by midnight."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Call, Visit
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class SheetKind(models.TextChoices):
    """What is signed the same day: a collector's sheet, or one act that the project manager answers for."""

    RECORD = "RECORD"
    VISIT = "VISIT"
    SECOND_DEMAND = "SECOND_DEMAND"
    LAWYER_LETTER = "LAWYER_LETTER"
    PUBLIC_NOTICE = "PUBLIC_NOTICE"


class SheetMark(TenantModel):
    """Signed, or returned with a comment. Append-only; the newest mark of a sheet counts.

    `subject_id`: the person of a RECORD, else the visit or notice. `facts` and `digest`: what was signed.
    """

    class Event(models.TextChoices):
        SIGNED = "SIGNED"
        RETURNED = "RETURNED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    kind = models.CharField(max_length=14, choices=SheetKind)
    subject_id = models.BigIntegerField()
    day = models.DateField()
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    event = models.CharField(max_length=8, choices=Event)
    comment = models.CharField(max_length=500, blank=True)
    entries = models.IntegerField()
    sampled = ArrayField(models.CharField(max_length=30), default=list)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(event="RETURNED") | ~Q(comment=""), name="sheetmark_returned_with_a_comment"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("by")), name="sheetmark_not_ones_own"
            ),
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject_id", "community", "day", "digest"],
                condition=Q(event="SIGNED"),
                name="sheetmark_signed_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "day", "kind", "subject_id"], name="sheetmark_of_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.event}"


class Correction(TenantModel):
    """A new entry that puts an earlier one right; the earlier one stays as it was. Append-only.

    Without a call or a visit it is a remark on the whole sheet.
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=14, choices=SheetKind, default=SheetKind.RECORD)
    call = models.ForeignKey(Call, null=True, related_name="+", **PINNED)
    visit = models.ForeignKey(Visit, null=True, related_name="+", **PINNED)
    answers = models.ForeignKey(SheetMark, null=True, related_name="+", **PINNED)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(call__isnull=True) | Q(visit__isnull=True), name="correction_of_one_entry"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
        ]
        indexes = [models.Index(fields=["tenant", "day", "person"], name="correction_of_day")]

    def __str__(self) -> str:
        return f"correction of {self.day}"


class Unsigned(TenantModel):
    """A sheet that nobody had signed when its day ended. Append-only; settled by a later signature."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    kind = models.CharField(max_length=14, choices=SheetKind)
    subject_id = models.BigIntegerField()
    day = models.DateField()
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10)
    entries = models.IntegerField()
    role = models.CharField(max_length=30, help_text="Whose signature is missing")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject_id", "community", "day"], name="unsigned_told_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "day"], name="unsigned_by_day")]

    def __str__(self) -> str:
        return f"unsigned {self.kind} {self.day}"
