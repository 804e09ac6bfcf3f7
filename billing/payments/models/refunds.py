"""Credit that goes back to whoever paid it, by the way it came."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from billing.charges.models import Account
from billing.payments.models.money import Payment
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, User


class Refund(TenantModel):
    """退款: the cashier asks, the project manager agrees, finance pays; three people (3.3).

    `payment` is what the money came in with: it goes back the same way. Until it is paid the account's
    credit is kept for it.
    """

    class State(models.TextChoices):
        ASKED = "ASKED"
        APPROVED = "APPROVED"
        PAID = "PAID"
        REJECTED = "REJECTED"
        WITHDRAWN = "WITHDRAWN"

    WAITING: Final = (State.ASKED, State.APPROVED)

    account = models.ForeignKey(Account, related_name="refunds", **PINNED)
    payment = models.ForeignKey(Payment, related_name="refunds", **PINNED)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    approval = models.ForeignKey(Approval, related_name="+", **PINNED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    paid_as = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)
    closed_on = models.DateField(null=True)
    history = HistoricalRecords(app="payments")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_for_a_reason"),
            models.CheckConstraint(
                condition=Q(state="PAID", paid_as__isnull=False, paid_by__isnull=False)
                | (~Q(state="PAID") & Q(paid_as__isnull=True)),
                name="refund_paid_names_its_entry",
            ),
            models.CheckConstraint(
                condition=(Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")))
                & (Q(paid_by__isnull=True) | (~Q(paid_by=F("asked_by")) & ~Q(paid_by=F("decided_by")))),
                name="refund_by_three_people",
            ),
            models.UniqueConstraint(fields=["tenant", "paid_as"], name="refund_paid_once"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "account"],
                condition=Q(state__in=["ASKED", "APPROVED"]),
                name="refund_waiting",
            ),
            models.Index(fields=["tenant", "-id"], name="refund_newest_first"),
        ]

    def __str__(self) -> str:
        return f"refund {self.amount_fen}"
