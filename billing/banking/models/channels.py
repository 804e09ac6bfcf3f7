"""One day of WeChat Pay or Alipay: its file, its rows, and what does not agree with our payments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from billing.payments.models import Payment
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class ChannelFile(TenantModel):
    """A channel's file of one day, reconciled when it came. There is one for a day."""

    class Channel(models.TextChoices):
        WECHAT = "WECHAT"
        ALIPAY = "ALIPAY"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    channel = models.CharField(max_length=6, choices=Channel)
    day = models.DateField()
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    rows = models.IntegerField()
    amount_fen = models.BigIntegerField(help_text="Paid, before refunds and fees")
    refund_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField(help_text="What the channel kept")
    counts = models.JSONField(default=dict, help_text="outcome -> how many")
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "channel", "day"], name="channel_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day}"


class ChannelRow(TenantModel):
    """A row of a channel's file and what was found of it. Append-only."""

    file = models.ForeignKey(ChannelFile, related_name="+", **PINNED)
    row = models.IntegerField()
    kind = models.CharField(max_length=8)
    on = models.DateField()
    order_no = models.CharField(max_length=64)
    refund_no = models.CharField(max_length=64, blank=True)
    channel_no = models.CharField(max_length=64, blank=True)
    amount_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField()
    outcome = models.CharField(max_length=12)
    payment = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "file", "row"], name="channel_row_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="channel_row_not_negative"),
        ]

    def __str__(self) -> str:
        return self.order_no


class ChannelException(TenantModel):
    """What does not agree. Somebody owns it and says why and what was done; somebody else closes it."""

    class State(models.TextChoices):
        OPEN = "OPEN"
        ANSWERED = "ANSWERED"
        CLOSED = "CLOSED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    file = models.ForeignKey(ChannelFile, related_name="+", **PINNED)
    row = models.ForeignKey(ChannelRow, null=True, related_name="+", **PINNED)
    payment = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)
    outcome = models.CharField(max_length=12)
    order_no = models.CharField(max_length=80, blank=True)
    channel_fen = models.BigIntegerField(default=0)
    booked_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    closure = models.CharField(max_length=200, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    prepared_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("prepared_by")),
                name="channel_exception_never_closed_by_its_preparer",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED")
                | Q(reviewer__isnull=False, prepared_by__isnull=False, closed_at__isnull=False),
                name="channel_exception_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") | (~Q(reason="") & ~Q(closure="")),
                name="channel_exception_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(row__isnull=False) | Q(payment__isnull=False),
                name="channel_exception_about_something",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "id"], name="channel_exception_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.order_no}"
