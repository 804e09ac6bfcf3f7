"""结清证明: that an account owed nothing on a day."""

from __future__ import annotations

from django.db import models

from billing.charges.models import Account
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Clearance(TenantModel):
    """A certificate that was handed out. Append-only; every copy says what `facts` say."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="clearances", **PINNED)
    number = models.CharField(max_length=60)
    as_of = models.DateField()
    facts = models.JSONField(default=dict)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="clearance_number_once"),
        ]

    def __str__(self) -> str:
        return self.number
