"""A signed instalment plan. What of it is paid stands in the ledger, never here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.relief.models.application import Application
from billing.charges.models import Charge
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class Plan(TenantModel):
    """分期还款协议 as signed. Append-only: its state is the application's, its parts are judged each day.

    `gone_fen`: what its charges had been lowered by at the signing; what goes beyond it pays the plan.
    """

    application = models.OneToOneField(Application, related_name="plan", **PINNED)
    signed_on = models.DateField()
    signer_name = models.CharField(max_length=60)
    scan = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    principal_fen = models.BigIntegerField()
    late_fee_fen = models.BigIntegerField()
    total_fen = models.BigIntegerField()
    gone_fen = models.BigIntegerField()
    grace_days = models.SmallIntegerField()
    last_due_on = models.DateField()
    signed_with = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_fen=F("principal_fen") + F("late_fee_fen"), principal_fen__gte=0)
                & Q(late_fee_fen__gte=0, total_fen__gt=0),
                name="plan_adds_up",
            ),
            models.CheckConstraint(condition=Q(last_due_on__gte=F("signed_on")), name="plan_ends_later"),
        ]

    def __str__(self) -> str:
        return f"plan of {self.signed_on}"


class Instalment(TenantModel):
    """One part of a plan; number 0 is the down payment. Append-only."""

    plan = models.ForeignKey(Plan, related_name="instalments", **PINNED)
    number = models.SmallIntegerField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="instalment_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, number__gte=0), name="instalment_of_some_amount"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "due_on"], name="instalment_by_day")]

    def __str__(self) -> str:
        return f"{self.number} due {self.due_on}"


class PlanCharge(TenantModel):
    """A charge of a plan as the owner confirmed it at the signing. Append-only."""

    plan = models.ForeignKey(Plan, related_name="charges", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    principal_fen = models.BigIntegerField()
    late_fee_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "charge"], name="plan_lists_a_charge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} of {self.plan_id}"
