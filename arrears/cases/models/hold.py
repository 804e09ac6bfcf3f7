"""What stops the ladder of an account."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from billing.charges.models import Account
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class Hold(TenantModel):
    """What stops the ladder of an account, from a day to a day, both inclusive; open-ended without an end.

    `only_listed`: a dispute of the charges that DisputedCharge lists; nothing else of the account waits.
    `agreed_days`: when money is due under what was granted; of each the owner is reminded once, nothing else.
    `representative`: who speaks for the debtor from the day it ended (estate, insolvency, guardianship).
    """

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
    only_listed = models.BooleanField(default=False, db_default=False)
    agreed_days = ArrayField(models.DateField(), default=list, db_default=[])
    proof = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    end_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    representative = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="hold_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "account", "kind"],
                condition=Q(released_on__isnull=True, only_listed=False),
                name="hold_one_open_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(only_listed=False) | Q(kind="DISPUTE"), name="hold_lists_only_what_is_disputed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_on}"
