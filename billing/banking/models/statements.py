"""Receiving accounts, the files a bank gives about them, and each transfer in those files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.charges.models import Account
from billing.payments.models import Payment
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.kernel.secret import SecretText
from tenancy.people.models import StoredFile, User


class StatementProfile(TenantModel):
    """How a bank writes its statement, where no built-in way fits. Columns: field -> header names."""

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=40)
    file_format = models.CharField(max_length=4)
    encoding = models.CharField(max_length=12, default="gb18030")
    delimiter = models.CharField(max_length=1, default=",")
    date_format = models.CharField(max_length=20, default="%Y-%m-%d")
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="statement_profile_code_once"),
            models.CheckConstraint(
                condition=Q(file_format__in=["CSV", "XLSX"]), name="statement_profile_format_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankAccount(TenantModel):
    """收款账户 of a community. The number is encrypted; its end is what people see."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    name = models.CharField(max_length=120, help_text="户名")
    bank = models.CharField(max_length=120)
    number = SecretText()
    number_hash = models.CharField(max_length=32)
    tail = models.CharField(max_length=4)
    profile_code = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number_hash"], name="bank_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.tail}"


class StatementFile(TenantModel):
    """A statement that was read whole. The same file is never read twice."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    bank_account = models.ForeignKey(BankAccount, related_name="+", **PINNED)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    sha256 = models.CharField(max_length=64)
    profile_code = models.CharField(max_length=20)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    lines = models.IntegerField(default=0, help_text="New with this file")
    known = models.IntegerField(default=0, help_text="Came with an earlier file")
    amount_fen = models.BigIntegerField(default=0)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="statement_file_once"),
            models.CheckConstraint(
                condition=Q(lines__gte=0, known__gte=0), name="statement_file_counts_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-imported_at"], name="statement_file_newest_first"),
        ]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class BankLine(TenantModel):
    """A transfer that came in. Its serial is the bank's own number: known once, booked once.

    `account` is proposed, or the one it was booked on; `payment` is what booked it. A SPLIT line is divided
    among others of its serial, its parts (`split_of`), which carry its money from then on.
    """

    class State(models.TextChoices):
        NEW = "NEW"
        PROPOSED = "PROPOSED"
        MATCHED = "MATCHED"
        SUSPENSE = "SUSPENSE"
        NOT_OURS = "NOT_OURS"
        SPLIT = "SPLIT"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    bank_account = models.ForeignKey(BankAccount, related_name="+", **PINNED)
    file = models.ForeignKey(StatementFile, related_name="+", **PINNED)
    row = models.IntegerField()
    on = models.DateField()
    amount_fen = models.BigIntegerField()
    payer_name = models.CharField(max_length=120, blank=True)
    payer_account = SecretText(default=b"")
    payer_hash = models.CharField(max_length=32, blank=True)
    payer_tail = models.CharField(max_length=4, blank=True)
    serial = models.CharField(max_length=64)
    remark = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    account = models.ForeignKey(Account, null=True, related_name="+", **PINNED)
    score = models.SmallIntegerField(default=0)
    reasons = models.JSONField(default=list, help_text="Codes: why this account, or why none")
    payment = models.ForeignKey(Payment, null=True, related_name="+", **PINNED)
    note = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    reopened = models.SmallIntegerField(default=0, help_text="How often its payment was taken back")
    split_of = models.ForeignKey("self", null=True, related_name="parts", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "bank_account", "serial"],
                condition=Q(split_of__isnull=True),
                name="bank_line_serial_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="SPLIT") | Q(account__isnull=True), name="bank_line_split_has_no_account"
            ),
            models.UniqueConstraint(fields=["tenant", "payment"], name="bank_line_payment_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="bank_line_came_in"),
            models.CheckConstraint(
                condition=Q(state="MATCHED", payment__isnull=False, account__isnull=False)
                | (~Q(state="MATCHED") & Q(payment__isnull=True)),
                name="bank_line_matched_is_booked",
            ),
            models.CheckConstraint(
                condition=~Q(state="PROPOSED") | Q(account__isnull=False),
                name="bank_line_proposal_has_account",
            ),
            models.CheckConstraint(
                condition=~Q(state="NOT_OURS") | ~Q(note=""), name="bank_line_not_ours_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "bank_account", "state", "on", "id"], name="bank_line_in_order"),
            models.Index(fields=["tenant", "state", "on", "id"], name="bank_line_by_state"),
            models.Index(
                fields=["tenant", "payer_hash"],
                condition=Q(state="MATCHED") & ~Q(payer_hash=""),
                name="bank_line_payer_known",
            ),
        ]

    def __str__(self) -> str:
        return self.serial
