"""数电票: how fee items are taxed, invoices that were asked for and what the tax bureau made of them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from billing.charges.models import Account, FeeItem
from billing.payments.models import Allocation, Payment
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class InvoiceSeller(TenantModel):
    """Whose name stands as seller from the moment it was entered; the newest holds. Append-only."""

    name = models.CharField(max_length=120)
    tax_number = models.CharField(max_length=20)
    issuer = models.CharField(max_length=40, help_text="Who issues invoices, as printed on them")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class VatRate(TenantModel):
    """How a fee item is taxed from a day on; of one day the one entered last holds. Append-only."""

    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    from_on = models.DateField()
    percent = models.SmallIntegerField()
    is_exempt = models.BooleanField(default=False)
    name = models.CharField(max_length=110, help_text="As printed: *物业管理服务*物业费")
    tax_code = models.CharField(max_length=19)
    unit = models.CharField(max_length=10, blank=True)
    passes_through = models.BooleanField(default=False, help_text="Invoice it although it is no own income")
    basis = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__in=[0, 1, 3, 5, 6, 9, 13]), name="vat_rate_percent_known"
            ),
            models.CheckConstraint(
                condition=Q(is_exempt=True, percent=0) | Q(is_exempt=False, percent__gt=0),
                name="vat_rate_exempt_is_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.percent}%"


class InvoiceBatch(TenantModel):
    """Requests that were handed over to the tax bureau together. It returns once."""

    class State(models.TextChoices):
        SENT = "SENT"
        RETURNED = "RETURNED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    number = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    items = models.IntegerField()
    amount_fen = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    result_file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "invoice batches"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="invoice_batch_number_once"),
            models.CheckConstraint(
                condition=Q(state="RETURNED", result_file__isnull=False)
                | Q(state="SENT", result_file__isnull=True),
                name="invoice_batch_returned_with_its_file",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-made_at"], name="invoice_batch_newest_first")]

    def __str__(self) -> str:
        return self.number


class Invoice(TenantModel):
    """An invoice that was asked for. A red one takes (part of) its blue one back with negative amounts."""

    class Kind(models.TextChoices):
        BLUE = "BLUE"
        RED = "RED"

    class State(models.TextChoices):
        REQUESTED = "REQUESTED"
        SENT = "SENT"
        ISSUED = "ISSUED"
        REFUSED = "REFUSED"
        WITHDRAWN = "WITHDRAWN"

    class Buyer(models.TextChoices):
        PERSON = "PERSON"
        COMPANY = "COMPANY"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.BLUE)
    blue = models.ForeignKey("self", null=True, related_name="reds", **PINNED)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    serial = models.CharField(max_length=60)
    seller = models.ForeignKey(InvoiceSeller, related_name="+", **PINNED)
    buyer_kind = models.CharField(max_length=8, choices=Buyer)
    buyer_name = models.CharField(max_length=120)
    buyer_tax_number = models.CharField(max_length=20, blank=True)
    buyer_email = models.EmailField(blank=True)
    gross_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    tax_fen = models.BigIntegerField()
    remark = models.CharField(max_length=200, blank=True)
    red_reason = models.CharField(max_length=200, blank=True)
    confirmation_no = models.CharField(max_length=40, blank=True, help_text="红字确认单编号")
    batch = models.ForeignKey(InvoiceBatch, null=True, related_name="invoices", **PINNED)
    number = models.CharField(max_length=20, blank=True)
    issued_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    requested_on = models.DateField()
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    requested_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "serial"], name="invoice_serial_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="invoice_number_once"
            ),
            models.CheckConstraint(
                condition=Q(gross_fen=F("net_fen") + F("tax_fen")), name="invoice_tax_is_the_rest"
            ),
            models.CheckConstraint(
                condition=Q(kind="BLUE", blue__isnull=True, gross_fen__gt=0)
                | (Q(kind="RED", blue__isnull=False, gross_fen__lt=0) & ~Q(red_reason="")),
                name="invoice_red_mirrors_a_blue_one",
            ),
            models.CheckConstraint(
                condition=Q(state="ISSUED", issued_on__isnull=False, number__regex=r"^[0-9]{20}$")
                | (~Q(state="ISSUED") & Q(issued_on__isnull=True, number="")),
                name="invoice_issued_with_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["REFUSED", "WITHDRAWN"]) | ~Q(reason=""),
                name="invoice_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "ISSUED"]) | Q(batch__isnull=False),
                name="invoice_sent_in_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(buyer_kind="PERSON") | ~Q(buyer_tax_number=""),
                name="invoice_company_has_a_tax_number",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-requested_at"], name="invoice_newest_first")]

    def __str__(self) -> str:
        return self.serial


class InvoiceLine(TenantModel):
    """A line as it is printed; a red line names the blue one it mirrors. Append-only."""

    invoice = models.ForeignKey(Invoice, related_name="lines", **PINNED)
    seq = models.IntegerField()
    blue_line = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    period = DateRangeField()
    part = models.CharField(max_length=10)
    name = models.CharField(max_length=110)
    tax_code = models.CharField(max_length=19)
    unit = models.CharField(max_length=10, blank=True)
    percent = models.SmallIntegerField()
    is_exempt = models.BooleanField()
    gross_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    tax_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "invoice", "seq"], name="invoice_line_seq_once"),
            models.CheckConstraint(
                condition=Q(gross_fen=F("net_fen") + F("tax_fen")), name="invoice_line_tax_is_the_rest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.seq}"


class InvoicePart(TenantModel):
    """The money that a blue invoice is made of. Live money is on one invoice only; a red one frees it."""

    invoice = models.ForeignKey(Invoice, related_name="parts", **PINNED)
    line = models.ForeignKey(InvoiceLine, related_name="parts", **PINNED)
    allocation = models.ForeignKey(Allocation, related_name="+", **PINNED)
    payment = models.ForeignKey(Payment, related_name="+", **PINNED)
    amount_fen = models.BigIntegerField()
    is_live = models.BooleanField(default=True)
    red = models.ForeignKey(Invoice, null=True, related_name="red_parts", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "allocation"], condition=Q(is_live=True), name="invoice_part_money_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="invoice_part_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.amount_fen}"


class InvoiceEvent(TenantModel):
    """What happened to an invoice. Append-only."""

    class Kind(models.TextChoices):
        REQUESTED = "REQUESTED"
        SENT = "SENT"
        ISSUED = "ISSUED"
        REFUSED = "REFUSED"
        WITHDRAWN = "WITHDRAWN"
        FILE_KEPT = "FILE_KEPT"
        RED_ASKED = "RED_ASKED"

    invoice = models.ForeignKey(Invoice, related_name="events", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.kind}"
