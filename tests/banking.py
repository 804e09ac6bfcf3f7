"""Statements of banks for the tests, in the words of the bank's own file."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from billing.banking import services
from owners.gateways.sheets import open_sheets
from tests.cast import Company

AT = datetime(2026, 5, 31, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = "日期,金额,付款人,付款账号,流水号,附言,币种"


def bank_account(company: Company, *, number: str = "6217000000000000001", profile: str = "plain") -> int:
    """A receiving account of the company's community."""
    return services.add_bank_account(
        community_id=company.community.pk,
        name=company.tenant.name,
        bank="中国银行杭州分行",
        number=number,
        profile_code=profile,
    )


def line(
    serial: str, yuan: str, *, payer: str = "", remark: str = "", on: str = "2026-05-20", account: str = ""
) -> str:
    """A row of the plain profile."""
    return f"{on},{yuan},{payer},{account},{serial},{remark},CNY"


def plain(*rows: str, header: str = HEADER) -> bytes:
    """A file of the plain profile: a title, the header, rows."""
    return ("\ufeff账户明细\r\n" + "\r\n".join([header, *rows]) + "\r\n").encode()


def read(account_id: int, content: bytes, *, name: str = "statement.csv", at: datetime = AT):
    """Import a statement."""
    return services.import_statement(
        bank_account_id=account_id, content=content, name=name, opener=open_sheets, at=at
    )


def workbook(*rows: list[object]) -> bytes:
    """An Excel file with these rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return target.getvalue()
