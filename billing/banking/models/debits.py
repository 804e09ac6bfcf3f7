"""Direct debit (批量代扣): what payers have signed, batches sent to a bank, and what came of each debit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from billing.charges.models import Account
from billing.payments.models import Payment
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.kernel.secret import SecretText
from tenancy.people.models import StoredFile, User


class Mandate(TenantModel):
    """A signed authorisation to debit a bank account, up to a limit, from a day to a day (inclusive)."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    agreement_no = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120)
    bank = models.CharField(max_length=120)
    number = SecretText()
    tail = models.CharField(max_length=4)
    limit_fen = models.BigIntegerField(help_text="At most this much at once")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    revoked_on = models.DateField(null=True)
    revoke_reason = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement_no"], name="mandate_agreement_once"),
            models.UniqueConstraint(
                fields=["tenant", "account"],
                condition=Q(revoked_on__isnull=True),
                name="mandate_one_an_account",
            ),
            models.CheckConstraint(condition=Q(limit_fen__gt=0), name="mandate_has_a_limit"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoke_reason=""),
                name="mandate_revoked_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.agreement_no


class DebitProfile(TenantModel):
    """How a bank wants to be asked and how it answers, where no built-in way fits."""

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=40)
    delimiter = models.CharField(max_length=1, default=",")
    encoding = models.CharField(max_length=12, default="utf-8")
    unit = models.CharField(max_length=4, default="yuan")
    out = models.JSONField(help_text="[[field, header], ...] in order")
    back = models.JSONField(help_text="field -> header")
    results = models.JSONField(help_text="the bank's code -> result class")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="debit_profile_code_once"),
            models.CheckConstraint(condition=Q(unit__in=["yuan", "fen"]), name="debit_profile_unit_known"),
        ]

    def __str__(self) -> str:
        return self.name


class DebitBatch(TenantModel):
    """A file of debits that a bank is asked for. It returns once."""

    class State(models.TextChoices):
        SENT = "SENT"
        RETURNED = "RETURNED"
        CALLED_OFF = "CALLED_OFF"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    number = models.CharField(max_length=40)
    profile_code = models.CharField(max_length=20)
    debit_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    items = models.IntegerField()
    amount_fen = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    return_file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "debit batches"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="debit_batch_number_once"),
            models.CheckConstraint(
                condition=Q(state="RETURNED", return_file__isnull=False)
                | (~Q(state="RETURNED") & Q(return_file__isnull=True)),
                name="debit_batch_returned_with_its_file",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-made_at"], name="debit_batch_newest_first"),
        ]

    def __str__(self) -> str:
        return self.number


class DebitItem(TenantModel):
    """One debit. Without a result it waits for the bank: an account waits once."""

    batch = models.ForeignKey(DebitBatch, related_name="+", **PINNED)
    seq = models.IntegerField()
    mandate = models.ForeignKey(Mandate, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    amount_fen = models.BigIntegerField()
    result = models.CharField(max_length=14, blank=True)
    actual_fen = models.BigIntegerField(default=0)
    bank_code = models.CharField(max_length=20, blank=True)
    message = models.CharField(max_length=200, blank=True)
    serial = models.CharField(max_length=64, blank=True)
    debited_on = models.DateField(null=True)
    payment = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "batch", "seq"], name="debit_item_seq_once"),
            models.UniqueConstraint(
                fields=["tenant", "account"], condition=Q(result=""), name="debit_item_account_waits_once"
            ),
            models.UniqueConstraint(fields=["tenant", "payment"], name="debit_item_payment_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, actual_fen__gte=0, actual_fen__lte=F("amount_fen")),
                name="debit_item_never_more_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(actual_fen=0, payment__isnull=True) | Q(actual_fen__gt=0, payment__isnull=False),
                name="debit_item_money_is_booked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.seq}"
