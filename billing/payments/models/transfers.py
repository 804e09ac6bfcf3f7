"""过户结算: what seller and buyer of a unit owe, split by the day of the transfer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.charges.models import Account, Bill
from billing.payments.models.money import Payment
from owners.models import Community, Party, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Transfer(TenantModel):
    """A settlement sheet (过户结算单) that was drawn up. Append-only; every copy says what `facts` say.

    `on`: the agreed day of handover, the buyer's first; `registered_on`: the day of registration (L-D6).
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="transfers", **PINNED)
    buyer = models.ForeignKey(Party, related_name="+", **PINNED)
    number = models.CharField(max_length=60)
    on = models.DateField()
    registered_on = models.DateField(null=True)
    release = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)
    bill = models.ForeignKey(Bill, null=True, related_name="+", **PINNED)
    free_fen = models.BigIntegerField()
    facts = models.JSONField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="transfer_number_once"),
            models.UniqueConstraint(fields=["tenant", "unit", "on"], name="transfer_settled_once"),
            models.CheckConstraint(condition=Q(free_fen__gte=0), name="transfer_frees_no_less_than_nothing"),
        ]
        indexes = [models.Index(fields=["tenant", "-id"], name="transfer_newest_first")]

    def __str__(self) -> str:
        return self.number
