"""Many statements, channel days, direct debits and invoices of a company."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from billing.banking.models import (
    BankAccount,
    BankLine,
    ChannelException,
    ChannelFile,
    ChannelRow,
    DebitBatch,
    Invoice,
    InvoiceBatch,
    InvoiceSeller,
    Mandate,
    StatementFile,
)
from billing.charges.models import Account
from tenancy.people.models import StoredFile
from tests.cast import FROM, Company

LONG_NAME = "浙江省杭州市西湖区锦绣前程房地产开发经营有限责任公司第一分公司（普通合伙）"
FEN = 21_002


def bank(company: Company, accounts: list[Account], wing: str, as_of: date) -> None:
    """A statement for each account with a transfer that waits."""
    where = {"community": company.community}
    bank = BankAccount.objects.create(
        **where, name="物业", bank="银行", number="6222", number_hash=wing, tail="6222", profile_code="plain"
    )
    stored = StoredFile.objects.create(
        name="statement.csv",
        content_type="text/csv",
        size=1,
        sha256=wing,
        path=f"x/{wing}",
        purpose="statement",
    )
    statements = StatementFile.objects.bulk_create(
        StatementFile(
            **where, bank_account=bank, file=stored, sha256=f"{wing}{n}", profile_code="plain", lines=1,
            imported_at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        )
        for n, _account in enumerate(accounts)
    )  # fmt: skip
    BankLine.objects.bulk_create(
        BankLine(
            **where, bank_account=bank, file=statement, row=2, on=as_of, amount_fen=FEN, serial=str(n), payer_name=LONG_NAME,
            state="PROPOSED", account=account, score=60, reasons=["match.room"],
        )
        for n, (statement, account) in enumerate(zip(statements, accounts, strict=True))
    )  # fmt: skip

    _channels(company, len(accounts), stored, wing, as_of)
    _debits(company, accounts, stored, wing, as_of)
    _invoices(company, accounts, stored, wing, as_of)


def _debits(company: Company, accounts: list[Account], stored: StoredFile, wing: str, as_of: date) -> None:
    """A mandate and a batch of direct debits for each."""
    now = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    where = {"community": company.community, "file": stored}
    Mandate.objects.bulk_create(
        Mandate(
            **where, account=account, agreement_no=f"AG-{wing}-{n}", holder_name=LONG_NAME, bank="银行", number="6222",
            tail="6222", limit_fen=FEN, from_on=FROM, added_at=now,
        )
        for n, account in enumerate(accounts)
    )  # fmt: skip
    DebitBatch.objects.bulk_create(
        DebitBatch(
            **where, number=f"DK-{wing}-{n}", profile_code="debit-csv", debit_on=as_of, items=1, amount_fen=FEN, made_at=now
        )
        for n, _account in enumerate(accounts)
    )  # fmt: skip


def _invoices(company: Company, accounts: list[Account], stored: StoredFile, wing: str, as_of: date) -> None:
    """An invoice and a batch for each."""
    now = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    where = {"community": company.community}
    seller = InvoiceSeller.objects.create(name=LONG_NAME, tax_number="9133", issuer="财务", entered_at=now)
    batches = InvoiceBatch.objects.bulk_create(
        InvoiceBatch(**where, number=f"KP-{wing}-{n}", items=1, amount_fen=FEN, file=stored, made_at=now)
        for n, _account in enumerate(accounts)
    )
    Invoice.objects.bulk_create(
        Invoice(
            **where, account=account, state="SENT", serial=batch.number, seller=seller, buyer_kind="PERSON",
            buyer_name=LONG_NAME, gross_fen=FEN, net_fen=FEN - 1_189, tax_fen=1_189, batch=batch, requested_on=as_of,
            requested_at=now,
        )
        for account, batch in zip(accounts, batches, strict=True)
    )  # fmt: skip


def _channels(company: Company, count: int, stored: StoredFile, wing: str, as_of: date) -> None:
    """A day of a channel for each, with something that does not agree."""
    first = as_of - timedelta(days=1000 * int(wing))
    days = ChannelFile.objects.bulk_create(
        ChannelFile(
            community=company.community, channel="WECHAT", day=first - timedelta(days=n), file=stored, rows=1, amount_fen=FEN,
            refund_fen=0, fee_fen=1, counts={"CHANNEL_ONLY": 1},
            prepared_at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        )
        for n in range(count)
    )  # fmt: skip
    rows = ChannelRow.objects.bulk_create(
        ChannelRow(
            file=day,
            row=2,
            kind="PAYMENT",
            on=day.day,
            order_no=f"{n}",
            amount_fen=FEN,
            fee_fen=1,
            outcome="CHANNEL_ONLY",
        )
        for n, day in enumerate(days)
    )
    ChannelException.objects.bulk_create(
        ChannelException(
            community=company.community, file=row.file, row=row, outcome="CHANNEL_ONLY", order_no=row.order_no,
            channel_fen=FEN,
        )
        for row in rows
    )  # fmt: skip
