"""What restarts the three-year clock of a charge, as far as no other table tells it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from billing.charges.models import Account, Charge
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class ClockEvent(TenantModel):
    """An interruption of the limitation of one charge, with its evidence. Append-only.

    Delivered demands and payments are read from notices and payments; here stands what owners agreed to,
    what was filed, and what a person proved by hand. `until`: last instalment of a plan, or the end of a
    proceeding; a later row of the same source takes the place of an earlier one.
    """

    class Kind(models.TextChoices):
        DEMAND = "DEMAND"
        ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
        PROCEEDING = "PROCEEDING"

    account = models.ForeignKey(Account, related_name="+", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    on = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=40, help_text="What it came from, such as plan:17 or filing:4")
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
