"""What stops the ladder of an account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.charges.models import Account
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Hold(TenantModel):
    """What stops the ladder of an account, from a day to a day, both inclusive; open-ended without an end."""

    class Kind(models.TextChoices):
        DISPUTE = "DISPUTE"
        DEFERRAL = "DEFERRAL"
        INSTALMENT = "INSTALMENT"
        HARDSHIP = "HARDSHIP"
        PAYMENT_PENDING = "PAYMENT_PENDING"
        DATA_ERROR = "DATA_ERROR"
        ESTATE = "ESTATE"
        INSOLVENCY = "INSOLVENCY"
        GUARDIAN = "GUARDIAN"
        LEGAL_PROCEEDING = "LEGAL_PROCEEDING"
        NO_CONTACT = "NO_CONTACT"
        HANDOVER = "HANDOVER"

    account = models.ForeignKey(Account, related_name="holds", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="hold_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "account", "kind"],
                condition=Q(released_on__isnull=True),
                name="hold_one_open_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_on}"
