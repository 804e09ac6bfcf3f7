"""Visit rounds: the plan of a day, its stops with papers to hand over, and what was sent from the doors."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Case, Task, Visit
from billing.charges.models import Account
from notices.models import Delivery, Notice
from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class RoundPolicy(TenantModel):
    """What a company allows on its rounds; without a row the defaults stand."""

    keeps_places = models.BooleanField(default=False, help_text="Whether a visitor may add where he stood")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="round_policy_once_a_company")]

    def __str__(self) -> str:
        return f"places {self.keeps_places}"


class WorkplaceAsk(TenantModel):
    """Somebody wants to visit an owner at work: forbidden until the project manager agrees, for one visit."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    case = models.ForeignKey(Case, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    address = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    approval = models.ForeignKey(Approval, related_name="+", **PINNED)
    asked_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(reason=""), name="workplace_visit_has_a_place_and_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"workplace {self.pk}"


class Round(TenantModel):
    """走访计划: who goes on a day, with whom. Called off or closed once, never edited."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    on = models.DateField()
    main = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_manager = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("main")), name="round_walked_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(called_off_at__isnull=True),
                name="round_ends_one_way",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-on", "-id"], name="round_newest_first"),
            models.Index(fields=["tenant", "main", "on"], name="round_of_walker"),
        ]

    def __str__(self) -> str:
        return f"round {self.pk} {self.on}"


class Stop(TenantModel):
    """A door of a round. `case` and `task` name the visit it asks for; without them only papers are left.

    `on` repeats the round's day, so that the database sees two visits to one account on a day.
    """

    round = models.ForeignKey(Round, related_name="stops", **PINNED)
    on = models.DateField()
    position = models.SmallIntegerField()
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    case = models.ForeignKey(Case, null=True, related_name="+", **PINNED)
    task = models.ForeignKey(Task, null=True, related_name="+", **PINNED)
    workplace = models.ForeignKey(WorkplaceAsk, null=True, related_name="+", **PINNED)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account", "on"],
                condition=Q(case__isnull=False, dropped_at__isnull=True),
                name="stop_one_visit_a_day",
            ),
            models.UniqueConstraint(
                fields=["tenant", "workplace"],
                condition=Q(workplace__isnull=False, dropped_at__isnull=True),
                name="stop_one_visit_at_work_for_one_approval",
            ),
            models.UniqueConstraint(fields=["tenant", "round", "position"], name="stop_place_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(task__isnull=True, workplace__isnull=True),
                name="stop_without_a_visit_asks_for_none",
            ),
        ]

    def __str__(self) -> str:
        return f"stop {self.position} of round {self.round_id}"


class StopPaper(TenantModel):
    """A paper to hand over at a stop."""

    stop = models.ForeignKey(Stop, related_name="papers", **PINNED)
    notice = models.ForeignKey(Notice, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "stop", "notice"], name="stop_paper_once"),
        ]

    def __str__(self) -> str:
        return f"notice {self.notice_id} at stop {self.stop_id}"


class Entry(TenantModel):
    """What happened at a stop, as a phone or a desk sent it: a visit, a paper handed over, or why not.

    `key` is made by whoever sends it: the same key is done once. `came_at`, `left_at` are the sender's clock,
    `received_at` is ours. Append-only.
    """

    class Kind(models.TextChoices):
        VISIT = "VISIT"
        DELIVERY = "DELIVERY"
        SKIP = "SKIP"

    key = models.UUIDField()
    stop = models.ForeignKey(Stop, related_name="entries", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    visit = models.ForeignKey(Visit, null=True, related_name="+", **PINNED)
    delivery = models.ForeignKey(Delivery, null=True, related_name="+", **PINNED)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    skip_reason = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="entry_key_once"),
            models.CheckConstraint(
                condition=Q(kind="VISIT", visit__isnull=False, delivery__isnull=True)
                | Q(kind="DELIVERY", visit__isnull=True, delivery__isnull=False, notice__isnull=False)
                | (Q(kind="SKIP", visit__isnull=True, delivery__isnull=True) & ~Q(skip_reason="")),
                name="entry_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")),
                name="entry_leaves_after_coming",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="entry_place_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
