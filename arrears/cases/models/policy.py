"""What a person changed of the policy for one case: another version, or a stage that opens later."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models.case import Case
from arrears.cases.models.ladder import Ladder
from billing.charges.models import Account
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Rebase(TenantModel):
    """A case that was moved to another version of the ladder. Append-only."""

    case = models.ForeignKey(Case, related_name="rebases", **PINNED)
    from_ladder = models.ForeignKey(Ladder, null=True, related_name="+", **PINNED)
    to_ladder = models.ForeignKey(Ladder, related_name="+", **PINNED)
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rebase_has_a_reason"),
            models.CheckConstraint(
                condition=Q(from_ladder__isnull=True) | ~Q(from_ladder=F("to_ladder")),
                name="rebase_changes_the_version",
            ),
        ]

    def __str__(self) -> str:
        return f"rebase {self.on}"


class Relaxation(TenantModel):
    """A stage of one case that opens later than the policy says: `level` not before `opens_on`.

    It ends by itself on that day, or earlier when somebody takes it back (`ended_on`).
    """

    case = models.ForeignKey(Case, related_name="relaxations", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    level = models.SmallIntegerField()
    from_on = models.DateField()
    opens_on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__gt=F("from_on")), name="relaxation_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="relaxation_of_a_rung"),
            models.CheckConstraint(condition=~Q(reason=""), name="relaxation_has_a_reason"),
            models.UniqueConstraint(
                fields=["tenant", "case", "level"],
                condition=Q(ended_on__isnull=True),
                name="relaxation_one_open_of_a_rung",
            ),
        ]

    def __str__(self) -> str:
        return f"rung {self.level} not before {self.opens_on}"
