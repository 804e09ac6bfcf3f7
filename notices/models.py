"""What must be said, and whether it was: templates, the outbox, attempts and deliveries with their proof."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from owners.models import Community, Contact, Party, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class Template(TenantModel):
    """A message text with named fields, per kind and channel; versions are never edited."""

    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    version = models.SmallIntegerField(default=1)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(app="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "channel", "version"], name="template_version_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "kind", "channel"], condition=Q(is_active=True), name="template_one_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} v{self.version}"


class Notice(TenantModel):
    """The outbox: one thing to say to one party by one channel, with the frozen data it is made of."""

    class Kind(models.TextChoices):
        BILL_NOTICE = "BILL_NOTICE"
        PRE_DUE = "PRE_DUE"
        REMINDER = "REMINDER"
        DEMAND = "DEMAND"
        SECOND_DEMAND = "SECOND_DEMAND"
        LAWYER_LETTER = "LAWYER_LETTER"
        PAYMENT_ORDER_APPLICATION = "PAYMENT_ORDER_APPLICATION"
        PAYMENT_ORDER_WITHDRAWAL = "PAYMENT_ORDER_WITHDRAWAL"
        COMPLAINT = "COMPLAINT"
        EVIDENCE_LIST = "EVIDENCE_LIST"
        ENFORCEMENT_APPLICATION = "ENFORCEMENT_APPLICATION"
        INSTALMENT_PLAN = "INSTALMENT_PLAN"
        RELIEF_NEWS = "RELIEF_NEWS"
        INSTALMENT_DUE = "INSTALMENT_DUE"
        DEFERRAL_ENDS = "DEFERRAL_ENDS"
        TICKET_ANSWER = "TICKET_ANSWER"

    class Channel(models.TextChoices):
        SMS = "SMS"
        EMAIL = "EMAIL"
        PAPER = "PAPER"

    class State(models.TextChoices):
        QUEUED = "QUEUED"  # waits for the drain (messages) or for print and delivery (paper)
        SENDING = "SENDING"
        SENT = "SENT"
        DELIVERED = "DELIVERED"
        FAILED = "FAILED"
        UNKNOWN = "UNKNOWN"
        SKIPPED = "SKIPPED"
        WITHDRAWN = "WITHDRAWN"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, null=True, related_name="+", **PINNED)
    party = models.ForeignKey(Party, related_name="+", **PINNED)
    # Pinned to charges_account by a migration of billing.charges: notices knows no money.
    account_id = models.BigIntegerField(null=True)
    contact = models.ForeignKey(Contact, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=30, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    unique_key = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    not_before = models.DateTimeField(null=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    charge_ids = ArrayField(models.BigIntegerField(), default=list)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    printed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    provider_id = models.CharField(max_length=120, blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason_params = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    delivered_on = models.DateField(null=True)
    gates_open_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unique_key"], name="notice_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="notice_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="DELIVERED") | Q(delivered_on__isnull=False),
                name="notice_delivered_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "channel", "id"], condition=Q(state="QUEUED"), name="notice_waiting"
            ),
            models.Index(
                fields=["tenant", "state", "id"],
                condition=Q(state__in=["SENDING", "UNKNOWN"]),
                name="notice_in_doubt",
            ),
            models.Index(fields=["tenant", "account_id", "kind"], name="notice_of_account"),
            models.Index(fields=["tenant", "community", "kind", "issued_on"], name="notice_of_round"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"


class Attempt(TenantModel):
    """One call of a gateway and its answer. Append-only."""

    notice = models.ForeignKey(Notice, related_name="gateway_attempts", **PINNED)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"


class Delivery(TenantModel):
    """A delivery with its proof; what it counts for is computed by rules/delivered. Append-only."""

    class Method(models.TextChoices):
        HAND = "HAND"
        EMS = "EMS"
        REGISTERED_MAIL = "REGISTERED_MAIL"
        MAILBOX = "MAILBOX"
        DOOR_POST = "DOOR_POST"
        SMS = "SMS"
        WECHAT = "WECHAT"
        EMAIL = "EMAIL"
        BULLETIN = "BULLETIN"

    class Result(models.TextChoices):
        SIGNED = "SIGNED"
        REFUSED = "REFUSED"
        LEFT_WITH_PHOTO = "LEFT_WITH_PHOTO"
        ACCEPTED = "ACCEPTED"
        RECEIPT = "RECEIPT"
        RETURNED = "RETURNED"
        FAILED = "FAILED"

    class Receiver(models.TextChoices):
        OWNER = "OWNER"
        ADULT_CORESIDENT = "ADULT_CORESIDENT"
        AGENT = "AGENT"
        OTHER = "OTHER"
        NONE = "NONE"

    notice = models.ForeignKey(Notice, related_name="deliveries", **PINNED)
    method = models.CharField(max_length=16, choices=Method)
    result = models.CharField(max_length=16, choices=Result)
    on = models.DateField()
    handed_over_by = models.CharField(max_length=60, blank=True)
    receiver = models.CharField(max_length=18, choices=Receiver, default=Receiver.NONE)
    receiver_name = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=40, blank=True)
    waybill = models.CharField(max_length=40, blank=True)
    agreed_address = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    # Drawn on glass when it was handed over; on paper there is none.
    signature = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    delivered = models.BooleanField()
    opens_gates = models.BooleanField()
    interrupts = models.BooleanField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="LEFT_WITH_PHOTO") | Q(photo__isnull=False),
                name="delivery_left_needs_a_photo",
            ),
            models.CheckConstraint(
                condition=Q(signature__isnull=True) | Q(result="SIGNED"),
                name="delivery_signature_means_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.result} {self.on}"
