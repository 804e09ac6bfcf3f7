"""Who looks after which building, who is away, and who stands in for him."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from arrears.cases.models import Case
from owners.models import Building, Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Days(Func):
    """The days of a row as a range, both ends inclusive; without a last day it never ends."""

    function = "daterange"
    output_field: ClassVar[DateRangeField] = DateRangeField()


class Steward(TenantModel):
    """片管: who looks after a building, from a day until another took over."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    building = models.ForeignKey(Building, related_name="+", **PINNED)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, help_text="The first day he looks after it no more")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "building"],
                condition=Q(until_on__isnull=True),
                name="steward_one_a_building",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="steward_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"steward of {self.building_id} from {self.from_on}"


class Leave(TenantModel):
    """Days on which somebody takes no cases, both inclusive; without a last day he leaves for good."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="leave_ends_after_start"
            ),
            ExclusionConstraint(
                name="leave_once_a_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("user_id", RangeOperators.EQUAL),
                    (Days(F("from_on"), F("to_on"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"leave from {self.from_on}"


class Cover(TenantModel):
    """A case that somebody looks after while its own collector is away: the tie to him is kept here."""

    leave = models.ForeignKey(Leave, related_name="covers", **PINNED)
    community = models.ForeignKey(Community, related_name="+", **PINNED)
    case = models.ForeignKey(Case, related_name="+", **PINNED)
    home = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    acting = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "case"], condition=Q(ended_on__isnull=True), name="cover_one_open_a_case"
            ),
            models.CheckConstraint(condition=~Q(home=F("acting")), name="cover_by_another"),
        ]

    def __str__(self) -> str:
        return f"cover of case {self.case_id}"
