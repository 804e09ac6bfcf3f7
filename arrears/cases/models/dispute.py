"""What of an account's debt is disputed, charge by charge, and on which days."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from arrears.cases.models.hold import Hold
from billing.charges.models import Account, Charge, LateFeePause
from tenancy.kernel.models import PINNED, TenantModel


class DisputedCharge(TenantModel):
    """A charge, or an amount of it, that stays out of the ladder while a dispute stands; the rest goes on.

    `amount_fen` is the charge's own amount where all of it is disputed. `held` ends with its hold; an owner
    who is not content with an answer opens it again. `pause`: the days without late fee, until they end.
    """

    hold = models.ForeignKey(Hold, related_name="disputed", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    amount_fen = models.BigIntegerField()
    held = DateRangeField(help_text="Half-open; without an end while nobody has ended it")
    pause = models.ForeignKey(LateFeePause, null=True, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="disputed_charge_of_something"),
            ExclusionConstraint(
                name="disputed_charge_once_a_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("charge_id", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.amount_fen}"
