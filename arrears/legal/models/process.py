"""The legal stage as a process: what legal noted about gates, review sheets, dockets and their alerts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Case
from arrears.legal.models.filings import Filing, Result
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class GateNote(TenantModel):
    """What legal says about a check that data cannot answer; the newest of a check counts. Append-only."""

    case = models.ForeignKey(Case, related_name="+", **PINNED)
    code = models.CharField(max_length=30)
    holds = models.BooleanField()
    reason = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="gatenote_says_why")]
        indexes = [models.Index(fields=["tenant", "case", "id"], name="gatenote_of_case")]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"

    @classmethod
    def says(cls, case_id: int, code: str) -> bool:
        """Whether the newest note about a check says that it holds."""
        return bool(cls.answer(case_id, code))

    @classmethod
    def answer(cls, case_id: int, code: str) -> bool | None:
        """What the newest note about a check says; None while nobody has noted anything."""
        return (
            cls.objects.filter(case_id=case_id, code=code)
            .order_by("-pk")
            .values_list("holds", flat=True)
            .first()
        )


class Review(TenantModel):
    """A review sheet as it was written: need, cost, chance, recommendation, with the facts of its day.

    Append-only: another look is the next version. The branch's general manager decides on the ladder's
    request that it was written for.
    """

    class Chance(models.TextChoices):
        HIGH = "HIGH"
        MEDIUM = "MEDIUM"
        LOW = "LOW"

    class Advice(models.TextChoices):
        LAWYER_LETTER = "LAWYER_LETTER"
        WRITE_DOWN = "WRITE_DOWN"
        HOLD = "HOLD"

    case = models.ForeignKey(Case, related_name="reviews", **PINNED)
    approval = models.ForeignKey(Approval, related_name="+", **PINNED)
    version = models.SmallIntegerField()
    need = models.CharField(max_length=500)
    chance = models.CharField(max_length=6, choices=Chance)
    chance_reason = models.CharField(max_length=500)
    advice = models.CharField(max_length=14, choices=Advice)
    cost_fen = models.BigIntegerField(help_text="Court fees of a payment order and of a suit, estimated")
    facts = models.JSONField()
    on = models.DateField()
    decide_by = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "case", "version"], name="review_version_once"),
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(chance_reason=""), name="review_says_need_and_chance"
            ),
            models.CheckConstraint(condition=Q(cost_fen__gte=0), name="review_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"review {self.version} of {self.case_id}"


class DocketEntry(TenantModel):
    """What a court or a party did about a filing. Append-only; the course is read from the entries.

    `next_on`: the hearing, or the last day to pay. `result`: the instrument or end that it led to.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "ACCEPTED"
        REFUSED = "REFUSED"
        ISSUED = "ISSUED"
        SERVED = "SERVED"
        NOT_SERVED = "NOT_SERVED"
        OBJECTED = "OBJECTED"
        OBJECTION_REJECTED = "OBJECTION_REJECTED"
        VOID = "VOID"
        CONVERTED = "CONVERTED"
        CONVERSION_REFUSED = "CONVERSION_REFUSED"
        HEARING_SET = "HEARING_SET"
        HEARING_HELD = "HEARING_HELD"
        MEDIATION = "MEDIATION"
        JUDGMENT = "JUDGMENT"
        CLAIM_DISMISSED = "CLAIM_DISMISSED"
        APPEALED = "APPEALED"
        EFFECTIVE = "EFFECTIVE"
        SETTLEMENT = "SETTLEMENT"
        CORRECTED = "CORRECTED"
        WITHDRAWN = "WITHDRAWN"
        ENDED = "ENDED"

    filing = models.ForeignKey(Filing, related_name="entries", **PINNED)
    case = models.ForeignKey(Case, related_name="+", **PINNED)
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField()
    next_on = models.DateField(null=True)
    place = models.CharField(max_length=80, blank=True, help_text="Hour and court room of a hearing")
    ground = models.CharField(max_length=12, blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    final = models.BooleanField(default=False)
    case_number = models.CharField(max_length=60, blank=True)
    principal_fen = models.BigIntegerField(default=0)
    late_fee_fen = models.BigIntegerField(default=0)
    costs_fen = models.BigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    result = models.ForeignKey(Result, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["HEARING_SET", "MEDIATION", "SETTLEMENT"]) | Q(next_on__isnull=False),
                name="docketentry_has_its_next_day",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gte=F("on")),
                name="docketentry_next_day_after",
            ),
            models.CheckConstraint(
                condition=~Q(kind="OBJECTED") | (~Q(ground="") & ~Q(verdict="")),
                name="docketentry_objection_is_judged",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["JUDGMENT", "MEDIATION", "SETTLEMENT", "CORRECTED"])
                | Q(principal_fen__gt=0),
                name="docketentry_awards_a_sum",
            ),
            models.CheckConstraint(
                condition=~Q(kind="CORRECTED") | ~Q(note=""), name="docketentry_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(principal_fen__gte=0, late_fee_fen__gte=0, costs_fen__gte=0),
                name="docketentry_sums_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "filing", "id"], name="docketentry_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class DeadlineAlert(TenantModel):
    """A court day that was told ahead, once per stage: 60, 30, 7, 3, 0 days before, -1 after. Append-only."""

    case = models.ForeignKey(Case, related_name="+", **PINNED)
    filing = models.ForeignKey(Filing, related_name="+", **PINNED)
    code = models.CharField(max_length=12)
    last_on = models.DateField()
    stage = models.SmallIntegerField()
    raised_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "filing", "code", "last_on", "stage"], name="deadlinealert_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.last_on}"
