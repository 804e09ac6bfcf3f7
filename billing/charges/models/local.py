"""Rules that cities set, and what courts measure by, as dated data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class LocalRule(TenantModel):
    """地方规定: from a day on, for one community or (NULL) for all of the company. A newer one ends it."""

    class Kind(models.TextChoices):
        VACANCY_RATIO = "VACANCY_RATIO"
        VACANCY_MONTHS = "VACANCY_MONTHS"
        PREPAY_MONTHS = "PREPAY_MONTHS"
        HANDOVER = "HANDOVER"
        LPR = "LPR"
        COURT_SAFE_K = "COURT_SAFE_K"
        NOTICE_LEVEL = "NOTICE_LEVEL"
        AVERAGE_WAGE = "AVERAGE_WAGE"

    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    value = models.CharField(max_length=16)
    from_on = models.DateField()
    basis = models.CharField(max_length=120)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "kind", "from_on"],
                name="local_rule_once_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(value=""), name="local_rule_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_on}"
