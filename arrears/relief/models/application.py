"""What owners ask for, with its charges and proof."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from billing.charges.models import Account, Charge
from notices.models import Notice
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User

OPEN_STATES = ("ASKED", "CHECKED", "APPROVED", "RUNNING")


class Application(TenantModel):
    """缓缴、分期、困难: asked for with proof, checked, granted, run, ended. The row is its present state.

    `from_on`, `to_on`: the days of a deferral or a hardship. `parts`, `first_on`, `down_percent`, `mode`: the
    plan that is wanted. `spares_late_fee`: no late fee runs meanwhile. `pause_ids`: the pauses it has made.
    """

    class Kind(models.TextChoices):
        DEFERRAL = "DEFERRAL"
        INSTALMENT = "INSTALMENT"
        HARDSHIP = "HARDSHIP"

    class State(models.TextChoices):
        ASKED = "ASKED"
        CHECKED = "CHECKED"
        APPROVED = "APPROVED"
        RUNNING = "RUNNING"
        KEPT = "KEPT"
        BROKEN = "BROKEN"
        ENDED = "ENDED"
        RELEASED = "RELEASED"
        REJECTED = "REJECTED"
        WITHDRAWN = "WITHDRAWN"
        LAPSED = "LAPSED"

    class Mode(models.TextChoices):
        RESUME = "RESUME"
        RETROACTIVE = "RETROACTIVE"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    reason_code = models.CharField(max_length=30)
    statement = models.CharField(max_length=500)
    by_owner = models.BooleanField(default=False, help_text="Asked for by the owner himself, on the portal")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_on = models.DateField()
    principal_fen = models.BigIntegerField()
    late_fee_fen = models.BigIntegerField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    parts = models.SmallIntegerField(null=True)
    first_on = models.DateField(null=True)
    down_percent = models.SmallIntegerField(default=0)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.RESUME)
    spares_late_fee = models.BooleanField(default=False)
    check_request = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    grant_request = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    sign_by = models.DateField(null=True)
    agreement = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    pause_ids = ArrayField(models.BigIntegerField(), default=list)
    review_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)
    history = HistoricalRecords(app="relief")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account"],
                condition=Q(state__in=OPEN_STATES, kind__in=("DEFERRAL", "INSTALMENT")),
                name="application_one_arrangement",
            ),
            models.UniqueConstraint(
                fields=["tenant", "account"],
                condition=Q(state__in=OPEN_STATES, kind="HARDSHIP"),
                name="application_one_hardship",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="application_says_why"),
            models.CheckConstraint(
                condition=~Q(kind="DEFERRAL") | Q(from_on__isnull=False, to_on__gte=F("from_on")),
                name="application_deferral_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind="INSTALMENT")
                | Q(parts__gte=2, first_on__isnull=False, down_percent__gte=0, down_percent__lte=50),
                name="application_plan_has_parts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_on__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_on__isnull=False)),
                name="application_ended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-id"], name="application_newest_first"),
            models.Index(fields=["tenant", "account", "-id"], name="application_of_account"),
            models.Index(
                fields=["tenant", "kind", "state"],
                condition=Q(state__in=OPEN_STATES),
                name="application_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"


class ApplicationCharge(TenantModel):
    """A charge that an application is about, as it stood on the day of asking. Append-only.

    `principal_fen`, `late_fee_fen`: what of it was undisputed; `paid_fen`: principal that was paid before.
    """

    application = models.ForeignKey(Application, related_name="charges", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    principal_fen = models.BigIntegerField()
    late_fee_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "application", "charge"], name="application_lists_a_charge_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} of {self.application_id}"


class Proof(TenantModel):
    """A paper or a picture that an application is proven with. Append-only."""

    application = models.ForeignKey(Application, related_name="proofs", **PINNED)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "application", "file"], name="proof_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} of {self.application_id}"
