"""What restarts the three-year clock of a charge, as far as no other table tells it; what follows from it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from billing.charges.models import Account, Charge
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class ClockEvent(TenantModel):
    """An interruption of the limitation of one charge, with its evidence. Append-only.

    Delivered demands and payments are read from notices and payments; here stands what owners agreed to,
    what was filed, and what a person proved by hand. `until`: last instalment of a plan, or the end of a
    proceeding; a later row of the same source takes the place of an earlier one, a VOID takes it back. A
    SUSPENSION is shown and adds no days: a lawyer says what follows from it.
    """

    class Kind(models.TextChoices):
        DEMAND = "DEMAND"
        ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
        PROCEEDING = "PROCEEDING"
        SUSPENSION = "SUSPENSION"
        VOID = "VOID"

    account = models.ForeignKey(Account, related_name="+", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    on = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=40, help_text="What it came from, such as plan:17 or filing:4")
    proof = models.CharField(max_length=20, blank=True, db_default="", help_text="How a person proved it")
    evidence = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="clockevent_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="clockevent_has_a_source"),
        ]
        indexes = [models.Index(fields=["tenant", "charge", "id"], name="clockevent_of_charge")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class LimitationDecision(TenantModel):
    """A lawyer's word on one charge whose clock ran out; the newest row of a charge counts. Append-only.

    CLAIM: it may go to a court all the same. LEAVE: it stays out of the legal rungs, to be paid of free will.
    It is about the expiry on `expired_on`: a charge that was revived and expired again needs a new one.
    """

    class Decision(models.TextChoices):
        CLAIM = "CLAIM"
        LEAVE = "LEAVE"

    account = models.ForeignKey(Account, related_name="+", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    decision = models.CharField(max_length=6, choices=Decision)
    expired_on = models.DateField(help_text="The last day its clock ran")
    reason = models.CharField(max_length=300)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="limitationdecision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(on__gt=F("expired_on")), name="limitationdecision_after_expiry"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "charge", "-id"], name="limitationdecision_newest")]

    def __str__(self) -> str:
        return f"{self.decision} {self.on}"


class ClockAlert(TenantModel):
    """Who was told that the clock of an account's charges runs out; once for each last day. Append-only.

    `days`: 90 and 30 before the last day, 0 when it has passed.
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    days = models.SmallIntegerField()
    last_on = models.DateField()
    role = models.CharField(max_length=30)
    on = models.DateField()
    unpaid_fen = models.BigIntegerField()
    charge_ids = ArrayField(models.BigIntegerField())
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account", "days", "last_on"], name="clockalert_once_for_a_last_day"
            ),
            models.CheckConstraint(condition=Q(days__in=[0, 30, 90]), name="clockalert_of_a_known_day"),
            models.CheckConstraint(condition=Q(unpaid_fen__gt=0), name="clockalert_about_money"),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.last_on}"
