"""What the audit trail calls a bank account, a statement, a transfer and a profile."""

from __future__ import annotations

from collections.abc import Collection

from billing.banking.models import (
    BankAccount,
    BankLine,
    ChannelException,
    ChannelFile,
    DebitBatch,
    DebitProfile,
    Invoice,
    InvoiceBatch,
    InvoiceSeller,
    Mandate,
    StatementFile,
    StatementProfile,
    VatRate,
)


def bank_accounts(ids: Collection[int]) -> dict[int, str]:
    """id -> bank and the end of the number."""
    found = BankAccount.objects.filter(pk__in=ids).values_list("pk", "bank", "tail")
    return {pk: f"{bank} {tail}" for pk, bank, tail in found}


def statements(ids: Collection[int]) -> dict[int, str]:
    """id -> the file's name."""
    return dict(StatementFile.objects.filter(pk__in=ids).values_list("pk", "file__name"))


def bank_lines(ids: Collection[int]) -> dict[int, str]:
    """id -> the bank's number."""
    return dict(BankLine.objects.filter(pk__in=ids).values_list("pk", "serial"))


def profiles(ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    return dict(StatementProfile.objects.filter(pk__in=ids).values_list("pk", "name"))


def channel_files(ids: Collection[int]) -> dict[int, str]:
    """id -> channel and day."""
    found = ChannelFile.objects.filter(pk__in=ids).values_list("pk", "channel", "day")
    return {pk: f"{channel} {day}" for pk, channel, day in found}


def channel_exceptions(ids: Collection[int]) -> dict[int, str]:
    """id -> the order's number."""
    return dict(ChannelException.objects.filter(pk__in=ids).values_list("pk", "order_no"))


def mandates(ids: Collection[int]) -> dict[int, str]:
    """id -> the agreement's number."""
    return dict(Mandate.objects.filter(pk__in=ids).values_list("pk", "agreement_no"))


def debit_batches(ids: Collection[int]) -> dict[int, str]:
    """id -> number."""
    return dict(DebitBatch.objects.filter(pk__in=ids).values_list("pk", "number"))


def debit_profiles(ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    return dict(DebitProfile.objects.filter(pk__in=ids).values_list("pk", "name"))


def invoices(ids: Collection[int]) -> dict[int, str]:
    """id -> serial number."""
    return dict(Invoice.objects.filter(pk__in=ids).values_list("pk", "serial"))


def invoice_batches(ids: Collection[int]) -> dict[int, str]:
    """id -> number."""
    return dict(InvoiceBatch.objects.filter(pk__in=ids).values_list("pk", "number"))


def invoice_sellers(ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    return dict(InvoiceSeller.objects.filter(pk__in=ids).values_list("pk", "name"))


def vat_rates(ids: Collection[int]) -> dict[int, str]:
    """id -> what it is printed as."""
    return dict(VatRate.objects.filter(pk__in=ids).values_list("pk", "name"))
