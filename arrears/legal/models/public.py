"""What is posted without names."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class PublicNotice(TenantModel):
    """公告: how many homes owe how much, by building (L0) or with masked rooms (L1); never a name.

    `data` is what the sheet says, frozen on `as_of`; `account_ids` whom it counts: one of them pays, and it
    must come down.
    """

    class Level(models.TextChoices):
        L0 = "L0"
        L1 = "L1"
        L2 = "L2"

    class State(models.TextChoices):
        ASKED = "ASKED"
        APPROVED = "APPROVED"
        REJECTED = "REJECTED"
        POSTED = "POSTED"
        REMOVED = "REMOVED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    level = models.CharField(max_length=2, choices=Level)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    number = models.CharField(max_length=40)
    as_of = models.DateField()
    data = models.JSONField()
    account_ids = ArrayField(models.BigIntegerField())
    place = models.CharField(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    signed_on = models.DateField(null=True)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    posted_on = models.DateField(null=True)
    posted_photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    removed_on = models.DateField(null=True)
    removed_photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="publicnotice_number_once"),
            models.CheckConstraint(condition=~Q(place=""), name="publicnotice_has_a_place"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="publicnotice_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["POSTED", "REMOVED"])
                | Q(posted_on__isnull=False, posted_photo__isnull=False),
                name="publicnotice_posted_with_photo",
            ),
            models.CheckConstraint(
                condition=~Q(state="REMOVED")
                | Q(removed_photo__isnull=False, removed_on__gte=F("posted_on")),
                name="publicnotice_removed_with_photo",
            ),
            models.CheckConstraint(
                condition=Q(level="L0") | Q(approval__isnull=True) | Q(signed_on__isnull=False),
                name="publicnotice_of_rooms_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "to_on"], condition=Q(state="POSTED"), name="publicnotice_posted"),
        ]

    def __str__(self) -> str:
        return self.number
